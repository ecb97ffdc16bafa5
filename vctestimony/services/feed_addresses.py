"""The use-cases of the secret addresses of feeds: make one, make it anew, stop it, and show how each stands."""

from dataclasses import dataclass

from vctestimony.domain.access import Actor, may_make_feed, may_stop_feed
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.instants import Reading
from vctestimony.services import journal
from vctestimony.services.clocks import both_clocks
from vctestimony.services.feed_closing import REVOKED
from vctestimony.services.feeds import hash_of
from vctestimony.services.officials import subject_of
from vctestimony.services.places import resource_for
from vctestimony.services.places import subject_of as post_subject
from vctestimony.services.references import new_reference, new_secret
from vctestimony.services.unit import Unit
from vctestimony.store import feeds as store
from vctestimony.store import places
from vctestimony.store.models import FeedRow, ResourceKind, ResourceRow

TwoClocks = tuple[Reading, Reading]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose feeds: an official's or a room's. One of the two is given."""

    official_id: int | None = None
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed as its card shows it. Without `made` there is no address."""

    kind: FeedKind
    made: TwoClocks | None = None
    made_by: str = ""
    read: TwoClocks | None = None
    with_held: bool = True


@dataclass(frozen=True, slots=True)
class FeedCard:
    """The feeds of a person or room, and what the one who looks can do about them."""

    holder: Holder
    name: str
    may_make: bool
    only_the_person_makes: bool
    lines: tuple[FeedLine, ...]


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A new address, to be shown once: it is kept nowhere."""

    kind: FeedKind
    name: str
    is_room: bool
    https: str

    @property
    def webcal(self) -> str:
        """The same, as programs open it that subscribe by a click."""
        return f"webcal:{self.https.partition(':')[2]}"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is told of, what the journal calls it, and what the one who acts may do."""

    resource: ResourceRow
    name: str
    language: str
    journal: str
    may_make: bool
    room: str = ""


def card(unit: Unit, holder: Holder, *, by: Actor) -> FeedCard:
    """How the feeds stand, for those who can make or stop one."""
    subject = _subject(unit, holder, by=by)
    rows = store.of_resource(unit.session, subject.resource.id)
    return FeedCard(
        holder=holder,
        name=subject.name,
        may_make=subject.may_make,
        only_the_person_makes=subject.resource.is_active and not subject.may_make,
        lines=tuple(_line(kind, rows.get(kind), by=by) for kind in FeedKind),
    )


def own_card(unit: Unit, *, by: Actor) -> FeedCard | None:
    """The feeds of the person asking; None for somebody who is no official."""
    return None if by.official_id is None else card(unit, Holder(official_id=by.official_id), by=by)


def make(unit: Unit, holder: Holder, kind: FeedKind, *, by: Actor) -> FeedAddress:
    """A new address, 256 random bits of which only the hash is kept. The one before it, if any, ends with it."""
    subject = _subject(unit, holder, by=by)
    if not subject.may_make:
        raise NotAllowed()
    token, salt = new_secret(), unit.ports.random(16).hex()
    row = store.of_resource(unit.session, subject.resource.id).get(kind)
    what = "feed.made" if row is None else "feed.renewed"
    if row is None:
        row = FeedRow(
            reference=new_reference(unit, "F"), resource_id=subject.resource.id, kind=kind, with_held=True, etag=""
        )
        unit.session.add(row)
    row.token_hash, row.salt, row.language = hash_of(token), salt, subject.language
    row.made_at, row.made_by = unit.now, by.name
    row.etag, row.changed_at, row.read_at = "", None, None
    unit.session.flush()
    _note(unit, what, subject, row, by=by)
    return FeedAddress(
        kind=kind,
        name=subject.name,
        is_room=holder.official_id is None,
        https=f"{unit.ports.addresses.public_url}/feeds/{token}.ics",
    )


def stop(unit: Unit, holder: Holder, kind: FeedKind, *, by: Actor) -> None:
    """Let the address open nothing any more, from this moment; nothing happens if there is none."""
    subject = _subject(unit, holder, by=by)
    row = store.of_resource(unit.session, subject.resource.id).get(kind)
    if row is not None:
        store.drop(unit.session, row)
        _note(unit, REVOKED, subject, row, by=by)


def show_held(unit: Unit, holder: Holder, *, with_held: bool, by: Actor) -> None:
    """Whether the feed of hearings shows times that are only held; they are never in it as if they were fixed."""
    subject = _subject(unit, holder, by=by)
    if not subject.may_make:
        raise NotAllowed()
    row = store.of_resource(unit.session, subject.resource.id).get(FeedKind.HEARINGS)
    if row is None:
        raise Absent()
    if row.with_held is not with_held:
        row.with_held = with_held
        _note(unit, "feed.held_shown" if with_held else "feed.held_hidden", subject, row, by=by)


def _subject(unit: Unit, holder: Holder, *, by: Actor) -> _Subject:
    if holder.official_id is None:
        return _room(unit, holder.room_id or 0, by=by)
    row = places.official(unit.session, holder.official_id)
    if row is None:
        raise Absent()
    if not may_stop_feed(by, official_id=row.id, post_id=row.post_id):
        raise NotAllowed()
    signs_in = store.signs_in(unit.session, row.id)
    return _Subject(
        resource=row.resource,
        name=row.name,
        language=row.language,
        journal=subject_of(row.id),
        may_make=row.is_active and may_make_feed(by, official_id=row.id, post_id=row.post_id, signs_in=signs_in),
    )


def _room(unit: Unit, room_id: int, *, by: Actor) -> _Subject:
    row = resource_for(unit, room_id, by=by)
    post = None if row.post_id is None else places.post(unit.session, row.post_id)
    if post is None or row.kind is not ResourceKind.ROOM:
        raise Absent()
    return _Subject(row, row.name, by.language, post_subject(post), may_make=row.is_active, room=row.name)


def _line(kind: FeedKind, row: FeedRow | None, *, by: Actor) -> FeedLine:
    if row is None:
        return FeedLine(kind)
    read = both_clocks(row.read_at, by=by) if row.read_at else None
    return FeedLine(kind, both_clocks(row.made_at, by=by), row.made_by, read, row.with_held)


def _note(unit: Unit, what: str, subject: _Subject, row: FeedRow, *, by: Actor) -> None:
    """Which feed, never its address."""
    where = {"room": subject.room} if subject.room else {}
    journal.write(unit, what, subject=subject.journal, by=by, feed=row.reference, kind=row.kind, **where)
