"""Entries as the forms of cases, orders and witnesses give them, every question answered."""

from datetime import date

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.domain.casework import (
    ASKED_OF_CASE,
    ASKED_OF_ORDER,
    ASKED_OF_WITNESS,
    IdentityDocument,
    Instance,
    Regime,
    Route,
    Signing,
)
from vctestimony.domain.grants import Length
from vctestimony.domain.people import Role
from vctestimony.services import vault_grants
from vctestimony.services.accounts import actor_of
from vctestimony.services.cases import CaseEntry, OrderEntry
from vctestimony.services.unit import Units
from vctestimony.services.witnesses import WitnessEntry
from vctestimony.store.models import AccountRow, WitnessRow

REAL_NAME = "Rahima Parveen Sheikh"


def case_entry(number: str = "SC 214/2025", *yes: str, **changes: object) -> CaseEntry:
    """A sessions case of 2025; the named questions answered with yes."""
    values: dict[str, object] = {
        "number": number,
        "cnr": "",
        "cause_title": "State v. Example",
        "sections": "BNS 143",
        "stage": "Prosecution evidence",
        "instance": Instance.SESSIONS,
        "regime": Regime.BNSS,
        "instituted_on": date(2025, 3, 3),
        "rule_pack": "bombay",
        "facts": {name: name in yes for name in ASKED_OF_CASE},
    }
    return CaseEntry(**{**values, **changes})  # type: ignore[arg-type]  # one table of values of many types


def order_entry(*yes: str, **changes: object) -> OrderEntry:
    """An order of August 2026 by route A."""
    values: dict[str, object] = {
        "made_on": date(2026, 8, 20),
        "reference": "Exh. 48",
        "conditions": "",
        "route": Route.A,
        "host_consent": "",
        "signing": Signing.PAPER,
        "not_before_on": None,
        "not_after_on": None,
        "facts": {name: name in yes for name in ASKED_OF_ORDER},
    }
    return OrderEntry(**{**values, **changes})  # type: ignore[arg-type]  # one table of values of many types


def witness_entry(pseudonym: str = "W-12", *yes: str, **changes: object) -> WitnessEntry:
    """A witness of Bangladesh whose name goes into the vault."""
    values: dict[str, object] = {
        "pseudonym": pseudonym,
        "languages": "Bangla",
        "nationality": "BD",
        "identity_document": IdentityDocument.PASSPORT,
        "documents_to_show": "",
        "facts": {name: name in yes for name in ASKED_OF_WITNESS},
        "identity": {"name": REAL_NAME, "identity_number": "BX 0123456"},
    }
    return WitnessEntry(**{**values, **changes})  # type: ignore[arg-type]  # one table of values of many types


def leave(units: Units, reference: str, *people: Actor, length: Length = Length.MONTH) -> None:
    """Let these people see the identity: the presiding officer of the witness's court says so."""
    with units.writing() as unit:
        witness = unit.session.scalars(sa.select(WitnessRow).where(WitnessRow.reference == reference)).one()
        judges = sa.select(AccountRow).where(
            AccountRow.role == Role.PRESIDING_OFFICER, AccountRow.post_id == witness.case.court_id
        )
        judge = actor_of(unit.session.scalars(judges.order_by(AccountRow.id).limit(1)).one())
        for person in people:
            assert person.account_id is not None
            vault_grants.give(
                unit, reference, person.account_id, length=length, reason="to do what the hearing asks", by=judge
            )
