"""The one place that seals mails as they lie in the outbox, and opens them: whole, bound to their Message-ID.

A mail that was opened again is the same bytes. Its subject is sealed apart, so that a list of mails opens no letters.
What was laid down before mails were sealed is read as it is, and sealed by and by.
"""

from hashlib import sha256

from vctestimony.domain.errors import Refusal
from vctestimony.domain.mail_words import subject_of
from vctestimony.services.unit import Unit, Units
from vctestimony.services.vault_ports import Vault
from vctestimony.store import mails as store
from vctestimony.store.mails import Found
from vctestimony.store.models import OutboxRow

AT_ONCE = 25


def seal(vault: Vault, row: OutboxRow, plain: bytes) -> None:
    """Keep the whole mail and its subject sealed with the newest key, and the hash of what was sealed."""
    row.key_id, row.body = vault.seal(plain.decode("latin-1"), bound_to=place_of(row.message_id, "body"))
    row.subject = vault.seal(subject_of(plain), bound_to=place_of(row.message_id, "subject"))[1]
    row.body_sha256 = sha256(plain).hexdigest()


def opened(vault: Vault, body: bytes, *, key_id: str, message_id: str) -> bytes:
    """The very bytes that were laid down; VaultShut where the key is missing or they were not laid down here."""
    if not key_id:
        return bytes(body)
    return vault.open(bytes(body), key_id=key_id, bound_to=place_of(message_id, "body")).encode("latin-1")


def content_of(unit: Unit, row: OutboxRow) -> bytes:
    """The same, of a row."""
    return opened(unit.ports.vault, row.body, key_id=row.key_id, message_id=row.message_id)


def subject(unit: Unit, found: Found) -> str:
    """The mail's subject for a list; empty where it cannot be opened, for the list says more than that."""
    row = found.row
    if not row.key_id or row.subject is None:
        return subject_of(found.head)
    try:
        return unit.ports.vault.open(row.subject, key_id=row.key_id, bound_to=place_of(row.message_id, "subject"))
    except Refusal:
        return ""


def seal_anew(unit: Unit, row: OutboxRow) -> None:
    """Seal with the newest key what another sealed, or none."""
    seal(unit.ports.vault, row, content_of(unit, row))


def seal_old(units: Units) -> int:
    """Seal what lies there from before mails were sealed; gives how many. Nothing to do costs one query."""
    count = 0
    while done := _some(units):
        count += done
    return count


def _some(units: Units) -> int:
    with units.reading() as unit:
        if not store.plain(unit.session, most=1):
            return 0
    with units.writing(wakes=False) as unit:
        rows = store.plain(unit.session, most=AT_ONCE)
        for row in rows:
            seal_anew(unit, row)
        return len(rows)


def place_of(message_id: str, part: str) -> str:
    """What the sealed mail is bound to."""
    return f"outbox|{message_id}|{part}"
