"""The one place that counts tries and refuses too many: for sign-in, answer links and whatever can be guessed at."""

from datetime import timedelta

from vctestimony.domain.errors import Refusal
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store.models import AttemptRow


class TooManyTries(Refusal):
    """The bucket is full; `seconds` until the oldest try leaves it. Pages answer 429 with Retry-After."""

    text = N_("Too many tries. Wait {minutes} minutes, then try again.")

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds=seconds, minutes=-(-seconds // 60))


def count(unit: Unit, bucket: str, *, most: int, within_minutes: int) -> int:
    """Count one try and give its number, or TooManyTries when `most` lie in the window already.

    A refused try is not counted, so waiting always helps. Call it in a unit of its own when what follows may be
    refused: a unit that raises forgets the try.
    """
    accounts.lock_name(unit.session, bucket)
    window = timedelta(minutes=within_minutes)
    known = accounts.tries(unit.session, bucket, after=unit.now - window)
    if len(known) >= most:
        left = min(known[-most] + window - unit.now, window)
        raise TooManyTries(seconds=max(1, -(-left // timedelta(seconds=1))))
    return note(unit, bucket)


def note(unit: Unit, bucket: str) -> int:
    """Write a try down without any limit, and forget those whose time is over."""
    accounts.drop_tries(unit.session, until=unit.now - unit.ports.lasts(Held.TRIES))
    row = AttemptRow(bucket=bucket, tried_at=unit.now)
    unit.session.add(row)
    unit.session.flush()
    return row.id


def noted(unit: Unit, bucket: str) -> bool:
    """Whether anything was written down in the bucket as long as tries are kept."""
    return bool(accounts.tries(unit.session, bucket, after=unit.now - unit.ports.lasts(Held.TRIES)))


def forget(unit: Unit, bucket: str) -> None:
    """Empty the bucket: the person has shown who he is."""
    accounts.drop_tries(unit.session, until=unit.now, bucket=bucket)


def take_back(unit: Unit, number: int) -> None:
    """Uncount one try that turned out to be right."""
    row = unit.session.get(AttemptRow, number)
    if row is not None:
        unit.session.delete(row)
        unit.session.flush()
