"""The use-cases of registering: the case, and the court's orders that allow video evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.casework import (
    ASKED_OF_CASE,
    ASKED_OF_ORDER,
    Instance,
    Regime,
    Route,
    Signing,
    check_regime,
)
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Stale
from vctestimony.domain.instants import wall_of
from vctestimony.domain.people import COURTS
from vctestimony.domain.sittings import BreaksUnclear
from vctestimony.domain.wording import N_
from vctestimony.services import checklist_making, journal, screening
from vctestimony.services.pseudonymity import check_of_case
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, hearings, shut_out
from vctestimony.store import cases as store
from vctestimony.store.models import CaseRow, OrderRow, PostRow

# What the checklist is composed from; when one of these changes, so do the steps.
_TURNS_THE_PROCEDURE = frozenset({"facts", "regime", "instance", "rule_pack"})


class NotACourt(NotAllowed):
    """A case belongs to the court that tries it."""

    text = N_("Your account does not belong to a court. Cases are registered by the court that tries them.")


class CaseShut(NotAllowed):
    """It tells when and where the other side is."""

    text = N_("You are kept apart from somebody at a hearing of this case, or were taken off one. It is shut to you.")


class NumberTaken(Conflict):
    """The court has this case already."""

    text = N_("Case {number} is already registered in this court. Open it from the list of cases.")


class DatesCrossed(Invalid):
    """A later date stands before an earlier one."""

    text = N_("The last day for the hearing, {last_on}, lies before the first, {first_on}.")


class CaseInFuture(Invalid):
    """A case that has not begun cannot be heard."""

    text = N_("The case cannot have been instituted on {instituted_on}, which is still to come.")


class CognizanceInFuture(Invalid):
    """Cognizance is a thing of the past, or not yet known."""

    text = N_("Cognizance cannot have been taken on {cognizance_on}, which is still to come.")


class OrderTooEarly(Invalid):
    """An order cannot be older than its case."""

    text = N_("The order is dated {made_on}, before the case was instituted on {instituted_on}.")


class OrderInFuture(Invalid):
    """An order that has not been made yet allows nothing."""

    text = N_("The order is dated {made_on}, which is still to come. Register it when it has been made.")


class HoursContradict(Invalid):
    """One order cannot keep a sitting within court hours and allow it outside them."""

    text = N_("The order cannot allow court hours only and also a sitting outside court hours. Correct one of the two.")


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """What the form of a case asks. `facts` answers every name of ASKED_OF_CASE."""

    number: str
    cnr: str
    cause_title: str
    sections: str
    stage: str
    instance: Instance
    regime: Regime
    instituted_on: date
    rule_pack: str
    facts: Mapping[str, bool]
    cognizance_on: date | None = None


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """What the form of an order asks. `facts` answers every name of ASKED_OF_ORDER."""

    made_on: date
    reference: str
    conditions: str
    route: Route | None
    host_consent: str
    signing: Signing
    not_before_on: date | None
    not_after_on: date | None
    facts: Mapping[str, bool]
    daylight_only: bool = False
    court_hours_only: bool = False
    longest_minutes: int | None = None
    break_after_minutes: int | None = None
    break_minutes: int | None = None


def case_for(unit: Unit, reference: str, *, by: Actor, action: Action = Action.REGISTER) -> CaseRow:
    """The case, if it is of this person's own court; another court's is not there.

    CaseShut to whoever is kept apart at a hearing of it, or was taken off one: it tells of the others.
    """
    case = store.case_of(unit.session, reference, court_id=by.post_id)
    if case is None or by.role is None:
        raise Absent()
    if not may_ever(by.role, action):
        raise NotAllowed()
    if case.id in shut_cases(unit, by=by):
        raise CaseShut()
    return case


def shut_cases(unit: Unit, *, by: Actor) -> frozenset[int]:
    """The cases that this person may not look into, although they are of the own court."""
    if by.official_id is None:
        return frozenset()
    apart = hearings.cases_of(unit.session, screening.screened_ids(unit, by=by))
    return shut_out.case_ids(unit.session, by) | apart


def register(unit: Unit, entry: CaseEntry, *, by: Actor) -> str:
    """Register a case of the person's own court; returns its reference."""
    court = store.court(unit.session, by.post_id) if by.post_id else None
    if court is None or court.kind not in COURTS:
        raise NotACourt()
    _check_case(entry, today_on=_today_on(unit, court))
    _check_number(unit, court, entry.number)
    row = CaseRow(reference=new_reference(unit, "C"), court_id=court.id, created_at=unit.now, **_case_columns(entry))
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "case.registered", subject=row.reference, by=by, number=entry.number, regime=entry.regime)
    return row.reference


