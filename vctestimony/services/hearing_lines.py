"""The one place for how any list shows a hearing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.services import screening
from vctestimony.services.hearing_clocks import Clocks
from vctestimony.services.unit import Unit
from vctestimony.store import options
from vctestimony.store.models import HearingRow, OptionRow

HeldTimes = Mapping[int, Sequence[OptionRow]]


@dataclass(frozen=True, slots=True)
class HearingLine:
    """A hearing in a list. While times are only held, `clocks` shows the first of them and `held` says how many."""

    reference: str
    case_number: str
    pseudonym: str
    state: State
    state_label: str
    court: str
    remote: str
    clocks: Clocks | None
    held: int = 0


def held_times(unit: Unit, rows: Sequence[HearingRow]) -> HeldTimes:
    """The times that are held, by hearing, of those for which times are only held."""
    return options.held_by_hearing(unit.session, [row.id for row in rows if row.state is State.PROPOSED])


def line_of(unit: Unit, row: HearingRow, held: HeldTimes, *, by: Actor) -> HearingLine:
    """The hearing as a list shows it to this person."""
    times = held.get(row.id, ())
    return HearingLine(
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        state=row.state,
        state_label=STATE_LABELS[row.state],
        court=row.court.name,
        remote=screening.remote_name(unit, row, by=by),
        clocks=screening.shown_clocks(row, times[0].starts_at if times else row.starts_at, by=by),
        held=len(times),
    )


def lines_of(unit: Unit, rows: Sequence[HearingRow], *, by: Actor) -> tuple[HearingLine, ...]:
    """Several of them."""
    held = held_times(unit, rows)
    return tuple(line_of(unit, row, held, by=by) for row in rows)
