"""The one place that gives hearings as plain data, for programs; no person is named in it."""

from collections.abc import Sequence

import sqlalchemy as sa

from vctestimony.domain.instants import wall_of
from vctestimony.services import whereabouts
from vctestimony.services.unit import Unit
from vctestimony.store import hearings as store
from vctestimony.store import options
from vctestimony.store.models import HearingRow, OptionRow


def hearings(unit: Unit) -> list[dict[str, object]]:
    """Every hearing in time order."""
    rows = store.listed(unit.session, sa.true())
    held = options.held_by_hearing(unit.session, [row.id for row in rows])
    return [_plain(row, held.get(row.id, ())) for row in rows]


def _plain(row: HearingRow, held: Sequence[OptionRow]) -> dict[str, object]:
    return {
        "reference": row.reference,
        "state": row.state.value,
        "held": [option.starts_at.isoformat() for option in held],
        "starts_at": row.starts_at.isoformat() if row.starts_at else None,
        "walls": {
            zone: wall_of(row.starts_at, zone).isoformat(timespec="minutes")
            for zone in dict.fromkeys((row.court.zone, row.remote.zone))
        }
        if row.starts_at
        else {},
        "minutes": {"pre": row.pre_minutes, "main": row.main_minutes, "post": row.post_minutes},
        "court": row.court.code,
        "remote": whereabouts.code_of(row.remote),
        "sequence": row.sequence,
    }
