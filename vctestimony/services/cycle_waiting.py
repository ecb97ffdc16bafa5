"""The one place that lists the transcripts which wait for one person: whose turn it is, and since when."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.cycle import HARD_COPY, Move, Rung, ended_by_seal, ladder_of
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.record.dispatch import Watch, watched
from vctestimony.services import cycle_standing, hearing_clocks
from vctestimony.services.access import acted_on
from vctestimony.services.facts import HOME
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, is_court
from vctestimony.store import cycle as store
from vctestimony.store import hearings
from vctestimony.store.cycle import Last
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


def waiting(unit: Unit, *, by: Actor, most: int | None = None) -> tuple[tuple[WaitingView, ...], int]:
    """Those of every hearing on which this person keeps the transcript, the longest waiting first; and how many more
    there are. What was not begun yet is a step of the checklist."""
    mine = acted_on(unit, Action.KEEP_CYCLE, by=by) & HearingRow.state.in_(sorted(HELD))
    last = {one.hearing_id: one for one in store.last_moves(unit.session, mine) if _may_wait_for(one, by)}
    shown = list(last)[:most]
    rows = hearings.listed(unit.session, HearingRow.id.in_(shown)) if shown else ()
    standing = cycle_standing.standings_of(unit, rows)
    found = []
    for row in rows:
        stands = standing[row.id]
        if stands.next is None or stands.latest is None:
            continue
        if ended_by_seal(stands, sealed=last[row.id].is_sealed):
            continue
        if (RUNGS[stands.next].end is End.COURT) is is_court(row, by):
            found.append((stands.latest.happened_at, _view(unit, row, stands.next, stands.latest.happened_at)))
    views = tuple(view for _, view in sorted(found, key=lambda pair: (pair[0], pair[1].reference)))
    return views, len(last) - len(shown)


def page(unit: Unit, *, by: Actor) -> tuple[WaitingView, ...]:
    """All of them."""
    return waiting(unit, by=by)[0]


def _may_wait_for(last: Last, by: Actor) -> bool:
    """Whether, by its last move alone, it is this person's turn; after a step back or another path all moves say."""
    ladder = ladder_of(last.path, abroad=last.country != HOME)
    if last.move is not Move.DONE or last.rung not in ladder:
        return True
    coming = ladder[ladder.index(last.rung) + 1 :]
    if not coming or (last.is_sealed and coming[0] not in HARD_COPY):
        return False
    return (RUNGS[coming[0]].end is End.COURT) is (last.court_id == by.post_id)


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
