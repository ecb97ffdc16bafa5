"""The one place that says what a record is bound to: its addenda, the record before it and the one that goes on."""

from dataclasses import dataclass

from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.addenda import ADDENDA, AddendumKind
from vctestimony.services import hearing_clocks
from vctestimony.services.unit import Unit
from vctestimony.store import addenda as store
from vctestimony.store import records
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class AddedLine:
    """An addendum in the list of the record; its label is marked with N_."""

    code: str
    number: int
    label: str
    by: str
    sealed: BothClocks


@dataclass(frozen=True, slots=True)
class Sibling:
    """The hearing before or after in a part-heard testimony, and the code of its record if that is sealed."""

    reference: str
    code: str


@dataclass(frozen=True, slots=True)
class Links:
    """Everything that a record is bound to."""

    addenda: tuple[AddedLine, ...]
    earlier: Sibling | None
    later: Sibling | None


def links_of(unit: Unit, hearing: HearingRow) -> Links:
    """The links of one hearing's record."""
    return Links(
        addenda=tuple(
            AddedLine(
                row.code,
                row.number,
                ADDENDA[AddendumKind(row.kind)].label,
                row.by,
                hearing_clocks.both(hearing, row.sealed_at),
            )
            for row in store.of_hearing(unit.session, hearing.id)
        ),
        earlier=_sibling(unit, hearing.continues),
        later=_sibling(unit, records.continuation(unit.session, hearing.id)),
    )


def _sibling(unit: Unit, hearing: HearingRow | None) -> Sibling | None:
    if hearing is None:
        return None
    row = records.sealed(unit.session, hearing.id)
    return Sibling(hearing.reference, row.code if row else "")
