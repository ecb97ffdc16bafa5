"""The one place that makes the redacted copy of a sealed record: from its data, never by drawing over it.

Two things are left out. Everywhere: whatever identifies the witness, as `masking` finds it. And answers of which the
whole identifies: who sat beside her, the characters of her document, the name of the recording's file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from vctestimony.domain.documents.record import FieldRow, LogLine, RecordSheet
from vctestimony.domain.paper import BothClocks, Heading
from vctestimony.domain.people import Duty
from vctestimony.domain.record.fields import (
    PROTECTION_ORDERED,
    SEXUAL_BEFORE_BNS,
    SEXUAL_UNDER_BNS,
    Cite,
    Field,
    Group,
    Source,
)
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.masking import LEFT_LABELS, Left, Masks
from vctestimony.domain.wording import N_

Value = TypeVar("Value")
MARK = N_("[left out: {what}]")

# Answers that are left out whole, and the number of the statement in which they stand again.
WHOLE_ANSWERS: Mapping[tuple[str, str], tuple[Left, int]] = {
    ("room_swept", "persons"): (Left.PERSONS, 16),
    (Kind.PRESENCE_REMOTE, "persons"): (Left.PERSONS, 8),
    (Kind.PERSON_ENTERED, "who"): (Left.PERSONS, 8),
    (Kind.PERSON_LEFT, "who"): (Left.PERSONS, 8),
    (Kind.IDENTITY_SEEN, "ending"): (Left.NUMBER, 12),
    (Kind.RECORDING_STOPPED, "file_id"): (Left.FILE, 32),
    # What ails her, or who is missing.
    (Kind.ADJOURNED, "about"): (Left.OTHER, 35),
    # It may put right any of the answers above.
    (Kind.CORRECTION, "text"): (Left.OTHER, 0),
}
# Answers in free words that stand, without what is found in them; of the rest, nothing could identify anybody.
SEARCHED: Mapping[Kind, frozenset[str]] = {
    Kind.LINK_TESTED: frozenset({"by_whom", "faults"}),
    Kind.ROOM_SWEPT: frozenset({"found"}),
    Kind.PRESENCE_COURT: frozenset({"persons"}),
    Kind.ACCUSED: frozenset({"counsel"}),
    Kind.IDENTITY_SEEN: frozenset({"document", "compared_by"}),
    Kind.COERCION_CHECKED: frozenset({"asked_by", "question", "answer"}),
    Kind.INTERPRETER_SWORN: frozenset({"name"}),
    Kind.OATH: frozenset({"administered_by", "opinion"}),
    Kind.LINK_LOST: frozenset({"cause"}),
    Kind.LINK_RESTORED: frozenset({"cause"}),
    Kind.BREAK_BEGAN: frozenset({"cause"}),
    Kind.DOCUMENT_SHOWN: frozenset({"what", "original", "mark", "manner", "leave_why"}),
    Kind.IDENTIFIED: frozenset({"outcome"}),
    Kind.OBJECTION: frozenset({"raised_by", "ground", "words"}),
    Kind.RULING: frozenset({"words"}),
    Kind.DEMEANOUR: frozenset({"remark"}),
    Kind.PERSON_ENTERED: frozenset({"purpose"}),
    Kind.SOFTWARE_CHANGED: frozenset({"software", "reason"}),
    Kind.GRIEVANCE: frozenset({"raised_by", "matter"}),
    Kind.GRIEVANCE_DECIDED: frozenset({"reason"}),
    Kind.READ_OVER: frozenset({"corrections"}),
    Kind.REMOTE_CLOSING: frozenset({"reported_by"}),
    Kind.QUALITY_ASKED: frozenset({"answers"}),
    Kind.RECORDING_STOPPED: frozenset({"custodian"}),
    Kind.NOTE: frozenset({"text"}),
    Kind.GATE_PASSED: frozenset({"reason"}),
}
HARMLESS: Mapping[Kind, frozenset[str]] = {
    Kind.INTERPRETER_SWORN: frozenset({"languages"}),
    Kind.OATH: frozenset({"language"}),
    Kind.RECORDING_STOPPED: frozenset({"duration"}),
}
# An answer so long is left out wherever it stands again; a shorter one only in its own statement.
SURELY_ONE = 12
# Statements whose numbers are of the case, its times, or a hash: nothing is left out there for being long.
_OWN_NUMBERS = frozenset({1, 2, 3, 4, 32})
_CODES = frozenset({"lang", "key", "imprint"})

GROUNDS = Field(
    number=0,
    key="redacted",
    group=Group.AFTER,
    label=N_("Redacted copy"),
    cites=(
        Cite(Source.BNS, "72"),
        Cite(Source.OLD_SECRECY),
        Cite(Source.POCSO, "23, 33(7)"),
        Cite(Source.LIVE_STREAMING, "8.1"),
        Cite(Source.PROTECTING_ORDER),
    ),
    supplied_by=(Duty.COURT_COORDINATOR,),
)
"""On what the redacted copy rests. BNS 72 is of sexual offences only; of bare trafficking, anonymity is by order."""
GROUNDS_IN_FACTS = (SEXUAL_UNDER_BNS, SEXUAL_BEFORE_BNS, "pocso", "live_streaming_rules", PROTECTION_ORDERED)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the log that is left out whole: of which entry, in which statement, and as what."""

    entry: int
    statement: int
    what: Left
    value: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """The sheet without what was left out of it, and how often what was."""

    sheet: RecordSheet
    left: tuple[tuple[Left, int], ...]


