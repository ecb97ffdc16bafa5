"""The one place that writes down what came back for a mail that had left: a bounce, a notice of delay, a read receipt.

A mail is known again by its Message-ID. Whoever reads the inbox has read the report; this module decides what it means
for the mail.
"""

from vctestimony.domain.access import SYSTEM
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, outbox
from vctestimony.store.models import OutboxRow, OutboxState

LONGEST_WORDS, LONGEST_CODE = 2000, 40


def bounced(unit: Unit, message_id: str, *, is_permanent: bool, code: str, words: str) -> bool:
    """Note that a mail came back (RFC 3464); False where no such mail is ours.

    Permanent is what has failed, whatever its code ("Action: failed"): nobody tries that mail any more, so it becomes
    an undelivered one. A notice that it is only late ("Action: delayed") is kept and shown, and changes nothing. The
    same report twice changes nothing.
    """
    row = outbox.by_message_id(unit.session, bracketed(message_id))
    if row is None:
        return False
    if not is_permanent:
        row.delayed_at = row.delayed_at or unit.now
    elif row.bounced_at is None:
        row.bounced_at = unit.now
        give_up(unit, row)
        journal.write(unit, "mail.bounced", subject=subject_of(unit, row), by=SYSTEM, message_id=row.message_id)
    else:
        return True
    row.failure_code, row.bounce_words = code.strip()[:LONGEST_CODE], words.strip()[:LONGEST_WORDS]
    return True


def opened(unit: Unit, message_id: str) -> bool:
    """Note that a mail was opened (RFC 8098); False where no such mail is ours.

    What was opened has arrived, whatever was thought of it before.
    """
    row = outbox.by_message_id(unit.session, bracketed(message_id))
    if row is None:
        return False
    if row.opened_at is None:
        row.opened_at = unit.now
        if row.state in (OutboxState.PENDING, OutboxState.FAILED) and row.attempts:
            row.state, row.sent_at, row.dead_at = OutboxState.SENT, row.sent_at or unit.now, None
        journal.write(unit, "mail.opened", subject=subject_of(unit, row), by=SYSTEM, message_id=row.message_id)
    return True


def give_up(unit: Unit, row: OutboxRow) -> None:
    """Count the mail as undelivered; not where a later one to the same person says more."""
    row.owner, row.leased_until = "", None
    if row.state is OutboxState.SUPERSEDED or outbox.is_overtaken(unit.session, row, at_any_address=True):
        row.state = OutboxState.SUPERSEDED
        return
    row.state, row.dead_at, row.settled_at = OutboxState.FAILED, unit.now, None


def subject_of(unit: Unit, row: OutboxRow) -> str:
    """What the journal calls that which the mail is about."""
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    return hearing.reference if hearing else "mail"


def bracketed(message_id: str) -> str:
    """A Message-ID as it is stored.

    >>> bracketed(" a.0@court.example ")
    '<a.0@court.example>'
    """
    return f"<{message_id.strip().removeprefix('<').removesuffix('>')}>"
