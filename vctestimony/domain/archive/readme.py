"""The one place for the words with which an archive explains itself to somebody who has nothing of this service.

The texts are written here in all three languages, for the file always holds all of them; the commands are the same.
"""

RECIPE = """\
import hashlib, json
FIELDS = ("previous_hash", "number", "at", "actor", "action", "subject", "facts")
for line in open("journal/journal.jsonl", encoding="utf-8"):
    entry = json.loads(line)
    digest = hashlib.sha256()
    for field in FIELDS:
        raw = str(entry[field]).encode("utf-8")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    print(entry["number"], "holds" if digest.hexdigest() == entry["hash"] else "WAS CHANGED")
"""
"""Proves each line of the journal with nothing but Python; a test runs these very lines."""

_EN = """\
ONE HEARING AS AN ARCHIVE

This archive was made by vctestimony, a service that schedules testimony by video link. You can verify it without that
service, with tools that every system has. The witness stands in it under a pseudonym; her identity is not in it.

1. IS EVERY FILE AS IT WAS PACKED?

   mkdir hearing && unzip -d hearing ARCHIVE.zip && cd hearing
   sha256sum -c SHA256SUMS          (macOS: shasum -a 256 -c SHA256SUMS)

   Every line must say OK. SHA256SUMS lists every file but itself. manifest.json says who made the archive and when,
   and lists the files once more, with their sizes.

2. DOES THE RECORD HOLD TOGETHER?

   record/record.pdf is the sealed record. It carries its own content as a file:
   pdfdetach -list record/record.pdf
   pdfdetach -save 2 -o attached.json record/record.pdf      (the number that the list gives for record.json)
   cmp attached.json record/record.json
   sha256sum record/record.json record/record.pdf
   Both hashes stand in record/seal.json and in the journal, in the line with the action record.sealed.
   The address in seal.json ("verify_url") is where the service compares the code and the file for anybody.
   A folder draft instead of record means that the record was not sealed when the archive was made: it proves nothing.

3. DOES THE JOURNAL HOLD?

   journal/journal.jsonl has one line for each entry about this hearing. Each entry's hash is the SHA-256 over these
   fields in this order, each as UTF-8 and preceded by its length in bytes as eight bytes, the highest first:
   previous_hash, number (in decimal digits), at (as written), actor, action, subject, facts (the text as written).
   The text of facts is canonical JSON: keys sorted, no blanks, letters as themselves; in Python
   json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).
   Save these lines as a file and run them with Python 3 in this folder:

{recipe}
   Entries about other hearings stand in between and are not yours to read. journal/links.csv gives number,
   previous_hash and hash of each entry here and of its neighbours: where two numbers follow each other, the
   previous_hash of the second is the hash of the first. manifest.json holds the last entry of the whole journal when
   this was made. audit.csv, attached to the sealed PDF, has the hashes of the entries before the seal: they must be
   the same here.

4. WHAT THIS CANNOT TELL

   Whoever changes everything in an archive alike makes another archive that holds together. Compare the code of the
   record, or the SHA-256 of this ZIP, which the journal of the service names in the line archive.exported, with the
   service itself or with the archive of the other side.
   With another installation of vctestimony: flask --app wsgi archive verify ARCHIVE.zip
"""

