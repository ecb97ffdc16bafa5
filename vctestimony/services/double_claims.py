"""The one place that lets the claim of a person stand over another one, minute by minute and no further.

Only services/overlaps.py orders it, with a reason. The database refuses two blocking claims whatever code runs; a piece
that stands over another is written as not blocking, and the pieces beside it block like every claim.
"""

from collections.abc import Collection
from dataclasses import replace

from vctestimony.domain.intervals import common, course, without
from vctestimony.services.unit import Unit
from vctestimony.store import occupancy, options
from vctestimony.store.models import HearingRow
from vctestimony.store.occupancy import Claim


def kept(unit: Unit, hearing: HearingRow) -> frozenset[str]:
    """The keys of the people whom the hearing has together with another one, whichever of the two was ordered."""
    ordered = {one.resource_id for one in options.overlaps(unit.session, hearing.id)}
    return frozenset(str(number) for number in ordered | occupancy.stood_over(unit.session, hearing.id))


def end(unit: Unit, hearing: HearingRow) -> None:
    """Let the orders for the hearing's former time count no longer."""
    for row in options.overlaps(unit.session, hearing.id):
        row.ended_at = unit.now


def cut(unit: Unit, hearing: HearingRow, wanted: Collection[Claim], *, over: Collection[str]) -> tuple[Claim, ...]:
    """The claims, those of `over` cut where something blocking stands: that piece alone does not block."""
    theirs = [one for one in wanted if str(one.resource_id) in over]
    ways = occupancy.in_the_way(unit.session, theirs, now=unit.now, except_hearing_id=hearing.id)
    pieces = [one for one in wanted if str(one.resource_id) not in over]
    for one in theirs:
        whole = [(one.start_min, one.end_min)]
        taken = course(
            (way.start_min, way.end_min) for way in ways if way.blocking and way.resource_id == one.resource_id
        )
        pieces += [replace(one, start_min=start, end_min=end) for start, end in without(whole, taken)]
        pieces += [replace(one, start_min=start, end_min=end, blocking=False) for start, end in common(whole, taken)]
    return tuple(pieces)
