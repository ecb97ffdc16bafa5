"""The one place that reads a hearing's rows as entries for calendars that are nobody's own: a room's, a court's."""

from vctestimony.domain.feeds import HearingEntry, HeldEntry, Reader, held_uid
from vctestimony.domain.hearing import End, State
from vctestimony.domain.instants import from_min
from vctestimony.domain.letters import Contact, Point, Stretch
from vctestimony.services.invited import part_times
from vctestimony.services.part_rooms import part_room
from vctestimony.services.ports import Addresses
from vctestimony.store.feeds import HeldRow
from vctestimony.store.models import HearingRow, ResourceRow

_IN_CALENDARS = frozenset(
    {State.BOOKED, State.CONFIRMED, State.IN_SESSION, State.COMPLETED, State.ADJOURNED, State.CANCELLED}
)


def in_room(hearing: HearingRow, room: ResourceRow, reader: Reader, addresses: Addresses) -> HearingEntry | None:
    """The hearing as the room sees it: the parts that take place there; None when there is none."""
    parts = tuple(
        one for one in _stretches(hearing) if any(_is(part_room(hearing, end, one.part), room) for end in End)
    )
    return _entry(hearing, parts, reader, addresses, place=room.name)


def whole(hearing: HearingRow, reader: Reader, addresses: Addresses) -> HearingEntry | None:
    """The hearing as the court sees it: every part, and whom to call; None for one that has no fixed time."""
    court = hearing.court
    contact = Contact(court.name, court.phone, court.email)
    return _entry(hearing, _stretches(hearing), reader, addresses, contact=contact)


def held(row: HeldRow, reader: Reader, addresses: Addresses) -> HeldEntry:
    """The time that is held, from when to when it takes the person or room."""
    option, hearing = row.option, row.hearing
    return HeldEntry(
        uid=held_uid(hearing.uid, offer=option.offer, number=option.number),
        dtstamp_at=option.created_at,
        reference=hearing.reference,
        court=Point(hearing.court.city, hearing.court.zone),
        remote=Point(hearing.remote.city, hearing.remote.zone),
        reader=reader,
        start_at=from_min(row.span[0]),
        end_at=from_min(row.span[1]),
        held_until=option.held_until,
        hearing_url=_url(hearing, addresses),
    )


def _entry(
    hearing: HearingRow,
    parts: tuple[Stretch, ...],
    reader: Reader,
    addresses: Addresses,
    *,
    place: str = "",
    contact: Contact | None = None,
) -> HearingEntry | None:
    if not parts or hearing.state not in _IN_CALENDARS:
        return None
    return HearingEntry(
        uid=hearing.uid,
        sequence=hearing.sequence,
        dtstamp_at=hearing.dtstamp_at or hearing.created_at,
        reference=hearing.reference,
        court=Point(hearing.court.city, hearing.court.zone),
        remote=Point(hearing.remote.city, hearing.remote.zone),
        reader=reader,
        stretches=parts,
        hearing_url=_url(hearing, addresses),
        place=place,
        contact=contact,
        called_off=hearing.state is State.CANCELLED,
    )


def _stretches(hearing: HearingRow) -> tuple[Stretch, ...]:
    if hearing.starts_at is None:
        return ()
    return tuple(Stretch(part, *times) for part, times in part_times(hearing, hearing.starts_at).items())


def _is(found: ResourceRow | None, room: ResourceRow) -> bool:
    return found is not None and found.id == room.id


def _url(hearing: HearingRow, addresses: Addresses) -> str:
    return f"{addresses.public_url}/hearings/{hearing.reference}"
