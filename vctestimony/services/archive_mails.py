"""The one place that says for an archive what was sent about a hearing, and what was answered.

Of a mail only the calendar file is given away, as it was sent. Its letter is not: a link in it lets whoever holds it
answer in that person's name. Nor is a calendar file that tells how the conference is joined, which is sealed here. The
hash is that of the whole mail, so that the mail somebody kept can be compared.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from hashlib import sha256

from vctestimony.domain.archive.contents import Member, both_ways
from vctestimony.services import sealed_mails
from vctestimony.services.unit import Unit
from vctestimony.store import archives as store
from vctestimony.store.models import HearingRow, OutboxRow, ParticipantRow

_TELLS_JOINING = re.compile(rb"^CONFERENCE[;:]", re.MULTILINE | re.IGNORECASE)
_SENT = (
    *("number", "kind", "to", "duty", "sequence", "message_id", "written_at", "state", "attempts", "sent_at"),
    *("bounced_at", "sha256", "calendar_file", "withheld"),
)
_ANSWERS = ("name", "designation", "duty", "end", "required", "removed_at", "answer", "sequence", "answered_at", "by")
WITHHELD = "the calendar file tells how the conference is joined, which is sealed"
WIPED = "the text of the mail was wiped, as the schedule of retention says; its hash is that of the whole mail"


def members(unit: Unit, hearing: HearingRow) -> Iterator[Member]:
    """The calendar files, the list of everything that was sent, and the answers."""
    people = {person.id: person for person in hearing.participants}
    rows = []
    for number, mail in enumerate(store.mails(unit.session, hearing.id), 1):
        content = sealed_mails.content_of(unit, mail)
        calendar = _calendar(content)
        withheld = _TELLS_JOINING.search(calendar) is not None
        name = f"invitations/{number:04}-{mail.kind.replace('_', '-')}.ics" if calendar and not withheld else ""
        if name:
            yield Member(name, calendar)
        why_not = WIPED if mail.wiped_at is not None else WITHHELD if withheld else ""
        told = {"calendar_file": name, "withheld": why_not}
        rows.append(_sent(mail, people.get(mail.participant_id or 0), content, number=number) | told)
    yield from both_ways("invitations/sent", rows, _SENT)
    yield from both_ways("invitations/answers", [_answer(person) for person in hearing.participants], _ANSWERS)


def _calendar(content: bytes) -> bytes:
    """The calendar part as it was sent; empty where the mail has none."""
    message = message_from_bytes(content, policy=policy.default)
    part = next((one for one in message.walk() if one.get_content_type() == "text/calendar"), None)
    payload = part.get_payload(decode=True) if part is not None else b""
    return payload if isinstance(payload, bytes) else b""


def _sent(mail: OutboxRow, person: ParticipantRow | None, content: bytes, *, number: int) -> dict[str, object]:
    return {
        "number": number,
        "kind": mail.kind,
        "to": mail.to_address,
        "duty": person.duty.value if person else "",
        "sequence": mail.sequence,
        "message_id": mail.message_id,
        "written_at": _at(mail.created_at),
        "state": mail.state.value,
        "attempts": mail.attempts,
        "sent_at": _at(mail.sent_at),
        "bounced_at": _at(mail.bounced_at),
        "sha256": mail.body_sha256 or sha256(content).hexdigest(),
    }


def _answer(person: ParticipantRow) -> dict[str, object]:
    """What somebody answered, without the words they added: those may name the witness."""
    return {
        "name": person.official.name,
        "designation": person.official.designation,
        "duty": person.duty.value,
        "end": person.end.value,
        "required": person.is_required,
        "removed_at": _at(person.removed_at),
        "answer": person.answer,
        "sequence": person.answer_sequence,
        "answered_at": _at(person.answered_at),
        "by": person.answer_channel,
    }


def _at(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
