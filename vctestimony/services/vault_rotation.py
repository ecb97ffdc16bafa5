"""The one place that moves what is sealed to the keys it should be sealed with, a few rows at a time while all serves.

What belongs to one witness goes to her own key; what belongs to the service, to the newest master key; and her key is
wrapped by the newest master key. Whatever stops it, the next run goes on where it stopped: every row is whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Conflict, Refusal
from vctestimony.domain.signing import HERS
from vctestimony.domain.wording import N_
from vctestimony.services import (
    busy_times,
    cycle_files,
    evidence,
    inbox,
    joining,
    journal,
    left_words,
    sealed_mails,
    second_steps,
    signing,
    witness_keys,
)
from vctestimony.services.unit import Unit, Units
from vctestimony.store import witness_keys as store
from vctestimony.store.base import Base
from vctestimony.store.models import (
    AuthenticatorRow,
    BusySourceRow,
    CycleFileRow,
    EvidenceRow,
    HearingRow,
    InboundRow,
    JoiningRow,
    LeftOutRow,
    OutboxRow,
    SigningCopyRow,
    VaultRow,
    WitnessKeyRow,
    WitnessRow,
)

AT_ONCE = 25
Row = TypeVar("Row", bound=Base)
_Kept = EvidenceRow | LeftOutRow | CycleFileRow | SigningCopyRow | InboundRow


class KeyInUse(Conflict):
    """What it sealed could not be opened any more."""

    text = N_("The key {key_id} cannot be retired: it still seals {uses}. Run: flask vault rewrap")


@dataclass(frozen=True, slots=True)
class Sealed(Generic[Row]):
    """A column that holds something sealed: which key sealed it, what it is bound to, and of which witness it is.

    `which` are the rows of the table that belong there, where not all do. `anew` seals a row that has more than one
    such column under one key.
    """

    row: type[Row]
    key: str
    content: str
    place: Callable[[Unit, Row], str]
    witness: Callable[[Unit, Row], WitnessRow] | None = None
    which: sa.ColumnElement[bool] | None = None
    anew: Callable[[Unit, Row], None] | None = None


def _hearing(unit: Unit, row: JoiningRow | _Kept) -> HearingRow:
    return unit.session.get_one(HearingRow, row.hearing_id)


def _of_hearing(unit: Unit, row: _Kept) -> WitnessRow:
    return _hearing(unit, row).witness


def _of_field(unit: Unit, row: VaultRow) -> WitnessRow:
    return unit.session.get_one(WitnessRow, row.witness_id)


def _kept_with_hearing(
    row: type[_Kept], content: str, place: Callable[[Any], str], *, which: sa.ColumnElement[bool] | None = None
) -> tuple[Sealed[Any], Sealed[Any]]:
    """What shows who the witness is goes to her key; what does not, or came when that was gone, to the service's."""
    hers = store.has_her_key(row, which=which)

    def placed(_: Unit, one: Any) -> str:  # noqa: ANN401  # the rows of any of these tables
        return place(one)

    return (
        Sealed(row, "key_id", content, placed, _of_hearing, which=hers),
        Sealed(row, "key_id", content, placed, which=sa.not_(hers)),
    )


_FILES: tuple[tuple[Sealed[Any], Sealed[Any]], ...] = (
    _kept_with_hearing(EvidenceRow, "content", lambda row: evidence.sealed_place(row.public_id)),
    _kept_with_hearing(LeftOutRow, "sealed", lambda row: left_words.sealed_place(row.public_id)),
    _kept_with_hearing(CycleFileRow, "content", lambda row: cycle_files.sealed_place(row.public_id)),
    _kept_with_hearing(
        SigningCopyRow,
        "original",
        lambda row: signing.sealed_place(row.code),
        which=SigningCopyRow.purpose.in_(sorted(HERS)),
    ),
    _kept_with_hearing(InboundRow, "sealed", lambda row: inbox.sealed_place(row.reference)),
)
_OF_WITNESSES: tuple[Sealed[Any], ...] = (
    Sealed(
        VaultRow,
        "key_id",
        "sealed",
        lambda unit, row: witness_keys.place_of(_of_field(unit, row), row.field),
        _of_field,
    ),
    *(hers for hers, _ in _FILES),
)
_OF_SERVICE: tuple[Sealed[Any], ...] = (
    Sealed(
        JoiningRow,
        "address_key_id",
        "address",
        lambda unit, row: joining.sealed_place(_hearing(unit, row), "address"),
    ),
    Sealed(
        JoiningRow,
        "passcode_key_id",
        "passcode",
        lambda unit, row: joining.sealed_place(_hearing(unit, row), "passcode"),
    ),
    *(others for _, others in _FILES),
    Sealed(
        OutboxRow,
        "key_id",
        "body",
        lambda _, row: sealed_mails.place_of(row.message_id, "body"),
        anew=sealed_mails.seal_anew,
    ),
    Sealed(AuthenticatorRow, "key_id", "sealed", lambda _, row: second_steps.sealed_place(row.account_id)),
    Sealed(BusySourceRow, "key_id", "sealed", lambda _, row: busy_times.sealed_place(row)),
)


