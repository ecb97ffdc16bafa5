"""What tests of feeds do over and over: make an address, read what is behind it, write many hearings at once."""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from icalendar import Calendar
from icalendar import Event as CalendarEvent
from sqlalchemy.orm import Session

from tests.builders import add_hearing
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.hearing import State
from vctestimony.domain.letters import Invitee, Stretch
from vctestimony.services import feed_addresses, feeds, invited
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.feeds import Given
from vctestimony.services.ports import Addresses
from vctestimony.services.unit import Units
from vctestimony.store.base import Base
from vctestimony.store.models import HearingRow, ParticipantRow


def made(units: Units, holder: Holder, by: Actor, kind: FeedKind = FeedKind.HEARINGS) -> str:
    """The token of a new address."""
    with units.writing() as unit:
        address = feed_addresses.make(unit, holder, kind, by=by)
    return address.https.rpartition("/")[2].removesuffix(".ics")


def given(units: Units, token: str) -> Given:
    """What a calendar program gets."""
    return feeds.read(units, token)


def events(content: bytes) -> list[CalendarEvent]:
    """The events of a calendar."""
    return list(Calendar.from_ical(content).events)


def event(content: bytes) -> CalendarEvent:
    """The only event of a calendar."""
    (found,) = events(content)
    return found


def shown(units: Units, token: str) -> list[tuple[str, int, str]]:
    """Status, SEQUENCE and start of everything in the feed."""
    found = events(given(units, token).content)
    return [(str(one["STATUS"]), one.sequence, f"{times(one)[0]:%Y-%m-%d %H:%M}") for one in found]


def times(found: CalendarEvent) -> tuple[datetime, datetime]:
    """From when to when an event is."""
    start, end = found.DTSTART, found.DTEND
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    return start, end


def many(session: Session, world: World, count: int, *, first_at: datetime, addresses: Addresses) -> None:
    """So many booked hearings of Mumbai, an hour apart, of which the judge was told."""
    first = add_hearing(session, world.mumbai, world.dhaka, world.link_id, reference=f"H-OF{count}", state=State.BOOKED)
    first.starts_at, first.dtstamp_at = first_at, first_at - timedelta(days=1)
    told = invited.after(first, addresses)
    assert told is not None
    person, judge = first.participants[0], told.invitees[0]
    same, like = _values(first), _values(person)
    hours = [timedelta(hours=number) for number in range(count)]
    names = [f"H-OF{count}N{number:03}" for number in range(count)]
    session.execute(
        sa.insert(HearingRow),
        [
            {**same, "reference": name, "uid": f"{name}@court.example", "starts_at": first_at + later}
            for name, later in zip(names, hours, strict=True)
        ],
    )
    ids = {row.reference: row.id for row in session.execute(sa.select(HearingRow.reference, HearingRow.id))}
    session.execute(
        sa.insert(ParticipantRow),
        [
            {
                **like,
                "public_id": f"{name}-judge",
                "hearing_id": ids[name],
                "sent": invited.snapshot(_later(judge, later)),
                "sent_sequence": 0,
                "sent_dtstamp_at": first.dtstamp_at,
            }
            for name, later in zip(names, hours, strict=True)
        ],
    )


def _later(one: Invitee, later: timedelta) -> Invitee:
    moved = (Stretch(part.part, part.start_at + later, part.end_at + later) for part in one.stretches)
    return replace(one, stretches=tuple(moved))


def _values(row: Base) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}
