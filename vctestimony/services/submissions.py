"""The use-case that makes sending a form twice harmless: the form's key leads to what came of it the first time."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store.models import SubmissionRow


class SentOtherwise(Invalid):
    """The form was sent before with other answers; those took effect, these did not."""

    text = N_(
        "This form was sent before with other answers. Those were saved; what you typed now was not. "
        "Look at what was saved. If this is meant as one more, send it again."
    )


@dataclass(frozen=True, slots=True)
class FormKey:
    """A form's own key, and a code of what it held when it was sent."""

    key: str
    content: str

    @classmethod
    def of(cls, key: str, fields: Iterable[tuple[str, str]]) -> "FormKey":
        """The code is keyed by what is not kept, so that nobody who reads it can try a name against it."""
        return cls(key, hmac.new(key.encode(), json.dumps(list(fields)).encode(), sha256).hexdigest())


def already(unit: Unit, sent: FormKey) -> str | None:
    """Where the first submission of this form led; None when this is the first.

    A second submission that comes while the first is being stored waits for it; with other answers it is refused
    (SentOtherwise).
    """
    found = _found(unit, sent.key)
    if found is not None and found.content not in {None, sent.content}:
        raise SentOtherwise()
    return None if found is None else found.outcome


def is_known(unit: Unit, key: str) -> bool:
    """Whether the form with this key was sent, whatever it held."""
    return _found(unit, key) is not None


def remember(unit: Unit, sent: FormKey, outcome: str, *, by: Actor) -> None:
    """Keep the outcome with what the form did, in the same transaction; forget those whose time is over."""
    accounts.drop_submissions(unit.session, until=unit.now - unit.ports.lasts(Held.FORM_KEYS))
    row = SubmissionRow(key=_kept(sent.key), content=sent.content, account_id=by.account_id, outcome=outcome)
    row.created_at = unit.now
    unit.session.add(row)
    unit.session.flush()


def _found(unit: Unit, key: str) -> SubmissionRow | None:
    accounts.lock_name(unit.session, _kept(key))
    return accounts.submission(unit.session, _kept(key))


def _kept(key: str) -> str:
    """Keys of every length fit their column."""
    return sha256(key.encode()).hexdigest()
