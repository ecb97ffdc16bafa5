"""The use-cases of places: enter and revise posts, their rooms and video links. People are `officials`."""

import re
from dataclasses import dataclass, fields

from vctestimony.domain.access import Actor, may_administer, may_manage
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.daylight import check_located
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Stale
from vctestimony.domain.instants import canonical_zone
from vctestimony.domain.people import PostKind
from vctestimony.domain.wording import N_
from vctestimony.services import feed_closing, journal, whereabouts
from vctestimony.services.accounts import usable_address
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store import places as store
from vctestimony.store.models import PostRow, ResourceKind, ResourceRow

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
NOTICE_MINUTES = 24 * 60
"""How long before a hearing a post wants to be told of it, where it asks for nothing else."""
_RESERVED = frozenset({"new"})  # addresses of pages


class CodeTaken(Conflict):
    """Commands and reports name a post by its code."""

    text = N_("There is already a post with the code “{code}”. Choose another code, or open that post.")


class CodeRefused(Invalid):
    """The code stands in addresses and commands."""

    text = N_("Write the code with small letters, digits and single hyphens, such as mumbai-sessions.")


class CountryRefused(Invalid):
    """Not a country code (ISO 3166-1 alpha-2)."""

    text = N_("Write the country as two capital letters, such as IN, BD, NP or GB.")


class NameTaken(Conflict):
    """Two rooms of one post, or two links, could not be told apart in a list."""

    text = N_("There is already one called “{name}” here. Give this one another name.")


class CalendarElsewhere(Invalid):
    """A calendar says its hours on the clock of one zone."""

    text = N_("The calendar “{calendar}” is kept by the clock of {its_zone}, the place's is {zone}. Choose another.")


class CalendarUnknown(Invalid):
    """No file defines the calendar; without one, no time of the post can be trusted."""

    text = N_("There is no working calendar “{calendar}”. Choose one of the list.")


class CourtUnplaced(Invalid):
    """The rule pack of a trial follows from its High Court."""

    text = N_("Choose the High Court above this court: its rules decide the checklist.")


class ZoneInUse(Conflict):
    """The agreed wall time of a hearing is read on this clock."""

    text = N_("{count} hearings ahead are planned by the clock of this place. Change its time zone when none is left.")


class StillNeeded(Conflict):
    """A hearing could not take place without it."""

    text = N_("Hearings ahead still need “{name}”: {count}. Change those hearings first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A place: its clock is `zone`, its hours are those of the calendar."""

    code: str
    name: str
    kind: PostKind
    address: str
    city: str
    country: str
    zone: str
    calendar_id: str
    high_court: str | None = None
    phone: str = ""
    email: str = ""
    latitude: float | None = None
    longitude: float | None = None
    notice_minutes: int = NOTICE_MINUTES
    confidential: bool | None = None


def add_post(unit: Unit, new: NewPost, *, by: Actor) -> int:
    """Enter a place. Refuses a calendar that no file defines, or that is kept by another clock; gives its number."""
    _check_administers(by)
    values = _checked(unit, new, own_id=None)
    row = PostRow(**values)
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "post.added", subject=subject_of(row), by=by, kind=row.kind, zone=row.zone)
    return row.id


def revise_post(unit: Unit, code: str, wanted: NewPost, *, version: int, by: Actor) -> None:
    """Change what a place is. Its clock stays while hearings are planned by it; the journal keeps old and new."""
    _check_administers(by)
    row = post_of(unit, code)
    if row.version != version:
        raise Stale(subject=f"post:{code}")
    values = _checked(unit, wanted, own_id=row.id)
    if values["zone"] != row.zone:
        count = store.hearings_at(unit.session, row.id, now=unit.now)
        if count:
            raise ZoneInUse(field="zone", count=count)
    changed = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, value in values.items():
        setattr(row, name, value)
    if changed:
        unit.session.flush()
        journal.write(unit, "post.revised", subject=f"post:{code}", by=by, changed=changed)


def add_room(unit: Unit, post_id: int, name: str, *, gap_minutes: int = 0, by: Actor) -> int:
    """Enter a room of a post, with the minutes it takes to turn it around between two hearings; gives its number."""
    return _add_resource(unit, ResourceKind.ROOM, name, post_id=post_id, gap_minutes=gap_minutes, by=by)


def add_link(unit: Unit, name: str, *, post_id: int | None = None, gap_minutes: int = 0, by: Actor) -> int:
    """Enter a video link that one hearing at a time can have, of one post or shared by all; gives its number."""
    return _add_resource(unit, ResourceKind.LINK, name, post_id=post_id, gap_minutes=gap_minutes, by=by)


def rename(unit: Unit, resource_id: int, name: str, *, gap_minutes: int | None = None, by: Actor) -> None:
    """Give a room or link another name, or another turnaround; what was printed keeps the old name."""
    row = resource_for(unit, resource_id, by=by)
    subject = _keeper(unit, row.post_id)
    if row.name != name:
        _check_free(unit, row.kind, name, post_id=row.post_id)
        before, row.name = row.name, name
        journal.write(unit, f"{row.kind}.renamed", subject=subject, by=by, name=name, before=before)
    if gap_minutes is not None and row.gap_minutes != gap_minutes:
        change = {"name": name, "minutes": gap_minutes, "before": row.gap_minutes}
        row.gap_minutes = gap_minutes
        journal.write(unit, f"{row.kind}.turnaround", subject=subject, by=by, **change)


