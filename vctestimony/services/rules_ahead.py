"""The one place that finds, among thousands of hearings ahead, those whose time today's clock rules touch.

What is found in one of them is said by services/timezones.py; here no more is read than that there is something.
"""

from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from vctestimony.domain.instants import TZ_VERSION, AmbiguousWallTime, NonexistentWallTime, resolve
from vctestimony.domain.invited import reads_anew
from vctestimony.services import invited
from vctestimony.services.unit import Unit
from vctestimony.store import waiting as store
from vctestimony.store.models import HearingRow
from vctestimony.store.waiting import Ahead


def touched(unit: Unit, condition: sa.ColumnElement[bool]) -> frozenset[int]:
    """The ids of those. What was agreed by the rules of today was told by them to everybody."""
    rows = store.ahead(unit.session, condition & (HearingRow.starts_at > unit.now))
    moved = {row.id for row in rows if _is_moved(row)}
    older = [row.id for row in rows if row.tz_version != TZ_VERSION and row.starts_wall is not None]
    told = store.told(unit.session, older) if older else ()
    return frozenset(moved | {one.hearing_id for one in told if reads_anew(invited.recall(one))})


def _is_moved(row: Ahead) -> bool:
    """Whether its wall time is another instant today, or none that is certain."""
    return row.starts_wall is not None and _instant(row.starts_wall, row.zone) != row.starts_at


@lru_cache(maxsize=8192)
def _instant(wall: datetime, zone: str) -> datetime | None:
    """What that wall time is by the rules of this process; None for one that happens twice or never."""
    try:
        return resolve(wall, zone)
    except (AmbiguousWallTime, NonexistentWallTime):
        return None
