"""Entries as the forms of cases, orders and witnesses give them, every question answered."""

from datetime import date

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
from vctestimony.services.cases import CaseEntry, OrderEntry
from vctestimony.services.witnesses import WitnessEntry

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
