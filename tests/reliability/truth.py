"""What the database says, worked out without the service, and what must be the same in every mailbox."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from tests.reliability.calendar_client import CalendarClient, NotUnderstood, read_message
from tests.reliability.mail_server import Accepted
from tests.services.crowd import Wanted, overlapping_pairs
from tests.services.mails import opened
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import to_min
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store.models import (
    HearingRow,
    OccupancyRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    WitnessRow,
)

TAKES_PLACE = frozenset({State.BOOKED, State.CONFIRMED})
UNDONE = (OutboxState.PENDING, OutboxState.SENDING)
Times = tuple[datetime, datetime]
Wall = Mapping[str, Mapping[str, Times]]
"""By address and UID: from when to when somebody has to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What came of a run. Everything but the first four must be nothing."""

    received: int
    calendars: int
    duplicates: int
    retries: int
    wrong_calendars: int
    lost: int
    half_booked: int
    altered: int
    out_of_order: int
    not_understood: int

    @property
    def is_clean(self) -> bool:
        """Whether all that must be nothing is nothing."""
        return not (
            self.wrong_calendars
            or self.lost
            or self.half_booked
            or self.altered
            or self.out_of_order
            or self.not_understood
        )


def undone(unit: Unit) -> int:
    """How many mails have still to leave."""
    query = sa.select(sa.func.count()).select_from(OutboxRow).where(OutboxRow.state.in_(UNDONE))
    return unit.session.scalar(query) or 0


def findings(unit: Unit, mails: Sequence[Accepted]) -> Findings:
    """Compare everything that was accepted with the database as it is now."""
    rows = opened(unit, unit.session.scalars(sa.select(OutboxRow).order_by(OutboxRow.id)))
    wanted = what_should_stand(unit)
    wrong = {one for forgets in (False, True) for one in wrong_calendars(mails, wanted, forgets=forgets)}
    return Findings(
        received=len(mails),
        calendars=len({mail.to for mail in mails} | set(wanted)),
        duplicates=len(mails) - len({(mail.to, _id_of(mail.content)) for mail in mails}),
        retries=sum(max(0, row.attempts - 1) for row in rows),
        wrong_calendars=len(wrong),
        lost=_lost(rows, mails),
        half_booked=_half_booked(unit),
        altered=_altered(rows, mails),
        out_of_order=_out_of_order(mails),
        not_understood=sum(_is_broken(mail) for mail in mails),
    )


def what_should_stand(unit: Unit) -> Wall:
    """Who has to be where when, by the addresses under which each was told last."""
    wall: dict[str, dict[str, Times]] = defaultdict(dict)
    for row in unit.session.scalars(sa.select(HearingRow).order_by(HearingRow.id)):
        if row.state not in TAKES_PLACE or row.starts_at is None:
            continue
        for person in row.participants:
            if person.removed_at is None:
                address = str(person.sent.get("address", person.official.email))
                wall[address][row.uid] = _times(row, person, row.starts_at)
    return wall


def _times(row: HearingRow, person: ParticipantRow, starts_at: datetime) -> Times:
    """From the beginning of the first part this person attends to the end of the last."""
    found, at = [], starts_at
    for minutes, attends in (
        (row.pre_minutes, person.attends_pre),
        (row.main_minutes, person.attends_main),
        (row.post_minutes, person.attends_post),
    ):
        after = at + timedelta(minutes=minutes)
        if minutes and attends:
            found += [at, after]
        at = after
    return min(found), max(found)


def wrong_calendars(mails: Iterable[Accepted], wanted: Wall, *, forgets: bool) -> list[str]:
    """The mailboxes whose calendar, all mails read in the order they came, is not what the database says."""
    clients = {address: CalendarClient(address, forgets=forgets) for address in wanted}
    for mail in mails:
        client = clients.setdefault(mail.to, CalendarClient(mail.to, forgets=forgets))
        try:
            client.receive(mail.content)
        except NotUnderstood:
            continue
    return [address for address, client in clients.items() if _shown(client) != dict(wanted.get(address, {}))]


def _shown(client: CalendarClient) -> dict[str, Times]:
    return {uid: (event.start_at, event.end_at) for uid, event in client.showing().items()}


def _lost(rows: Iterable[OutboxRow], mails: Iterable[Accepted]) -> int:
    """Mails that the service believes it sent and nobody has, and those it never sent."""
    arrived = {(mail.to, _id_of(mail.content)) for mail in mails}
    sent = [row for row in rows if row.state is OutboxState.SENT]
    unsent = [row for row in rows if row.state in {*UNDONE, OutboxState.FAILED}]
    return len(unsent) + sum((row.to_address, row.message_id) not in arrived for row in sent)


def _altered(rows: Iterable[OutboxRow], mails: Iterable[Accepted]) -> int:
    """Mails that are not, byte by byte, what was written with the change; and what nobody wrote."""
    written = {(row.to_address, row.message_id): row.body for row in rows}
    return sum(written.get((mail.to, _id_of(mail.content))) != mail.content for mail in mails)


def _out_of_order(mails: Iterable[Accepted]) -> int:
    """Mails that came to a mailbox for the first or another time after a later one about the same event."""
    newest: dict[tuple[str, str], tuple[int, datetime]] = {}
    found = 0
    for mail in mails:
        message = None if _is_broken(mail) else read_message(mail.content)
        if message is None:
            continue
        key, revision = (mail.to, message.uid), (message.revision.sequence, message.revision.stamped_at)
        found += revision < newest.get(key, revision)
        newest[key] = max(revision, newest.get(key, revision))
    return found


def _half_booked(unit: Unit) -> int:
    """Hearings whose claims, times or messages do not go together; overlaps and a broken journal count as one each."""
    claims: dict[int | None, set[Wanted]] = defaultdict(set)
    for claim in unit.session.scalars(sa.select(OccupancyRow)):
        claims[claim.hearing_id].add((claim.resource_id, claim.start_min, claim.end_min))
    rows = unit.session.scalars(sa.select(HearingRow)).all()
    broken = sum(claims[row.id] != _claims_of(unit, row) or not _told(row) for row in rows)
    return broken + overlapping_pairs(unit) + (journal.verify(unit)[1] is not None)


def _claims_of(unit: Unit, row: HearingRow) -> set[Wanted]:
    if row.state not in TAKES_PLACE or row.starts_at is None:
        return set()
    witness = unit.session.get_one(WitnessRow, row.witness_id).resource_id
    people = [person for person in row.participants if person.removed_at is None]
    found, at = set(), to_min(row.starts_at)
    for minutes, part in ((row.pre_minutes, "pre"), (row.main_minutes, "main"), (row.post_minutes, "post")):
        there = [person.official.resource_id for person in people if getattr(person, f"attends_{part}")]
        every = (row.court_room_id, row.remote_room_id, row.link_id, witness, *there)
        found |= {(number, at, at + minutes) for number in every if minutes}
        at += minutes
    return found


def _told(row: HearingRow) -> bool:
    """Whoever is to come was written to in the same transaction, and nobody else was left with an invitation."""
    takes_place = row.state in TAKES_PLACE
    return all(bool(one.sent) is (takes_place and one.removed_at is None) for one in row.participants)


def _is_broken(mail: Accepted) -> bool:
    """A calendar program could not read it, or would find somebody else invited."""
    try:
        message = read_message(mail.content)
    except (NotUnderstood, ValueError, AttributeError, KeyError):
        return True
    return message is not None and mail.to.casefold() not in message.attendees


def _id_of(content: bytes) -> str:
    head = content.partition(b"\r\n\r\n")[0]
    found = [line for line in head.split(b"\r\n") if line.lower().startswith(b"message-id:")]
    return found[0].partition(b":")[2].strip().decode("ascii") if len(found) == 1 else ""
