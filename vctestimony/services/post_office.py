"""The worker's use-cases: take one due mail, hand it over, write down what became of it. Any number of workers may run.

The claim is committed before SMTP is spoken, so a killed worker loses nothing: its lease runs out and the same bytes
leave again under the same Message-ID.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.letters import DeliveryFailure, TemporaryFailure
from vctestimony.services import journal
from vctestimony.services.references import new_secret
from vctestimony.services.unit import NotSaved, Unit, Units
from vctestimony.store import hearings, outbox
from vctestimony.store.models import OutboxRow, OutboxState

LEASE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP = timedelta(hours=72)
IDLE_SECONDS = 5.0

log = logging.getLogger(__name__)


def _nothing(_units: Units) -> None:
    return


def run(units: Units, *, owner: str, wake: Event, stop: Event, chores: Callable[[Units], None] = _nothing) -> None:
    """Send whatever is due until told to stop; sleep until woken when there is nothing. `chores` are done between.

    Whatever goes wrong in one round, the next is tried: without a worker no mail leaves at all.
    """
    while not stop.is_set():
        wake.clear()
        try:
            chores(units)
            while not stop.is_set() and deliver_one(units, owner=owner):
                pass
        except NotSaved:
            log.warning("the database could not be written; the worker tries again")
        except Exception:
            log.exception("the worker tries again")
        wake.wait(IDLE_SECONDS)


def deliver_one(units: Units, *, owner: str) -> bool:
    """Claim and send one mail; False when none is due."""
    with units.writing(wakes=False) as unit:
        row = outbox.next_due(unit.session, now=unit.now)
        if row is None:
            return False
        row.state, row.owner, row.leased_until = OutboxState.SENDING, owner, unit.now + LEASE
        row.attempts += 1
        outbox_id, body, address = row.id, row.body, row.to_address
    _settle(units, outbox_id, owner=owner, failure=_handed_over(units, body, to=address))
    return True


def _handed_over(units: Units, body: bytes, *, to: str) -> DeliveryFailure | None:
    """What went wrong, or None. A fault of ours in one mail must not stop the others: it counts as temporary."""
    try:
        units.ports.sender.send(body, to=to)
    except DeliveryFailure as failure:
        return failure
    except Exception as fault:
        log.exception("a mail could not be handed over")
        return TemporaryFailure(type(fault).__name__, code=None)
    return None


def _settle(units: Units, outbox_id: int, *, owner: str, failure: DeliveryFailure | None) -> None:
    with units.writing(wakes=False) as unit:
        row = outbox.owned(unit.session, outbox_id=outbox_id, owner=owner)
        if row is None:
            return
        row.leased_until, row.owner, row.last_error = None, "", str(failure or "")
        if failure is None:
            row.state, row.sent_at = OutboxState.SENT, unit.now
            journal.write(unit, "mail.sent", subject=_subject(unit, row), by=SYSTEM, message_id=row.message_id)
        elif isinstance(failure, TemporaryFailure) and unit.now - row.created_at < GIVE_UP:
            row.state, row.next_at = OutboxState.PENDING, unit.now + _pause(unit, row.attempts)
        else:
            row.state = OutboxState.FAILED
            journal.write(unit, "mail.failed", subject=_subject(unit, row), by=SYSTEM, message_id=row.message_id)


def _subject(unit: Unit, row: OutboxRow) -> str:
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    return hearing.reference if hearing else "mail"


def _pause(unit: Unit, attempts: int) -> timedelta:
    """Doubling from a minute to an hour, with up to a fifth more or less so that retries do not march in step."""
    plain: timedelta = min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)
    share = unit.ports.random(1)[0] / 255
    return plain * (0.8 + 0.4 * share)


def new_owner() -> str:
    """A name for one worker that no other has."""
    return new_secret()[:24]
