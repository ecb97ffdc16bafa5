"""What the pages show of mails that came in: which wait for whom, one of them in words, those of one hearing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.inbound import Attendee, Inbound
from vctestimony.domain.inbound_words import HANDLED_LABELS, METHOD_LABELS, REASON_TEXTS, VERDICT_LABELS, Verdict
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.itip import PART_STAT_LABELS, PartStat
from vctestimony.domain.people import DUTY_LABELS, Role
from vctestimony.domain.sealing import FileSealedForGood
from vctestimony.services import inbox, inbox_matching
from vctestimony.services.access import may_do
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit
from vctestimony.store import inbox as store
from vctestimony.store.models import HearingRow, InboundRow, ParticipantRow

MOST_LISTED = 200
MOST_OF_HEARING = 10
BothReadings = tuple[Reading, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail in a list. `reason`, `verdict` and `handled`, what a person did with it, are marked texts."""

    reference: str
    sender: str
    duty: str
    verdict: str
    handled: str
    reason: str
    is_open: bool
    received: BothReadings
    hearing: str
    case_number: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class InboxTrouble:
    """A folder or mailbox that cannot be read, since when, and why."""

    name: str
    words: str
    since: BothReadings
    last_read: BothReadings | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """The list of mails for one person; an administrator also sees how the inbox stands."""

    lines: tuple[MailLine, ...]
    shows_all: bool
    is_administrator: bool = False
    name: str = ""
    last_read: BothReadings | None = None
    trouble: InboxTrouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one event of a calendar part says, in words."""

    kind: str
    who: str
    sender: str
    answer: str
    instead: str
    sequence: int | None
    given: BothReadings | None
    starts: BothReadings | None
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage:
    """One mail: never its HTML, only what it says. `people` are those for whom an answer can be counted by hand.

    `gone`: what it said was sealed with the witness's key, and that was destroyed. It can still be set aside.
    """

    line: MailLine
    subject: str
    text: str
    said: tuple[Said, ...]
    about: bool
    settled_by: str
    settled: BothReadings | None
    note: str
    people: tuple[tuple[str, str, str], ...]
    suggested: str
    ends: tuple[tuple[str, str], ...]
    version: int
    gone: bool = False


def listed(unit: Unit, *, shows_all: bool, by: Actor) -> InboxPage:
    """The mails that wait for this person, or all that this person may see."""
    rows = store.listed(unit.session, _whose(by), is_open=not shows_all, most=MOST_LISTED)
    lines = tuple(_line(row, by=by) for row in rows)
    name = unit.ports.inbox.name
    if by.role is not Role.ADMINISTRATOR:
        return InboxPage(lines=lines, shows_all=shows_all)
    place = store.inbox(unit.session, name)
    last_read = both_clocks(place.read_at, by=by) if place and place.read_at else None
    trouble = None
    if place is not None and place.failing_since is not None:
        trouble = InboxTrouble(name, place.trouble, both_clocks(place.failing_since, by=by), last_read)
    return InboxPage(
        lines=lines, shows_all=shows_all, is_administrator=True, name=name, last_read=last_read, trouble=trouble
    )


def count_open(unit: Unit, *, by: Actor) -> int:
    """How many mails wait to be read by this person."""
    if by.role is None or not may_ever(by.role, Action.READ_INBOX):
        return 0
    return store.count_open(unit.session, _whose(by))


def is_failing(unit: Unit) -> bool:
    """Whether the inbox cannot be read now."""
    place = store.inbox(unit.session, unit.ports.inbox.name)
    return place is not None and place.failing_since is not None


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> tuple[MailLine, ...]:
    """The newest mails that belong to a hearing, for who coordinates it; none for anybody else."""
    if by.role is not Role.COORDINATOR or by.post_id is None:
        return ()
    whose = store.of_hearing(reference, court_id=by.post_id)
    rows = store.listed(unit.session, whose, is_open=False, most=MOST_OF_HEARING)
    return tuple(_line(row, by=by) for row in rows)


def found(unit: Unit, reference: str, *, by: Actor) -> InboundRow:
    """The mail, for the coordinator of its hearing's court; one without a hearing for administrators."""
    row = store.by_reference(unit.session, reference)
    if row is None:
        raise Absent()
    hearing = row.hearing
    if hearing is None and by.role is not Role.ADMINISTRATOR:
        raise Absent()
    if hearing is not None and (by.role is Role.ADMINISTRATOR or not may_do(hearing, Action.BOOK, by=by)):
        raise Absent()
    return row


