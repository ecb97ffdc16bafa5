"""The use-cases of people in a hearing that is in session: somebody comes at once, somebody is taken off at once.

The hearing stays as it was opened: nobody else is asked again, and no gate is asked of whoever comes. Whoever is taken
off loses every way in by this service in the same moment, and the address of the conference, which they know, is void.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Conflict, Stale
from vctestimony.domain.hearing import END_LABELS, ReasonMissing, State
from vctestimony.domain.instants import from_min, to_min
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.sides import SIDE_LABELS, Side
from vctestimony.domain.wording import N_
from vctestimony.services import alternatives, gates, invitations, joining, journal, logbook, seating
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.invited import attends, part_times
from vctestimony.services.plans import SEATS
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import unsealed
from vctestimony.store import hearings, occupancy, planning
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow
from vctestimony.store.occupancy import Claim


class NotInSession(Conflict):
    """Before it is opened people are named; when it is over nobody comes any more."""

    text = N_("People are added and taken off here only while the hearing is in session.")


class LastPresidingOfficer(Conflict):
    """Without one there is no court, and nobody who could order anything."""

    text = N_("{name} is the only presiding officer, without whom the court does not sit. Add another one first.")


class NobodyThemselves(Conflict):
    """They would not see what came of it."""

    text = N_("Nobody takes themselves off: the hearing would be shut to you at once. Somebody else of the court does.")


class TakenElsewhere(Conflict):
    """Somebody cannot be at two places."""

    text = N_("{name} is taken until {until}. Choose somebody else, or have them given free there first.")


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody on the hearing; `why_not` says why they cannot be taken off, and is a marked text. So are the labels."""

    participant: int
    name: str
    duty: str
    end: str
    side: str
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleNow:
    """The people of a hearing in session. `able`: who could come, as value and words, by duty.

    `joining`: whether an address is entered, and whether one is void or known to somebody who should not know it.
    """

    reference: str
    case_number: str
    pseudonym: str
    in_session: bool
    present: tuple[Present, ...]
    able: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    missing: tuple[gates.Need, ...]
    has_joining: bool
    joining_is_void: bool
    may_enter_joining: bool
    version: int
    zones: tuple[tuple[str, str], ...]


def page(unit: Unit, reference: str, *, by: Actor) -> PeopleNow:
    """Who takes part now, and who could come."""
    hearing = hearing_for(unit, reference, by=by, action=Action.CHANGE_IN_SESSION)
    present = _present(hearing)
    only_judge = sum(1 for one in present if one.duty is Duty.JUDGE) == 1
    ends = (hearing.court, hearing.remote)
    return PeopleNow(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        in_session=hearing.state is State.IN_SESSION,
        present=tuple(_shown(hearing, one, why_not=_why_not(one, only_judge=only_judge, by=by)) for one in present),
        able=_able(hearing, planning.officials_for(unit.session, hearing)),
        missing=gates.shown(gates.missing_of(hearing)),
        has_joining=not joining.is_missing(hearing),
        joining_is_void=hearing.joining is not None and joining.is_missing(hearing),
        may_enter_joining=may_do(hearing, Action.PLAN, by=by),
        version=hearing.version,
        zones=tuple(dict.fromkeys((post.zone, post.city) for post in ends)),
    )


def add(unit: Unit, reference: str, one: Seat, *, reason: str, version: int, by: Actor) -> None:
    """Let somebody take part from now on: they are invited and, for what is left of the hearing, taken.

    Refuses who cannot have that duty here (NotOfferedHere), sits already (NamedTwice), or is taken (TakenElsewhere).
    """
    hearing = _opened(unit, reference, reason=reason, version=version, by=by, field="reason")
    official = next((each for each in planning.officials_for(unit.session, hearing, {one.official_id})), None)
    if official is None or one.duty not in _DUTIES or not _has(official, one.duty):
        raise seating.NotOfferedHere(field="who")
    person = seating.come(unit, hearing, one)
    unit.session.flush()
    unit.session.refresh(hearing)
    _claim(unit, hearing, person, by=by)
    side = hearings.side(hearing, person)
    _changed(unit, hearing, "hearing.person_added", duty=one.duty, side=side, reason=reason.strip(), by=by)