_HI = """\
एक सुनवाई का अभिलेखागार

यह अभिलेखागार vctestimony ने बनाया है, जो वीडियो लिंक से गवाही का समय तय करने वाली सेवा है। आप इसे उस सेवा के बिना,
हर प्रणाली में मिलने वाले औज़ारों से जाँच सकते हैं। साक्षी इसमें छद्म नाम से है; उसकी पहचान इसमें नहीं है।

1. क्या हर फ़ाइल वैसी ही है जैसी रखी गई थी?

   mkdir hearing && unzip -d hearing ARCHIVE.zip && cd hearing
   sha256sum -c SHA256SUMS          (macOS: shasum -a 256 -c SHA256SUMS)

   हर पंक्ति में OK आना चाहिए। SHA256SUMS में उसके अपने सिवा हर फ़ाइल है। manifest.json बताती है कि अभिलेखागार किसने
   और कब बनाया, और फ़ाइलें आकार सहित फिर से गिनाती है।

2. क्या अभिलेख सही है?

   record/record.pdf मुहरबंद अभिलेख है। उसकी सामग्री उसी में फ़ाइल के रूप में जुड़ी है:
   pdfdetach -list record/record.pdf
   pdfdetach -save 2 -o attached.json record/record.pdf      (सूची में record.json की जो संख्या हो)
   cmp attached.json record/record.json
   sha256sum record/record.json record/record.pdf
   दोनों हैश record/seal.json में और जर्नल की record.sealed वाली पंक्ति में हैं।
   seal.json का पता ("verify_url") वह पृष्ठ है जहाँ सेवा किसी के लिए भी कोड और फ़ाइल मिलाती है।
   record की जगह draft फ़ोल्डर हो तो अभिलेखागार बनते समय अभिलेख मुहरबंद नहीं था: वह कुछ सिद्ध नहीं करता।

3. क्या जर्नल सही है?

   journal/journal.jsonl में इस सुनवाई की हर प्रविष्टि की एक पंक्ति है। हर प्रविष्टि का हैश इन क्षेत्रों का इसी क्रम में SHA-256 है; हर
   क्षेत्र UTF-8 में, और उससे पहले उसकी लंबाई (बाइट में) आठ बाइट में, सबसे बड़ा बाइट पहले:
   previous_hash, number (दशमलव अंक), at (जैसा लिखा है), actor, action, subject, facts (जैसा लिखा है)।
   facts का पाठ canonical JSON है: कुंजियाँ क्रम से, बिना रिक्त स्थान, अक्षर जैसे हैं वैसे; Python में
   json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)।
   ये पंक्तियाँ फ़ाइल में सहेजें और इसी फ़ोल्डर में Python 3 से चलाएँ:

{recipe}
   बीच में दूसरी सुनवाइयों की प्रविष्टियाँ हैं, जो आपके पढ़ने की नहीं हैं। journal/links.csv यहाँ की हर प्रविष्टि और उसके पड़ोसियों की
   number, previous_hash और hash देती है: जहाँ दो संख्याएँ लगातार हों, वहाँ दूसरी का previous_hash पहली का hash है।
   manifest.json में पूरे जर्नल की उस समय की अंतिम प्रविष्टि है। मुहरबंद PDF से जुड़ी audit.csv में मुहर से पहले की
   प्रविष्टियों के हैश हैं: वे यहाँ भी वही होने चाहिए।

4. यह क्या नहीं बता सकता

   जो अभिलेखागार में सब कुछ एक-सा बदल दे, वह दूसरा अभिलेखागार बना लेता है जो अपने आप में सही है। अभिलेख का कोड, या इस
   ZIP का SHA-256 (सेवा के जर्नल की archive.exported वाली पंक्ति में), सेवा से या दूसरे पक्ष के अभिलेखागार से मिलाएँ।
   vctestimony की दूसरी स्थापना से: flask --app wsgi archive verify ARCHIVE.zip
"""

