"""The one place that finds out who changed a thing while somebody else had its form open, and when."""

from dataclasses import dataclass

from flask import current_app

from vctestimony.domain.errors import Stale
from vctestimony.domain.instants import Reading
from vctestimony.services import journal
from vctestimony.services.clocks import both_clocks
from vctestimony.web.context import EXTENSION, reading, signed_in


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who made the newest change of a thing, and when on both clocks."""

    actor: str
    at: tuple[Reading, Reading]


def last_change(stale: Stale) -> LastChange | None:
    """The newest entry of the journal about what the refusal names; None where it names nothing."""
    subject, actor = stale.facts.get("subject"), signed_in()
    if not isinstance(subject, str) or actor is None or EXTENSION not in current_app.extensions:
        return None
    with reading() as unit:
        newest = journal.newest(unit, subject)
    return LastChange(newest.actor, both_clocks(newest.at, by=actor)) if newest else None