def revise(unit: Unit, reference: str, entry: CaseEntry, *, version: int, by: Actor) -> None:
    """Change the case, unless somebody else did since the form was opened; its checklists follow."""
    case = case_for(unit, reference, by=by)
    if case.version != version:
        raise Stale(subject=reference)
    _check_case(entry, today_on=_today_on(unit, case.court))
    _check_number(unit, case.court, entry.number, own=case)
    check_of_case(unit, case, entry.cause_title, field="cause_title")
    changed = {name: value for name, value in _case_columns(entry).items() if getattr(case, name) != value}
    for name, value in changed.items():
        setattr(case, name, value)
    if changed:
        journal.write(unit, "case.revised", subject=reference, by=by, changed=sorted(changed))
    if changed.keys() & _TURNS_THE_PROCEDURE:
        checklist_making.recompose(unit, case_id=case.id, by=by)


def add_order(unit: Unit, reference: str, entry: OrderEntry, *, by: Actor) -> int:
    """Add an order to the case; returns its number."""
    case = case_for(unit, reference, by=by)
    _check_order(entry, case=case, today_on=_today_on(unit, case.court))
    check_of_case(unit, case, entry.reference, field="reference")
    check_of_case(unit, case, entry.conditions, field="conditions")
    row = OrderRow(
        case_id=case.id,
        made_on=entry.made_on,
        reference=entry.reference,
        conditions=entry.conditions,
        route=entry.route,
        host_consent=entry.host_consent,
        signing=entry.signing,
        not_before_on=entry.not_before_on,
        not_after_on=entry.not_after_on,
        facts=_answered(entry.facts, ASKED_OF_ORDER),
        daylight_only=entry.daylight_only,
        court_hours_only=entry.court_hours_only,
        longest_minutes=entry.longest_minutes,
        break_after_minutes=entry.break_after_minutes,
        break_minutes=entry.break_minutes,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "order.registered", subject=reference, by=by, order=entry.reference, made_on=entry.made_on)
    return row.id


def _case_columns(entry: CaseEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "cnr": entry.cnr,
        "cause_title": entry.cause_title,
        "sections": entry.sections,
        "stage": entry.stage,
        "instance": entry.instance,
        "regime": entry.regime,
        "instituted_on": entry.instituted_on,
        "cognizance_on": entry.cognizance_on,
        "rule_pack": entry.rule_pack,
        "facts": _answered(entry.facts, ASKED_OF_CASE),
    }


def _answered(facts: Mapping[str, bool], asked: tuple[str, ...]) -> dict[str, bool]:
    return {name: facts[name] for name in asked}


def _today_on(unit: Unit, court: PostRow) -> date:
    """The day it is in the court; in London it may still be yesterday."""
    return wall_of(unit.now, court.zone).date()


def _check_number(unit: Unit, court: PostRow, number: str, *, own: CaseRow | None = None) -> None:
    """Refuse a number the court has given already; two who register it at once queue here."""
    accounts.lock_name(unit.session, f"case|{court.id}|{number.casefold()}")
    other = store.same_number(unit.session, court.id, number)
    if other is not None and other is not own:
        raise NumberTaken(field="number", number=number)


def _check_case(entry: CaseEntry, *, today_on: date) -> None:
    if entry.instituted_on > today_on:
        raise CaseInFuture(field="instituted_on", instituted_on=entry.instituted_on)
    if entry.cognizance_on is not None and entry.cognizance_on > today_on:
        raise CognizanceInFuture(field="cognizance_on", cognizance_on=entry.cognizance_on)
    check_regime(entry.regime, instituted_on=entry.instituted_on)


def _check_order(entry: OrderEntry, *, case: CaseRow, today_on: date) -> None:
    if entry.made_on > today_on:
        raise OrderInFuture(field="made_on", made_on=entry.made_on)
    if entry.made_on < case.instituted_on:
        raise OrderTooEarly(field="made_on", made_on=entry.made_on, instituted_on=case.instituted_on)
    first_on, last_on = entry.not_before_on, entry.not_after_on
    if first_on and last_on and last_on < first_on:
        raise DatesCrossed(field="not_after_on", first_on=first_on, last_on=last_on)
    if entry.court_hours_only and entry.facts["off_hours"]:
        raise HoursContradict(field="court_hours_only")
    if (entry.break_after_minutes is None) != (entry.break_minutes is None):
        raise BreaksUnclear(field="break_minutes" if entry.break_minutes is None else "break_after_minutes")
