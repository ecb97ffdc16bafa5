"""The use-cases of officials: who can be named on hearings, from which post, and when they are away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Actor, may_administer
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Stale
from vctestimony.domain.instants import resolve, to_min, to_min_up
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services import addressing, feed_closing, journal
from vctestimony.services.accounts import subject_of as account_subject
from vctestimony.services.accounts import usable_address
from vctestimony.services.places import check_manages
from vctestimony.services.unit import Unit
from vctestimony.store import places as store
from vctestimony.store.models import OccupancyKind, OccupancyRow, OfficialRow, ResourceKind, ResourceRow

LONGEST_LEAVE = timedelta(days=366)


class DutyMissing(Invalid):
    """Nobody can be named on a hearing without a part in it."""

    text = N_("Choose at least one part that this person can have in a hearing.")


class StillNamed(Conflict):
    """A hearing could not take place without this person, or its clocks would change under it."""

    text = N_("{name} is still named on hearings ahead: {count}. Name somebody else there first.")


class LeaveBackwards(Invalid):
    """A leave that ends before it begins."""

    text = N_("The leave must end after it begins.")


class LeaveOver(Invalid):
    """What is over keeps nobody from anything."""

    text = N_("This leave is already over. Check the year.")


class LeaveTooLong(Invalid):
    """A wrong year would hide somebody from the search for years."""

    text = N_("A leave of more than {most} days is too long. Check the year; enter a longer leave in parts.")


class NobodysEntry(Conflict):
    """Its name and addresses were replaced when the person left."""

    text = N_("Name and addresses of this official were replaced when the person left. Enter the official anew.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOfficial:
    """Somebody who can be named on hearings; mails go to `email` in `language`.

    `gap_minutes` are kept free before and after each of their hearings, to travel or to rest.
    """

    name: str
    designation: str
    post_id: int
    duties: tuple[Duty, ...]
    email: str
    phone: str = ""
    language: str = "en"
    gap_minutes: int = 0


def add_official(unit: Unit, new: NewOfficial, *, by: Actor) -> int:
    """Enter somebody who can be named on hearings; gives their number."""
    row = enter(unit, new, by=by)
    note_entered(unit, row, by=by)
    return row.id


def enter(unit: Unit, new: NewOfficial, *, by: Actor) -> OfficialRow:
    """The rows of somebody new, for a change that claims before it writes the journal; note_entered belongs to it."""
    check_manages(by, post_id=new.post_id)
    post = store.post(unit.session, new.post_id)
    if post is None:
        raise Absent()
    values = _checked(new)
    addressing.check_entered(unit, new.name, str(values["email"]))
    resource = ResourceRow(
        kind=ResourceKind.PERSON, name=new.name, post_id=post.id, is_active=True, gap_minutes=new.gap_minutes
    )
    row = OfficialRow(post_id=post.id, resource=resource, is_active=True, **values)
    unit.session.add(row)
    unit.session.flush()
    return row


def note_entered(unit: Unit, row: OfficialRow, *, by: Actor) -> None:
    """Write down that the official was entered."""
    post = store.post(unit.session, row.post_id)
    code = post.code if post is not None else ""
    journal.write(unit, "official.added", subject=subject_of(row.id), by=by, post=code, duties=row.duties)


def revise_official(unit: Unit, official_id: int, wanted: NewOfficial, *, version: int, by: Actor) -> None:
    """Change name, designation, duties or how to reach somebody. The post stays; `move_official` changes it.

    Refuses an address that somebody has with whom they share a hearing to come (MailboxShared).
    """
    row = _version_of(unit, official_id, version=version, by=by)
    values = _checked(wanted)
    if values["email"] != row.email:
        addressing.check_corrected(unit, row, str(values["email"]))
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name, value in values.items():
        setattr(row, name, value)
    row.resource.name = row.name
    if row.resource.gap_minutes != wanted.gap_minutes:
        row.resource.gap_minutes = wanted.gap_minutes
        flag_modified(row, "name")  # a form of this official shows the minutes too
        changed.append("gap_minutes")
    if changed:
        unit.session.flush()
        journal.write(unit, "official.revised", subject=subject_of(row.id), by=by, changed=changed, duties=row.duties)


def move_official(unit: Unit, official_id: int, post_id: int, *, version: int, by: Actor) -> None:
    """Let somebody belong to another post, with their accounts; refused while hearings ahead name them."""
    row = _version_of(unit, official_id, version=version, by=by)
    if not may_administer(by):
        raise NotAllowed()
    post = store.post(unit.session, post_id)
    if post is None:
        raise Absent()
    if post.id == row.post_id:
        return
    _check_unnamed(unit, row)
    before, row.post_id, row.resource.post_id = row.post.code, post.id, post.id
    for account in store.accounts_of(unit.session, row.id):
        account.post_id = post.id
        journal.write(unit, "account.moved", subject=account_subject(account.id), by=by, post=post.code, before=before)
    unit.session.flush()
    journal.write(unit, "official.moved", subject=subject_of(row.id), by=by, post=post.code, before=before)


def retire_official(unit: Unit, official_id: int, *, version: int, by: Actor) -> None:
    """Name somebody on no more hearings; refused while hearings ahead do. What they took part in stays."""
    row = _version_of(unit, official_id, version=version, by=by)
    _check_unnamed(unit, row)
    _set_active(unit, row, is_active=False, by=by)


def restore_official(unit: Unit, official_id: int, *, version: int, by: Actor) -> None:
    """Let a retired official be named again."""
    row = _version_of(unit, official_id, version=version, by=by)
    if row.anonymised_at is not None:
        raise NobodysEntry()
    _set_active(unit, row, is_active=True, by=by)


def add_leave(unit: Unit, official_id: int, *, starts_wall: datetime, ends_wall: datetime, by: Actor) -> int:
    """Enter when somebody is away, by the clock of the post; gives the leave's number.

    A wall time that happens twice or never is refused with both readings. A leave hides times from the search and
    refuses new bookings; hearings already booked stay, and the page says which must be moved.
    """
    row = official_for(unit, official_id, by=by)
    starts_at = _instant(starts_wall, row.post.zone, field="first_on")
    ends_at = _instant(ends_wall, row.post.zone, field="last_on")
    if ends_at <= starts_at:
        raise LeaveBackwards(field="last_on")
    if ends_at <= unit.now:
        raise LeaveOver(field="last_on")
    if ends_wall - starts_wall > LONGEST_LEAVE:
        raise LeaveTooLong(field="last_on", most=LONGEST_LEAVE.days)
    leave = OccupancyRow(
        resource_id=row.resource_id,
        start_min=to_min(starts_at),
        end_min=to_min_up(ends_at),
        kind=OccupancyKind.LEAVE,
        blocking=False,
    )
    unit.session.add(leave)
    unit.session.flush()
    journal.write(unit, "leave.added", subject=subject_of(row.id), by=by, starts_at=starts_at, ends_at=ends_at)
    return leave.id


def withdraw_leave(unit: Unit, official_id: int, leave_id: int, *, by: Actor) -> None:
    """Take a leave back; nothing happens if somebody else already did."""
    row = official_for(unit, official_id, by=by)
    leave = store.leave(unit.session, leave_id, resource_id=row.resource_id)
    if leave is not None:
        unit.session.delete(leave)
        journal.write(
            unit, "leave.withdrawn", subject=subject_of(row.id), by=by, start_min=leave.start_min, end_min=leave.end_min
        )


def official_for(unit: Unit, official_id: int, *, by: Actor) -> OfficialRow:
    """The official, if this person keeps the post they belong to."""
    row = store.official(unit.session, official_id)
    if row is None:
        raise Absent()
    check_manages(by, post_id=row.post_id)
    return row


def subject_of(official_id: int) -> str:
    """What the journal calls the official."""
    return f"official:{official_id}"


def _version_of(unit: Unit, official_id: int, *, version: int, by: Actor) -> OfficialRow:
    row = official_for(unit, official_id, by=by)
    if row.version != version:
        raise Stale(subject=subject_of(row.id))
    return row


def _checked(wanted: NewOfficial) -> dict[str, object]:
    if not wanted.duties:
        raise DutyMissing(field="duties")
    return {
        "name": wanted.name,
        "designation": wanted.designation,
        "email": usable_address(wanted.email),
        "phone": wanted.phone,
        "language": wanted.language,
        "duties": [duty.value for duty in wanted.duties],
    }


def _check_unnamed(unit: Unit, row: OfficialRow) -> None:
    count = store.hearings_naming(unit.session, row.id, now=unit.now)
    if count:
        raise StillNamed(name=row.name, count=count)


def _set_active(unit: Unit, row: OfficialRow, *, is_active: bool, by: Actor) -> None:
    if row.is_active is not is_active:
        row.is_active = row.resource.is_active = is_active
        if not is_active:
            feed_closing.close_all(unit, row.resource_id, subject=subject_of(row.id), by=by)
        action = "official.restored" if is_active else "official.retired"
        journal.write(unit, action, subject=subject_of(row.id), by=by)


def _instant(wall: datetime, zone: str, *, field: str) -> datetime:
    try:
        return resolve(wall, zone)
    except Invalid as refusal:
        refusal.field = field
        raise
