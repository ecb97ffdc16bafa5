"""The use-case of taking in the mails that came: each is stored once, with what became of it, before it is put away.

Any number of workers may run. A mail is marked as done in its folder or mailbox only after the commit, so one that is
killed in between costs a second look and nothing else: the digest knows the mail again. Nothing here is ever mailed
back, to nobody: an answer to an automatic mail would be answered in turn.
"""

import logging
from datetime import timedelta
from threading import Event

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Conflict, Unavailable
from vctestimony.domain.inbound import MOST_A_ROUND, Arrived, Inbound, InboxUnreachable
from vctestimony.domain.inbound_words import Reason, Verdict
from vctestimony.domain.sealing import VaultShut
from vctestimony.domain.wording import N_
from vctestimony.services import inbox_matching, journal, witness_keys
from vctestimony.services.inbox_matching import Outcome
from vctestimony.services.references import new_reference
from vctestimony.services.unit import NotSaved, Unit, Units
from vctestimony.store import accounts
from vctestimony.store import inbox as store
from vctestimony.store.models import HearingRow, InboundRow, InboxRow

IDLE_SECONDS = 20.0
SAID_EVERY = timedelta(minutes=5)
"""So often at most it is written down that an inbox was read, while nothing about it changes."""
LONGEST_ADDRESS = 254

log = logging.getLogger(__name__)


class MailWiped(Conflict):
    """The days for which a mail that came in is kept are over."""

    text = N_("What this mail said was wiped, as the schedule of retention says. What came of it stays.")


def run(units: Units, *, stop: Event) -> None:
    """Read the inbox until told to stop. Runs beside the post, so that mail never waits for a server of others."""
    while not stop.is_set():
        try:
            while not stop.is_set() and read_once(units) >= MOST_A_ROUND:
                pass
        except NotSaved:
            log.warning("the database could not be written; the inbox is read again soon")
        except Exception as fault:  # noqa: BLE001  # its text could hold words of a mail, so only its kind is said
            log.error("the inbox is read again soon: %s", type(fault).__name__)  # noqa: TRY400
        stop.wait(IDLE_SECONDS)


def read_once(units: Units) -> int:
    """Take in what waits, as much as fits into a round; gives how many. What cannot be reached is written down."""
    place = units.ports.inbox
    try:
        count = place.each(lambda arrived: take_in(units, arrived))
    except InboxUnreachable as refusal:
        _note(units, place.name, trouble=str(refusal.facts.get("words", "")))
        return 0
    _note(units, place.name, trouble="")
    return count


def take_in(units: Units, arrived: Arrived) -> None:
    """Store the mail with what became of it. A fault of ours in one mail stops no other: a person reads it then."""
    mail = units.ports.mails.read(arrived)
    try:
        with units.writing() as unit:
            _store(unit, arrived, mail)
    except NotSaved:
        raise
    except Exception as fault:  # noqa: BLE001  # its text could hold words of the mail, so only its kind is said
        log.error("a mail could not be handled: %s", type(fault).__name__)  # noqa: TRY400
        with units.writing() as unit:
            _store(unit, arrived, mail, outcome=Outcome(verdict=Verdict.REVIEW, reason=Reason.FAULT))


def _store(unit: Unit, arrived: Arrived, mail: Inbound, *, outcome: Outcome | None = None) -> None:
    accounts.lock_name(unit.session, arrived.digest)
    if store.is_known(unit.session, arrived.digest):
        return
    outcome = outcome or inbox_matching.outcome_of(unit, mail)
    row = InboundRow(
        reference=new_reference(unit, "M"),
        digest=arrived.digest,
        received_at=unit.now,
        message_id=mail.message_id[:LONGEST_ADDRESS],
        from_address=(mail.sender or ", ".join(mail.senders))[:LONGEST_ADDRESS],
        verdict=outcome.verdict,
        reason=outcome.reason,
        hearing_id=outcome.hearing.id if outcome.hearing else None,
        participant_id=outcome.person.id if outcome.person else None,
        about=outcome.about,
        part_stat=outcome.part_stat,
        size=arrived.size,
        is_open=outcome.verdict is Verdict.REVIEW,
    )
    # Bytes of any kind pass through text and back unchanged in this code.
    plain = arrived.content.decode("latin-1")
    row.key_id, row.sealed = _sealed(unit, outcome.hearing, plain, bound_to=sealed_place(row.reference))
    unit.session.add(row)
    unit.session.flush()
    if outcome.hearing is not None and outcome.verdict not in {Verdict.COUNTED, Verdict.PROPOSED}:
        _journal(unit, row, outcome)


def _journal(unit: Unit, row: InboundRow, outcome: Outcome) -> None:
    """What counted or was proposed is written down where that is done."""
    journal.write(
        unit,
        "inbox.read",
        subject=outcome.hearing.reference if outcome.hearing else "mail",
        by=SYSTEM,
        mail=row.reference,
        verdict=row.verdict,
        why=row.reason or "",
        duty=outcome.person.duty if outcome.person else "",
    )


def reopened(unit: Unit, row: InboundRow) -> Arrived:
    """The mail as it came in, out of its seal."""
    if row.wiped_at is not None:
        raise MailWiped()
    place = sealed_place(row.reference)
    if row.hearing is None:
        plain = unit.ports.vault.open(row.sealed, key_id=row.key_id, bound_to=place)
    else:
        plain = witness_keys.opened_text(unit, row.hearing.witness, row.sealed, key_id=row.key_id, bound_to=place)
    return Arrived(plain.encode("latin-1"), row.size)


def _sealed(unit: Unit, hearing: HearingRow | None, plain: str, *, bound_to: str) -> tuple[str, bytes]:
    """With the key of the hearing's witness, for people write names into replies; with the service's own where there is
    none. A mail is never turned away: what comes when her key is gone, or cannot be had, is kept all the same.
    """
    if hearing is not None:
        try:
            return witness_keys.seal(unit, hearing.witness, plain, bound_to=bound_to)
        except (VaultShut, Unavailable):
            log.warning("a mail that came in is kept with the key of the service: that of its witness cannot be had")
    return unit.ports.vault.seal(plain, bound_to=bound_to)


def sealed_place(reference: str) -> str:
    """What the sealed mail is bound to."""
    return f"inbound|{reference}|mail"


def _note(units: Units, name: str, *, trouble: str) -> None:
    """Write down how the inbox stands, when that has changed or was not said for a while."""
    with units.reading() as unit:
        row = store.inbox(unit.session, name)
        same = row is not None and row.trouble == trouble
        if row is not None and same and (trouble or (row.read_at and unit.now - row.read_at < SAID_EVERY)):
            return
    with units.writing(wakes=False) as unit:
        accounts.lock_name(unit.session, f"inbox|{name}")
        row = store.inbox(unit.session, name)
        if row is None:
            row = InboxRow(name=name)
            unit.session.add(row)
        row.trouble = trouble
        if trouble:
            row.failing_since = row.failing_since or unit.now
        else:
            row.read_at, row.failing_since = unit.now, None
