"""What the page of the deposition says where its stages and those of the log differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import Duty
from vctestimony.domain.record.speech import STAGE_LABELS, Stage
from vctestimony.domain.record.stage_course import Amiss, Difference, Taken, differences, going_on
from vctestimony.services import hearing_clocks, logbook
from vctestimony.services.unit import Unit
from vctestimony.store.models import DepositionRow, HearingRow


@dataclass(frozen=True, slots=True)
class StageWarning:
    """One difference: the stage of the line and that of the log; labels are marked with N_.

    `entry` is the number of the log's entry, `logged` its time; neither where the log has none.
    """

    amiss: Amiss
    line: int
    stage: Stage
    label: str
    taken: BothClocks | None
    going_on: str = ""
    entry: int | None = None
    logged: BothClocks | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What the log and the list of people tell whoever types: the present stage, what differs, who translates."""

    stage: str = ""
    warnings: tuple[StageWarning, ...] = ()
    interpreter: str = ""


def beside(unit: Unit, hearing: HearingRow, rows: Sequence[DepositionRow]) -> Beside:
    """For somebody who takes down what is said, with the lines so far."""
    log = logbook.entries(unit, hearing)
    now, found = going_on(log), differences(_taken(rows), log)
    return Beside(
        stage=now.facts["stage"] if now else "",
        warnings=tuple(_warning(hearing, one) for one in found),
        interpreter=_interpreter(hearing),
    )


def _taken(rows: Sequence[DepositionRow]) -> tuple[Taken, ...]:
    """The lines; a line that was corrected since says no more when it was taken down."""
    return tuple(
        Taken(row.number, Stage(row.stage), row.spoken_at or (row.written_at if row.version == 1 else None))
        for row in rows
    )


def _warning(hearing: HearingRow, one: Difference) -> StageWarning:
    line, entry = one.line, one.entry
    return StageWarning(
        amiss=one.amiss,
        line=line.number,
        stage=line.stage,
        label=STAGE_LABELS[line.stage],
        taken=hearing_clocks.both(hearing, line.at) if line.at else None,
        going_on=STAGE_LABELS[Stage(entry.facts["stage"])] if entry else "",
        entry=entry.number if entry else None,
        logged=hearing_clocks.both(hearing, entry.happened_at) if entry else None,
    )


def _interpreter(hearing: HearingRow) -> str:
    """Who is appointed to interpret; nothing where nobody is, or more than one."""
    found = [
        person.official.name
        for person in hearing.participants
        if person.duty is Duty.INTERPRETER and person.removed_at is None
    ]
    return found[0] if len(found) == 1 else ""
