"""What pages show of mails: those that did not arrive, those about one hearing with what became of each, and counts."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from vctestimony.domain.access import Action, Actor, may_keep_mails
from vctestimony.domain.errors import Absent, Conflict, NotAllowed
from vctestimony.domain.instants import Reading
from vctestimony.domain.mail_words import STANDING_LABELS, Standing, kind_label
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.smtp_answers import TROUBLE_TEXTS, kept
from vctestimony.domain.wording import N_
from vctestimony.services import sealed_mails
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.clocks import both_clocks
from vctestimony.services.hearing_clocks import Clocks, clocks_of
from vctestimony.services.unit import Unit
from vctestimony.store import mails as store
from vctestimony.store.mails import Found
from vctestimony.store.models import OutboxRow, OutboxState

NOT_LEFT = (OutboxState.PENDING, OutboxState.SENDING)
TONES = {
    Standing.OPENED: "ok",
    Standing.SENT: "ok",
    Standing.WAITING: "warn",
    Standing.RETRYING: "warn",
    Standing.LATE: "warn",
    Standing.UNDELIVERED: "bad",
    Standing.RETURNED: "bad",
}


class NobodyBehind(Conflict):
    """A mail that is not about somebody named on a hearing has no address that could be corrected here."""

    text = N_("This mail went to nobody who is named on a hearing, so no address can be corrected here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail: to whom, about what, what it said, how it stands and since when, and why it did not arrive.

    `name` is empty for a mail that is about nobody on a hearing. `said` is what the server answered, as it answered.
    """

    id: int
    name: str
    duty: str
    phone: str
    address: str
    reference: str
    clocks: Clocks | None
    kind: str
    subject: str
    standing: Standing
    label: str
    tone: str
    at: tuple[Reading, Reading]
    again_at: tuple[Reading, Reading] | None
    trouble: str
    said: str
    can_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPage:
    """A mail that did not arrive, the official it was for, and the hearings about which they are written to anew."""

    line: MailLine
    official: str
    official_email: str
    post: str
    hearings: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class HearingMails:
    """Every mail about a hearing, those that have still to leave first; whether the raw mails may be taken."""

    reference: str
    case_number: str
    pseudonym: str
    waiting: tuple[MailLine, ...]
    gone: tuple[MailLine, ...]
    may_take: bool
    may_keep: bool
    ends: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MailCounts:
    """How many mails about a hearing wait, left, did not arrive."""

    waiting: int
    sent: int
    undelivered: int


def undelivered(unit: Unit, *, by: Actor) -> tuple[MailLine, ...]:
    """Mails that did not arrive and that nobody saw to: of the own court's hearings, or all for an administrator."""
    found = store.undelivered(unit.session, whose=_whose(by))
    return tuple(_line(unit, one, by=by) for one in found)


def count_undelivered(unit: Unit, *, by: Actor) -> int:
    """How many those are; none for whoever keeps no mails."""
    if not may_keep_mails(by, court_id=by.post_id):
        return 0
    return store.count_undelivered(unit.session, whose=_whose(by))


def count_waiting(unit: Unit, *, by: Actor) -> int:
    """How many mails have still to leave: about the own court's hearings, or all for an administrator."""
    return store.count_waiting(unit.session, whose=_whose(by))


def waiting(unit: Unit, *, by: Actor, after: int = 0, limit: int = 100) -> tuple[MailLine, ...]:
    """Mails that have still to leave, in the order they were written: the first of those after one of them."""
    found = store.waiting(unit.session, whose=_whose(by), after=after, limit=limit)
    return tuple(_line(unit, one, by=by) for one in found)


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> HearingMails:
    """Every mail about the hearing."""
    row = hearing_for(unit, reference, by=by, action=Action.SEE_MAILS)
    found = store.about(unit.session, row.id)
    return HearingMails(
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        waiting=tuple(_line(unit, one, by=by) for one in reversed(found) if one.row.state in NOT_LEFT),
        gone=tuple(_line(unit, one, by=by) for one in found if one.row.state not in NOT_LEFT),
        may_take=may_do(row, Action.TAKE_MAILS, by=by),
        may_keep=may_keep_mails(by, court_id=row.court_id),
        ends=((row.court.zone, row.court.city), (row.remote.zone, row.remote.city)),
    )


