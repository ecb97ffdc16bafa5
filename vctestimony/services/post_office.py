"""The worker's use-cases: take one due mail, hand it over, write down what became of it. Any number of workers may run.

The claim is committed before SMTP is spoken, so a killed worker loses nothing: its lease runs out and the same bytes
leave again under the same Message-ID, by which a reader knows them for the same mail.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.letters import DeliveryFailure, TemporaryFailure
from vctestimony.domain.retries import GIVE_UP, next_try_at
from vctestimony.domain.smtp_answers import answer_of
from vctestimony.services import delivery, journal, sealed_mails
from vctestimony.services.heartbeat import Heartbeat
from vctestimony.services.references import new_secret
from vctestimony.services.unit import NotSaved, Unit, Units
from vctestimony.store import outbox
from vctestimony.store.models import OutboxRow, OutboxState

LEASE = timedelta(minutes=5)
"""Longer than any conversation with a mail server may last, so that a mail is never in two hands."""
IDLE_SECONDS = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Mail:
    """What was claimed, still sealed."""

    sealed: bytes
    key_id: str
    message_id: str
    to: str


def _nothing(_units: Units) -> None:
    return


def run(units: Units, *, owner: str, wake: Event, stop: Event, chores: Callable[[Units], None] = _nothing) -> None:
    """Send whatever is due until told to stop; sleep until woken when there is nothing. `chores` are done between.

    Whatever goes wrong in one round, the next is tried: without a worker no mail leaves at all.
    """
    beat = Heartbeat()
    while not stop.is_set():
        wake.clear()
        try:
            beat(units)
            chores(units)
            while not stop.is_set() and deliver_one(units, owner=owner):
                beat(units)
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
        row.tries += 1
        outbox_id, mail = row.id, _Mail(row.body, row.key_id, row.message_id, row.to_address)
    _settle(units, outbox_id, owner=owner, failure=_handed_over(units, mail))
    return True


def _handed_over(units: Units, mail: _Mail) -> DeliveryFailure | None:
    """What went wrong, or None. A fault of ours in one mail must not stop the others: it counts as temporary.

    So does a missing key: the mail waits, and `flask doctor` says which key it is.
    """
    try:
        body = sealed_mails.opened(units.ports.vault, mail.sealed, key_id=mail.key_id, message_id=mail.message_id)
        units.ports.sender.send(body, to=mail.to)
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
            row.state, row.sent_at, row.failure_code = OutboxState.SENT, unit.now, ""
            _note(unit, "mail.sent", row)
        else:
            row.failure_code = answer_of(failure.code, failure.reason).code
            _not_taken(unit, row, failure)


def _not_taken(unit: Unit, row: OutboxRow, failure: DeliveryFailure) -> None:
    """Try again later, unless that is of no use or a later mail has overtaken this one meanwhile."""
    next_at = None
    if isinstance(failure, TemporaryFailure):
        until_at, chance = row.until_at or row.created_at + GIVE_UP, unit.ports.random(1)[0]
        next_at = next_try_at(unit.now, tries=row.tries, until_at=until_at, chance=chance)
    if outbox.is_overtaken(unit.session, row, at_any_address=next_at is None):
        row.state = OutboxState.SUPERSEDED
    elif next_at is not None:
        row.state, row.next_at = OutboxState.PENDING, next_at
    else:
        delivery.give_up(unit, row)
        _note(unit, "mail.failed", row)


def _note(unit: Unit, what: str, row: OutboxRow) -> None:
    journal.write(unit, what, subject=delivery.subject_of(unit, row), by=SYSTEM, message_id=row.message_id)


def new_owner() -> str:
    """A name for one worker that no other has."""
    return new_secret()[:24]
