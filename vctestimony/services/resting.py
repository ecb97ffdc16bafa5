"""The one place that lets a day pass between an administrator's hand on an account and an identity opened with it.

Whoever takes a second step away, or opens an account, could sign in with it; a day gives those who were told time to
speak.
"""

from datetime import datetime

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Conflict
from vctestimony.domain.grants import RESTS
from vctestimony.domain.wording import N_
from vctestimony.services.accounts import actor_of, row_of, subject_of
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit
from vctestimony.store import audit

_BY_ANYBODY, _BY_AN_ADMINISTRATOR = "account.second_steps_reset", "account.opened"


class Resting(Conflict):
    """The account was in an administrator's hand a moment ago."""

    text = N_(
        "The account of {name} was opened, or its second step taken away, less than 24 hours ago. Until {until} "
        "({city}) no identity opens to it, and it neither gives nor gets leave."
    )


def check(unit: Unit, account_id: int | None) -> None:
    """Refuse whatever has to do with an identity while the account rests (Resting)."""
    until_at = _until(unit, account_id) if account_id is not None else None
    if until_at is not None:
        row = row_of(unit, account_id)
        wall = both_clocks(until_at, by=actor_of(row))[0]
        raise Resting(name=row.name, until=wall.wall, city=wall.city)


def _until(unit: Unit, account_id: int) -> datetime | None:
    touched = [
        entry.at
        for entry in audit.since(unit.session, subject_of(account_id), after=unit.now - RESTS)
        if entry.action == _BY_ANYBODY or (entry.action == _BY_AN_ADMINISTRATOR and entry.actor != SYSTEM.name)
    ]
    return max(touched) + RESTS if touched else None