def grounds(facts: Mapping[str, bool]) -> dict[str, bool]:
    """The facts of the case with those on which the grounds of redaction turn."""
    return {
        **facts,
        SEXUAL_UNDER_BNS: facts["sexual"] and facts["bnss"],
        SEXUAL_BEFORE_BNS: facts["sexual"] and facts["crpc"],
        PROTECTION_ORDERED: facts["protected"] or facts["masking"] or facts["in_camera"],
    }


def whole_answers(log: Iterable[tuple[int, Kind, Mapping[str, str]]]) -> tuple[Answered, ...]:
    """The answers of the log that are left out whole; each entry by number, kind and facts."""
    return tuple(
        Answered(number, statement, what, facts[name])
        for number, kind, facts in log
        for (asked_of, name), (what, statement) in WHOLE_ANSWERS.items()
        if asked_of == kind and facts.get(name, "").strip()
    )


def redact(
    sheet: RecordSheet, masks: Masks, answered: Iterable[Answered], *, translate: Callable[[str], str]
) -> Redacted:
    """The sheet with a mark in place of everything that is left out; without boxes for signatures, and unsealed."""
    pen = _Pen(masks, tuple(answered), translate)
    rest = replace(sheet, heading=cast("Heading", None), groups=(), log=(), signatures=(), seal=None)
    whole = replace(
        pen.walked(rest, numbers=True),
        heading=pen.walked(sheet.heading, numbers=False),
        groups=tuple(replace(group, rows=tuple(map(pen.row, group.rows))) for group in sheet.groups),
        log=tuple(map(pen.line, sheet.log)),
    )
    return Redacted(whole, tuple(sorted(pen.left.items())))


def texts_of(value: object) -> Iterator[str]:
    """Every text that stands in a sheet."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)
    elif is_dataclass(value) and not isinstance(value, BothClocks):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


class _Pen:
    """Leaves things out, and counts them."""

    def __init__(self, masks: Masks, answered: tuple[Answered, ...], translate: Callable[[str], str]) -> None:
        self.left: Counter[Left] = Counter()
        self._masks, self._answered, self._translate = masks, answered, translate

    def row(self, row: FieldRow) -> FieldRow:
        """A statement: its value without the answers that are left out whole, and without what identifies."""
        value = self._cut(
            row.value, (one for one in self._answered if one.statement == row.number or len(one.value) >= SURELY_ONE)
        )
        value = self._masked(value, numbers=row.number not in _OWN_NUMBERS)
        return replace(row, value=value, supplied_by=self._masked(row.supplied_by, numbers=False))

    def line(self, line: LogLine) -> LogLine:
        """An entry of the log; that of a recording holds a hash and a length, whose digits stay."""
        own = tuple(one for one in self._answered if one.entry == line.number)
        bare = replace(line, what=self._cut(line.what, own))
        return self.walked(bare, numbers=all(one.what is not Left.FILE for one in own))

    def walked(self, value: Value, *, numbers: bool) -> Value:
        """Any part of a sheet with each of its texts masked; clocks and codes stay."""
        return cast("Value", self._walked(value, numbers=numbers))

    def _walked(self, value: object, *, numbers: bool) -> object:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self._masked(value, numbers=numbers)
        if isinstance(value, tuple):
            return tuple(self._walked(one, numbers=numbers) for one in value)
        if isinstance(value, BothClocks) or not is_dataclass(value) or isinstance(value, type):
            return value
        own = (field.name for field in fields(value) if field.name not in _CODES)
        return replace(value, **{name: self._walked(getattr(value, name), numbers=numbers) for name in own})

    def _masked(self, text: str, *, numbers: bool) -> str:
        found, left = self._masks.apply(text, mark=self._mark, numbers=numbers)
        self.left.update(left)
        return found

    def _cut(self, text: str, answered: Iterable[Answered]) -> str:
        for one in answered:
            self.left[one.what] += text.count(one.value)
            text = text.replace(one.value, self._mark(one.what))
        return text

    def _mark(self, what: Left) -> str:
        return self._translate(MARK).format(what=self._translate(LEFT_LABELS[what]))
