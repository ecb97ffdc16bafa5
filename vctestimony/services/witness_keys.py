"""The one place that seals with the key of one witness, so that destroying that key is forgetting her.

Her key is made with the first thing that is sealed. A hearing always has a witness, so each of its files has one.
What was sealed before there were such keys was sealed by the master key, and opens until it is moved.
"""

from base64 import b64decode, b64encode
from datetime import datetime

from vctestimony.domain.errors import Refusal
from vctestimony.domain.sealing import FileSealedForGood, NothingMoreOfHer, SealedForGood, Tampered
from vctestimony.services.unit import Unit
from vctestimony.services.vault_ports import DataKey
from vctestimony.store import witness_keys as store
from vctestimony.store.models import WitnessKeyRow, WitnessRow

PREFIX = "w-"
"""How the id of a witness's key begins wherever it stands beside what it sealed."""


def seal(unit: Unit, witness: WitnessRow, plain: str, *, bound_to: str) -> tuple[str, bytes]:
    """The id of the witness's key and the sealed bytes. Her key is made with the first thing that is sealed."""
    row = store.key_of(unit.session, witness.id) or _made(unit, witness)
    return PREFIX + row.public_id, _unwrapped(unit, row).seal(plain, bound_to=bound_to)


def opened(unit: Unit, witness: WitnessRow, sealed: bytes, *, key_id: str, bound_to: str) -> str:
    """The text, whichever kind of key sealed it; SealedForGood once the witness's key is destroyed."""
    row = store.key_of(unit.session, witness.id)
    if row is not None and row.destroyed_at is not None:
        raise SealedForGood()
    return _opened(unit, row, sealed, key_id=key_id, bound_to=bound_to)


def seal_file(unit: Unit, witness: WitnessRow, content: bytes, *, bound_to: str) -> tuple[str, bytes]:
    """The same of a file; NothingMoreOfHer once her key is destroyed."""
    try:
        return seal(unit, witness, b64encode(content).decode("ascii"), bound_to=bound_to)
    except SealedForGood as refusal:
        raise NothingMoreOfHer() from refusal


def opened_file(
    unit: Unit, witness: WitnessRow, sealed: bytes, *, key_id: str, bound_to: str, always_hers: bool = False
) -> bytes:
    """The bytes of a file, as `opened_text` gives a text; what was `always_hers` is shut whoever sealed it."""
    if always_hers and is_destroyed(unit, witness):
        raise FileSealedForGood()
    return b64decode(opened_text(unit, witness, sealed, key_id=key_id, bound_to=bound_to))


def opened_text(unit: Unit, witness: WitnessRow, sealed: bytes, *, key_id: str, bound_to: str) -> str:
    """The text by the key that sealed it; FileSealedForGood where that is hers and is destroyed.

    What a master key still seals opens then: an older version destroyed keys that did not hold it, and a mail may come
    after her key is gone.
    """
    try:
        return _opened(unit, store.key_of(unit.session, witness.id), sealed, key_id=key_id, bound_to=bound_to)
    except SealedForGood as refusal:
        raise FileSealedForGood() from refusal


def is_destroyed(unit: Unit, witness: WitnessRow) -> bool:
    """Whether her key was destroyed, by the database or by the mark beside the parts."""
    row = store.key_of(unit.session, witness.id)
    return row is not None and destroyed_at(unit, row) is not None


def is_gone(unit: Unit, witness: WitnessRow, key_id: str) -> bool:
    """Whether what this key sealed is sealed for good."""
    return key_id.startswith(PREFIX) and is_destroyed(unit, witness)


def _opened(unit: Unit, row: WitnessKeyRow | None, sealed: bytes, *, key_id: str, bound_to: str) -> str:
    if not key_id.startswith(PREFIX):
        return unit.ports.vault.open(sealed, key_id=key_id, bound_to=bound_to)
    if row is None or PREFIX + row.public_id != key_id:
        raise Tampered()
    return _unwrapped(unit, row).open(sealed, bound_to=bound_to)


def destroyed_at(unit: Unit, row: WitnessKeyRow) -> datetime | None:
    """When the key was destroyed, if it was: the mark beside the parts knows it where a backup does not."""
    return row.destroyed_at or unit.ports.parts.gone_at(row.public_id)


def bound_to(witness: WitnessRow) -> str:
    """What a witness's wrapped key is bound to: table, row and column."""
    return f"witness_key|{witness.reference}|wrapped"


def open_all(unit: Unit) -> bool:
    """Whether the master keys and parts at hand unwrap one key of each master key that wraps any."""
    for row in store.wrapped_samples(unit.session):
        try:
            _unwrapped(unit, row)
        except SealedForGood:
            continue
        except Refusal:
            return False
    return True


def wrap_some(unit: Unit, *, most: int) -> int:
    """Wrap some keys anew with the newest master key; gives how many. None: all are."""
    rows = store.wrapped_otherwise(unit.session, unit.ports.vault.newest, most=most)
    for row in rows:
        place = bound_to(row.witness)
        row.key_id, row.wrapped = unit.ports.vault.wrap_anew(row.wrapped, key_id=row.key_id, bound_to=place)
    return len(rows)


def place_of(witness: WitnessRow, field: str) -> str:
    """What a sealed field of the vault is bound to: table, row and column."""
    return f"vault|{witness.reference}|{field}"


def _made(unit: Unit, witness: WitnessRow) -> WitnessKeyRow:
    public_id = unit.ports.random(16).hex()
    part = unit.ports.parts.make(public_id)
    key_id, wrapped = unit.ports.vault.new_data_key(part, bound_to=bound_to(witness))
    row = WitnessKeyRow(public_id=public_id, witness_id=witness.id, key_id=key_id, wrapped=wrapped, made_at=unit.now)
    unit.session.add(row)
    unit.session.flush()
    return row


def _unwrapped(unit: Unit, row: WitnessKeyRow) -> DataKey:
    if row.destroyed_at is not None:
        raise SealedForGood()
    part = unit.ports.parts.read(row.public_id)
    place = bound_to(row.witness)
    return unit.ports.vault.data_key(
        row.wrapped, key_id=row.key_id, part=part, bound_to=place, named=PREFIX + row.public_id
    )