def retire(unit: Unit, resource_id: int, *, by: Actor) -> None:
    """Offer a room or link no more; refused while a hearing ahead needs it."""
    row = resource_for(unit, resource_id, by=by)
    count = store.hearings_using(unit.session, row.id, now=unit.now)
    if count:
        raise StillNeeded(name=row.name, count=count)
    _set_active(unit, row, is_active=False, by=by)


def restore(unit: Unit, resource_id: int, *, by: Actor) -> None:
    """Offer a retired room or link again."""
    _set_active(unit, resource_for(unit, resource_id, by=by), is_active=True, by=by)


def resource_for(unit: Unit, resource_id: int, *, by: Actor) -> ResourceRow:
    """The room or link, if this person may change it."""
    row = store.resource(unit.session, resource_id)
    if row is None:
        raise Absent()
    check_manages(by, post_id=row.post_id)
    return row


def post_of(unit: Unit, code: str) -> PostRow:
    """The post with this code, or Absent."""
    row = store.post_by_code(unit.session, code)
    if row is None:
        raise Absent()
    return row


def known_post(unit: Unit, code: str, *, by: Actor) -> PostRow:
    """The same for this person: a confidential place of which they may not know is Absent too."""
    row = post_of(unit, code)
    whereabouts.check_knows_of(row, by=by)
    return row


def check_manages(by: Actor, *, post_id: int | None) -> None:
    """Refuse whoever does not keep that post."""
    if not may_manage(by, post_id=post_id):
        raise NotAllowed()


def subject_of(post: PostRow) -> str:
    """What the journal calls the post."""
    return f"post:{post.code}"


def _check_administers(by: Actor) -> None:
    if not may_administer(by):
        raise NotAllowed()


def _checked(unit: Unit, wanted: NewPost, *, own_id: int | None) -> dict[str, object]:
    """The columns of the post, or the first refusal."""
    if not _CODE.fullmatch(wanted.code) or wanted.code in _RESERVED:
        raise CodeRefused(field="code")
    accounts.lock_name(unit.session, wanted.code)
    there = store.post_by_code(unit.session, wanted.code)
    if there is not None and there.id != own_id:
        raise CodeTaken(field="code", code=wanted.code)
    if not _COUNTRY.fullmatch(wanted.country):
        raise CountryRefused(field="country")
    is_court, known = wanted.kind is PostKind.TRIAL_COURT, {None, *HIGH_COURTS}
    if (wanted.high_court is None and is_court) or wanted.high_court not in known:
        raise CourtUnplaced(field="high_court")
    check_located(wanted.latitude, wanted.longitude)
    values: dict[str, object] = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    values["zone"] = _zone_of(unit, wanted)
    values["email"] = usable_address(wanted.email) if wanted.email else ""
    return values


def _zone_of(unit: Unit, wanted: NewPost) -> str:
    zone = canonical_zone(wanted.zone)
    if wanted.calendar_id not in unit.ports.calendars.ids():
        raise CalendarUnknown(field="calendar_id", calendar=wanted.calendar_id)
    its_zone = unit.ports.calendars.get(wanted.calendar_id).zone
    if its_zone != zone:
        raise CalendarElsewhere(field="calendar_id", calendar=wanted.calendar_id, its_zone=its_zone, zone=zone)
    return zone


def _add_resource(
    unit: Unit, kind: ResourceKind, name: str, *, post_id: int | None, gap_minutes: int, by: Actor
) -> int:
    check_manages(by, post_id=post_id)
    subject = _keeper(unit, post_id)
    _check_free(unit, kind, name, post_id=post_id)
    row = ResourceRow(kind=kind, name=name, post_id=post_id, is_active=True, gap_minutes=gap_minutes)
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, f"{kind}.added", subject=subject, by=by, name=name)
    return row.id


def _check_free(unit: Unit, kind: ResourceKind, name: str, *, post_id: int | None) -> None:
    accounts.lock_name(unit.session, f"{kind}:{post_id}")
    if store.resource_named(unit.session, kind=kind, name=name, post_id=post_id) is not None:
        raise NameTaken(field="name", name=name)


def _set_active(unit: Unit, row: ResourceRow, *, is_active: bool, by: Actor) -> None:
    if row.is_active is not is_active:
        row.is_active = is_active
        if not is_active:
            feed_closing.close_all(unit, row.id, subject=_keeper(unit, row.post_id), by=by)
        action = f"{row.kind}.{'restored' if is_active else 'retired'}"
        journal.write(unit, action, subject=_keeper(unit, row.post_id), by=by, name=row.name)


def _keeper(unit: Unit, post_id: int | None) -> str:
    if post_id is None:
        return "links"
    row = store.post(unit.session, post_id)
    if row is None:
        raise Absent()
    return subject_of(row)
