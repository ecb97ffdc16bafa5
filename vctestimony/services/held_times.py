"""The one place that shows a held time: on both clocks, until when, and how it stands by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from vctestimony.domain.instants import Reading, read
from vctestimony.domain.options import OPTION_STATE_LABELS, OptionState, standing
from vctestimony.services.hearing_clocks import Clocks, span_of
from vctestimony.services.timetables import lengths_of
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, OptionRow


@dataclass(frozen=True, slots=True)
class Held:
    """One option as pages show it: when, and until when it is held, on both clocks; how it stands by the clock."""

    number: int
    clocks: Clocks
    until: Reading
    until_remote: Reading
    standing: OptionState
    label: str
    start: str

    @property
    def is_held(self) -> bool:
        """Whether it can still be booked."""
        return self.standing is OptionState.HELD


def held_of(unit: Unit, row: HearingRow, options: Sequence[OptionRow]) -> tuple[Held, ...]:
    """The options as pages show them."""
    return tuple(_held(unit, row, option) for option in options)


def _held(unit: Unit, row: HearingRow, option: OptionRow) -> Held:
    state = standing(option.state, option.held_until, now=unit.now)
    return Held(
        number=option.number,
        clocks=span_of(row, option.starts_at, option.starts_at + timedelta(minutes=lengths_of(row).total)),
        until=read(option.held_until, row.court.zone, row.court.city),
        until_remote=read(option.held_until, row.remote.zone, row.remote.city),
        standing=state,
        label=OPTION_STATE_LABELS[state],
        start=option.starts_wall.isoformat(timespec="minutes"),
    )
