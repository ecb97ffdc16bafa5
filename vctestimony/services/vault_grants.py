"""The use-cases of leave to open an identity: asked for, given until a minute, withdrawn at once, seconded once."""

from datetime import datetime

from vctestimony.domain.access import Action, Actor, Relation, may, relations_needed
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed
from vctestimony.domain.grants import Length, is_running, until
from vctestimony.domain.people import Role
from vctestimony.domain.wording import N_
from vctestimony.services import journal, resting, vault
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Unit
from vctestimony.store import witness_keys as store
from vctestimony.store.models import AccountRow, VaultGrantRow, WitnessRow


class NotToOneself(NotAllowed):
    """A coordinator's own leave comes from somebody else."""

    text = N_("Nobody but the presiding officer gives leave to himself or herself. Ask somebody else of the court.")


class NotHers(Invalid):
    """Only somebody of the court, or named on a hearing of this witness, can be given leave."""

    text = N_("Leave can be given only to somebody of this court or named on a hearing of this witness. Choose again.")


class AskedAlready(Conflict):
    """One request at a time."""

    text = N_("You have asked already. The court has not answered yet.")


class NoLongerOpen(Conflict):
    """Somebody settled it, or it is over."""

    text = N_("This was settled already, or it is over. Open the page again.")


class NotTheSecond(NotAllowed):
    """The second person is somebody else."""

    text = N_("A second person says yes: somebody else of the court than whoever looks.")


def ask(unit: Unit, reference: str, *, reason: str, by: Actor) -> None:
    """Ask for leave; the court sees it with the reason, in which no name stands."""
    witness = vault.witness_to_open(unit, reference, by=by)
    account_id = _account_of(by)
    if store.asked_for(unit.session, witness_id=witness.id, account_id=account_id) is not None:
        raise AskedAlready()
    kept = vault.reason_without_name(unit, witness, reason)
    row = _new(unit, witness, account_id=account_id, reason=kept)
    row.asked_at = unit.now
    unit.session.flush()
    journal.write(unit, "vault.leave_asked", subject=reference, by=by, leave=row.public_id, reason=kept)


def give(unit: Unit, reference: str, account_id: int, *, length: Length, reason: str, by: Actor) -> None:
    """Give leave to somebody of the court, or named on a hearing of hers, until a minute."""
    witness = vault.witness_to_open(unit, reference, by=by, action=Action.GIVE_LEAVE)
    kept = vault.reason_without_name(unit, witness, reason)
    account = next((one for one in who_could(unit, witness) if one.id == account_id), None)
    if account is None:
        raise NotHers(field="account")
    _given(unit, witness, _new(unit, witness, account_id=account_id, reason=kept), length=length, by=by)


def settle(unit: Unit, reference: str, public_id: str, *, length: Length | None, by: Actor) -> None:
    """Answer a request: leave for so long, or none."""
    witness, row = _found(unit, reference, public_id, by=by)
    if row.given_at is not None or row.ended_at is not None:
        raise NoLongerOpen()
    if length is not None:
        _given(unit, witness, row, length=length, by=by)
        return
    row.ended_at, row.ended_by = unit.now, by.name
    unit.session.flush()
    journal.write(unit, "vault.leave_refused", subject=reference, by=by, leave=public_id, to=row.account.name)


def withdraw(unit: Unit, reference: str, public_id: str, *, by: Actor) -> None:
    """Take leave back; the next look is refused."""
    _, row = _found(unit, reference, public_id, by=by)
    if not runs(row, now=unit.now):
        raise NoLongerOpen()
    row.ended_at, row.ended_by = unit.now, by.name
    unit.session.flush()
    journal.write(unit, "vault.leave_withdrawn", subject=reference, by=by, leave=public_id, to=row.account.name)


def ask_second(unit: Unit, reference: str, *, reason: str, by: Actor) -> None:
    """Ask that a second person say yes to one look."""
    witness = vault.witness_to_open(unit, reference, by=by)
    row = store.grant_for(
        unit.session, witness_id=witness.id, account_id=_account_of(by), now=unit.now, for_change=True
    )
    if row is None:
        raise vault.NoLeave()
    row.second_reason = vault.reason_without_name(unit, witness, reason)
    row.second_asked_at, row.seconded_at, row.seconded_by = unit.now, None, ""
    unit.session.flush()
    journal.write(unit, "vault.second_asked", subject=reference, by=by, leave=row.public_id, reason=row.second_reason)


def second(unit: Unit, reference: str, public_id: str, *, by: Actor) -> None:
    """Say yes to one look within the next half hour."""
    _, row = _found(unit, reference, public_id, by=by)
    if row.account_id == by.account_id:
        raise NotTheSecond()
    resting.check(unit, by.account_id)
    if row.second_asked_at is None or row.seconded_at is not None or not runs(row, now=unit.now):
        raise NoLongerOpen()
    row.seconded_at, row.seconded_by = unit.now, by.name
    unit.session.flush()
    journal.write(unit, "vault.seconded", subject=reference, by=by, leave=public_id, looks=row.account.name)


def runs(row: VaultGrantRow, *, now: datetime) -> bool:
    """Whether the leave holds at this instant."""
    return is_running(given_at=row.given_at, ended_at=row.ended_at, until_at=row.until_at, now=now)


def who_could(unit: Unit, witness: WitnessRow) -> list[AccountRow]:
    """The accounts to which leave can be given, by name."""
    own, named = (
        frozenset(role for role in Role if relation in relations_needed(role, Action.OPEN_VAULT))
        for relation in (Relation.OWN_COURT, Relation.NAMED)
    )
    return store.who_could(unit.session, witness, own=own, named=named)


def _given(unit: Unit, witness: WitnessRow, row: VaultGrantRow, *, length: Length, by: Actor) -> None:
    if row.account_id == by.account_id and by.role is not Role.PRESIDING_OFFICER:
        raise NotToOneself()
    for account_id in (by.account_id, row.account_id):
        resting.check(unit, account_id)
    account = unit.session.get_one(AccountRow, row.account_id)
    relations = vault.relations_to(unit, witness, by=actor_of(account))
    if not account.is_active or not may(actor_of(account), Action.OPEN_VAULT, relations):
        raise NotHers(field="account")
    row.given_at, row.until_at, row.given_by, row.given_by_id = (
        unit.now,
        until(unit.now, length),
        by.name,
        by.account_id,
    )
    unit.session.flush()
    facts = {"leave": row.public_id, "to": account.name, "until": row.until_at.isoformat(), "reason": row.reason}
    journal.write(unit, "vault.leave_given", subject=witness.reference, by=by, **facts)


def _new(unit: Unit, witness: WitnessRow, *, account_id: int, reason: str) -> VaultGrantRow:
    row = VaultGrantRow(
        public_id=unit.ports.random(16).hex(), witness_id=witness.id, account_id=account_id, reason=reason
    )
    unit.session.add(row)
    return row


def _found(unit: Unit, reference: str, public_id: str, *, by: Actor) -> tuple[WitnessRow, VaultGrantRow]:
    witness = vault.witness_to_open(unit, reference, by=by, action=Action.GIVE_LEAVE)
    row = store.grant_named(unit.session, public_id)
    if row is None or row.witness_id != witness.id:
        raise Absent()
    return witness, row


def _account_of(by: Actor) -> int:
    if by.account_id is None:
        raise NotAllowed()
    return by.account_id
