"""What the court sees of proposals: who proposes what, whether it is possible, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.channels import Channel, channel_label
from vctestimony.domain.errors import Absent, Refusal
from vctestimony.domain.instants import Reading, read, wall_of
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposals import MOOTED_TEXTS, Mooted, ProposalKind, ProposalState
from vctestimony.domain.wording import N_
from vctestimony.services import booking_views, claims, invited, substitutes
from vctestimony.services.access import hearing_for
from vctestimony.services.booking_views import Subject
from vctestimony.services.claims import Alternative, SlotTaken, TimeRefused
from vctestimony.services.hearing_clocks import Clocks, clocks_of, span_of
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.substitutes import Registered
from vctestimony.services.timetables import timetable_of
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow, ParticipantRow, ProposalRow

_STATES: dict[ProposalState, str] = {
    ProposalState.OPEN: N_("waits for you"),
    ProposalState.ACCEPTED: N_("accepted"),
    ProposalState.DECLINED: N_("declined"),
    ProposalState.MOOT: N_("settled by itself"),
}
_REASON = N_("The time was proposed by: {duty}.")


@dataclass(frozen=True, slots=True)
class Possible:
    """Whether the hearing could be at a start: free, or every cause why not, or the sentence of a refusal."""

    is_free: bool
    whys: tuple[WhyNot, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal. `clocks` is the whole hearing as it would be, `own` what the person proposed for their own parts.

    `start` is the Court Point's wall time of it, as the pages of booking take it.
    """

    id: int
    kind: ProposalKind
    who: str
    duty: str
    comment: str
    channel: str
    made: Reading
    state: ProposalState
    label: str
    ending: str
    reply: str
    settled: Reading | None
    settled_by: str
    clocks: Clocks | None
    own: Clocks | None
    start: str
    name: str
    designation: str
    address: str
    possible: Possible | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to decide it."""
        return self.state is ProposalState.OPEN


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal with what to do about it: the nearest times, or who the substitute is to the service."""

    subject: Subject
    one: ProposalView
    alternatives: tuple[Alternative, ...]
    registered: Registered | None
    by_calendar: bool
    may_move: bool


def views_of(unit: Unit, hearing: HearingRow, rows: Iterable[ProposalRow]) -> tuple[ProposalView, ...]:
    """The proposals of the hearing as they are shown; what is open says whether it is possible."""
    return tuple(_view(unit, hearing, row) for row in rows)


def open_page(unit: Unit, reference: str, proposal_id: int, *, by: Actor) -> ProposalPage:
    """One proposal, for whoever books the hearing."""
    hearing, row = found(unit, reference, proposal_id, by=by)
    is_open = row.state is ProposalState.OPEN
    substitute = is_open and row.kind is ProposalKind.SUBSTITUTE
    return ProposalPage(
        subject=booking_views.subject_of(hearing),
        one=_view(unit, hearing, row),
        alternatives=_nearest(unit, hearing, row) if is_open else (),
        registered=substitutes.registered(unit, row) if substitute else None,
        by_calendar=row.channel == Channel.MAIL and row.kind is ProposalKind.TIME,
        may_move=hearing.state in booking_views.TIMED,
    )


def found(unit: Unit, reference: str, proposal_id: int, *, by: Actor) -> tuple[HearingRow, ProposalRow]:
    """The hearing and the proposal made for it, if this person may decide it."""
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    row = store.by_id(unit.session, hearing.id, proposal_id)
    if row is None:
        raise Absent()
    return hearing, row


def reason_for(unit: Unit, reference: str, proposal_id: int, *, by: Actor) -> str:
    """The reason of the move that accepts a proposal, to be changed by whoever moves; nothing for another kind."""
    _, row = found(unit, reference, proposal_id, by=by)
    if row.kind is not ProposalKind.TIME:
        return ""
    word = unit.ports.words.gettext
    return word(by.language, _REASON).format(duty=word(by.language, DUTY_LABELS[row.participant.duty]))


def hearing_start(hearing: HearingRow, person: ParticipantRow, starts_at: datetime) -> datetime:
    """When the hearing would start, if this person's own first part started then."""
    return starts_at - (invited.own_times(hearing, person, starts_at=starts_at)[0] - starts_at)


def _view(unit: Unit, hearing: HearingRow, row: ProposalRow) -> ProposalView:
    person, court = row.participant, hearing.court
    starts_at = hearing_start(hearing, person, row.starts_at) if row.starts_at else None
    own = invited.own_times(hearing, person, starts_at=starts_at) if starts_at else None
    is_open = row.state is ProposalState.OPEN
    return ProposalView(
        id=row.id,
        kind=row.kind,
        who=person.official.name,
        duty=DUTY_LABELS[person.duty],
        comment=row.comment,
        channel=channel_label(row.channel),
        made=read(row.made_at, court.zone, court.city),
        state=row.state,
        label=_STATES[row.state],
        ending=MOOTED_TEXTS[Mooted(row.ending)] if row.ending else "",
        reply=row.reply,
        settled=read(row.settled_at, court.zone, court.city) if row.settled_at else None,
        settled_by=row.settled_by,
        clocks=clocks_of(hearing, starts_at),
        own=span_of(hearing, *own) if own else None,
        start=wall_of(starts_at, court.zone).isoformat(timespec="minutes") if starts_at else "",
        name=row.name,
        designation=row.designation,
        address=row.address,
        possible=_possible(unit, hearing, starts_at) if is_open and starts_at else None,
    )


def _possible(unit: Unit, hearing: HearingRow, starts_at: datetime) -> Possible:
    """What the search says of exactly that start; it claims nothing and looks for no other."""
    try:
        timetable = timetable_of(unit, hearing, stay=False)
        check = claims.examined(unit, hearing, timetable, starts_at=starts_at)
    except Refusal as refusal:
        return Possible(is_free=False, refusal=refusal)
    return Possible(is_free=check.slot is not None, whys=told(check.causes, timetable))


def _nearest(unit: Unit, hearing: HearingRow, row: ProposalRow) -> tuple[Alternative, ...]:
    """The nearest free times to the one that was proposed, where that is not free itself."""
    if row.starts_at is None:
        return ()
    try:
        claims.check(unit, hearing, starts_at=hearing_start(hearing, row.participant, row.starts_at))
    except (SlotTaken, TimeRefused) as refusal:
        return tuple(one for one in refusal.alternatives if one.court.at != hearing.starts_at)
    except Refusal:
        return ()
    return ()
