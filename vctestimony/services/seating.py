"""The one place that seats people: makes a hearing's participants exactly those named, each at the right end."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End, Part, attendance
from vctestimony.domain.people import Duty
from vctestimony.domain.sides import SEES_BOTH, SeesBoth, Side
from vctestimony.domain.wording import N_
from vctestimony.services import addressing, joining
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, planning
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow, PostRow

_AT_COURT = frozenset({Duty.JUDGE, Duty.PROSECUTION, Duty.COURT_COORDINATOR, Duty.PRISON})
_AT_REMOTE = frozenset({Duty.REMOTE_COORDINATOR, Duty.MAGISTRATE})


class NotOfferedHere(Invalid):
    """A room, link, order, witness or person that this court or this case does not have."""

    text = N_("Choose one of those offered; what was sent does not belong here.")


class NamedTwice(Invalid):
    """One person cannot sit in two seats of one hearing."""

    text = N_("{name} is named twice. One person can have one part in a hearing.")


@dataclass(frozen=True, slots=True)
class Seat:
    """An official in a duty. Who is not `is_required` is invited but does not limit the times.

    `side` is where the court has said that they stand (domain/sides.py); None where their duty decides.
    """

    official_id: int
    duty: Duty
    is_required: bool = True
    side: str | None = None


def seat(unit: Unit, hearing: HearingRow, seats: tuple[Seat, ...]) -> None:
    """Make the participants be exactly the seats: who stays keeps the row, the invitation and the answer.

    Refuses who is not offered here, is named twice, or has the mailbox of another of them or of the service.
    """
    named = {one.id: one for one in planning.officials_for(unit.session, hearing, {s.official_id for s in seats})}
    wanted: dict[int, Seat] = {}
    for one in seats:
        if one.official_id not in named:
            raise NotOfferedHere(field=f"seat_{one.duty}")
        if one.official_id in wanted:
            raise NamedTwice(field=f"seat_{one.duty}", name=named[one.official_id].name)
        if one.side not in {None, Side.NEITHER} and one.duty in SEES_BOTH:
            raise SeesBoth(field=f"side_{one.duty}")
        wanted[one.official_id] = one
    addressing.check_named(unit, ((named[one.official_id], f"seat_{one.duty}") for one in wanted.values()))
    rows = {row.official_id: row for row in hearing.participants}
    for official_id, row in rows.items():
        if official_id not in wanted and row.removed_at is None:
            leave(unit, hearing, row)
            joining.to_be_changed(unit, hearing, why="removed")
    posts = planning.load_posts(unit.session, {hearing.court_id, hearing.remote_id})
    for official_id, one in wanted.items():
        row = rows.get(official_id) or _new_participant(unit, hearing, official_id)
        end = end_of(one.duty, named[official_id], court=posts[hearing.court_id], remote=posts[hearing.remote_id])
        _fill(row, one, end=end)


def come(unit: Unit, hearing: HearingRow, one: Seat) -> ParticipantRow:
    """Seat one more, beside those who sit already; refuses as `seat` does."""
    official = next(iter(planning.officials_for(unit.session, hearing, {one.official_id})), None)
    if official is None:
        raise NotOfferedHere(field="who")
    present = [person for person in hearing.participants if person.removed_at is None]
    if official.id in {person.official_id for person in present}:
        raise NamedTwice(field="who", name=official.name)
    if one.side not in {None, Side.NEITHER} and one.duty in SEES_BOTH:
        raise SeesBoth(field="side")
    addressing.check_named(unit, [*((person.official, "who") for person in present), (official, "who")])
    rows = {row.official_id: row for row in hearing.participants}
    row = rows.get(official.id) or _new_participant(unit, hearing, official.id)
    posts = planning.load_posts(unit.session, {hearing.court_id, hearing.remote_id})
    _fill(row, one, end=end_of(one.duty, official, court=posts[hearing.court_id], remote=posts[hearing.remote_id]))
    return row


def leave(unit: Unit, hearing: HearingRow, row: ParticipantRow, *, is_shut: bool = False) -> None:
    """Take somebody off. Who was kept apart here does not come back to it by the court or post of their account;
    nor does whoever it `is_shut` to."""
    row.shut_out_at = unit.now if is_shut or hearings.kept_apart(hearing, row) else None
    row.removed_at = unit.now


def stay_away(unit: Unit, past: HearingRow, hearing: HearingRow) -> None:
    """Whoever a hearing was shut to does not see the one that goes on where it ended."""
    seated = {person.official_id for person in hearing.participants}
    for person in past.participants:
        if person.shut_out_at is None or person.official_id in seated:
            continue
        row = _new_participant(unit, hearing, person.official_id)
        _fill(row, Seat(person.official_id, person.duty, person.is_required, person.side), end=person.end)
        row.removed_at = row.shut_out_at = unit.now
    unit.session.flush()


def stand_by(unit: Unit, hearing: HearingRow, one: Seat, *, end: End) -> ParticipantRow:
    """Somebody who has no seat and would take this one at some times, so that they can be asked about those."""
    row = next((each for each in hearing.participants if each.official_id == one.official_id), None)
    row = row or _new_participant(unit, hearing, one.official_id)
    left_at, shut_at = row.removed_at or unit.now, row.shut_out_at
    _fill(row, one, end=end)
    row.removed_at, row.shut_out_at = left_at, shut_at
    unit.session.flush()
    unit.session.refresh(hearing, ["participants"])
    return row


def stood_by(person: ParticipantRow, *, asked_at: datetime) -> bool:
    """Whether they were asked as somebody who would take a seat, and did not get it since."""
    return person.removed_at is not None and person.removed_at <= asked_at


def _new_participant(unit: Unit, hearing: HearingRow, official_id: int) -> ParticipantRow:
    row = ParticipantRow(public_id=unit.ports.random(16).hex(), hearing_id=hearing.id, official_id=official_id)
    unit.session.add(row)
    return row


def _fill(row: ParticipantRow, one: Seat, *, end: End) -> None:
    """Who comes with the accused joins for the examination: before it the others are alone with the witness."""
    parts = [part for part in attendance(one.duty) if one.side != Side.ACCUSED or part is not Part.PRE]
    row.duty, row.end, row.is_required = one.duty, end, one.is_required
    row.removed_at = row.shut_out_at = None
    row.attends_pre, row.attends_main = Part.PRE in parts, Part.MAIN in parts
    row.attends_post, row.side = Part.POST in parts, one.side


def end_of(duty: Duty, official: OfficialRow, *, court: PostRow, remote: PostRow) -> End:
    """Where the duty has no fixed end, people sit where they are: at the remote end if they belong to its country."""
    if duty in _AT_COURT:
        return End.COURT
    if duty in _AT_REMOTE or official.post_id == remote.id:
        return End.REMOTE
    abroad = remote.country != court.country and official.post.country == remote.country
    nearby = official.post.city == remote.city and remote.city != court.city
    return End.REMOTE if abroad or nearby else End.COURT
