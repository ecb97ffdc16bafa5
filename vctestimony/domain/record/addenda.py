"""The one place for what may be added to a sealed record: each kind of addendum, what it asks, and on what it rests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain import entered
from vctestimony.domain.entered import Missing
from vctestimony.domain.record.answers import NotAnAnswer
from vctestimony.domain.record.fields import Cite, Evidence, Field, Group, Source
from vctestimony.domain.record.kinds import Answer, Asked
from vctestimony.domain.record.required import FIELDS
from vctestimony.domain.wording import N_

FORMAT = "vctestimony-addendum/1"


class AddendumKind(StrEnum):
    """What follows a record after its seal."""

    CORRECTION = "correction"
    RECEIPT = "receipt"
    COSTS = "costs"
    COMPLAINT = "complaint"
    DECISION = "decision"
    CONTINUATION = "continuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """A kind of addendum: its words, its questions (those of `days` are answered with a date), what it rests on."""

    label: str
    use: str
    asks: tuple[Asked, ...]
    rests_on: Field
    days: frozenset[str] = frozenset()


_BY_KEY = {field.key: field for field in FIELDS}
_ORDERED = Field(
    number=0,
    key="ordered",
    group=Group.AFTER,
    label=N_("Order of the court"),
    cites=(Cite(Source.OWN_ORDER),),
    supplied_by=_BY_KEY["costs"].supplied_by,
    evidence=Evidence.READ,
)
_ORDER = Asked(name="order", label=N_("Order: its reference"))
_ORDERED_ON = Asked(name="ordered_on", label=N_("Order: its date"))
_DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        "rejected": N_("rejected: the hearing stands"),
        "again": N_("the hearing is declared incomplete; the link is set up again"),
        "attend": N_("the hearing is declared incomplete; the witness attends in person"),
    }
)

ADDENDA: Mapping[AddendumKind, Addendum] = MappingProxyType(
    {
        AddendumKind.CORRECTION: Addendum(
            label=N_("Order correcting the record"),
            use=N_("What the record says stays as it was sealed; the order says what is right."),
            asks=(
                _ORDER,
                _ORDERED_ON,
                Asked(name="place", label=N_("Where in the record"), hint=N_("For example: statement 12, or Q. 14.")),
                Asked(name="says", label=N_("What the record says there"), answer=Answer.TEXT),
                Asked(name="right", label=N_("What is right by the order"), answer=Answer.TEXT),
            ),
            rests_on=_ORDERED,
            days=frozenset({"ordered_on"}),
        ),
        AddendumKind.RECEIPT: Addendum(
            label=N_("Receipt of the hard copy"),
            use=N_("The signed transcript, or a document countersigned at the Remote Point, has come."),
            asks=(
                Asked(name="what", label=N_("What came")),
                Asked(name="carrier", label=N_("Carrier")),
                Asked(name="number", label=N_("Number of the consignment")),
                Asked(name="dispatched_on", label=N_("Dispatched on")),
                Asked(name="received_on", label=N_("Received on")),
                Asked(name="received_by", label=N_("Received by: name and designation")),
                Asked(name="state", label=N_("State of cover and seals, signatures found"), answer=Answer.TEXT),
            ),
            rests_on=_BY_KEY["dispatch"],
            days=frozenset({"dispatched_on", "received_on"}),
        ),
        AddendumKind.COSTS: Addendum(
            label=N_("Costs"),
            use=N_("What the hearing cost, who bears it, and what is waived."),
            asks=(
                _ORDER,
                _ORDERED_ON,
                Asked(name="heads", label=N_("Heads and amounts, one a line"), answer=Answer.TEXT),
                Asked(name="payer", label=N_("Who pays")),
                Asked(name="waived", label=N_("What is waived"), hint=N_("Write “none” if nothing is.")),
                Asked(
                    name="honorarium",
                    label=N_("Honorarium of the Remote Point Coordinator"),
                    hint=N_("As the court directed after hearing the parties; “none” if none."),
                ),
            ),
            rests_on=_BY_KEY["costs"],
            days=frozenset({"ordered_on"}),
        ),
        AddendumKind.COMPLAINT: Addendum(
            label=N_("Complaint of a remote user about the link"),
            use=N_("Somebody who took part from afar says that bad sound or picture did harm."),
            asks=(
                Asked(name="complainant", label=N_("Who complains, and as what"), hint=N_("By pseudonym.")),
                Asked(name="told_on", label=N_("Told to the Court Point Coordinator on")),
                Asked(name="what", label=N_("What was not seen or heard, and the harm"), answer=Answer.TEXT),
            ),
            rests_on=_BY_KEY["grievance"],
            days=frozenset({"told_on"}),
        ),
        AddendumKind.DECISION: Addendum(
            label=N_("Decision on such a complaint"),
            use=N_("The court rejects it, or declares the hearing incomplete."),
            asks=(
                _ORDER,
                _ORDERED_ON,
                Asked(name="about", label=N_("The complaint: number of its addendum")),
                Asked(name="decision", label=N_("Decision"), answer=Answer.CHOICE, choices=_DECISIONS),
                Asked(name="reasons", label=N_("Reasons"), answer=Answer.TEXT),
            ),
            rests_on=_BY_KEY["grievance"],
            days=frozenset({"ordered_on"}),
        ),
        AddendumKind.CONTINUATION: Addendum(
            label=N_("Continuation of a part-heard hearing"),
            use=N_("Where the evidence goes on, and why it was not finished."),
            asks=(
                Asked(name="reasons", label=N_("Reasons of the adjournment"), answer=Answer.TEXT),
                Asked(name="next", label=N_("Continued by: reference of the hearing")),
                Asked(name="next_on", label=N_("Continued on")),
            ),
            rests_on=_BY_KEY["adjournment"],
            days=frozenset({"next_on"}),
        ),
    }
)


def checked(kind: AddendumKind, answers: Mapping[str, str]) -> dict[str, str]:
    """Every answer, fit to be sealed: dates in ISO 8601, choices as offered; refuses what is missing."""
    found = {}
    for asked in ADDENDA[kind].asks:
        value = answers.get(asked.name, "").strip()
        if not value:
            raise Missing(field=asked.name)
        if asked.answer is Answer.CHOICE and value not in asked.choices:
            raise NotAnAnswer(field=asked.name)
        found[asked.name] = entered.day(value).isoformat() if asked.name in ADDENDA[kind].days else value
    return found


def lines(
    kind: AddendumKind, facts: Mapping[str, str], *, translate: Callable[[str], str], on: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """What was answered, as pairs of words in the order of the questions; `on` writes a date."""
    addendum = ADDENDA[kind]
    return tuple((translate(asked.label), _said(addendum, asked, facts, translate, on)) for asked in addendum.asks)


def _said(
    addendum: Addendum,
    asked: Asked,
    facts: Mapping[str, str],
    translate: Callable[[str], str],
    on: Callable[[str], str],
) -> str:
    value = facts[asked.name]
    if asked.name in addendum.days:
        return on(value)
    return translate(asked.choices[value]) if value in asked.choices else value
