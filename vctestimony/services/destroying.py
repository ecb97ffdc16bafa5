"""The use-cases of forgetting a witness: the presiding officer orders it, an administrator destroys her key.

The order is committed before the file is touched, and that it is done after it is gone: whatever stops between the two
leaves an order that waits, never a key said to be destroyed that is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import SYSTEM, Action, Actor
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.instants import Reading
from vctestimony.domain.wording import N_
from vctestimony.services import journal, legal_holds, vault, vault_rotation
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit, Units
from vctestimony.store import cases
from vctestimony.store import witness_keys as store
from vctestimony.store.models import WitnessKeyRow, WitnessRow


class NothingSealed(Conflict):
    """There is no key to destroy."""

    text = N_("Nothing is sealed about this witness, so there is no key to destroy.")


class OrderedAlready(Conflict):
    """One order is enough."""

    text = N_("The destruction of this key was ordered already.")


class DestroyedAlready(Conflict):
    """It cannot be done twice, nor undone."""

    text = N_("This key was destroyed already. It cannot be brought back.")


class NotOrdered(Conflict):
    """Nobody destroys a key on his or her own."""

    text = N_("The presiding officer has not ordered this, or has recalled it.")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is told of a destruction: pseudonym, order and times. `done` is empty while it only waits."""

    key: str
    pseudonym: str
    order: str
    ordered_by: str
    ordered: tuple[Reading, Reading]
    done_by: str
    done: tuple[Reading, Reading] | None


def order(unit: Unit, reference: str, *, order_reference: str, reason: str, by: Actor) -> None:
    """Order that the witness's key be destroyed; an administrator finds it among what is to be done."""
    witness = _witness_of(unit, reference, by=by)
    row = _key_of(unit, witness)
    legal_holds.check_free(unit, witness.case_id)
    if row.ordered_at is not None:
        raise OrderedAlready()
    row.order_reason = vault.reason_without_name(unit, witness, reason)
    row.order_reference = vault.nameless(unit, witness, order_reference)
    row.ordered_by, row.ordered_at = by.name, unit.now
    unit.session.flush()
    facts = {"order": row.order_reference, "reason": row.order_reason}
    journal.write(unit, "vault.destruction_ordered", subject=reference, by=by, **facts)


def recall(unit: Unit, reference: str, *, by: Actor) -> None:
    """Take the order back, while nothing is destroyed."""
    row = _key_of(unit, _witness_of(unit, reference, by=by))
    if row.ordered_at is None:
        raise NotOrdered()
    row.ordered_at, row.ordered_by, row.order_reason, row.order_reference = None, "", "", ""
    unit.session.flush()
    journal.write(unit, "vault.destruction_recalled", subject=reference, by=by)


def carry_out(units: Units, public_id: str, *, by: Actor) -> None:
    """Destroy the key: first the file outside the database, then what it sealed here. Done again after a crash, it
    finishes what was begun. What a master key sealed in older times goes to the witness's key before. A case on legal
    hold keeps it: OnHold names the hold.
    """
    vault_rotation.move_to_witness_keys(units)
    with units.writing(wakes=False) as unit:  # a legal hold waits until the file is gone, or is there before
        legal_holds.queue(unit)
        row = store.key_named(unit.session, public_id)
        if row is None:
            raise Absent()
        _check_ordered(row)
        if not unit.ports.parts.is_gone(public_id):
            legal_holds.check_free(unit, row.witness.case_id)
        unit.ports.parts.destroy(public_id, at=unit.now)
    with units.writing() as unit:
        row = store.key_named(unit.session, public_id)
        if row is None or not unit.ports.parts.is_gone(public_id):
            raise Absent()
        if row.destroyed_at is None:
            _forget(unit, row, by=by)


def waiting(unit: Unit, *, by: Actor) -> tuple[Certificate, ...]:
    """What was ordered, with what was done about it: the oldest order first."""
    rows: Sequence[WitnessKeyRow] = store.ordered(unit.session)
    return tuple(_certificate(row, row.ordered_at, by=by) for row in rows if row.ordered_at is not None)


def certificate(unit: Unit, public_id: str, *, by: Actor) -> Certificate:
    """What is told of one destruction, for an administrator and for the court whose witness it was."""
    row = store.key_named(unit.session, public_id)
    if row is None or row.ordered_at is None or row.destroyed_at is None:
        raise Absent()
    return _certificate(row, row.ordered_at, by=by)


def of_witness(unit: Unit, witness: WitnessRow, *, by: Actor) -> Certificate | None:
    """What was ordered about this witness's key, if anything."""
    row = store.key_of(unit.session, witness.id)
    return _certificate(row, row.ordered_at, by=by) if row is not None and row.ordered_at is not None else None


def destroy_by_command(units: Units, reference: str, *, order_reference: str, reason: str) -> str:
    """Both at once, for the operator who has the order on paper; gives the name of the destroyed key."""
    with units.writing() as unit:
        witness = cases.witness_by_reference(unit.session, reference)
        if witness is None:
            raise Absent()
        row = _key_of(unit, witness)
        legal_holds.check_free(unit, witness.case_id)
        if row.ordered_at is None:
            row.order_reference = vault.nameless(unit, witness, order_reference)
            row.order_reason = vault.reason_without_name(unit, witness, reason)
            row.ordered_by, row.ordered_at = SYSTEM.name, unit.now
            unit.session.flush()
            facts = {"order": order_reference, "reason": row.order_reason}
            journal.write(unit, "vault.destruction_ordered", subject=reference, by=SYSTEM, **facts)
        public_id = row.public_id
    carry_out(units, public_id, by=SYSTEM)
    return public_id


def _forget(unit: Unit, row: WitnessKeyRow, *, by: Actor) -> None:
    cases.forget_sealed(unit.session, row.witness_id)
    row.wrapped, row.destroyed_at, row.destroyed_by = b"", unit.now, by.name
    unit.session.flush()
    facts = {"order": row.order_reference, "pseudonym": row.witness.pseudonym}
    journal.write(unit, "vault.key_destroyed", subject=row.witness.reference, by=by, **facts)


def _check_ordered(row: WitnessKeyRow) -> None:
    if row.destroyed_at is not None:
        raise DestroyedAlready()
    if row.ordered_at is None:
        raise NotOrdered()


def _witness_of(unit: Unit, reference: str, *, by: Actor) -> WitnessRow:
    return vault.witness_to_open(unit, reference, by=by, action=Action.ORDER_DESTRUCTION)


def _key_of(unit: Unit, witness: WitnessRow) -> WitnessKeyRow:
    row = store.key_of(unit.session, witness.id)
    if row is None:
        raise NothingSealed()
    if row.destroyed_at is not None:
        raise DestroyedAlready()
    return row


def _certificate(row: WitnessKeyRow, ordered_at: datetime, *, by: Actor) -> Certificate:
    return Certificate(
        key=row.public_id,
        pseudonym=row.witness.pseudonym,
        order=row.order_reference,
        ordered_by=row.ordered_by,
        ordered=both_clocks(ordered_at, by=by),
        done_by=row.destroyed_by,
        done=both_clocks(row.destroyed_at, by=by) if row.destroyed_at else None,
    )
