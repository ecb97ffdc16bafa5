"""What the pages of the vault show: what one person may do now, and for the court who may look and who has looked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, may, may_ever
from vctestimony.domain.grants import is_seconded
from vctestimony.domain.instants import Reading
from vctestimony.domain.journal import Entry
from vctestimony.domain.people import ROLE_LABELS
from vctestimony.services import destroying, journal, vault, vault_grants
from vctestimony.services.clocks import both_clocks
from vctestimony.services.destroying import Certificate
from vctestimony.services.unit import Unit
from vctestimony.store import witness_keys as store
from vctestimony.store.models import VaultGrantRow

Clocks = tuple[Reading, Reading]
LOOKS = {"vault.opened", "vault.refused", "vault.alert", "vault.replaced"}
MOST_LOOKS = 200


@dataclass(frozen=True, slots=True)
class Door:
    """What stands before an identity for this person: nothing but a reason, a second person, or leave."""

    reference: str
    pseudonym: str
    until: Clocks | None
    asked: bool
    needs_second: bool
    second_asked: bool
    may_give: bool

    @property
    def is_open(self) -> bool:
        """Whether a reason is all that is wanted."""
        return self.until is not None and not self.needs_second


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave that was asked for or given; labels are marked with N_."""

    public_id: str
    name: str
    role: str
    reason: str
    given_by: str
    given: Clocks | None
    until: Clocks | None
    asked: Clocks | None
    ended: Clocks | None
    ended_by: str
    runs: bool
    second_reason: str
    wants_second: bool

    @property
    def is_asked(self) -> bool:
        """Whether it waits for an answer."""
        return self.given is None and self.ended is None


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened the identity, tried to, or wrote another one over it."""

    who: str
    when: Clocks
    why: str
    second: str
    action: str


@dataclass(frozen=True, slots=True)
class Looks:
    """The page of the court about one witness."""

    reference: str
    pseudonym: str
    case_reference: str
    case_number: str
    court: str
    asked: tuple[Leave, ...]
    leave: tuple[Leave, ...]
    looks: tuple[Look, ...]
    people: tuple[tuple[int, str], ...]
    needs_two: bool
    destruction: Certificate | None
    gone: Clocks | None
    may_order: bool
    may_see_case: bool


def door(unit: Unit, reference: str, *, by: Actor) -> Door:
    """What this person finds before the identity. To come here is no look, so nothing is written down."""
    witness = vault.witness_to_open(unit, reference, by=by)
    found, asked = None, None
    if by.account_id is not None:
        found = store.grant_for(unit.session, witness_id=witness.id, account_id=by.account_id, now=unit.now)
        asked = store.asked_for(unit.session, witness_id=witness.id, account_id=by.account_id)
    wants_two = found is not None and witness.case.court.looks_need_two
    return Door(
        reference=reference,
        pseudonym=witness.pseudonym,
        until=both_clocks(found.until_at, by=by) if found is not None and found.until_at else None,
        asked=asked is not None,
        needs_second=wants_two and found is not None and not is_seconded(found.seconded_at, now=unit.now),
        second_asked=found is not None and found.second_asked_at is not None and found.seconded_at is None,
        may_give=may(by, Action.GIVE_LEAVE, vault.relations_to(unit, witness, by=by)),
    )


def looks(unit: Unit, reference: str, *, by: Actor) -> Looks:
    """Who may look at this identity, who asks to, and who has: for her court."""
    witness = vault.witness_to_open(unit, reference, by=by, action=Action.GIVE_LEAVE)
    rows = [_leave(unit, row, by=by) for row in store.grants_of(unit.session, witness.id)]
    gone_at = destroying.gone_at(unit, witness)
    seen = [entry for entry in journal.history(unit, reference) if entry.action in LOOKS]
    return Looks(
        reference=reference,
        pseudonym=witness.pseudonym,
        case_reference=witness.case.reference,
        case_number=witness.case.number,
        court=witness.case.court.code,
        asked=tuple(row for row in rows if row.is_asked),
        leave=tuple(row for row in rows if row.given is not None),
        looks=_looks(seen, by=by),
        people=tuple((one.id, one.name) for one in vault_grants.who_could(unit, witness)),
        needs_two=witness.case.court.looks_need_two,
        destruction=destroying.of_witness(unit, witness, by=by),
        gone=both_clocks(gone_at, by=by) if gone_at else None,
        may_order=may(by, Action.ORDER_DESTRUCTION, vault.relations_to(unit, witness, by=by)),
        may_see_case=by.role is not None and may_ever(by.role, Action.REGISTER),
    )


def _looks(entries: Sequence[Entry], *, by: Actor) -> tuple[Look, ...]:
    """The newest first."""
    found = []
    for entry in reversed(entries[-MOST_LOOKS:]):
        facts = json.loads(entry.facts)
        when = both_clocks(entry.at, by=by)
        found.append(Look(entry.actor, when, facts.get("reason", ""), facts.get("second", ""), entry.action))
    return tuple(found)


def _leave(unit: Unit, row: VaultGrantRow, *, by: Actor) -> Leave:
    asked, given, until, ended = (
        both_clocks(at, by=by) if at is not None else None
        for at in (row.asked_at, row.given_at, row.until_at, row.ended_at)
    )
    runs = vault_grants.runs(row, now=unit.now)
    return Leave(
        public_id=row.public_id,
        name=row.account.name,
        role=ROLE_LABELS[row.account.role],
        reason=row.reason,
        given_by=row.given_by,
        given=given,
        until=until,
        asked=asked,
        ended=ended,
        ended_by=row.ended_by,
        runs=runs,
        second_reason=row.second_reason,
        wants_second=runs and row.second_asked_at is not None and row.seconded_at is None,
    )
