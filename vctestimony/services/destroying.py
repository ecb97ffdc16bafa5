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
from vctestimony.services import journal, legal_holds, vault, vault_rotation, witness_keys
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
    """What is told of a destruction: whose, by which order, and times. `done` is empty while it only waits.

    `done_by` is empty where a backup was restored that knew nothing of it: the mark beside the keys tells the time
    only.
    """

    key: str
    court: str
    case_number: str
    witness: str
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
    _check_there(unit, row)
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
    _check_there(unit, row)
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
    if not _is_begun(units, public_id):
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
            _forget(unit, row, by=by, done_by=by.name)


def waiting(unit: Unit, *, by: Actor) -> tuple[Certificate, ...]:
    """What was ordered, with what was done about it: the oldest order first."""
    rows: Sequence[WitnessKeyRow] = store.ordered(unit.session)
    return tuple(_certificate(unit, row, row.ordered_at, by=by) for row in rows if row.ordered_at is not None)


def count_waiting(unit: Unit) -> int:
    """How many keys are to be destroyed and are there."""
    return sum(witness_keys.destroyed_at(unit, row) is None for row in store.ordered(unit.session))


def certificate(unit: Unit, public_id: str, *, by: Actor) -> Certificate:
    """What is told of one destruction, for an administrator and for the court whose witness it was."""
    row = store.key_named(unit.session, public_id)
    if row is None or row.ordered_at is None or witness_keys.destroyed_at(unit, row) is None:
        raise Absent()
    return _certificate(unit, row, row.ordered_at, by=by)


def of_witness(unit: Unit, witness: WitnessRow, *, by: Actor) -> Certificate | None:
    """What was ordered about this witness's key, if anything."""
    row = store.key_of(unit.session, witness.id)
    if row is None or row.ordered_at is None:
        return None
    return _certificate(unit, row, row.ordered_at, by=by)


def gone_at(unit: Unit, witness: WitnessRow) -> datetime | None:
    """When the witness's key was destroyed, if it was."""
    row = store.key_of(unit.session, witness.id)
    return witness_keys.destroyed_at(unit, row) if row is not None else None


def remember(unit: Unit) -> None:
    """Write down again what a restored database does not know: keys whose part is gone were destroyed then."""
    for row in store.not_destroyed(unit.session):
        if unit.ports.parts.gone_at(row.public_id) is not None:
            _forget(unit, row, by=SYSTEM, done_by="")


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
            facts = {"order": row.order_reference, "reason": row.order_reason}
            journal.write(unit, "vault.destruction_ordered", subject=reference, by=SYSTEM, **facts)
        public_id = row.public_id
    carry_out(units, public_id, by=SYSTEM)
    return public_id


def _forget(unit: Unit, row: WitnessKeyRow, *, by: Actor, done_by: str) -> None:
    cases.forget_sealed(unit.session, row.witness_id)
    row.destroyed_at = unit.ports.parts.gone_at(row.public_id) or unit.now
    row.wrapped, row.destroyed_by = b"", done_by
    unit.session.flush()
    facts = {
        "order": row.order_reference,
        "pseudonym": row.witness.pseudonym,
        "destroyed_at": row.destroyed_at.isoformat(),
    }
    journal.write(unit, "vault.key_destroyed", subject=row.witness.reference, by=by, **facts)


def _is_begun(units: Units, public_id: str) -> bool:
    with units.reading() as unit:
        row = store.key_named(unit.session, public_id)
        return row is not None and unit.ports.parts.is_gone(public_id)


def _check_ordered(row: WitnessKeyRow) -> None:
    if row.destroyed_at is not None:
        raise DestroyedAlready()
    if row.ordered_at is None:
        raise NotOrdered()


def _check_there(unit: Unit, row: WitnessKeyRow) -> None:
    if witness_keys.destroyed_at(unit, row) is not None:
        raise DestroyedAlready()


def _witness_of(unit: Unit, reference: str, *, by: Actor) -> WitnessRow:
    return vault.witness_to_open(unit, reference, by=by, action=Action.ORDER_DESTRUCTION)


def _key_of(unit: Unit, witness: WitnessRow) -> WitnessKeyRow:
    row = store.key_of(unit.session, witness.id)
    if row is None:
        raise NothingSealed()
    if row.destroyed_at is not None:
        raise DestroyedAlready()
    return row


def _certificate(unit: Unit, row: WitnessKeyRow, ordered_at: datetime, *, by: Actor) -> Certificate:
    done = witness_keys.destroyed_at(unit, row)
    return Certificate(
        key=row.public_id,
        court=row.witness.case.court.name,
        case_number=row.witness.case.number,
        witness=row.witness.reference,
        pseudonym=row.witness.pseudonym,
        order=row.order_reference,
        ordered_by=row.ordered_by,
        ordered=both_clocks(ordered_at, by=by),
        done_by=row.destroyed_by,
        done=both_clocks(done, by=by) if done else None,
    )