def move_to_witness_keys(units: Units) -> int:
    """Seal with each witness's own key what a master key sealed; gives how much. Nothing to do costs a query each."""
    return sum(_all_of(units, sealed) for sealed in _OF_WITNESSES)


def move_quietly(units: Units) -> None:
    """The same among other chores, and mails that lie there unsealed.

    Where a key is missing, mail goes on, and `flask check` tells of it.
    """
    try:
        move_to_witness_keys(units)
        sealed_mails.seal_old(units)
    except Refusal:
        return


def rewrap(units: Units) -> int:
    """Bring everything to the keys it should have; gives how many rows were sealed or wrapped anew."""
    count = move_to_witness_keys(units) + sealed_mails.seal_old(units)
    count += sum(_all_of(units, sealed) for sealed in _OF_SERVICE)
    while wrapped := _wrapped(units):
        count += wrapped
    if count:
        with units.writing() as unit:
            journal.write(unit, "vault.rewrapped", subject="vault", by=SYSTEM, rows=count, key=unit.ports.vault.newest)
    return count


def uses(unit: Unit, key_id: str) -> Mapping[str, int]:
    """What a master key still seals or wraps, by table."""
    found: dict[str, int] = {}
    tables = [(one.row, one.key) for one in (*_OF_WITNESSES, *_OF_SERVICE)]
    kept: type[Base] = WitnessKeyRow
    for row, key in (*tables, (kept, "key_id")):
        count = store.uses(unit.session, row, key, key_id)
        if count:
            found[row.__tablename__] = max(count, found.get(row.__tablename__, 0))
    return found


def retire(units: Units, key_id: str) -> None:
    """Take a master key out of the file; refused while anything needs it."""
    with units.writing() as unit:
        found = uses(unit, key_id)
        if found:
            raise KeyInUse(key_id=key_id, uses=", ".join(f"{table}: {count}" for table, count in found.items()))
        unit.ports.master_keys.remove(key_id)
        journal.write(unit, "vault.key_retired", subject="vault", by=SYSTEM, key=key_id)


def _wrapped(units: Units) -> int:
    with units.writing(wakes=False) as unit:
        return witness_keys.wrap_some(unit, most=AT_ONCE)


def _all_of(units: Units, sealed: Sealed[Any]) -> int:
    count = 0
    while done := _some_of(units, sealed):
        count += done
    return count


def _some_of(units: Units, sealed: Sealed[Any]) -> int:
    with units.reading() as unit:
        if not _found(unit, sealed, most=1):
            return 0
    with units.writing(wakes=False) as unit:
        rows = _found(unit, sealed, most=AT_ONCE)
        for row in rows:
            _seal_anew(unit, sealed, row)
        return len(rows)


def _found(unit: Unit, sealed: Sealed[Any], *, most: int) -> list[Any]:
    newest = "" if sealed.witness else unit.ports.vault.newest
    found = store.sealed_otherwise(
        unit.session,
        sealed.row,
        sealed.key,
        newest=newest,
        prefix=witness_keys.PREFIX,
        which=sealed.which,
        most=most,
    )
    return list(found)


def _seal_anew(unit: Unit, sealed: Sealed[Row], row: Row) -> None:
    if sealed.anew is not None:
        sealed.anew(unit, row)
        return
    place = sealed.place(unit, row)
    plain = unit.ports.vault.open(getattr(row, sealed.content), key_id=getattr(row, sealed.key), bound_to=place)
    if sealed.witness is not None:
        key_id, content = witness_keys.seal(unit, sealed.witness(unit, row), plain, bound_to=place)
    else:
        key_id, content = unit.ports.vault.seal(plain, bound_to=place)
    setattr(row, sealed.key, key_id)
    setattr(row, sealed.content, content)
