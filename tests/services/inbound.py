"""Mails that come in to the hearing of the tests: the samples, replies made to order, and what they change."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.fakes import MemoryInbox
from vctestimony.domain.inbound import Arrived
from vctestimony.domain.people import Duty
from vctestimony.services import inbox, sealed_mails
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import METADATA, InboundRow, OutboxRow, ParticipantRow

REPLIES = Path(__file__).resolve().parents[1] / "adapters" / "replies"
INTERPRETER = "nasrin.alam@dhaka.example"
UID = "h-mumbai1@court.example"
SENT_ID = "<sample.0@court.example>"
"""The Message-ID that the samples answer; `invitation_known` gives it to the interpreter's invitation."""
_KEPT_ELSEWHERE = frozenset({"inbound", "journal"})


def sample(name: str) -> bytes:
    """One of the samples, as it lies in the folder."""
    return (REPLIES / f"{name}.eml").read_bytes()


def samples() -> list[str]:
    """The names of all samples."""
    return sorted(path.stem for path in REPLIES.glob("*.eml"))


def whole(content: bytes) -> Arrived:
    """The mail as an inbox gives it."""
    return Arrived(content, len(content))


def reply(
    part_stat: str = "ACCEPTED",
    *,
    sender: str = INTERPRETER,
    uid: str = UID,
    sequence: int = 0,
    stamp: str = "20260901T045500Z",
    method: str = "REPLY",
    more: str = "",
) -> bytes:
    """A plain reply of a calendar."""
    lines = (
        f"From: {sender}",
        f"Message-ID: <{part_stat}.{sequence}.{stamp}@dhaka.example>",
        f"Content-Type: text/calendar; charset=utf-8; method={method}",
        "",
        "BEGIN:VCALENDAR",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp}",
        f"ATTENDEE;PARTSTAT={part_stat}:mailto:{sender}",
        *([more] if more else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines).encode()


def invitation_known(units: Units, reference: str) -> None:
    """Give the interpreter's invitation the Message-ID that the samples answer."""
    with units.writing() as unit:
        whose = sa.select(ParticipantRow.id).where(ParticipantRow.public_id == f"{reference}-{Duty.INTERPRETER}")
        row = unit.session.scalars(
            sa.select(OutboxRow).where(OutboxRow.participant_id == whose.scalar_subquery())
        ).one()
        content = sealed_mails.content_of(unit, row)
        row.message_id = SENT_ID
        sealed_mails.seal(unit.ports.vault, row, content)


def came_in(units: Units, *contents: bytes) -> list[InboundRow]:
    """Lay the mails into the inbox, read it, and give all rows that are stored now, detached."""
    box = units.ports.inbox
    assert isinstance(box, MemoryInbox)
    box.waiting += contents
    inbox.read_once(units)
    assert box.waiting == []
    return stored_mails(units)


def stored_mails(units: Units) -> list[InboundRow]:
    """All rows of mails that came in, in order, detached."""
    with units.reading() as unit:
        query = sa.select(InboundRow).options(sa.orm.undefer(InboundRow.sealed)).order_by(InboundRow.id)
        rows = unit.session.scalars(query).all()
        unit.session.expunge_all()
        return list(rows)


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that stands in the database, by table."""

    tables: dict[str, list[tuple[object, ...]]]

    @classmethod
    def of(cls, unit: Unit) -> "Contents":
        """As the unit sees it now."""
        unit.session.flush()
        return cls(
            {
                name: [
                    tuple(map(repr, row)) for row in unit.session.execute(sa.select(table).order_by(*table.primary_key))
                ]
                for name, table in METADATA.tables.items()
                if name not in _KEPT_ELSEWHERE
            }
        )

    def changed_since(self, before: "Contents") -> set[str]:
        """The tables in which anything differs."""
        return {name for name, rows in self.tables.items() if rows != before.tables[name]}
