"""What the pages of cases show: frozen read models of a court's cases, their orders and witnesses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.casework import (
    HIGH_COURTS,
    IDENTITY_LABELS,
    INSTANCE_LABELS,
    REGIME_LABELS,
    ROUTE_LABELS,
    SIGNING_LABELS,
    IdentityDocument,
    Instance,
    Regime,
)
from vctestimony.domain.facts import FACTS
from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.domain.paper import BothClocks
from vctestimony.services import hearing_clocks
from vctestimony.services.cases import OrderEntry, case_for, shut_cases
from vctestimony.services.unit import Unit
from vctestimony.services.witnesses import witness_for
from vctestimony.store import cases as store
from vctestimony.store import hearings
from vctestimony.store.models import CaseRow, OrderRow, WitnessRow


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list."""

    reference: str
    number: str
    stage: str
    regime: str
    witnesses: tuple[str, ...]
    has_order: bool


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as shown on the case's page; `facts` are the labels answered with yes."""

    id: int
    made_on: date
    reference: str
    conditions: str
    route: str
    host_consent: str
    signing: str
    not_before_on: date | None
    not_after_on: date | None
    facts: tuple[str, ...]
    daylight_only: bool
    court_hours_only: bool
    longest_minutes: int | None
    break_after_minutes: int | None
    break_minutes: int | None


@dataclass(frozen=True, slots=True)
class WitnessView:
    """A witness as everybody may see her: a pseudonym and what the procedure turns on."""

    reference: str
    pseudonym: str
    languages: str
    nationality: str
    identity_document: str
    documents_to_show: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HearingLine:
    """A hearing of the case: whose, in which state, and when, once there is a time."""

    reference: str
    pseudonym: str
    state: State
    state_label: str
    starts: BothClocks | None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The whole page of a case."""

    reference: str
    number: str
    cnr: str
    cause_title: str
    court: str
    sections: str
    stage: str
    instance: str
    regime: str
    instituted_on: date
    cognizance_on: date | None
    high_court: str
    facts: tuple[str, ...]
    orders: tuple[OrderView, ...]
    witnesses: tuple[WitnessView, ...]
    hearings: tuple[HearingLine, ...]
    version: int

    @property
    def can_plan(self) -> bool:
        """A hearing needs an order and a witness."""
        return bool(self.orders and self.witnesses)


@dataclass(frozen=True, slots=True)
class CaseForm:
    """The stored answers of a case, to stand in its form."""

    number: str
    cnr: str
    cause_title: str
    sections: str
    stage: str
    instance: Instance
    regime: Regime
    instituted_on: date
    cognizance_on: date | None
    rule_pack: str
    facts: Mapping[str, bool]
    version: int


@dataclass(frozen=True, slots=True)
class WitnessForm:
    """The stored answers of a witness, to stand in the form; identity is never among them."""

    case_reference: str
    case_number: str
    pseudonym: str
    languages: str
    nationality: str
    identity_document: IdentityDocument
    documents_to_show: str
    facts: Mapping[str, bool]
    sealed: tuple[str, ...]
    version: int


def own_cases(unit: Unit, *, by: Actor) -> tuple[CaseLine, ...]:
    """The cases of the person's court, newest first."""
    if by.post_id is None or by.role is None or not may_ever(by.role, Action.REGISTER):
        return ()
    shut = shut_cases(unit, by=by)
    return tuple(
        CaseLine(
            reference=row.reference,
            number=row.number,
            stage=row.stage,
            regime=REGIME_LABELS[row.regime],
            witnesses=tuple(w.pseudonym for w in row.witnesses),
            has_order=bool(row.orders),
        )
        for row in store.cases_of(unit.session, by.post_id)
        if row.id not in shut
    )


def open_file(unit: Unit, reference: str, *, by: Actor) -> CaseFile:
    """Everything about one case that its court may see."""
    case = case_for(unit, reference, by=by)
    return CaseFile(
        reference=case.reference,
        number=case.number,
        cnr=case.cnr,
        cause_title=case.cause_title,
        court=case.court.name,
        sections=case.sections,
        stage=case.stage,
        instance=INSTANCE_LABELS[case.instance],
        regime=REGIME_LABELS[case.regime],
        instituted_on=case.instituted_on,
        cognizance_on=case.cognizance_on,
        high_court=HIGH_COURTS[case.rule_pack],
        facts=_said_yes(case.facts),
        orders=tuple(_order(row) for row in case.orders),
        witnesses=tuple(_witness(row) for row in case.witnesses),
        hearings=_hearings(unit, case),
        version=case.version,
    )


def case_form(unit: Unit, reference: str, *, by: Actor) -> CaseForm:
    """The case as its form shows it."""
    case = case_for(unit, reference, by=by)
    return CaseForm(
        number=case.number,
        cnr=case.cnr,
        cause_title=case.cause_title,
        sections=case.sections,
        stage=case.stage,
        instance=case.instance,
        regime=case.regime,
        instituted_on=case.instituted_on,
        cognizance_on=case.cognizance_on,
        rule_pack=case.rule_pack,
        facts=dict(case.facts),
        version=case.version,
    )


def newest_order(unit: Unit, reference: str, *, by: Actor) -> OrderEntry | None:
    """The answers of the case's newest order, to begin another with; None while there is no order."""
    rows = case_for(unit, reference, by=by).orders
    return OrderEntry(**{field.name: getattr(rows[-1], field.name) for field in fields(OrderEntry)}) if rows else None


def witness_form(unit: Unit, reference: str, *, by: Actor) -> WitnessForm:
    """The witness as the form shows her: which identity fields are sealed, not what they say."""
    row = witness_for(unit, reference, by=by)
    return WitnessForm(
        case_reference=row.case.reference,
        case_number=row.case.number,
        pseudonym=row.pseudonym,
        languages=row.languages,
        nationality=row.nationality,
        identity_document=row.identity_document,
        documents_to_show=row.documents_to_show,
        facts=dict(row.facts),
        sealed=tuple(field.field for field in store.sealed_fields(unit.session, row.id)),
        version=row.version,
    )


def _said_yes(facts: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(label for name, label in FACTS.items() if facts.get(name))


def _order(row: OrderRow) -> OrderView:
    return OrderView(
        id=row.id,
        made_on=row.made_on,
        reference=row.reference,
        conditions=row.conditions,
        route=ROUTE_LABELS[row.route] if row.route else "",
        host_consent=row.host_consent,
        signing=SIGNING_LABELS[row.signing],
        not_before_on=row.not_before_on,
        not_after_on=row.not_after_on,
        facts=_said_yes(row.facts),
        daylight_only=row.daylight_only,
        court_hours_only=row.court_hours_only,
        longest_minutes=row.longest_minutes,
        break_after_minutes=row.break_after_minutes,
        break_minutes=row.break_minutes,
    )


def _witness(row: WitnessRow) -> WitnessView:
    return WitnessView(
        reference=row.reference,
        pseudonym=row.pseudonym,
        languages=row.languages,
        nationality=row.nationality,
        identity_document=IDENTITY_LABELS[row.identity_document],
        documents_to_show=row.documents_to_show,
        facts=_said_yes(row.facts),
    )


def _hearings(unit: Unit, case: CaseRow) -> tuple[HearingLine, ...]:
    return tuple(
        HearingLine(
            reference=row.reference,
            pseudonym=row.witness.pseudonym,
            state=row.state,
            state_label=STATE_LABELS[row.state],
            starts=hearing_clocks.both(row, row.starts_at) if row.starts_at else None,
        )
        for row in hearings.of_case(unit.session, case.id)
    )