def take_off(unit: Unit, reference: str, participant: int, *, reason: str, version: int, by: Actor) -> None:
    """Let somebody take part no longer, at once: pages, links and the address of the conference are shut to them.

    So is the hearing to their account, and what goes on where it ends, although the account belongs to its court.

    Only the last presiding officer cannot be taken off: whoever threatens the witness goes, whatever their duty.
    """
    hearing = _opened(unit, reference, reason=reason, version=version, by=by, field="why")
    present = _present(hearing)
    person = next((one for one in present if one.id == participant), None)
    if person is None:
        raise Absent()
    if person.duty is Duty.JUDGE and sum(1 for one in present if one.duty is Duty.JUDGE) == 1:
        raise LastPresidingOfficer(field="participant", name=person.official.name)
    if by.official_id == person.official_id:
        raise NobodyThemselves(field="participant")
    occupancy.release_one(unit.session, hearing.id, person.official.resource_id)
    seating.leave(unit, hearing, person, is_shut=True)
    unit.session.flush()
    alternatives.prune(hearing)
    joining.void(unit, hearing)
    _changed(unit, hearing, "hearing.person_taken_off", duty=person.duty, reason=reason.strip(), by=by)


_DUTIES = frozenset(duty for _, duty in SEATS)


def _opened(unit: Unit, reference: str, *, reason: str, version: int, by: Actor, field: str) -> HearingRow:
    hearing = unsealed(unit, reference, by=by, action=Action.CHANGE_IN_SESSION)
    if hearing.state is not State.IN_SESSION:
        raise NotInSession()
    if not reason.strip():
        raise ReasonMissing(field=field)
    check_unnamed(unit, hearing, reason, field=field)
    if hearing.version != version:
        raise Stale(subject=reference)
    return hearing


def _changed(unit: Unit, hearing: HearingRow, what: str, *, by: Actor, **facts: object) -> None:
    flag_modified(hearing, "state")  # the people are part of what a form of this hearing shows
    unit.session.flush()
    journal.write(unit, what, subject=hearing.reference, by=by, **facts)
    invitations.announce(unit, hearing, by=by)


def _claim(unit: Unit, hearing: HearingRow, person: ParticipantRow, *, by: Actor) -> None:
    """Take them for what is left of the parts they come to; for a hearing past its time there is nothing to take."""
    resource_id, now_min = person.official.resource_id, to_min(unit.now)
    times = part_times(hearing, hearing.starts_at) if hearing.starts_at is not None else {}
    spans = {part: (max(now_min, to_min(start)), to_min(end)) for part, (start, end) in times.items()}
    coming = [(part, span) for part, span in spans.items() if part in attends(person) and span[0] < span[1]]
    wanted = [Claim(resource_id, start, end, part) for part, (start, end) in coming]
    if not wanted:
        return
    occupancy.lock(unit.session, [resource_id])
    occupancy.forget_expired(unit.session, [resource_id], now=unit.now)
    ways = occupancy.in_the_way(unit.session, wanted, now=unit.now, except_hearing_id=hearing.id)
    until = max((way.end_min for way in ways if way.blocking), default=None)
    if until is not None:
        said = logbook.said(unit, hearing, language=by.language)
        raise TakenElsewhere(field="who", name=person.official.name, until=said.time(from_min(until)))
    occupancy.claim(unit.session, wanted, hearing_id=hearing.id)


def _present(hearing: HearingRow) -> list[ParticipantRow]:
    return [one for one in hearing.participants if one.removed_at is None]


def _why_not(person: ParticipantRow, *, only_judge: bool, by: Actor) -> str:
    if only_judge and person.duty is Duty.JUDGE:
        return N_("the court does not sit without a presiding officer")
    return N_("somebody else of the court takes you off") if person.official_id == by.official_id else ""


def _shown(hearing: HearingRow, person: ParticipantRow, *, why_not: str) -> Present:
    side = hearings.side(hearing, person)
    return Present(
        participant=person.id,
        name=person.official.name,
        duty=DUTY_LABELS[person.duty],
        end=END_LABELS[person.end],
        side=SIDE_LABELS[side] if side is not Side.NEITHER else "",
        why_not=why_not,
    )


def _able(hearing: HearingRow, officials: Iterable[OfficialRow]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Who could come, by duty; whoever sits already is left out."""
    seated = {one.official_id for one in _present(hearing)}
    free = [one for one in officials if one.id not in seated]
    found = (
        (duty, tuple((f"{duty.value}.{one.id}", _words(one)) for one in free if _has(one, duty)))
        for duty in dict.fromkeys(duty for _, duty in SEATS)
    )
    return tuple((DUTY_LABELS[duty], people) for duty, people in found if people)


def _words(one: OfficialRow) -> str:
    return f"{one.name}, {one.designation} ({one.post.name})"


def _has(official: OfficialRow, duty: Duty) -> bool:
    """Whether they can have the duty; for whom none is written down can have any."""
    return not official.duties or duty.value in official.duties