def count_of_hearing(unit: Unit, reference: str, *, by: Actor) -> MailCounts | None:
    """The counts, for whoever may see its mails."""
    row = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    if not may_do(row, Action.SEE_MAILS, by=by):
        return None
    found = store.counts(unit.session, hearing_id=row.id)
    return MailCounts(
        waiting=sum(found.get(state, 0) for state in NOT_LEFT),
        sent=found.get(OutboxState.SENT, 0),
        undelivered=found.get(OutboxState.FAILED, 0),
    )


def to_correct(unit: Unit, mail_id: int, *, by: Actor) -> AddressPage:
    """The mail and its official, for the form that gives another address."""
    found = store.one(unit.session, mail_id)
    if found is None or not may_keep_mails(by, court_id=found.hearing.court_id if found.hearing else None):
        raise Absent()
    if found.person is None:
        raise NobodyBehind()
    official = found.person.official
    ahead = store.named_ahead(unit.session, official.id, now=unit.now)
    return AddressPage(
        line=_line(unit, found, by=by),
        official=official.name,
        official_email=official.email,
        post=official.post.name,
        hearings=tuple(row.reference for row in ahead if may_keep_mails(by, court_id=row.court_id)),
        version=official.version,
    )


def _whose(by: Actor) -> sa.ColumnElement[bool]:
    return store.of_court(court_kept_by(by), by=by)


def court_kept_by(actor: Actor) -> int | None:
    """The court to whose mails this person sees; None where it is all of them."""
    if may_keep_mails(actor, court_id=None):
        return None
    if not may_keep_mails(actor, court_id=actor.post_id):
        raise NotAllowed()
    return actor.post_id


def _line(unit: Unit, found: Found, *, by: Actor) -> MailLine:
    row, hearing, person = found.row, found.hearing, found.person
    standing, at = standing_of(row)
    failed = standing in {Standing.UNDELIVERED, Standing.RETURNED, Standing.SEEN_TO}
    known = failed or standing in {Standing.RETRYING, Standing.LATE}
    return MailLine(
        id=row.id,
        name=person.official.name if person else "",
        duty=DUTY_LABELS[person.duty] if person else "",
        phone=person.official.phone if person else "",
        address=row.to_address,
        reference=hearing.reference if hearing else "",
        clocks=clocks_of(hearing, hearing.starts_at) if hearing else None,
        kind=kind_label(row.kind),
        subject=sealed_mails.subject(unit, found),
        standing=standing,
        label=STANDING_LABELS[standing],
        tone=TONES.get(standing, ""),
        at=both_clocks(at, by=by),
        again_at=both_clocks(row.next_at, by=by) if standing is Standing.RETRYING else None,
        trouble=TROUBLE_TEXTS[kept(row.failure_code).trouble] if known else "",
        said=(row.bounce_words or row.last_error) if known else "",
        can_correct=person is not None and failed,
    )


def standing_of(row: OutboxRow) -> tuple[Standing, datetime]:
    """How a mail stands, and since when."""
    if row.dropped_at is not None and row.state is OutboxState.FAILED:
        return Standing.DROPPED, row.dropped_at
    if row.state is OutboxState.FAILED:
        since = row.dead_at or row.next_at
        if row.settled_at is not None:
            return Standing.SEEN_TO, row.settled_at
        return (Standing.RETURNED, row.bounced_at) if row.bounced_at else (Standing.UNDELIVERED, since)
    if row.state is OutboxState.SENT:
        left = row.sent_at or row.created_at
        if row.opened_at is not None:
            return Standing.OPENED, row.opened_at
        return (Standing.LATE, row.delayed_at) if row.delayed_at else (Standing.SENT, left)
    standing = {
        OutboxState.PENDING: Standing.RETRYING if row.tries else Standing.WAITING,
        OutboxState.SENDING: Standing.LEAVING,
        OutboxState.SUPERSEDED: Standing.OVERTAKEN,
    }[row.state]
    return standing, row.created_at


@dataclass(frozen=True, slots=True)
class Overview:
    """How many mails of the whole service stand how, and since when the oldest of those that wait has been waiting."""

    waiting: int
    leaving: int
    undelivered: int
    sent: int
    oldest_at: datetime | None


def overview(unit: Unit) -> Overview:
    """The same for whoever runs the service."""
    found = store.counts(unit.session)
    return Overview(
        waiting=found.get(OutboxState.PENDING, 0),
        leaving=found.get(OutboxState.SENDING, 0),
        undelivered=found.get(OutboxState.FAILED, 0),
        sent=found.get(OutboxState.SENT, 0),
        oldest_at=store.oldest_waiting(unit.session),
    )
