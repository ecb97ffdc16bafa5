"""Sample sheets in three languages, built from the words of `paper_texts.toml`."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vctestimony.domain import paper
from vctestimony.domain.documents import checklist as listed
from vctestimony.domain.documents import record as recorded
from vctestimony.domain.documents.checklist import Ticked
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import read
from vctestimony.domain.paper import BothClocks, ClockFace, Force

TEXTS = tomllib.loads((Path(__file__).parent / "paper_texts.toml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "hi", "bn")
STARTS_AT = datetime(2026, 9, 18, 5, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def clocks(minutes: int = 0, *, lang: str = "en", remote_first: bool = False) -> BothClocks:
    """The instant so many minutes after the start, on both clocks."""
    at = STARTS_AT + minutes * MINUTE
    kolkata, dhaka = TEXTS[lang]["cities"]
    court = ClockFace(End.COURT, read(at, "Asia/Kolkata", kolkata))
    remote = ClockFace(End.REMOTE, read(at, "Asia/Dhaka", dhaka))
    return BothClocks(remote, court) if remote_first else BothClocks(court, remote)


def imprint(lang: str = "en", *, number: str = "VCT-2026-0042-C1") -> paper.Imprint:
    return paper.Imprint(
        number=number,
        version=1,
        printed=clocks(-1440, lang=lang),
        verify_url=f"https://vctestimony.example/verify/{number}?version=1",
    )


def heading(lang: str = "en", *, number: str = "VCT-2026-0042-C1") -> paper.Heading:
    court, court_point, remote_point = TEXTS[lang]["courts"]
    adopted, draft = TEXTS[lang]["adopted"], TEXTS[lang]["draft"]
    return paper.Heading(
        hearing_reference="VCT-2026-0042",
        case_number="ST 214/2026",
        witness=TEXTS[lang]["witness"],
        court=court,
        court_point=court_point,
        remote_point=remote_point,
        starts=clocks(lang=lang),
        ends=clocks(150, lang=lang),
        packs=(paper.PackLine(title=adopted, version="2026-08-01", status=draft),),
        imprint=imprint(lang, number=number),
    )


def step(place: int, lang: str = "en") -> listed.ChecklistStep:
    """The steps take every mark and every state in turn."""
    who = TEXTS[lang]["people"]
    blocks, before, why, whenever = TEXTS[lang]["phrases"]
    state = (Ticked.OPEN, Ticked.DONE, Ticked.OPEN, Ticked.WAIVED, Ticked.OPEN)[place % 5]
    return listed.ChecklistStep(
        number=f"B{place + 1:02}",
        text=TEXTS[lang]["steps"][place % 7],
        who=who[place % 2],
        force=tuple(Force)[place % 4],
        authority=f"{TEXTS[lang]['adopted']}, r. {place + 5}.3",
        due_words=before if place % 3 else whenever,
        due=clocks(-30 - place, lang=lang, remote_first=place % 2 == 1) if place % 3 else None,
        blocks=blocks if place % 4 == 0 else "",
        state=state,
        acted_by="" if state is Ticked.OPEN else who[place % 2],
        acted=None if state is Ticked.OPEN else clocks(-60, lang=lang),
        reason=why if state is Ticked.WAIVED else "",
    )


def checklist(lang: str = "en", *, steps: int = 21) -> listed.ChecklistSheet:
    titles = TEXTS[lang]["phases"]
    shares = [range(steps)[place :: len(titles)] for place in range(len(titles))]
    return listed.ChecklistSheet(
        heading=heading(lang),
        phases=tuple(
            listed.PhaseTable(title=title, steps=tuple(step(place, lang) for place in share))
            for title, share in zip(titles, shares, strict=True)
        ),
    )


def field_groups(lang: str = "en") -> tuple[recorded.FieldGroup, ...]:
    column = 3 + LANGUAGES.index(lang)
    given, people, adopted = TEXTS[lang]["values"], TEXTS[lang]["people"], TEXTS[lang]["adopted"]
    rows = [
        (
            entry[1],
            recorded.FieldRow(
                number=entry[0],
                label=str(entry[column]),
                authority=f"{adopted}, {entry[2]}" if entry[2].startswith(("r", "S")) else entry[2],
                value=given.get(str(entry[0]), ""),
                supplied_by="" if str(entry[0]) in given else people[entry[0] % 2],
            ),
        )
        for entry in TEXTS["fields"]
    ]
    return tuple(
        recorded.FieldGroup(title=title, rows=tuple(row for group, row in rows if group == place))
        for place, title in enumerate(TEXTS[lang]["groups"])
    )


def deposition(lang: str = "en", *, questions: int = 6) -> tuple[recorded.DepositionPart, ...]:
    asker, witness = TEXTS[lang]["people"][2], TEXTS[lang]["witness"]
    lines = tuple(
        recorded.DepositionLine(
            number=number,
            question=TEXTS[lang]["questions"][number % 3][0],
            answer=TEXTS[lang]["questions"][number % 3][1],
            asked_by=asker,
            answered_by=witness,
            note=TEXTS[lang]["events"][2] if number == 2 else "",
        )
        for number in range(1, questions + 1)
    )
    first, second = TEXTS[lang]["parts"]
    half = (questions + 1) // 2
    return (
        recorded.DepositionPart(title=first, lines=lines[:half]),
        recorded.DepositionPart(title=second, lines=lines[half:]),
    )


def signatures(lang: str = "en") -> tuple[recorded.SignatureBox, ...]:
    court_coordinator, coordinator, _counsel, witness, interpreter, judge, magistrate = TEXTS[lang]["people"]
    signers = (
        ("judge", judge, End.COURT, ""),
        ("witness", witness, End.REMOTE, TEXTS[lang]["witness"]),
        ("coordinator", court_coordinator, End.COURT, ""),
        ("interpreter", interpreter, End.COURT, ""),
        ("mission", coordinator, End.REMOTE, TEXTS[lang]["courts"][2]),
        ("magistrate", magistrate, End.REMOTE, ""),
    )
    return tuple(
        recorded.SignatureBox(key=key, title=title, end=end, name=name, statement=TEXTS[lang]["certificate"])
        for key, title, end, name in signers
    )


def seal(lang: str = "en") -> recorded.Seal:
    return recorded.Seal(
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        code="K7QM-2XHD",
        verify_url="https://testimony.example.org/verify/K7QM-2XHD",
        sealed=clocks(300, lang=lang),
    )


def record(lang: str = "en", *, questions: int = 6, sealed: bool = True) -> recorded.RecordSheet:
    clerk = TEXTS[lang]["people"][0]
    cause, done, repeated = TEXTS[lang]["break"]
    mark, description, original, manner, leave = TEXTS[lang]["exhibit"]
    return recorded.RecordSheet(
        heading=heading(lang, number="VCT-2026-0042-R1"),
        groups=field_groups(lang),
        deposition=deposition(lang, questions=questions),
        log=tuple(
            recorded.LogLine(number=number, happened=clocks(10 * number, lang=lang), what=what, by=clerk)
            for number, what in enumerate(TEXTS[lang]["events"], start=1)
        ),
        interruptions=(
            recorded.Interruption(
                began=clocks(42, lang=lang), ended=clocks(47, lang=lang), cause=cause, done=done, repeated=repeated
            ),
        ),
        documents=(
            recorded.ShownDocument(
                mark=mark,
                description=description,
                original=original,
                manner=manner,
                shown=clocks(55, lang=lang),
                leave=leave,
            ),
        ),
        signatures=signatures(lang),
        certificate=TEXTS[lang]["certificate"],
        seal=seal(lang) if sealed else None,
    )
