"""The one place that takes the names out of an answer that says who sat beside the witness.

A name is a group of words that are no common words: those with a capital letter, and of what is written without any
the words of a short piece. What a longer sentence in a script without capitals names, the court leaves out itself.
"""

import re
from collections.abc import Collection, Iterator

from vctestimony.domain.record.masking import words_of

LEAST, MOST_WORDS = 4, 4
_PIECES = re.compile(r"[,;:\n/()|]+|\s[-–—]+\s|\.(?:\s|$)")
# fmt: off
_COMMON = frozenset(word for text in (
    "a an and or the of for to at in on by with from without who is was were are be has had have not no none",
    "nobody else other others only alone all both one two three four five six he she her his him they them",
    "their it this that there here also after before while when outside inside beside behind near room door",
    "corridor building judge magistrate court coordinator coordinators remote point officer officers official",
    "officials mission presiding consul consulate embassy high commission commissioner advocate advocates",
    "lawyer counsel prosecutor legal public staff interpreter interpreters translator support person persons",
    "people witness witnesses accused victim child woman women lady man men girl boy doctor nurse social",
    "worker workers counsellor counselor teacher psychologist special educator superintendent inspector",
    "constable police guard guards driver clerk assistant registrar registry technician technical operator",
    "engineer video camera server computer link host guardian guardians mother father parent parents sister",
    "brother husband wife aunt uncle daughter son friend family relative grandmother grandfather care",
    "caretaker warden director manager head deputy senior junior shelter home hospital jail ngo mr mrs ms miss",
    "dr md mst shri smt sri kumari identified identity seen named name entered left came went brought water",
    "papers document documents returned leave order permission present absent same as above sworn",
    "সমন্বয়কারী বিচারক ম্যাজিস্ট্রেট দোভাষী সাক্ষী সাক্ষীর আইনজীবী কর্মকর্তা কর্মী সমাজকর্মী পুলিশ ডাক্তার নার্স মা বাবা বোন",
    "ভাই স্বামী স্ত্রী খালা চাচা সহায়ক ব্যক্তি কেউ নেই নয় এবং ও কক্ষে ঘরে একা মোসাম্মৎ মোছাঃ মোঃ জনাব শিশু নারী",
    "समन्वयक न्यायाधीश मजिस्ट्रेट दुभाषिया गवाह अधिवक्ता वकील अधिकारी कर्मचारी पुलिस डॉक्टर नर्स माँ बहन भाई पति पत्नी",
    "चाची सहायक व्यक्ति कोई नहीं और कमरे में अकेली श्री श्रीमती सुश्री बच्चा महिला सामाजिक कार्यकर्ता",
) for word in words_of(text))
# fmt: on


def names_in(answer: str, *, known: Collection[str] = ()) -> Iterator[str]:
    """The groups of words that name somebody; `known` are names of people of whom anybody may read, and the pseudonym.

    >>> list(names_in("PW-7; Jahanara Begum, aunt of the witness; rina das", known=("PW-7",)))
    ['Jahanara Begum', 'rina das']
    """
    said = frozenset(word for name in known for word in words_of(name))
    for piece in _PIECES.split(answer):
        words = piece.split()
        capitals = any(word[:1].isupper() for word in words)
        if not capitals and len(words) > MOST_WORDS:
            continue
        for group in _groups(words, capitals=capitals):
            parts = [part for word in group for part in words_of(word)]
            if sum(map(len, parts)) >= LEAST and not said.issuperset(parts):
                yield " ".join(group)


def _groups(words: list[str], *, capitals: bool) -> Iterator[list[str]]:
    group: list[str] = []
    for word in words:
        if _COMMON.issuperset(words_of(word)) or (capitals and not word[:1].isupper()):
            if group:
                yield group
            group = []
        else:
            group.append(word)
    if group:
        yield group
