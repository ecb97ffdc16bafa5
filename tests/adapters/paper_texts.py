"""Words of the sample documents in English, Hindi and Bengali. People, cases and places are invented."""

LANGUAGES = ("en", "hi", "bn")

GROUPS = {
    "en": ("Case and order", "Time, places and people", "Before the evidence", "Evidence", "Reading over and signing", "Close"),
    "hi": ("वाद और आदेश", "समय, स्थान और व्यक्ति", "साक्ष्य से पहले", "साक्ष्य", "पढ़कर सुनाना और हस्ताक्षर", "समापन"),
    "bn": ("মামলা ও আদেশ", "সময়, স্থান ও ব্যক্তি", "সাক্ষ্যের আগে", "সাক্ষ্য", "পড়ে শোনানো ও স্বাক্ষর", "সমাপ্তি"),
}
# number: group, authority, label in three languages
FIELDS = (
    (1, 0, "Sch. II 1-2", "Court, case number, CNR, offence sections, stage", "न्यायालय, वाद संख्या, सीएनआर, धाराएँ, चरण", "আদালত, মামলা নম্বর, সিএনআর, ধারা, পর্যায়"),
    (2, 0, "BNSS s. 531(2)(a)", "Governing regime and rule pack", "लागू विधि और नियम-संग्रह", "প্রযোজ্য আইন ও বিধিমালা"),
    (3, 0, "r. 14.9", "Video link used; order and authority", "वीडियो लिंक का प्रयोग; आदेश और प्राधिकार", "ভিডিও সংযোগের ব্যবহার; আদেশ ও কর্তৃত্ব"),
    (4, 1, "r. 10.7, Sch. II-B", "Date, start and end in both local times, duration", "तिथि, दोनों स्थानीय समयों में आरंभ और अंत, अवधि", "তারিখ, দুই স্থানীয় সময়ে শুরু ও শেষ, স্থিতিকাল"),
    (5, 1, "rr. 2, 5.3, Sch. II", "Court Point and Remote Point: address and type", "न्यायालय बिंदु और दूरस्थ बिंदु: पता और प्रकार", "আদালত প্রান্ত ও দূরবর্তী প্রান্ত: ঠিকানা ও ধরন"),
    (6, 1, "rr. 5.1-5.3", "Coordinators at both points", "दोनों बिंदुओं के समन्वयक", "দুই প্রান্তের সমন্বয়কারী"),
    (7, 1, "r. 14.2; BNSS s. 308", "Present at the Court Point", "न्यायालय बिंदु पर उपस्थित", "আদালত প্রান্তে উপস্থিত"),
    (8, 1, "rr. 8.11, 14.2, 16.2", "Present at the Remote Point, with role and order", "दूरस्थ बिंदु पर उपस्थित, भूमिका और आदेश सहित", "দূরবর্তী প্রান্তে উপস্থিত, ভূমিকা ও আদেশসহ"),
    (9, 1, "BNSS s. 308; r. 12.8", "Presence of the accused", "अभियुक्त की उपस्थिति", "অভিযুক্তের উপস্থিতি"),
    (10, 1, "rr. 10.7, 12.2", "Software used", "प्रयुक्त सॉफ़्टवेयर", "ব্যবহৃত সফটওয়্যার"),
    (11, 2, "r. 10.5", "Link test: time, result, by whom", "लिंक परीक्षण: समय, परिणाम, किसके द्वारा", "সংযোগ পরীক্ষা: সময়, ফল, কে করেছেন"),
    (12, 2, "rr. 8.1, 12.3", "Identity document: type, issuer, who compared it", "पहचान-पत्र: प्रकार, जारीकर्ता, किसने मिलाया", "পরিচয়পত্র: ধরন, প্রদানকারী, কে মিলিয়েছেন"),
    (13, 2, "Criminal Rules of Practice, r. 56", "Heading of the witness, by pseudonym", "साक्षी का शीर्षक, छद्म नाम से", "সাক্ষীর শিরোনাম, ছদ্মনামে"),
    (14, 2, "Oaths Act ss. 4-6; r. 8.2", "Oath or affirmation: form, language, by whom", "शपथ या प्रतिज्ञान: रूप, भाषा, किसके द्वारा", "শপথ বা প্রতিজ্ঞা: রূপ, ভাষা, কে করিয়েছেন"),
    (15, 2, "Oaths Act s. 4(1)(b)", "Interpreter: languages, oath, no conflict", "दुभाषिया: भाषाएँ, शपथ, कोई हित-विरोध नहीं", "দোভাষী: ভাষা, শপথ, স্বার্থের সংঘাত নেই"),
    (16, 2, "rr. 5.6.2-5.6.4", "Declaration of the Remote Point Coordinator", "दूरस्थ बिंदु समन्वयक की घोषणा", "দূরবর্তী প্রান্তের সমন্বয়কারীর ঘোষণা"),
    (17, 2, "rr. 5.6.4, 8.12", "Asked whether free of pressure; answers", "दबाव के बारे में पूछा गया; उत्तर", "চাপমুক্ত কি না জিজ্ঞাসা; উত্তর"),
    (18, 2, "r. 14.7", "Both ends see and hear each other", "दोनों बिंदु एक-दूसरे को देख-सुन रहे हैं", "দুই প্রান্ত পরস্পরকে দেখছে ও শুনছে"),
    (19, 2, "rr. 8.10, 14.2, 16.1", "Protective measures ordered", "आदेशित संरक्षण उपाय", "আদেশকৃত সুরক্ষা ব্যবস্থা"),
    (20, 3, "rr. 10.8-10.9, 14.8", "Breaks and interruptions", "विराम और व्यवधान", "বিরতি ও ব্যাঘাত"),
    (21, 3, "BNSS s. 311; BSA s. 142", "Examination: parts and times", "परीक्षा: भाग और समय", "পরীক্ষা: অংশ ও সময়"),
    (22, 3, "rr. 9, 10.7", "Documents and objects shown", "दिखाए गए दस्तावेज़ और वस्तुएँ", "দেখানো দলিল ও বস্তু"),
    (23, 3, "r. 8.7", "Objections and rulings", "आपत्तियाँ और निर्णय", "আপত্তি ও সিদ্ধান্ত"),
    (24, 3, "r. 8(15)", "Identification of the accused and how", "अभियुक्त की पहचान और विधि", "অভিযুক্তের শনাক্তকরণ ও পদ্ধতি"),
    (25, 3, "BNSS s. 315; r. 8.6", "Remarks on demeanour", "आचरण पर टिप्पणी", "আচরণ সম্পর্কে মন্তব্য"),
    (26, 4, "BNSS s. 313", "Read over, interpreted, corrected", "पढ़कर सुनाया, अनूदित, संशोधित", "পড়ে শোনানো, অনূদিত, সংশোধিত"),
    (27, 4, "BNSS s. 311(3)", "Certificate and signature of the judge", "न्यायाधीश का प्रमाणपत्र और हस्ताक्षर", "বিচারকের প্রত্যয়ন ও স্বাক্ষর"),
    (28, 4, "r. 8.8", "Transcript: ways, times, signatures", "प्रतिलेख: माध्यम, समय, हस्ताक्षर", "প্রতিলিপি: মাধ্যম, সময়, স্বাক্ষর"),
    (29, 4, "", "Signature of host magistrate or mission official", "मेज़बान मजिस्ट्रेट या मिशन अधिकारी के हस्ताक्षर", "আয়োজক ম্যাজিস্ট্রেট বা মিশন কর্মকর্তার স্বাক্ষর"),
    (30, 4, "r. 10.8", "Satisfaction with clarity and sound", "स्पष्टता और ध्वनि पर संतोष", "স্পষ্টতা ও শব্দে সন্তুষ্টি"),
    (31, 5, "r. 10.9", "Grievance and decision", "शिकायत और निर्णय", "অভিযোগ ও সিদ্ধান্ত"),
    (32, 5, "rr. 8.9, 10.7", "Recording: duration, file, hash, custodian", "रिकॉर्डिंग: अवधि, फ़ाइल, हैश, अभिरक्षक", "রেকর্ডিং: স্থিতিকাল, ফাইল, হ্যাশ, জিম্মাদার"),
    (33, 5, "rr. 8.8, 9.2", "Dispatch of paper: carrier, number, dates", "काग़ज़ का प्रेषण: वाहक, संख्या, तिथियाँ", "কাগজ প্রেরণ: বাহক, নম্বর, তারিখ"),
    (34, 5, "rr. 12.9, 13", "Costs and who pays them", "व्यय और कौन वहन करेगा", "ব্যয় ও কে বহন করবেন"),
    (35, 5, "r. 8.13; BNSS s. 346", "Adjournment and next date, with reasons", "स्थगन और अगली तिथि, कारण सहित", "মুলতবি ও পরবর্তী তারিখ, কারণসহ"),
)
VALUES = {
    "en": {
        1: "City Sessions Court, Kolkata; Sessions Trial 214 of 2026; sections 143 and 144; evidence of the prosecution",
        3: "Order of 12 August 2026: the evidence of PW-7 is taken by video link",
        8: "Attaché (Consular), High Commission of India, Dhaka: Remote Point Coordinator, by order of 12 August 2026\nSupport person, by the same order",
        11: "Two tests, both good: 120 ms each way",
        17: "Asked by the Remote Point Coordinator. Answer: “Nobody has told me what to say.”",
        19: "Face masked for all but the court; support person beside the witness",
        25: "None",
        34: "Waived",
    },
    "hi": {
        1: "नगर सत्र न्यायालय, कोलकाता; सत्र विचारण 214/2026; धारा 143 और 144; अभियोजन साक्ष्य",
        3: "12 अगस्त 2026 का आदेश: अभियोजन साक्षी-7 का साक्ष्य वीडियो लिंक से लिया जाए",
        8: "सहचारी (कौंसुलर), भारतीय उच्चायोग, ढाका: दूरस्थ बिंदु समन्वयक, 12 अगस्त 2026 के आदेश से\nसहायक व्यक्ति, उसी आदेश से",
        11: "दो परीक्षण, दोनों ठीक: प्रत्येक दिशा में 120 मिलीसेकंड",
        17: "दूरस्थ बिंदु समन्वयक ने पूछा। उत्तर: “किसी ने मुझे नहीं बताया कि क्या कहना है।”",
        19: "न्यायालय के अतिरिक्त सबके लिए चेहरा ढका; साक्षी के पास सहायक व्यक्ति",
        25: "कोई नहीं",
        34: "माफ़",
    },
    "bn": {
        1: "নগর দায়রা আদালত, কলকাতা; দায়রা মামলা ২১৪/২০২৬; ধারা ১৪৩ ও ১৪৪; রাষ্ট্রপক্ষের সাক্ষ্য",
        3: "১২ আগস্ট ২০২৬-এর আদেশ: রাষ্ট্রপক্ষের ৭ নং সাক্ষীর সাক্ষ্য ভিডিও সংযোগে গ্রহণ করা হোক",
        8: "অ্যাটাশে (কনস্যুলার), ভারতীয় হাইকমিশন, ঢাকা: দূরবর্তী প্রান্তের সমন্বয়কারী, ১২ আগস্ট ২০২৬-এর আদেশে\nসহায়ক ব্যক্তি, একই আদেশে",
        11: "দুটি পরীক্ষা, দুটিই ভালো: প্রতি দিকে ১২০ মিলিসেকেন্ড",
        17: "দূরবর্তী প্রান্তের সমন্বয়কারী জিজ্ঞাসা করেছেন। উত্তর: “কী বলতে হবে তা কেউ আমাকে বলে দেয়নি।”",
        19: "আদালত ছাড়া সবার কাছে মুখ ঢাকা; সাক্ষীর পাশে সহায়ক ব্যক্তি",
        25: "কিছু নেই",
        34: "মওকুফ",
    },
}
ADOPTED = {
    "en": "Model Rules, as adopted by the High Court at Calcutta",
    "hi": "आदर्श नियम, कलकत्ता उच्च न्यायालय द्वारा यथा अंगीकृत",
    "bn": "আদর্শ বিধি, কলকাতা হাইকোর্ট কর্তৃক গৃহীত রূপে",
}
DRAFT = {
    "en": "Draft: not signed off by a lawyer",
    "hi": "प्रारूप: किसी अधिवक्ता द्वारा अनुमोदित नहीं",
    "bn": "খসড়া: কোনো আইনজীবী অনুমোদন করেননি",
}
COURTS = {
    "en": ("City Sessions Court, Kolkata", "Court room 6, City Sessions Court", "High Commission of India, Dhaka"),
    "hi": ("नगर सत्र न्यायालय, कोलकाता", "कक्ष 6, नगर सत्र न्यायालय", "भारतीय उच्चायोग, ढाका"),
    "bn": ("নগর দায়রা আদালত, কলকাতা", "কক্ষ ৬, নগর দায়রা আদালত", "ভারতীয় হাইকমিশন, ঢাকা"),
}
WITNESS = {"en": "Witness Shapla", "hi": "साक्षी शापला", "bn": "সাক্ষী শাপলা"}
CITIES = {"en": ("Kolkata", "Dhaka"), "hi": ("कोलकाता", "ढाका"), "bn": ("কলকাতা", "ঢাকা")}
PHASES = {
    "en": ("Coordination", "Day of the hearing, before the start", "Close"),
    "hi": ("समन्वय", "सुनवाई का दिन, आरंभ से पहले", "समापन"),
    "bn": ("সমন্বয়", "শুনানির দিন, শুরুর আগে", "সমাপ্তি"),
}
STEPS = {
    "en": (
        "Confirm that the summons has been served through the Central Authority",
        "Test the link with the Remote Point and note the measured delay",
        "Compare the identity document of the witness with the register",
        "Confirm that nobody is in the room but those whom the order names",
        "Affirm the interpreter and record the languages of the testimony",
        "Show each exhibit on the document camera and note the time",
        "Read the record over to the witness and note every correction",
    ),
    "hi": (
        "पुष्टि करें कि समन केंद्रीय प्राधिकारी के माध्यम से तामील हुआ है",
        "दूरस्थ बिंदु के साथ लिंक का परीक्षण कर विलंब लिखें",
        "पंजी से साक्षी के पहचान-पत्र का मिलान करें",
        "पुष्टि करें कि कक्ष में आदेश में नामित व्यक्तियों के अतिरिक्त कोई नहीं है",
        "दुभाषिए को प्रतिज्ञान कराएँ और साक्ष्य की भाषाएँ लिखें",
        "प्रत्येक प्रदर्श कैमरे पर दिखाकर समय लिखें",
        "अभिलेख साक्षी को पढ़कर सुनाएँ और प्रत्येक संशोधन लिखें",
    ),
    "bn": (
        "কেন্দ্রীয় কর্তৃপক্ষের মাধ্যমে সমন জারি হয়েছে কি না নিশ্চিত করুন",
        "দূরবর্তী প্রান্তের সঙ্গে সংযোগ পরীক্ষা করে বিলম্বের পরিমাণ লিখুন",
        "নিবন্ধনের সঙ্গে সাক্ষীর পরিচয়পত্র মিলিয়ে দেখুন",
        "আদেশে যাঁদের নাম আছে তাঁরা ছাড়া কক্ষে কেউ নেই নিশ্চিত করুন",
        "দোভাষীকে প্রতিজ্ঞা করান এবং সাক্ষ্যের ভাষা লিপিবদ্ধ করুন",
        "প্রতিটি প্রদর্শনী ক্যামেরায় দেখিয়ে সময় লিখুন",
        "নথি সাক্ষীকে পড়ে শোনান এবং প্রতিটি সংশোধন লিখুন",
    ),
}
PEOPLE = {
    "en": ("Court Point Coordinator", "Remote Point Coordinator", "Prosecution", "Witness", "Interpreter", "Presiding officer", "Host magistrate"),
    "hi": ("न्यायालय बिंदु समन्वयक", "दूरस्थ बिंदु समन्वयक", "अभियोजन", "साक्षी", "दुभाषिया", "पीठासीन अधिकारी", "मेज़बान मजिस्ट्रेट"),
    "bn": ("আদালত প্রান্তের সমন্বয়কারী", "দূরবর্তী প্রান্তের সমন্বয়কারী", "রাষ্ট্রপক্ষ", "সাক্ষী", "দোভাষী", "বিচারক", "আয়োজক ম্যাজিস্ট্রেট"),
}
PHRASES = {
    "en": ("Blocks the start until done", "30 minutes before the start", "The camera of the court was out of order", "when it happens"),
    "hi": ("पूरा होने तक आरंभ रोकता है", "आरंभ से 30 मिनट पहले", "न्यायालय का कैमरा ख़राब था", "जब हो"),
    "bn": ("সম্পন্ন না হলে শুরু করা যাবে না", "শুরুর ৩০ মিনিট আগে", "আদালতের ক্যামেরা বিকল ছিল", "যখন ঘটে"),
}
PARTS = {
    "en": ("Examination in chief", "Cross-examination"),
    "hi": ("मुख्य परीक्षा", "प्रति-परीक्षा"),
    "bn": ("জবানবন্দি", "জেরা"),
}
QUESTIONS = {
    "en": (
        ("Is any other person in the room with you?", "The coordinator of the mission and the support person, nobody else. The door is closed."),
        ("Who told you that there was work in the city?", "A neighbour. She said that I would sew garments and that the ticket was paid."),
        ("Did you sign the statement that is now shown to you as Exhibit P-4?", "Yes. It had been read over to me in Bengali and I had found it correct."),
    ),
    "hi": (
        ("क्या कक्ष में आपके साथ कोई अन्य व्यक्ति उपस्थित है?", "मिशन के समन्वयक और सहायक व्यक्ति, और कोई नहीं। दरवाज़ा बंद है।"),
        ("आपको किसने बताया कि शहर में काम है?", "एक पड़ोसन ने। उन्होंने कहा कि मुझे कपड़े सिलने होंगे और टिकट का भुगतान हो चुका है।"),
        ("प्रदर्श पी-4 के रूप में दिखाए गए कथन पर क्या आपने हस्ताक्षर किए थे?", "जी हाँ। मुझे बांग्ला में पढ़कर सुनाया गया था और मैंने उसे सही पाया था।"),
    ),
    "bn": (
        ("কক্ষে আপনার সঙ্গে অন্য কোনো ব্যক্তি উপস্থিত আছেন কি?", "মিশনের সমন্বয়কারী ও সহায়ক ব্যক্তি আছেন, আর কেউ নেই। দরজা বন্ধ।"),
        ("শহরে কাজ আছে, এ কথা আপনাকে কে বলেছিল?", "এক প্রতিবেশিনী। তিনি বলেছিলেন, আমাকে জামাকাপড় সেলাই করতে হবে এবং টিকিটের টাকা দেওয়া হয়েছে।"),
        ("প্রদর্শনী পি-৪ হিসেবে যে বিবৃতি দেখানো হচ্ছে, তাতে কি আপনি স্বাক্ষর করেছিলেন?", "জি। আমাকে বাংলায় পড়ে শোনানোর পর শুদ্ধ জেনে স্বাক্ষর করেছি। র‍্যাবের কর্মকর্তা, স্ত্রী ও ক্ষেত্রজ্ঞ জ্ঞাত ছিলেন।"),
    ),
}
EVENTS = {
    "en": ("The Remote Point joined", "The witness was affirmed in Bengali", "Picture lost; the question was put again", "Link cut after the signatures"),
    "hi": ("दूरस्थ बिंदु जुड़ा", "साक्षी को बांग्ला में प्रतिज्ञान कराया गया", "चित्र टूटा; प्रश्न फिर से पूछा गया", "हस्ताक्षर के बाद लिंक काटा गया"),
    "bn": ("দূরবর্তী প্রান্ত যুক্ত হলো", "সাক্ষীকে বাংলায় প্রতিজ্ঞা করানো হলো", "ছবি বিচ্ছিন্ন; প্রশ্নটি আবার করা হলো", "স্বাক্ষরের পর সংযোগ বিচ্ছিন্ন করা হলো"),
}
BREAK = {
    "en": ("Picture lost at the Remote Point", "The link was built again and the test repeated", "Yes, question 2"),
    "hi": ("दूरस्थ बिंदु पर चित्र टूटा", "लिंक फिर से जोड़ा गया और परीक्षण दोहराया गया", "हाँ, प्रश्न 2"),
    "bn": ("দূরবর্তী প্রান্তে ছবি বিচ্ছিন্ন", "সংযোগ আবার স্থাপন করে পরীক্ষা করা হলো", "হ্যাঁ, প্রশ্ন ২"),
}
EXHIBIT = {
    "en": ("P-4", "Statement of 9 June, three pages", "With the court", "On the document camera, with a copy at the Remote Point", "Leave granted"),
    "hi": ("पी-4", "9 जून का कथन, तीन पृष्ठ", "न्यायालय के पास", "दस्तावेज़ कैमरे पर, दूरस्थ बिंदु पर प्रति सहित", "अनुमति दी गई"),
    "bn": ("পি-৪", "৯ জুনের বিবৃতি, তিন পৃষ্ঠা", "আদালতের কাছে", "দলিল ক্যামেরায়, দূরবর্তী প্রান্তে অনুলিপিসহ", "অনুমতি দেওয়া হলো"),
}
CERTIFICATE = {
    "en": "Read over to the witness in Bengali and admitted to be correct.",
    "hi": "साक्षी को बांग्ला में पढ़कर सुनाया गया और सही स्वीकार किया गया।",
    "bn": "সাক্ষীকে বাংলায় পড়ে শোনানো হয়েছে এবং তিনি শুদ্ধ বলে স্বীকার করেছেন।",
}