def opened(unit: Unit, reference: str, *, by: Actor) -> MailPage:
    """One mail, taken apart anew from its sealed bytes."""
    row = found(unit, reference, by=by)
    mail, gone = _mail(unit, row)
    hearing, person = row.hearing, _sender(row)
    return MailPage(
        line=_line(row, by=by),
        subject=mail.subject,
        text=mail.text,
        said=_said(mail, hearing, by=by),
        about=bool(row.about),
        settled_by=row.settled_by,
        settled=_at(row.settled_at, hearing, by=by),
        note=row.note,
        people=_people(unit, hearing) if hearing and row.is_open and not gone else (),
        suggested=person.public_id if person else "",
        ends=_ends(hearing) if hearing else (),
        version=row.version,
        gone=gone,
    )


def _mail(unit: Unit, row: InboundRow) -> tuple[Inbound, bool]:
    try:
        return unit.ports.mails.read(inbox.reopened(unit, row)), False
    except FileSealedForGood:
        return Inbound(), True


def _whose(by: Actor) -> sa.ColumnElement[bool]:
    if by.role is Role.ADMINISTRATOR:
        return store.of_nobody()
    if by.role is not Role.COORDINATOR or by.post_id is None:
        raise NotAllowed()
    return store.of_court(by.post_id, by=by)


def _line(row: InboundRow, *, by: Actor) -> MailLine:
    hearing, person = row.hearing, _sender(row)
    return MailLine(
        reference=row.reference,
        sender=row.from_address,
        duty=DUTY_LABELS[person.duty] if person else "",
        verdict=VERDICT_LABELS[row.verdict],
        handled=HANDLED_LABELS[row.handled] if row.handled else "",
        reason=REASON_TEXTS[row.reason] if row.reason else _answer(row.part_stat, row.verdict),
        is_open=row.is_open,
        received=_at(row.received_at, hearing, by=by) or both_clocks(row.received_at, by=by),
        hearing=hearing.reference if hearing else "",
        case_number=hearing.case.number if hearing else "",
        pseudonym=hearing.witness.pseudonym if hearing else "",
    )


def _sender(row: InboundRow) -> ParticipantRow | None:
    """Whose mail it is, where it came from their own address: anybody can write any name into a calendar object."""
    person = row.participant
    return person if person is not None and inbox_matching.is_from(row.from_address, person) else None


def _answer(part_stat: str, verdict: Verdict) -> str:
    return PART_STAT_LABELS[PartStat.read(part_stat)] if verdict is Verdict.COUNTED else ""


def _ends(hearing: HearingRow) -> tuple[tuple[str, str], ...]:
    return ((hearing.court.zone, hearing.court.city), (hearing.remote.zone, hearing.remote.city))


def _at(at: datetime | None, hearing: HearingRow | None, *, by: Actor) -> BothReadings | None:
    """On both clocks of the hearing where one is known, else on the reader's and across the border."""
    if at is None:
        return None
    if hearing is None:
        return both_clocks(at, by=by)
    court, remote = _ends(hearing)
    return read(at, *court), read(at, *remote)


def _people(unit: Unit, hearing: HearingRow) -> tuple[tuple[str, str, str], ...]:
    """Id, name and duty of everybody whom the hearing still asks."""
    asked = [one for one in hearing.participants if inbox_matching.closed(unit, hearing, one) is None]
    return tuple((one.public_id, one.official.name, DUTY_LABELS[one.duty]) for one in asked)


def _said(mail: Inbound, hearing: HearingRow | None, *, by: Actor) -> tuple[Said, ...]:
    return tuple(
        Said(
            kind=METHOD_LABELS.get(part.method, part.method),
            who=", ".join(one.address for one in event.attendees),
            sender=", ".join(one.sent_by for one in event.attendees if one.sent_by),
            answer=PART_STAT_LABELS[PartStat.read(event.attendees[0].part_stat)] if event.attendees else "",
            instead=", ".join(_instead(one) for one in event.attendees if one.delegated_to),
            sequence=event.sequence,
            given=_at(event.dtstamp_at, hearing, by=by),
            starts=_at(event.starts_at, hearing, by=by),
            comment=event.comment,
        )
        for part in mail.calendars
        for event in part.events
    )


def _instead(attendee: Attendee) -> str:
    return ", ".join(attendee.delegated_to)
