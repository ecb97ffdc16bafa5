"""The worker's use-cases: take one due mail, hand it over, write down what became of it. Any number of workers may run.

The claim is committed before SMTP is spoken, so a killed worker loses nothing: its lease runs out and the same bytes
leave again under the same Message-ID.
"""

import logging
from datetime import timedelta
from threading import Event

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.letters import PermanentFailure, TemporaryFailure
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


def run(units: Units, *, owner: str, wake: Event, stop: Event) -> None:
    """Send whatever is due until told to stop; sleep until woken when there is nothing."""
    while not stop.is_set():
        wake.clear()
        try:
            while not stop.is_set() and deliver_one(units, owner=owner):
                pass
        except NotSaved:
            log.warning("the database could not be written; the worker tries again")
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
    try:
        units.ports.sender.send(body, to=address)
    except PermanentFailure as failure:
        _settle(units, outbox_id, owner=owner, permanent=str(failure))
    except TemporaryFailure as failure:
        _settle(units, outbox_id, owner=owner, temporary=str(failure))
    else:
        _settle(units, outbox_id, owner=owner)
    return True


def _settle(units: Units, outbox_id: int, *, owner: str, permanent: str = "", temporary: str = "") -> None:
    with units.writing(wakes=False) as unit:
        row = outbox.owned(unit.session, outbox_id=outbox_id, owner=owner)
        if row is None:
            return
        row.leased_until, row.owner = None, ""
        if temporary and unit.now - row.created_at < GIVE_UP:
            row.state, row.last_error = OutboxState.PENDING, temporary
            row.next_at = unit.now + _pause(unit, row.attempts)
        elif permanent or temporary:
            _failed(unit, row, permanent or temporary)
        else:
            row.state, row.sent_at, row.last_error = OutboxState.SENT, unit.now, ""
            journal.write(unit, "mail.sent", subject=_subject(unit, row), by=SYSTEM, message_id=row.message_id)


def _failed(unit: Unit, row: OutboxRow, error: str) -> None:
    row.state, row.last_error = OutboxState.FAILED, error
    journal.write(unit, "mail.failed", subject=_subject(unit, row), by=SYSTEM, message_id=row.message_id)


def _subject(unit: Unit, row: OutboxRow) -> str:
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    return hearing.reference if hearing else "mail"


def _pause(unit: Unit, attempts: int) -> timedelta:
    """Doubling from a minute to an hour, with up to a fifth more or less so that retries do not march in step."""
    plain = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
    share = unit.ports.random(1)[0] / 255
    return plain * (0.8 + 0.4 * share)


def new_owner() -> str:
    """A name for one worker that no other has."""
    return new_secret()[:24]
