"""The one place that says what is wrong with the running service, in words for the person who runs it."""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from vctestimony.services.unit import Unit
from vctestimony.store import outbox

STUCK_SECONDS = 15 * 60


def troubles(unit: Unit) -> list[str]:
    """What stops the service from doing its work; empty when all is well."""
    try:
        unit.session.execute(sa.text("SELECT 1"))
        waiting = outbox.seconds_overdue(unit.session, now=unit.now)
    except SQLAlchemyError:
        return ["The database does not answer."]
    if waiting > STUCK_SECONDS:
        return [f"Mail has been waiting for {waiting // 60} minutes. Is a worker running, is the mail server there?"]
    return []
