"""What the pages before booking, moving, cancelling and confirming show: the time, and who will be told what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import END_LABELS, STATE_LABELS, Move, State, moved
from vctestimony.domain.instants import to_min
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.slots import Slot
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, choices, claims, doubts, gates, hearing_clocks, invited, overlaps
from vctestimony.services.access import hearing_for
from vctestimony.services.choices import Chosen, Serving
from vctestimony.services.claims import Alternative, SlotTaken, TimeRefused
from vctestimony.services.hearing_clocks import Clocks, clocks_of, span_of
from vctestimony.services.reasons import WhyNot
from vctestimony.services.timetables import lengths_of
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow

INVITED = N_("an invitation")
UPDATED = N_("an update with the old and the new time; the answer is asked again")
CALLED_OFF = N_("a cancellation")
EXCUSED = N_("word that they need not come")
TIMED = frozenset({State.BOOKED, State.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who will be written to, and what they will get (a marked text).

    `instead_of` is whoever has the seat now; `numbers` are the options at which they serve, empty for all.
    """

    name: str
    duty: str
    end: str
    address: str
    mail: str
    instead_of: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """The hearing that a page of booking is about."""

    reference: str
    case_number: str
    pseudonym: str
    state_label: str
    court: str
    court_city: str
    court_zone: str
    remote: str
    remote_city: str
    remote_zone: str
    clocks: Clocks | None
    version: int


@dataclass(frozen=True, slots=True)
class BookPage:
    """Before a time is taken. `whys` and `alternatives` are filled when it cannot be, `open_steps` hold the booking."""

    subject: Subject
    start: str
    chosen: Alternative
    is_move: bool
    is_free: bool
    whys: tuple[WhyNot, ...]
    alternatives: tuple[Alternative, ...]
    recipients: tuple[Recipient, ...]
    missing: tuple[gates.Need, ...]
    breaks: tuple[tuple[BothClocks, BothClocks], ...]
    open_steps: tuple[checklists.OpenStep, ...] = ()
    only_people_taken: bool = False

    @property
    def is_same(self) -> bool:
        """Whether the hearing is at this time already."""
        now = self.subject.clocks
        return self.is_move and now is not None and now.court.at == self.chosen.court.at


@dataclass(frozen=True, slots=True)
class CancelPage:
    """Before a hearing is called off."""

    subject: Subject
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Before a hearing is confirmed, with everything that still stands in the way, or only speaks against it."""

    subject: Subject
    open_steps: tuple[checklists.OpenStep, ...]
    missing: tuple[gates.Need, ...]
    against: doubts.Doubts


def book_page(unit: Unit, reference: str, *, starts_wall: datetime, by: Actor) -> BookPage:
    """What booking or moving to this start would do; a wall time that happens twice or never is refused."""
    row = hearing_for(unit, reference, by=by, action=Action.BOOK)
    is_move = row.state in TIMED
    moved(row.state, Move.RESCHEDULE if is_move else Move.BOOK, reason="as will be given")
    starts_at = claims.instant_of(row, starts_wall=starts_wall, zone=row.court.zone)
    whys: tuple[WhyNot, ...] = ()
    others: tuple[Alternative, ...] = ()
    is_free, only_people = True, False
    served: dict[int, Chosen] = {}
    try:
        served = {1: claims.check(unit, row, starts_at=starts_at).chosen}
    except (SlotTaken, TimeRefused) as refusal:
        is_free, whys, others = False, refusal.whys, refusal.alternatives
        only_people = overlaps.is_possible(unit, row, starts_at=starts_at)
    return BookPage(
        subject=subject_of(row),
        start=starts_wall.isoformat(timespec="minutes"),
        chosen=time_at(row, starts_at),
        is_move=is_move,
        is_free=is_free,
        whys=whys,
        alternatives=others,
        recipients=recipients_at(unit, row, served, new=INVITED, known=UPDATED),
        missing=gates.shown(gates.missing_of(row)),
        breaks=hearing_clocks.breaks(row, starts_at),
        open_steps=() if is_move else checklists.open_steps(unit, row, gates.BOOK),
        only_people_taken=only_people,
    )


def cancel_page(unit: Unit, reference: str, *, by: Actor) -> CancelPage:
    """What calling the hearing off would do."""
    row = hearing_for(unit, reference, by=by, action=Action.BOOK)
    moved(row.state, Move.CANCEL, reason="as will be given")
    return CancelPage(subject_of(row), recipients_of(row, "", CALLED_OFF))


def confirm_page(unit: Unit, reference: str, *, by: Actor) -> ConfirmPage:
    """What stands before confirming."""
    row = hearing_for(unit, reference, by=by, action=Action.CONFIRM)
    moved(row.state, Move.CONFIRM)
    return ConfirmPage(
        subject_of(row),
        checklists.open_steps(unit, row, gates.CONFIRM),
        gates.shown(gates.missing_of(row)),
        doubts.doubts_of(unit, row, by=by),
    )


def subject_for(row: HearingRow, person: ParticipantRow) -> Subject:
    """The same for one person: the clocks show from when to when they are asked to be there."""
    if row.starts_at is None:
        return subject_of(row)
    return replace(subject_of(row), clocks=span_of(row, *invited.own_times(row, person, starts_at=row.starts_at)))


def subject_of(row: HearingRow) -> Subject:
    """The hearing as the pages of booking head themselves with it."""
    return Subject(
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        state_label=STATE_LABELS[row.state],
        court=row.court.name,
        court_city=row.court.city,
        court_zone=row.court.zone,
        remote=row.remote.name,
        remote_city=row.remote.city,
        remote_zone=row.remote.zone,
        clocks=clocks_of(row, row.starts_at),
        version=row.version,
    )


def time_at(row: HearingRow, starts_at: datetime) -> Alternative:
    """The hearing at that start, on both clocks."""
    lengths, start = lengths_of(row), to_min(starts_at)
    return claims.alternative(row, Slot(start, start + lengths.pre, start + lengths.total))


def recipients_of(row: HearingRow, new: str, known: str) -> tuple[Recipient, ...]:
    """Everybody who will get `new` if never written to, else `known`; who gets nothing is left out."""
    people = [(p, known if p.sent else new) for p in row.participants if p.removed_at is None]
    return tuple(
        Recipient(p.official.name, DUTY_LABELS[p.duty], END_LABELS[p.end], p.official.email, mail)
        for p, mail in people
        if mail
    )


def recipients_at(
    unit: Unit, row: HearingRow, times: Mapping[int, Chosen], *, new: str, known: str
) -> tuple[Recipient, ...]:
    """Everybody who serves at one of the times, by number with who was chosen for it, then who loses their seat."""
    found: dict[int, tuple[Serving, list[int]]] = {}
    for number, chosen in times.items():
        for one in choices.served(unit, row, chosen):
            found.setdefault(one.official.id, (one, []))[1].append(number)
    serving = [
        Recipient(
            one.official.name,
            DUTY_LABELS[one.seat.duty],
            END_LABELS[one.end],
            one.official.email,
            known if one.seat.sent and not one.is_other else new,
            one.seat.official.name if one.is_other else "",
            tuple(numbers) if len(numbers) < len(times) else (),
        )
        for one, numbers in found.values()
    ]
    gone = [p for p in row.participants if times and p.removed_at is None and p.sent and p.official_id not in found]
    excused = [
        Recipient(p.official.name, DUTY_LABELS[p.duty], END_LABELS[p.end], p.official.email, EXCUSED) for p in gone
    ]
    return (*serving, *excused)
