"""Sample sheets for people who come: long names, a missing number, the two clocks on different dates."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.adapters.paper_samples import TEXTS, imprint
from vctestimony.domain.documents import plain_words as plain
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.joining import Call, JoiningSheet, PlainSheet, PlainStage, RuleLine, Stage
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import read
from vctestimony.domain.paper import BothClocks, ClockFace, Force, PackLine, Sheet

LATE_AT = datetime(2026, 9, 18, 18, 10, tzinfo=UTC)  # 23:40 in Kolkata, 00:10 of the next day in Dhaka
LONG_NAME = {
    "en": "Chakravarthy Venkata Satyanarayana Lakshminarasimha Raghunathacharyulu Bandyopadhyaya",
    "hi": "श्रीमती ज्योत्स्ना लक्ष्मीनारायण त्रिपाठी वन्द्योपाध्याय चक्रवर्ती राष्ट्रकूटकर",
    "bn": "মোহাম্মদ শাহরিয়ার হোসেন চৌধুরী জ্যোতিরিন্দ্রনাথ বন্দ্যোপাধ্যায় মুখোপাধ্যায়",
}
LONG_PLACE = {
    "en": "Office of the Assistant High Commissioner of India for the Division of Chattogram and the Hill Tracts",
    "hi": "चटगाँव संभाग और पर्वतीय क्षेत्रों के लिए भारत के सहायक उच्चायुक्त का कार्यालय",
    "bn": "চট্টগ্রাম বিভাগ ও পার্বত্য চট্টগ্রামের জন্য ভারতের সহকারী হাই কমিশনারের কার্যালয়",
}


def remote(minutes: int, lang: str) -> BothClocks:
    """So many minutes after 00:10 in Dhaka, Dhaka's clock first."""
    at, (kolkata, dhaka) = LATE_AT + timedelta(minutes=minutes), TEXTS[lang]["cities"]
    return BothClocks(
        ClockFace(End.REMOTE, read(at, "Asia/Dhaka", dhaka)), ClockFace(End.COURT, read(at, "Asia/Kolkata", kolkata))
    )


def calls(lang: str) -> tuple[Call, ...]:
    """One with a number, one without."""
    who = TEXTS[lang]["people"]
    return Call(who=who[0], name=LONG_NAME[lang], phone="+91 22 5550 0100"), Call(who=who[1], name="", phone="")


def joining_sheet(lang: str) -> Sheet:
    """For a coordinator at the Remote Point."""
    court, court_point, _ = TEXTS[lang]["courts"]
    adopted, draft, people = TEXTS[lang]["adopted"], TEXTS[lang]["draft"], TEXTS[lang]["people"]
    rules = tuple(
        RuleLine(text=TEXTS[lang]["steps"][place], force=force, authority=f"{adopted}, r. 14.{place}")
        for place, force in enumerate(Force)
    )
    return JoiningSheet(
        heading=PlainHeading(
            issuer=court,
            about="ST 214/2026 · H-92KQFTKZ",
            packs=(PackLine(title=adopted, version="2026-08-01", status=draft),),
            imprint=imprint(lang),
        ),
        name=LONG_NAME[lang],
        duty=people[1],
        reference="H-92KQFTKZ",
        case="ST 214/2026",
        witness=TEXTS[lang]["witness"],
        place=LONG_PLACE[lang],
        address="",
        starts=remote(0, lang),
        ends=remote(150, lang),
        ready=remote(-30, lang),
        ready_rule=rules[0],
        joining=tuple(TEXTS[lang]["steps"][:2]),
        dials_in=True,
        stages=tuple(
            Stage(title=title, starts=remote(50 * place, lang), ends=remote(50 * place + 45, lang), room=court_point)
            for place, title in enumerate(TEXTS[lang]["phases"][:3])
        ),
        prepare=tuple(TEXTS[lang]["steps"][:3]),
        bring=tuple(TEXTS[lang]["steps"][3:5]),
        calls=calls(lang),
        in_room=((people[0], ""), *((one, LONG_NAME[lang]) for one in people[1:3])),
        others=tuple((one, LONG_NAME[lang]) for one in people[:3]),
        broken=rules[:2],
        conduct=rules[2:],
    )


def survivor_sheet(lang: str) -> Sheet:
    """Every sentence that can stand on it, on one sheet."""
    told = (plain.COME, plain.CHECK_IDENTITY, plain.TALK_ALONE, plain.SCREEN_ON, plain.ASK_FREE, plain.PROMISE)
    later = (plain.QUESTIONS, plain.PAUSE, plain.READ_BACK, plain.SIGN)
    return PlainSheet(
        heading=PlainHeading(issuer="Your appointment", about="", imprint=imprint(lang)),
        ready=remote(-30, lang),
        starts=remote(0, lang),
        ends=remote(150, lang),
        place=LONG_PLACE[lang],
        address="",
        phone="",
        stages=tuple(
            PlainStage(text=text, starts=remote(20 * place, lang) if place % 2 else None)
            for place, text in enumerate((*told, *later))
        ),
        in_room=(*plain.IN_ROOM.values(), plain.SOMEBODY_ELSE),
        on_screen=tuple(plain.ON_SCREEN.values()),
        safety=(plain.HEARS, plain.NOT_SEEN, plain.MASKED, plain.CLOSED, plain.TRUSTED, plain.RECORDED),
    )


SAMPLES: dict[str, Callable[[str], Sheet]] = {"joining-sheet": joining_sheet, "survivor-sheet": survivor_sheet}
