"""The use-case that makes sending a form twice harmless: the form's key leads to what came of it the first time."""

from hashlib import sha256

from vctestimony.domain.access import Actor
from vctestimony.domain.retention import Held
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store.models import SubmissionRow


def already(unit: Unit, key: str) -> str | None:
    """Where the first submission of this form led; None when this is the first.

    A second submission that comes while the first is being stored waits for it.
    """
    accounts.lock_name(unit.session, _kept(key))
    found = accounts.submission(unit.session, _kept(key))
    return None if found is None else found.outcome


def remember(unit: Unit, key: str, outcome: str, *, by: Actor) -> None:
    """Keep the outcome with what the form did, in the same transaction; forget those whose time is over."""
    accounts.drop_submissions(unit.session, until=unit.now - unit.ports.lasts(Held.FORM_KEYS))
    unit.session.add(SubmissionRow(key=_kept(key), account_id=by.account_id, outcome=outcome, created_at=unit.now))
    unit.session.flush()


def _kept(key: str) -> str:
    """Keys of every length fit their column."""
    return sha256(key.encode()).hexdigest()
