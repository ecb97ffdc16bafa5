"""The one place that gives hearings as plain data, for programs; no person is named in it."""

import sqlalchemy as sa

from vctestimony.domain.instants import wall_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings as store
from vctestimony.store.models import HearingRow


def hearings(unit: Unit) -> list[dict[str, object]]:
    """Every hearing in time order."""
    return [_plain(row) for row in store.listed(unit.session, sa.true())]


def _plain(row: HearingRow) -> dict[str, object]:
    return {
        "reference": row.reference,
        "state": row.state.value,
        "starts_at": row.starts_at.isoformat() if row.starts_at else None,
        "walls": {
            zone: wall_of(row.starts_at, zone).isoformat(timespec="minutes")
            for zone in dict.fromkeys((row.court.zone, row.remote.zone))
        }
        if row.starts_at
        else {},
        "minutes": {"pre": row.pre_minutes, "main": row.main_minutes, "post": row.post_minutes},
        "court": row.court.code,
        "remote": row.remote.code,
        "sequence": row.sequence,
    }
