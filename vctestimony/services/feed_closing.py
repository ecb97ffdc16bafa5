"""The one place that ends the feeds of somebody or something that is out of use; being in use again opens none."""

from vctestimony.domain.access import Actor
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store import feeds as store

REVOKED = "feed.revoked"


def close_all(unit: Unit, resource_id: int, *, subject: str, by: Actor) -> None:
    """Let no address of the person or room open anything any more."""
    for row in store.of_resource(unit.session, resource_id).values():
        store.drop(unit.session, row)
        journal.write(unit, REVOKED, subject=subject, by=by, feed=row.reference, kind=row.kind)
