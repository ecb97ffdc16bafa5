"""The use-cases of what can be booked: add a post, a room, a video link, an official. Reading is `account_lists`."""

from dataclasses import dataclass, fields

from vctestimony.domain.access import Actor
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.instants import canonical_zone
from vctestimony.domain.people import Duty, PostKind
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.accounts import usable_address
from vctestimony.services.unit import Unit
from vctestimony.store import places as store
from vctestimony.store.models import OfficialRow, PostRow, ResourceKind, ResourceRow


class CodeTaken(Conflict):
    """Commands and reports name a post by its code."""

    text = N_("There is already a post with the code “{code}”. Choose another code, or open that post.")


class NameTaken(Conflict):
    """Two rooms of one post, or two links, could not be told apart in a list."""

    text = N_("There is already one called “{name}” here. Give this one another name.")


class CalendarElsewhere(Invalid):
    """A calendar says its hours on the clock of one zone."""

    text = N_("The calendar “{calendar}” is kept by the clock of {its_zone}, the place's is {zone}. Choose another.")


class CourtUnplaced(Invalid):
    """The rule pack of a trial follows from its High Court."""

    text = N_("Choose the High Court above this court: its rules decide the checklist.")


class DutyMissing(Invalid):
    """Nobody can be named on a hearing without a part in it."""

    text = N_("Choose at least one part that this person can have in a hearing.")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOfficial:
    """Somebody who can be named on hearings; mails go to `email` in `language`."""

    name: str
    designation: str
    post_id: int
    duties: tuple[Duty, ...]
    email: str
    phone: str = ""
    language: str = "en"


def add_post(unit: Unit, new: NewPost, *, by: Actor) -> int:
    """Enter a place. Refuses a calendar that no file defines, or that is kept by another clock; gives its number."""
    if store.post_by_code(unit.session, new.code) is not None:
        raise CodeTaken(field="code", code=new.code)
    if (new.high_court is None and new.kind is PostKind.TRIAL_COURT) or new.high_court not in {None, *HIGH_COURTS}:
        raise CourtUnplaced(field="high_court")
    calendar, zone = unit.ports.calendars.get(new.calendar_id), canonical_zone(new.zone)
    if calendar.zone != zone:
        raise CalendarElsewhere(field="calendar_id", calendar=new.calendar_id, its_zone=calendar.zone, zone=zone)
    row = PostRow(**{field.name: getattr(new, field.name) for field in fields(new)})
    row.zone = zone
    row.email = usable_address(new.email) if new.email else ""
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "post.added", subject=f"post:{row.code}", by=by, kind=row.kind, zone=zone)
    return row.id


def add_room(unit: Unit, post_id: int, name: str, *, by: Actor) -> int:
    """Enter a room of a post; gives its number."""
    post = _post(unit, post_id)
    return _resource(unit, ResourceKind.ROOM, name, post_id=post.id, subject=f"post:{post.code}", by=by)


def add_link(unit: Unit, name: str, *, by: Actor) -> int:
    """Enter a video link that one hearing at a time can have; gives its number."""
    return _resource(unit, ResourceKind.LINK, name, post_id=None, subject="links", by=by)


def add_official(unit: Unit, new: NewOfficial, *, by: Actor) -> int:
    """Enter somebody who can be named on hearings; gives their number."""
    post = _post(unit, new.post_id)
    if not new.duties:
        raise DutyMissing(field="duties")
    row = OfficialRow(
        name=new.name,
        designation=new.designation,
        post_id=post.id,
        resource=ResourceRow(kind=ResourceKind.PERSON, name=new.name, post_id=post.id, is_active=True),
        email=usable_address(new.email),
        phone=new.phone,
        language=new.language,
        duties=[duty.value for duty in new.duties],
        is_active=True,
    )
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "official.added", subject=f"official:{row.id}", by=by, post=post.code, duties=row.duties)
    return row.id


def _post(unit: Unit, post_id: int) -> PostRow:
    row = store.post(unit.session, post_id)
    if row is None:
        raise Absent()
    return row


def _resource(unit: Unit, kind: ResourceKind, name: str, *, post_id: int | None, subject: str, by: Actor) -> int:
    if store.resource_named(unit.session, kind=kind, name=name, post_id=post_id) is not None:
        raise NameTaken(field="name", name=name)
    row = ResourceRow(kind=kind, name=name, post_id=post_id, is_active=True)
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, f"{kind}.added", subject=subject, by=by, name=name)
    return row.id
