"""The one place that keeps every state of every line of the deposition, beside the line itself."""

from collections.abc import Sequence
from enum import StrEnum

from vctestimony.domain.access import Actor
from vctestimony.services.deposition_fixing import content_of
from vctestimony.services.unit import Unit
from vctestimony.store import depositions as store
from vctestimony.store.models import DepositionRow, DepositionVersionRow


class Done(StrEnum):
    """What a change did to a line."""

    WRITTEN = "written"
    REVISED = "revised"
    STRUCK = "struck"
    MOVED = "moved"


def keep(unit: Unit, rows: Sequence[DepositionRow], done: Done, *, by: Actor) -> None:
    """Keep these lines of one hearing as they stand now. The caller holds the hearing's lock."""
    if not rows:
        return
    change = store.last_change(unit.session, rows[0].hearing_id)
    unit.session.add_all(
        DepositionVersionRow(
            hearing_id=row.hearing_id,
            change=change + count,
            ordinal=row.ordinal,
            line_version=row.version,
            done=done.value,
            number=row.number,
            content=content_of(row),
            written_at=unit.now,
            by=by.name,
        )
        for count, row in enumerate(rows, start=1)
    )
    unit.session.flush()
