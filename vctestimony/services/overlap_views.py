"""What the page of a booking by order shows: which time, everybody whom it takes twice, and who will be told."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict
from vctestimony.domain.hearing import Move, moved
from vctestimony.services import claims, overlaps
from vctestimony.services.access import hearing_for
from vctestimony.services.booking_views import (
    INVITED,
    TIMED,
    UPDATED,
    Recipient,
    Subject,
    recipients_of,
    subject_of,
    time_at,
)
from vctestimony.services.claims import Alternative
from vctestimony.services.overlaps import Clash, NobodyTaken, NotByOrder
from vctestimony.services.reasons import WhyNot
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class OverlapPage:
    """Before a time is ordered. Without `chosen` a time has still to be named; `problem` says why it cannot be."""

    subject: Subject
    start: str
    chosen: Alternative | None
    is_move: bool
    clashes: tuple[Clash, ...]
    mark: str
    problem: Conflict | None
    whys: tuple[WhyNot, ...]
    recipients: tuple[Recipient, ...]
    least: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What an order for one start would overlap, or why there can be none."""

    clashes: tuple[Clash, ...] = ()
    mark: str = ""
    problem: Conflict | None = None
    whys: tuple[WhyNot, ...] = ()


_NOTHING = _Found()


def overlap_page(unit: Unit, reference: str, *, starts_wall: datetime | None, by: Actor) -> OverlapPage:
    """What ordering this start would do; nothing is claimed."""
    row = hearing_for(unit, reference, by=by, action=Action.OVERLAP)
    is_move = row.state in TIMED
    moved(row.state, Move.RESCHEDULE if is_move else Move.BOOK, reason="as will be given")
    chosen: Alternative | None = None
    found = _NOTHING
    if starts_wall is not None:
        starts_at = claims.instant_of(row, starts_wall=starts_wall, zone=row.court.zone)
        chosen, found = time_at(row, starts_at), _found(unit, row, starts_at)
    return OverlapPage(
        subject=subject_of(row),
        start=starts_wall.isoformat(timespec="minutes") if starts_wall else "",
        chosen=chosen,
        is_move=is_move,
        clashes=found.clashes,
        mark=found.mark,
        problem=found.problem,
        whys=found.whys,
        recipients=recipients_of(row, INVITED, UPDATED),
        least=overlaps.SHORTEST_REASON,
    )


def _found(unit: Unit, row: HearingRow, starts_at: datetime) -> _Found:
    try:
        ways = overlaps.ways_of(unit, row, starts_at=starts_at)
    except NotByOrder as refusal:
        return _Found(problem=refusal, whys=refusal.whys)
    except NobodyTaken as refusal:
        return _Found(problem=refusal)
    return _Found(overlaps.clashes(row, ways), ways.mark)
