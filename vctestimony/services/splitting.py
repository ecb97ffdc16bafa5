"""The use-case of a testimony that takes several days: show the sittings that fit, then book or hold all or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Invalid, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.series import in_order, series
from vctestimony.domain.sittings import Breaks, LongerThanOrdered, shares
from vctestimony.domain.slot_lengths import longest_main
from vctestimony.domain.slots import Slot
from vctestimony.domain.wording import N_
from vctestimony.services import claims, hearing_clocks, journal, offering, planning, scheduling
from vctestimony.services.access import hearing_for
from vctestimony.services.checklists import carry_over
from vctestimony.services.claims import Alternative, alternative
from vctestimony.services.offering import Offer
from vctestimony.services.order_limits import breaks_of
from vctestimony.services.reasons import WhyNot, told
from vctestimony.services.timetables import search_of, timetable_of, with_taken
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

USUAL_LONGEST, USUAL_BETWEEN, USUAL_DAYS = 120, 7, 42
MOST_SITTINGS = 12
MOST_REASONS = 10


class NotToBeSplit(Conflict):
    """The hearing has a time, or is over."""

    text = N_("Only a hearing without a time can be split over several days. Give back its time first.")


class TooManySittings(Invalid):
    """More days than anybody would plan at once."""

    text = N_("That would be {count} sittings. Plan at most {most} at once: allow more minutes a day, or ask for less.")


class SittingsChanged(Conflict):
    """The times do not belong to the sittings that the lengths ask for."""

    text = N_("The sittings have changed since the page was opened. Nothing was taken; look at them again.")


@dataclass(frozen=True, slots=True)
class Wish:
    """How the testimony is to be split: its whole examination, the longest of a day, and how near the days lie."""

    total_minutes: int
    longest_minutes: int
    most_days_between: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting of the preview; `minutes` is its examination with the breaks."""

    number: int
    minutes: int
    time: Alternative
    breaks: tuple[tuple[BothClocks, BothClocks], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A day that brings no further sitting, and why."""

    on: date
    whys: tuple[WhyNot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPage:
    """The preview. Without `sittings`, `placed` of `count` fit, the last of them at the latest on `stuck_after_on`."""

    reference: str
    case_number: str
    pseudonym: str
    court_city: str
    court_zone: str
    remote_city: str
    remote_zone: str
    wish: Wish
    ordered_minutes: int | None
    breaks: Breaks
    pre_minutes: int
    post_minutes: int
    from_on: date
    to_on: date
    count: int
    sittings: tuple[Sitting, ...]
    placed: int
    stuck_after_on: date | None
    reasons: tuple[Reason, ...]
    longest_that_fits: int
    version: int


def wish_of(
    unit: Unit, reference: str, *, total: int | None, longest: int | None, between: int | None, by: Actor
) -> Wish:
    """What was asked for; else the hearing's own examination, the order's longest day and a week between two."""
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    ordered = hearing.order.longest_minutes or USUAL_LONGEST
    return Wish(total or hearing.main_minutes, longest or ordered, between or USUAL_BETWEEN)


def preview(
    unit: Unit, reference: str, wish: Wish, *, from_on: date | None = None, to_on: date | None = None, by: Actor
) -> SplitPage:
    """The earliest sittings on common days, or how far they get and why no further."""
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    lengths = _lengths(hearing, wish)
    tomorrow_on = wall_of(unit.now, hearing.court.zone).date() + timedelta(days=1)
    first_on = max(from_on or tomorrow_on, tomorrow_on - timedelta(days=1))
    last_on = to_on or first_on + timedelta(days=USUAL_DAYS)
    search = search_of(unit, hearing, from_on=first_on, to_on=last_on, main_minutes=max(lengths))
    timetable = timetable_of(unit, hearing, stay=False)
    timetable = with_taken(unit, hearing, timetable, first_on=search.from_on, last_on=search.to_on)
    found = series(
        search, timetable.pattern, timetable.resources, lengths=lengths, most_days_between=wish.most_days_between
    )
    return SplitPage(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        court_city=hearing.court.city,
        court_zone=hearing.court.zone,
        remote_city=hearing.remote.city,
        remote_zone=hearing.remote.zone,
        wish=wish,
        ordered_minutes=hearing.order.longest_minutes,
        breaks=breaks_of(hearing.order),
        pre_minutes=hearing.pre_minutes,
        post_minutes=hearing.post_minutes,
        from_on=search.from_on,
        to_on=search.to_on,
        count=len(lengths),
        sittings=_sittings(hearing, lengths, found.slots),
        placed=found.placed,
        stuck_after_on=found.stuck_after_on,
        reasons=tuple(Reason(one.on, told(one.causes, timetable)) for one in found.refusals[:MOST_REASONS]),
        longest_that_fits=0
        if found.placed
        else longest_main(search, timetable.pattern, timetable.resources, most=max(lengths)),
        version=hearing.version,
    )


def split(
    unit: Unit,
    reference: str,
    wish: Wish,
    starts_walls: Sequence[datetime],
    *,
    zone: str,
    hold: bool,
    version: int,
    by: Actor,
) -> tuple[str, ...]:
    """Make the hearing the first sitting, set up the others as its continuations, and book or hold them all.

    One that is refused refuses all: the transaction leaves nothing. Steps that hold booking and were settled for the
    hearing count for its continuations, which come under the same order. Gives the references in order.
    """
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if hearing.version != version:
        raise Stale()
    lengths = _lengths(hearing, wish)
    if len(starts_walls) != len(lengths) or not in_order(starts_walls, most_days_between=wish.most_days_between):
        raise SittingsChanged()
    claims.queued(unit, hearing, stay=False)  # all sittings want the same; whoever waits for them waits before writing
    hearing.main_minutes = lengths[0]
    unit.session.flush()
    rows = [hearing]
    for minutes in lengths[1:]:
        rows.append(planning.continuation_of(unit, rows[-1], main_minutes=minutes, by=by))
        carry_over(unit, hearing, rows[-1], gate="book", by=by)
    references = tuple(row.reference for row in rows)
    journal.write(unit, "hearing.split", subject=reference, by=by, sittings=references, minutes=lengths)
    for row, wall in zip(rows, starts_walls, strict=True):
        if hold:
            offering.offer(unit, row.reference, Offer(starts=(wall,), zone=zone), version=row.version, by=by)
        else:
            scheduling.book(unit, row.reference, starts_wall=wall, zone=zone, version=row.version, by=by)
    return references


def _lengths(hearing: HearingRow, wish: Wish) -> tuple[int, ...]:
    if hearing.state is not State.REQUESTED:
        raise NotToBeSplit()
    ordered = hearing.order.longest_minutes
    if ordered is not None and wish.longest_minutes > ordered:
        raise LongerThanOrdered(field="longest", longest=ordered, minutes=wish.longest_minutes)
    lengths = shares(wish.total_minutes, wish.longest_minutes, breaks_of(hearing.order))
    if len(lengths) > MOST_SITTINGS:
        raise TooManySittings(field="longest", count=len(lengths), most=MOST_SITTINGS)
    return lengths


def _sittings(hearing: HearingRow, lengths: Sequence[int], slots: Sequence[Slot]) -> tuple[Sitting, ...]:
    return tuple(
        Sitting(
            number,
            minutes,
            alternative(hearing, slot),
            hearing_clocks.breaks(hearing, slot.start_at, main_minutes=minutes),
        )
        for number, (minutes, slot) in enumerate(zip(lengths, slots, strict=False), start=1)
    )
