"""What pages show of reminders: on a hearing who was and will be reminded, on the first page who must be telephoned
now, and on the own page what one was told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.reminders.due import answer_by
from vctestimony.domain.reminders.letters import Callee
from vctestimony.domain.reminders.notices import RULE_LABELS, Named
from vctestimony.services import hearing_clocks, screening
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.reminder_choices import own_person
from vctestimony.services.reminder_facts import Remindable, of_hearings
from vctestimony.services.reminder_letters import callee_of
from vctestimony.services.reminder_readers import Person
from vctestimony.services.unit import Unit
from vctestimony.store import reminders as store
from vctestimony.store import shut_out
from vctestimony.store.models import HearingRow, How

SHOWN_FOR = timedelta(days=30)
NEW_FOR = timedelta(days=7)
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PersonReminders:
    """One person of a hearing: when last reminded, when next, and until when the answer is wanted; own clock."""

    name: str
    duty: str
    reminded: Reading | None
    coming: Reading | None
    answer_by: Reading | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Escalated:
    """Somebody who did not answer in time: about which hearing, whom to telephone, since when the court was told."""

    reference: str
    case_number: str
    pseudonym: str
    name: str
    duty: str
    telephone: str
    starts: BothClocks
    told: Reading


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the first page says of reminders: who must be telephoned, and how many notices the own page alone has."""

    escalated: tuple[Escalated, ...]
    on_page: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the person was told of one hearing by one rule at one time; `count` steps or people at once."""

    what: str
    reference: str
    starts: BothClocks | None
    told: Reading
    count: int = 1


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> tuple[PersonReminders, ...]:
    """Everybody whom this reader may know of and who was asked for the hearing's present time; nobody once it has begun
    or was called off."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    if hearing.state not in store.AHEAD or hearing.starts_at is None or hearing.starts_at <= unit.now:
        return ()
    found = of_hearings(unit, [hearing])
    given = store.given(unit.session, [hearing.id])
    people = found.facts[reference].people if reference in found.facts else ()
    known = {one.public_id for one in screening.shown_people(hearing, screening.screened(hearing, by=by))}
    asked = (one for one in people if one.asked_at is not None and one.participant in known)
    return tuple(_person(unit, found, one, given) for one in asked)


def first_page(unit: Unit, *, by: Actor) -> FirstPage:
    """Who must be telephoned, for whoever books for a court; and what stands only on the own page."""
    if by.role is None or by.post_id is None:
        return FirstPage((), 0)
    escalated: tuple[Escalated, ...] = ()
    if may_ever(by.role, Action.BOOK):
        rows = store.escalated(unit.session, court_id=by.post_id, now=unit.now)
        apart = screening.screened_ids(unit, by=by)
        shut = shut_out.case_ids(unit.session, by)
        known = ((row, told_at) for row, told_at in rows if row.hearing.case_id not in shut)
        shown = ((row, told_at) for row, told_at in known if row.hearing_id not in apart)
        escalated = tuple(_escalated(row.hearing, callee_of(row), told_at) for row, told_at in shown)
    own = store.notices_of(
        unit.session,
        official_id=by.official_id,
        account_id=by.account_id,
        since_at=unit.now - NEW_FOR,
    )
    return FirstPage(escalated, sum(notice.how is How.PAGE for notice, _ in own))


def own(unit: Unit, *, by: Actor) -> tuple[Told, ...]:
    """What the person was told in the last thirty days, by mail or here, the newest first."""
    person = own_person(unit, by=by)
    rows = store.notices_of(
        unit.session,
        official_id=person.official_id,
        account_id=person.account_id,
        since_at=unit.now - SHOWN_FOR,
    )
    lines = Counter(
        Told(
            what=RULE_LABELS[notice.rule],
            reference=hearing.reference,
            starts=_starts(hearing, by=by),
            told=_read(person, notice.made_at),
        )
        for notice, hearing in rows
    )
    return tuple(replace(line, count=count) for line, count in lines.items())[:MOST_SHOWN]


def _starts(hearing: HearingRow, *, by: Actor) -> BothClocks | None:
    """When the hearing begins for this reader, on both clocks; nothing once they may not see it any more."""
    if not may_do(hearing, Action.SEE_HEARINGS, by=by):
        return None
    clocks = screening.shown_clocks(hearing, hearing.starts_at, by=by)
    return hearing_clocks.both(hearing, clocks.court.at) if clocks is not None else None


def _person(unit: Unit, found: Remindable, one: Named, given: Mapping[str, store.Given]) -> PersonReminders:
    person = found.readers.people[one.reader.key]
    own = [notice for notice in found.notices if notice.reader == one.reader.key]
    past = [told.made_at for key, told in given.items() if f"|{one.reader.key}|" in key and not told.is_withdrawn]
    ahead = [n.due_at for n in own if n.key not in given and n.due_at > unit.now]
    by = None
    if one.asked_at is not None and not one.has_answered:
        by = answer_by(one.reader.days, asked_at=one.asked_at, starts_at=one.starts_at)
    return PersonReminders(
        name=person.name,
        duty=DUTY_LABELS[one.duty],
        reminded=_read(person, max(past)) if past else None,
        coming=_read(person, min(ahead)) if ahead else None,
        answer_by=_read(person, by) if by else None,
        is_late=by is not None and by <= unit.now,
    )


def _escalated(hearing: HearingRow, callee: Callee, told_at: datetime) -> Escalated:
    starts_at = hearing.starts_at or told_at
    return Escalated(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        name=callee.name,
        duty=DUTY_LABELS[callee.duty],
        telephone=callee.telephone,
        starts=hearing_clocks.both(hearing, starts_at),
        told=read(told_at, hearing.court.zone, hearing.court.city),
    )


def _read(person: Person, at: datetime) -> Reading:
    return read(at, person.post.zone, person.post.city)
