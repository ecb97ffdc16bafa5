"""The one place for what is entered about recordings afterwards: access, return, certificates, time of keeping."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain.wording import N_

Translate = Callable[[str], str]


class EntryKind(StrEnum):
    """What was entered."""

    ACCESS = "access"
    RETURNED = "returned"
    PART_A = "part-a"
    PART_B = "part-b"
    KEEPING = "keeping"


class Answer(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; what is `needed` keeps the entry from being written. `only_if` names a fact of the case."""

    name: str
    label: str
    answer: Answer = Answer.LINE
    needed: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    only_if: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of entry: its words and what it asks. `dated`: it happened at a time of its own."""

    label: str
    asks: tuple[Question, ...]
    dated: bool = False


LIVE_STREAMING = "live_streaming_rules"
WHICH = "recording"
_YES_NO: Mapping[str, str] = MappingProxyType({"yes": N_("yes"), "no": N_("no")})


def _moment(day: str, clock: str, *, needed: bool) -> tuple[Question, Question]:
    """When it happened, on the clock of the court."""
    return (
        Question(name="happened_on", label=day, answer=Answer.DAY, needed=needed),
        Question(name="happened_time", label=clock, answer=Answer.CLOCK, needed=needed),
    )


_ORDER = (
    Question(name="order_number", label=N_("Number of the order")),
    Question(name="order_on", label=N_("Date of the order"), answer=Answer.DAY),
    Question(name="ordered_by", label=N_("By whom it was made"), hint=N_("Court and presiding officer.")),
)
DEVICES: Mapping[str, str] = MappingProxyType(
    {
        "computer": N_("Computer / Storage Media"),
        "dvr": N_("DVR"),
        "mobile": N_("Mobile"),
        "flash": N_("Flash Drive"),
        "cd": N_("CD/DVD"),
        "server": N_("Server"),
        "cloud": N_("Cloud"),
        "other": N_("Other"),
    }
)
CONTROL: Mapping[str, str] = MappingProxyType(
    {"owned": N_("Owned"), "maintained": N_("Maintained"), "managed": N_("Managed"), "operated": N_("Operated")}
)
_PERSON = (
    Question(name="name", label=N_("Name of the person who certifies")),
    Question(name="parent", label=N_("Son, daughter or spouse of"), needed=False),
    Question(name="residence", label=N_("Residing or employed at"), hint=N_("The office address is enough.")),
)
_DEVICE = (
    Question(
        name="source", label=N_("Where the file was produced or taken from"), answer=Answer.CHOICE, choices=DEVICES
    ),
    Question(name="other", label=N_("Other source, in words"), needed=False),
    Question(name="make", label=N_("Make and model"), needed=False),
    Question(name="colour", label=N_("Colour"), needed=False),
    Question(name="serial", label=N_("Serial number"), needed=False),
    Question(name="identifier", label=N_("IMEI, UIN, UID, MAC or cloud ID"), needed=False),
    Question(
        name="produced", label=N_("How the recording was produced, and anything else of the device"), answer=Answer.TEXT
    ),
)
_AGREES = Question(
    name="agrees",
    label=N_("The hash was computed again from the file, and it agrees"),
    answer=Answer.CHOICE,
    choices=_YES_NO,
    hint=N_("The recordings' page does it in this browser; the file is not sent anywhere."),
)
FORMS: Mapping[EntryKind, Form] = MappingProxyType(
    {
        EntryKind.ACCESS: Form(
            label=N_("Access asked for or given"),
            dated=True,
            asks=(
                Question(name=WHICH, label=N_("Recording"), answer=Answer.CHOICE),
                Question(name="asked_by", label=N_("Who asked for it")),
                Question(name="asked_on", label=N_("When it was asked for"), answer=Answer.DAY),
                Question(
                    name="decision",
                    label=N_("Decision of the court"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType({"granted": N_("allowed"), "refused": N_("not allowed")}),
                ),
                *_ORDER,
                Question(
                    name="all_heard",
                    label=N_("All evidence in this case has been recorded"),
                    answer=Answer.CHOICE,
                    choices=_YES_NO,
                    needed=False,
                    only_if=LIVE_STREAMING,
                ),
                Question(
                    name="recipient",
                    label=N_("Who has access"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {
                            "bench": N_("the bench"),
                            "appeal": N_("a court of appeal or revision"),
                            "party": N_("a party or an advocate"),
                            "other": N_("somebody else, as the order says"),
                        }
                    ),
                ),
                Question(
                    name="person",
                    label=N_("Name and office of whoever was given it"),
                    needed=False,
                    hint=N_("This and the next three are needed where the court allowed it."),
                ),
                Question(
                    name="manner",
                    label=N_("What was given"),
                    answer=Answer.CHOICE,
                    needed=False,
                    choices=MappingProxyType({"copy": N_("a copy"), "viewing": N_("a viewing, no copy")}),
                ),
                *_moment(N_("Day it was given"), N_("Time it was given"), needed=False),
                Question(name="note", label=N_("Note"), answer=Answer.TEXT, needed=False),
            ),
        ),
        EntryKind.RETURNED: Form(
            label=N_("Copy returned or destroyed"),
            dated=True,
            asks=(
                Question(
                    name="became",
                    label=N_("What became of the copy"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType({"returned": N_("returned"), "destroyed": N_("destroyed, as ordered")}),
                ),
                *_moment(N_("Day it came back"), N_("Time it came back"), needed=True),
                Question(name="note", label=N_("Note"), answer=Answer.TEXT, needed=False),
            ),
        ),
        EntryKind.PART_A: Form(
            label=N_("Part A: the person in charge"),
            asks=(
                *_PERSON,
                *_DEVICE,
                Question(
                    name="control", label=N_("By that person the device is"), answer=Answer.CHOICE, choices=CONTROL
                ),
                Question(
                    name="working",
                    label=N_("Whether it was working properly all the time"),
                    answer=Answer.CHOICE,
                    choices=MappingProxyType(
                        {"yes": N_("yes"), "no": N_("no, but that did not affect the recording or its accuracy")}
                    ),
                ),
                Question(name="fault", label=N_("What did not work, and when"), answer=Answer.TEXT, needed=False),
                _AGREES,
            ),
        ),
        EntryKind.PART_B: Form(
            label=N_("Part B: the expert"),
            asks=(
                *_PERSON,
                Question(name="designation", label=N_("Designation of the expert")),
                *_DEVICE,
                _AGREES,
            ),
        ),
        EntryKind.KEEPING: Form(
            label=N_("How long the recordings are kept"),
            asks=(
                Question(name="until_on", label=N_("To be kept until"), answer=Answer.DAY),
                *_ORDER,
                Question(name="note", label=N_("Note"), answer=Answer.TEXT, needed=False),
            ),
        ),
    }
)


def asked(kind: EntryKind, facts: Mapping[str, bool]) -> tuple[Question, ...]:
    """What is asked of this kind at a hearing with these facts."""
    return tuple(one for one in FORMS[kind].asks if not one.only_if or facts[one.only_if])


def details(
    kind: EntryKind, facts: Mapping[str, str], *, translate: Translate, on: Callable[[date], str] = date.isoformat
) -> tuple[tuple[str, str], ...]:
    """What was answered, as pairs of words in the order of the questions; times and recordings are said elsewhere."""
    left_out = {WHICH, "happened_on", "happened_time"}
    return tuple(
        (translate(one.label), _said(one, value, translate=translate, on=on))
        for one in FORMS[kind].asks
        if one.name not in left_out and (value := facts.get(one.name, ""))
    )


def _said(question: Question, value: str, *, translate: Translate, on: Callable[[date], str]) -> str:
    if question.answer is Answer.DAY:
        return on(date.fromisoformat(value))
    return translate(question.choices[value]) if value in question.choices else value
