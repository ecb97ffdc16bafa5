"""The one place for the forms in which a witness or an interpreter swears or affirms, line by line, to be read aloud.

The English words are those of the Oaths Act 1969, Schedule, forms 1 and 3, as the Act stands in public copies
(advocatekhoj.com, Bare Acts, Oaths Act 1969, Schedule; sections 4 to 6 at actsofindia.in). Where a line is cut, and
every line in Hindi and Bengali, is the work of this service: no official translation was found, so the paper says that
the English text governs. The translations have no grammatical gender, so that anybody may speak them as they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

GOVERNING = "en"
"""The language of the text that governs."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Words to be spoken, as lines, in each language of the service."""

    lines: Mapping[str, tuple[str, ...]]

    @property
    def original(self) -> str:
        """The governing text in one piece.

        >>> WITNESS_AFFIRMS.original
        'I do solemnly affirm that what I shall state shall be the truth, the whole truth and nothing but the truth.'
        """
        return " ".join(self.lines[GOVERNING])


_SWEARS = {"en": "I do swear in the name of God", "hi": "ईश्वर के नाम पर मेरी शपथ है", "bn": "আমি সৃষ্টিকর্তার নামে শপথ করছি"}
_AFFIRMS = {"en": "I do solemnly affirm", "hi": "मेरा सत्यनिष्ठा से प्रतिज्ञान है", "bn": "আমি সশ্রদ্ধচিত্তে ঘোষণা করছি"}
_OF_WITNESS = {
    "en": ("that what I shall state", "shall be the truth,", "the whole truth", "and nothing but the truth."),
    "hi": ("कि मेरा कथन", "सत्य होगा,", "सम्पूर्ण सत्य होगा", "और सत्य के सिवा कुछ नहीं होगा।"),
    "bn": ("যে আমি যা বলব", "তা সত্য হবে,", "সম্পূর্ণ সত্য হবে", "এবং সত্য ছাড়া আর কিছুই হবে না।"),
}
_OF_INTERPRETER = {
    "en": (
        "that I will well and truly",
        "interpret and explain",
        "all questions put to",
        "and evidence given by witnesses",
        "and translate correctly",
        "and accurately all documents",
        "given to me for translation.",
    ),
    "hi": (
        "कि साक्षियों से पूछे गए सब प्रश्नों",
        "और उनके दिए साक्ष्य का",
        "भाषांतर मेरे द्वारा",
        "ठीक और सच्चाई से होगा",
        "और अनुवाद के लिए मुझे दिए गए",
        "सब दस्तावेज़ों का",
        "अनुवाद सही और यथार्थ होगा।",
    ),
    "bn": (
        "যে সাক্ষীদের যেসব প্রশ্ন করা হবে",
        "এবং তাঁরা যে সাক্ষ্য দেবেন",
        "আমি তা যথাযথ ও সত্যভাবে",
        "ভাষান্তর করে বুঝিয়ে দেব",
        "এবং অনুবাদের জন্য আমাকে",
        "দেওয়া সব নথি",
        "সঠিক ও নির্ভুলভাবে অনুবাদ করব।",
    ),
}


def _formula(first: Mapping[str, str], rest: Mapping[str, tuple[str, ...]]) -> Formula:
    return Formula(MappingProxyType({language: (first[language], *rest[language]) for language in first}))


WITNESS_SWEARS, WITNESS_AFFIRMS = _formula(_SWEARS, _OF_WITNESS), _formula(_AFFIRMS, _OF_WITNESS)
"""Oaths Act 1969, Schedule, form 1."""

INTERPRETER_SWEARS, INTERPRETER_AFFIRMS = _formula(_SWEARS, _OF_INTERPRETER), _formula(_AFFIRMS, _OF_INTERPRETER)
"""Oaths Act 1969, Schedule, form 3."""
