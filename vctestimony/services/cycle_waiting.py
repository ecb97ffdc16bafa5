"""The one place that lists the transcripts which wait for one person: whose turn it is, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.cycle import Rung, ended_by_seal
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.record.dispatch import Watch, watched
from vctestimony.services import cycle_standing, hearing_clocks
from vctestimony.services.access import hearings_of, may_do
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, is_court
from vctestimony.store import records
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A transcript whose next step is at this person's end; `to_do` is marked with N_."""

    reference: str
    case_number: str
    pseudonym: str
    to_do: str
    since: BothClocks
    is_late: bool


def waiting(unit: Unit, rows: Iterable[HearingRow], *, by: Actor) -> tuple[WaitingView, ...]:
    """Those of these hearings, the longest waiting first. What was not begun yet is a step of the checklist."""
    mine = [row for row in rows if row.state in HELD and may_do(row, Action.KEEP_CYCLE, by=by)]
    standing = cycle_standing.standings_of(unit, mine)
    found = []
    for row in mine:
        stands = standing.get(row.id)
        if stands is None or stands.next is None or stands.latest is None:
            continue
        if ended_by_seal(stands, sealed=records.is_sealed(unit.session, row.id)):
            continue
        if (RUNGS[stands.next].end is End.COURT) is is_court(row, by):
            found.append((stands.latest.happened_at, _view(unit, row, stands.next, stands.latest.happened_at)))
    return tuple(view for _, view in sorted(found, key=lambda pair: (pair[0], pair[1].reference)))


def page(unit: Unit, *, by: Actor) -> tuple[WaitingView, ...]:
    """The same of every hearing that this person may see."""
    return waiting(unit, hearings_of(unit, by=by, states=HELD), by=by)


def _view(unit: Unit, row: HearingRow, rung: Rung, since_at: datetime) -> WaitingView:
    return WaitingView(
        reference=row.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        to_do=RUNGS[rung].to_do,
        since=hearing_clocks.both(row, since_at),
        is_late=rung is Rung.DISPATCHED and _is_late(unit, row),
    )


def _is_late(unit: Unit, row: HearingRow) -> bool:
    """Whether the days within which the hard copy is to be sent are over."""
    due = cycle_standing.due_of(row)
    return due is not None and watched(due, dispatched_at=None, now=unit.now) is Watch.PAST
