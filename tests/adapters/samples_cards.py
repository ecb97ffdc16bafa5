"""Sample cards, declarations and consent forms in three languages, with long names and many sentences."""

from collections.abc import Callable
from dataclasses import replace

from tests.adapters.paper_samples import TEXTS, clocks, heading
from vctestimony.domain.documents import cards, oaths
from vctestimony.domain.documents.citing import Statement
from vctestimony.domain.paper import Force, Heading, Sheet

LONG_NAMES = {
    "en": "Dr Venkatanarasimharajuvaripeta Lakshmi Narasimha Subrahmanya Sastry, Deputy Registrar (Judicial)",
    "hi": "डॉ॰ वेंकटनरसिंहराजुवारिपेट लक्ष्मीनारायण सुब्रह्मण्य शास्त्री, उप पंजीयक (न्यायिक)",
    "bn": "ডঃ আবু জাফর মোহাম্মদ শামসুজ্জামান চট্টোপাধ্যায় ব্রহ্মচারী, উপ নিবন্ধক (বিচার বিভাগীয়)",
}
LANGUAGES_SPOKEN = {
    "en": "Bengali (the speech of Chattogram), some Hindi; reads neither",
    "hi": "बांग्ला (चट्टग्राम की बोली), थोड़ी हिन्दी; दोनों पढ़ नहीं सकतीं",
    "bn": "বাংলা (চট্টগ্রামের ভাষা), অল্প হিন্দি; কোনোটিই পড়তে পারেন না",
}
_MARKS = {
    "en": ("Required by law", "Duty by law", "Recommended", "Confirm locally"),
    "hi": ("विधि द्वारा आवश्यक", "विधि का कर्तव्य", "अनुशंसित", "स्थानीय पुष्टि करें"),
    "bn": ("আইনে আবশ্যক", "আইনগত কর্তব্য", "সুপারিশকৃত", "স্থানীয়ভাবে যাচাই করুন"),
}
_FORCES = (Force.REQUIRED, Force.SUGGESTED, Force.RECOMMENDED, Force.CONFIRM)
_TITLES = {"en": ("Oath", "Affirmation"), "hi": ("शपथ", "प्रतिज्ञान"), "bn": ("শপথ", "প্রতিজ্ঞা")}


def midnight(lang: str) -> Heading:
    """A head whose two clocks show different dates: it begins at 23:45 in India."""
    return replace(heading(lang), packs=(), starts=clocks(765, lang=lang), ends=clocks(915, lang=lang))


def statement(place: int, lang: str, *, long: bool = False) -> Statement:
    """The sentences take every mark in turn."""
    steps = TEXTS[lang]["steps"]
    text = f"{steps[place % 7]}; {steps[(place + 3) % 7]}" if long else steps[place % 7]
    force = _FORCES[place % 4]
    authority = "" if force is Force.RECOMMENDED else f"{TEXTS[lang]['adopted']}, r. {place + 5}.6.3, {place + 8}.11"
    return Statement(text=text, force=force, mark=_MARKS[lang][place % 4], authority=authority)


def of_cards(lang: str) -> tuple[Statement, ...]:
    """What stands on a card was read, or is recommended."""
    return tuple(statement(place, lang) for place in (0, 1, 2, 4, 5, 6))


def statements(count: int, lang: str, *, long: bool = False) -> tuple[Statement, ...]:
    return tuple(statement(place, lang, long=long) for place in range(count))


def _spoken(formula: oaths.Formula, title: str, lang: str) -> cards.Spoken:
    return cards.Spoken(title=title, lines=formula.lines[lang], original="" if lang == "en" else formula.original)


def oath_of_witness(lang: str, *, child: bool = True) -> cards.OathCard:
    oath, affirmation = _TITLES[lang]
    part = cards.ChildPart(
        questions=tuple(pair[0] for pair in TEXTS[lang]["questions"]),
        asking=statement(2, lang),
        proviso=statement(0, lang, long=True),
    )
    return cards.OathCard(
        heading=midnight(lang),
        name=TEXTS[lang]["witness"],
        languages=LANGUAGES_SPOKEN[lang],
        oath=_spoken(oaths.WITNESS_SWEARS, oath, lang),
        affirmation=_spoken(oaths.WITNESS_AFFIRMS, affirmation, lang),
        statements=of_cards(lang),
        child=part if child else None,
    )


def oath_of_interpreter(lang: str) -> cards.OathCard:
    oath, affirmation = _TITLES[lang]
    return cards.OathCard(
        heading=midnight(lang),
        name="" if lang == "en" else LONG_NAMES[lang],
        languages=LANGUAGES_SPOKEN[lang],
        oath=_spoken(oaths.INTERPRETER_SWEARS, oath, lang),
        affirmation=_spoken(oaths.INTERPRETER_AFFIRMS, affirmation, lang),
        statements=of_cards(lang),
    )


def declaration_at_start(lang: str) -> cards.DeclarationSheet:
    people = TEXTS[lang]["people"]
    return cards.DeclarationSheet(
        heading=midnight(lang),
        name=LONG_NAMES[lang],
        statements=statements(7, lang),
        present=(
            cards.InRoom(name=TEXTS[lang]["witness"], duty=people[3]),
            *(cards.InRoom(name=LONG_NAMES[lang], duty=duty) for duty in (people[1], people[4], people[6])),
        ),
        sweep=tuple(TEXTS[lang]["steps"][:6]),
    )


def declaration_at_end(lang: str) -> cards.DeclarationSheet:
    return cards.DeclarationSheet(
        heading=midnight(lang),
        name="",
        statements=statements(7, lang),
        passages=tuple(
            cards.Passage(happened=clocks(755 + 30 * place, lang=lang, remote_first=True), what=what)
            for place, what in enumerate(TEXTS[lang]["events"][:3])
        ),
    )


def consent(lang: str) -> cards.ConsentSheet:
    return cards.ConsentSheet(
        heading=midnight(lang),
        languages=LANGUAGES_SPOKEN[lang],
        points=statements(6, lang, long=True),
        recording=statements(3, lang, long=True),
        confirmed=statement(0, lang, long=True),
        counsel=LONG_NAMES[lang],
        interpreter=LONG_NAMES[lang],
        is_child=True,
    )


SAMPLES: dict[str, Callable[[str], Sheet]] = {
    "oath-interpreter": oath_of_interpreter,
    "oath-witness": oath_of_witness,
    "declaration-start": declaration_at_start,
    "declaration-end": declaration_at_end,
    "consent": consent,
}
