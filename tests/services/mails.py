"""Reads the mails that wait in the outbox as their recipients' programs would."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from tests.adapters.delivered_packs import PACKS
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.adapters.mail import MailboxSender
from vctestimony.services import sealed_mails
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import OutboxRow, OutboxState

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "email"


@cache
def real_letters() -> LetterComposer:
    """The composer that the service runs with: one for all tests, since it keeps nothing but compiled templates."""
    return LetterComposer(Languages(FOLDER), templates=TEMPLATES)


def sent_for_real(ports: Ports, folder: Path) -> Ports:
    """These ports with the letters and packs of the service, and a mailbox in that folder to which its mails go."""
    return replace(ports, sender=MailboxSender(folder), packs=lambda: PACKS, letters=real_letters())


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail with its calendar object."""

    row: OutboxRow
    message: EmailMessage
    calendar: Calendar

    @property
    def to(self) -> str:
        """Whom it goes to."""
        return self.row.to_address

    @property
    def method(self) -> str:
        """What the calendar object asks."""
        return str(self.calendar["METHOD"])

    @property
    def sequence(self) -> int:
        """SEQUENCE of the event."""
        return int(self._event.sequence)

    @property
    def stamp_at(self) -> datetime:
        """DTSTAMP of the event."""
        stamp: datetime = self._event.DTSTAMP
        return stamp.astimezone(UTC)

    @property
    def start_at(self) -> datetime:
        """DTSTART of the event."""
        assert isinstance(self._event.DTSTART, datetime)
        return self._event.DTSTART.astimezone(UTC)

    @property
    def attendees(self) -> list[str]:
        """Every attendee's address."""
        return [str(one).removeprefix("mailto:") for one in self._event.attendees]

    @property
    def words(self) -> str:
        """Everything that can be read in it: headers, texts, calendar, each decoded."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.message.items())
        texts = [part.get_content() for part in self.message.walk() if part.get_content_maintype() == "text"]
        return "\n".join((headers, *texts, self.calendar.to_ical().decode()))

    @property
    def _event(self) -> CalendarEvent:
        (event,) = self.calendar.events
        return event


def read_mail(row: OutboxRow) -> Mail:
    """The stored bytes, read."""
    message = message_from_bytes(row.body, policy=default)
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return Mail(row, message, Calendar.from_ical(content))


def stored(units: Units, *states: OutboxState) -> list[OutboxRow]:
    """The rows of the outbox in the order they were written, detached and opened; all, or those in the states."""
    with units.reading() as unit:
        query = sa.select(OutboxRow).order_by(OutboxRow.id)
        return opened(unit, unit.session.scalars(query.where(OutboxRow.state.in_(states)) if states else query).all())


def opened(unit: Unit, rows: Iterable[OutboxRow]) -> list[OutboxRow]:
    """The rows, detached, with their mails as these leave."""
    found = list(rows)
    unit.session.expunge_all()
    for row in found:
        row.body = sealed_mails.content_of(unit, row)
    return found


def waiting(units: Units) -> list[Mail]:
    """The mails that have still to leave."""
    return [read_mail(row) for row in stored(units, OutboxState.PENDING)]