_BN = """\
একটি শুনানির সংরক্ষণাগার

এই সংরক্ষণাগার vctestimony তৈরি করেছে, যা ভিডিও সংযোগে সাক্ষ্যের সময় ঠিক করার সেবা। আপনি সেই সেবা ছাড়াই, প্রতিটি ব্যবস্থায়
থাকা সাধারণ সরঞ্জাম দিয়ে এটি যাচাই করতে পারেন। সাক্ষী এখানে ছদ্মনামে আছেন; তাঁর পরিচয় এতে নেই।

১. প্রতিটি ফাইল কি যেমন রাখা হয়েছিল তেমনই আছে?

   mkdir hearing && unzip -d hearing ARCHIVE.zip && cd hearing
   sha256sum -c SHA256SUMS          (macOS: shasum -a 256 -c SHA256SUMS)

   প্রতিটি লাইনে OK থাকতে হবে। SHA256SUMS-এ নিজে ছাড়া সব ফাইল আছে। manifest.json বলে কে কখন সংরক্ষণাগার তৈরি করেছেন,
   এবং ফাইলগুলো আকারসহ আবার তালিকা করে।

২. নথি কি ঠিক আছে?

   record/record.pdf হলো সিলমোহর করা নথি। তার বিষয়বস্তু ফাইল হিসেবে তার ভেতরেই যুক্ত আছে:
   pdfdetach -list record/record.pdf
   pdfdetach -save 2 -o attached.json record/record.pdf      (তালিকায় record.json-এর যে সংখ্যা)
   cmp attached.json record/record.json
   sha256sum record/record.json record/record.pdf
   দুটি হ্যাশই record/seal.json-এ এবং জার্নালের record.sealed লাইনে আছে।
   seal.json-এর ঠিকানায় ("verify_url") সেবা যে কারও জন্য কোড ও ফাইল মিলিয়ে দেখে।
   record-এর বদলে draft ফোল্ডার থাকলে সংরক্ষণাগার তৈরির সময় নথি সিলমোহর করা ছিল না: তা কিছু প্রমাণ করে না।

৩. জার্নাল কি ঠিক আছে?

   journal/journal.jsonl-এ এই শুনানির প্রতিটি ভুক্তির একটি লাইন আছে। প্রতিটি ভুক্তির হ্যাশ এই ক্ষেত্রগুলোর এই ক্রমে SHA-256; প্রতিটি
   ক্ষেত্র UTF-8-এ, এবং তার আগে বাইটে তার দৈর্ঘ্য আট বাইটে, সবচেয়ে বড় বাইট আগে:
   previous_hash, number (দশমিক অঙ্কে), at (যেমন লেখা), actor, action, subject, facts (যেমন লেখা)।
   facts-এর লেখা canonical JSON: চাবিগুলো ক্রমানুসারে, ফাঁকা স্থান ছাড়া, অক্ষর যেমন আছে তেমন; Python-এ
   json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)।
   এই লাইনগুলো ফাইলে রেখে এই ফোল্ডারে Python 3 দিয়ে চালান:

{recipe}
   মাঝখানে অন্য শুনানির ভুক্তি আছে, যা আপনার পড়ার নয়। journal/links.csv এখানকার প্রতিটি ভুক্তি ও তার প্রতিবেশীর number,
   previous_hash ও hash দেয়: যেখানে দুটি সংখ্যা পরপর, সেখানে দ্বিতীয়টির previous_hash প্রথমটির hash।
   manifest.json-এ তখনকার পুরো জার্নালের শেষ ভুক্তি আছে। সিলমোহর করা PDF-এ যুক্ত audit.csv-তে সিলমোহরের আগের
   ভুক্তিগুলোর হ্যাশ আছে: এখানেও সেগুলো একই হতে হবে।

৪. এটি যা বলতে পারে না

   যে সংরক্ষণাগারের সবকিছু একইভাবে বদলায়, সে আরেকটি সংরক্ষণাগার তৈরি করে যা নিজে নিজে মেলে। নথির কোড, অথবা এই ZIP-এর
   SHA-256 (সেবার জার্নালের archive.exported লাইনে), সেবার সঙ্গে বা অন্য পক্ষের সংরক্ষণাগারের সঙ্গে মিলিয়ে নিন।
   vctestimony-র অন্য স্থাপনা দিয়ে: flask --app wsgi archive verify ARCHIVE.zip
"""

_RULE = "\n" + "-" * 78 + "\n\n"


def readme() -> bytes:
    """English, Hindi and Bengali, one after the other, each with the whole recipe."""
    recipe = "".join(f"   {line}\n" for line in RECIPE.splitlines())
    return _RULE.join(text.replace("{recipe}\n", recipe) for text in (_EN, _HI, _BN)).encode()
