"""The use-cases of going on without somebody who cannot come: at the booked time, or at another that suits the rest."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Refusal
from vctestimony.domain.hearing import END_LABELS, Move, moved
from vctestimony.domain.instants import Reading, read, to_min, wall_of
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.slots import nearest
from vctestimony.domain.wording import N_
from vctestimony.services import (
    alternatives,
    booking_views,
    checklists,
    claims,
    gates,
    journal,
    replacing,
    scheduling,
    seating,
    whereabouts,
)
from vctestimony.services.booking_views import EXCUSED, BookPage, Recipient, Subject
from vctestimony.services.claims import Alternative
from vctestimony.services.replacing import StandIn, person_at, stand_ins
from vctestimony.services.timetables import search_of, timetable_of, with_taken
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow

TIMES_SHOWN = 5
_SEARCHED = timedelta(days=60)


class StillAsked(Conflict):
    """The law or the order asks for this duty and nobody else has it."""

    text = N_("The law or the order asks for this duty and nobody else has it here. Choose somebody else instead.")


@dataclass(frozen=True, slots=True)
class NewTime:
    """Where the hearing is moved, by the Court Point's clock, and why."""

    starts_wall: datetime
    zone: str
    reason: str


@dataclass(frozen=True, slots=True)
class InsteadPage:
    """What can be done when this person cannot come. `times` are those that suit everybody else, the nearest first.

    `is_needed` where law or order asks for the duty and nobody else at the hearing has it.
    """

    subject: Subject
    participant_id: int
    name: str
    duty: str
    has_declined: bool
    answered: Reading | None
    answer_mark: str
    comment: str
    is_needed: bool
    stand_ins: tuple[StandIn, ...]
    times: tuple[Alternative, ...]


def open_page(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> InsteadPage:
    """The ways on, for whoever books the hearing."""
    hearing, person = person_at(unit, reference, participant_id, by=by)
    court = hearing.court
    return InsteadPage(
        subject=booking_views.subject_for(hearing, person),
        participant_id=person.id,
        name=person.official.name,
        duty=DUTY_LABELS[person.duty],
        has_declined=person.answer == "DECLINED",
        answered=read(person.answered_at, court.zone, court.city) if person.answered_at else None,
        answer_mark=replacing.answer_mark(person),
        comment=person.answer_comment,
        is_needed=is_needed(hearing, person),
        stand_ins=stand_ins(unit, hearing, person),
        times=_times(unit, hearing, person),
    )


def is_needed(hearing: HearingRow, person: ParticipantRow) -> bool:
    """Whether law or order asks for the duty and nobody else at the hearing has it."""
    others = {one.duty for one in hearing.participants if one.removed_at is None and one is not person}
    asked = {one.duty for one in gates.required_of(hearing) if one.required}
    return person.duty in asked - others


def let_go(unit: Unit, reference: str, participant_id: int, *, seen: str, version: int, by: Actor) -> None:
    """Go on at the booked time without this person, who is told not to come; StillAsked where somebody must come."""
    hearing, person = person_at(unit, reference, participant_id, by=by)
    replacing.check_same_answer(person, seen=seen)
    if is_needed(hearing, person):
        raise StillAsked()
    replacing.seat_instead(unit, hearing, person, None, version=version, by=by)


def book_page(unit: Unit, reference: str, participant_id: int, *, starts_wall: datetime, by: Actor) -> BookPage:
    """What moving the hearing without this person would do. In a unit that only looks: the person is left out there."""
    with unit.session.no_autoflush:
        _, person = person_at(unit, reference, participant_id, by=by)
        person.removed_at = unit.now
        page = booking_views.book_page(unit, reference, starts_wall=starts_wall, by=by)
        official = person.official
        excused = Recipient(official.name, DUTY_LABELS[person.duty], END_LABELS[person.end], official.email, EXCUSED)
        unit.session.expire(person)
    return replace(page, recipients=(*page.recipients, excused))


def move(unit: Unit, reference: str, participant_id: int, to: NewTime, *, version: int, by: Actor) -> None:
    """Move the hearing to a time that suits the others, without this person, in one step.

    Where law or order asks for the duty, somebody must be named before the hearing can be confirmed again.
    """
    hearing = scheduling.opened(unit, reference, version=version, by=by, action=Action.BOOK)
    moved(hearing.state, Move.RESCHEDULE, reason=to.reason)
    _, person = person_at(unit, reference, participant_id, by=by)
    seating.leave(unit, hearing, person)
    unit.session.flush()
    alternatives.prune(hearing)
    scheduling.move(unit, reference, starts_wall=to.starts_wall, zone=to.zone, reason=to.reason, version=version, by=by)
    duties = sorted(one.duty for one in hearing.participants if one.removed_at is None)
    code = whereabouts.code_of(hearing.remote)
    journal.write(unit, "hearing.people_named", subject=reference, by=by, duties=duties, remote=code)
    checklists.compose_for(unit, hearing, by=by)


def _times(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> tuple[Alternative, ...]:
    """The nearest starts at which everybody else can; none where a calendar is not entered or no day is left."""
    if hearing.starts_at is None:
        return ()
    today_on = wall_of(unit.now, hearing.court.zone).date()
    timetable = replacing.without(timetable_of(unit, hearing, stay=False), str(person.official.resource_id))
    try:
        search = search_of(unit, hearing, from_on=today_on, to_on=today_on + _SEARCHED)
        filled = with_taken(unit, hearing, timetable, first_on=search.from_on, last_on=search.to_on)
        main_min = to_min(hearing.starts_at) + filled.pattern.main_offset
        slots = nearest(search, filled.pattern, filled.resources, main_min=main_min, count=TIMES_SHOWN + 1)
    except Refusal:
        return ()
    others = [slot for slot in slots if slot.start_at != hearing.starts_at]
    return tuple(claims.alternative(hearing, slot) for slot in others[:TIMES_SHOWN])
