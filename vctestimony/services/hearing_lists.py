"""What the first page shows: what waits for somebody, and the next hearings. It reads no more than that."""

from dataclasses import dataclass
from datetime import date, timedelta

from vctestimony.domain.access import Action, Actor, may_ever, may_manage
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import wall_of
from vctestimony.services import court_tasks, cycle_waiting, inbox_views, own_answers, own_steps, stranded
from vctestimony.services.access import acted_on, may_do, seen
from vctestimony.services.conduct import EARLIEST
from vctestimony.services.court_tasks import More, Waiting
from vctestimony.services.cycle_waiting import WaitingView
from vctestimony.services.hearing_lines import HearingLine, lines_of
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, hearings
from vctestimony.store.models import HearingRow
from vctestimony.store.waiting import OVER, TIMED

NEXT_SHOWN = 8
WAITING_SHOWN = 5
MISFIT_DAYS = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Today:
    """The first page. `misfits` counts hearings of the own court that no longer fit a calendar; the post with the code
    `court` lists them. `unanswered` are those that ask this person, whose own answer is still missing. `mails`
    counts mails that came in and wait to be read, `standings` are hearings with steps overdue or due in a day.
    `in_session` are those that the court has opened and not closed, with whether this person keeps their log; for
    whoever keeps it also those that can be opened by now.
    `more` says by what more waits than stands here; the fields that end in `_left` count what is left out."""

    on: date
    waiting: tuple[Waiting, ...]
    coming: tuple[HearingLine, ...]
    has_hearings: bool
    may_register: bool
    more: tuple[More, ...] = ()
    unanswered: tuple[HearingLine, ...] = ()
    unanswered_left: int = 0
    misfits: int = 0
    court: str = ""
    mails: int = 0
    standings: tuple[own_steps.Standing, ...] = ()
    standings_left: int = 0
    may_tick: bool = False
    transcripts: tuple[WaitingView, ...] = ()
    transcripts_left: int = 0
    in_session: tuple[tuple[HearingLine, bool], ...] = ()

    @property
    def pressing(self) -> tuple[Waiting, ...]:
        """What must be acted on now, and the first of the rest."""
        must = sum(one.tone == "bad" for one in self.waiting)
        shown = max(must, WAITING_SHOWN)
        return self.waiting if len(self.waiting) == shown + 1 else self.waiting[:shown]

    @property
    def later(self) -> tuple[Waiting, ...]:
        """What may be folded: nothing of it must be acted on now."""
        return self.waiting[len(self.pressing) :]


def today(unit: Unit, *, by: Actor, language: str = "") -> Today:
    """What waits for this person, and the next hearings."""
    mine, row = seen(by), HearingRow
    tasks = court_tasks.tasks(unit, by=by)
    soon = mine & row.state.in_(TIMED) & (row.starts_at > unit.now - timedelta(days=1))
    asking, asking_left = own_answers.waiting(unit, by=by)
    standings, standings_left = own_steps.standings(unit, language=language or by.language, by=by)
    transcripts, transcripts_left = cycle_waiting.waiting(unit, by=by, most=WAITING_SHOWN)
    misfits, court = _misfits(unit, by=by)
    return Today(
        on=wall_of(unit.now, by.zone or "UTC").date(),
        waiting=tasks.shown,
        more=tasks.more,
        coming=lines_of(unit, hearings.listed(unit.session, soon, most=NEXT_SHOWN), by=by),
        has_hearings=hearings.is_any(unit.session, mine & row.state.not_in(OVER)),
        unanswered=lines_of(unit, asking, by=by),
        unanswered_left=asking_left,
        may_register=by.role is not None and may_ever(by.role, Action.REGISTER),
        misfits=misfits,
        court=court,
        mails=inbox_views.count_open(unit, by=by),
        standings=standings,
        standings_left=standings_left,
        may_tick=by.role is not None and may_ever(by.role, Action.TICK),
        transcripts=transcripts,
        transcripts_left=transcripts_left,
        in_session=_in_session(unit, by=by),
    )


def _in_session(unit: Unit, *, by: Actor) -> tuple[tuple[HearingLine, bool], ...]:
    row = HearingRow
    at_hand = (row.state == State.CONFIRMED) & (row.starts_at <= unit.now + EARLIEST)
    rows = hearings.listed(unit.session, seen(by) & ((row.state == State.IN_SESSION) | at_hand))
    keeps = {one.id: may_do(one, Action.CONDUCT, by=by) for one in rows}
    shown = [one for one in rows if one.state is State.IN_SESSION or keeps[one.id]]
    return tuple(zip(lines_of(unit, shown, by=by), (keeps[one.id] for one in shown), strict=True))


def _misfits(unit: Unit, *, by: Actor) -> tuple[int, str]:
    """How many with a time in the coming days, of the court whose calendar this person keeps, and the court's code."""
    if by.post_id is None or not may_manage(by, post_id=by.post_id):
        return 0, ""
    row = HearingRow
    own = acted_on(unit, Action.BOOK, by=by) & (row.court_id == by.post_id) & row.state.in_(TIMED)
    near = own & (row.starts_at > unit.now) & (row.starts_at < unit.now + MISFIT_DAYS)
    count, court = stranded.count_among(unit, near), accounts.post(unit.session, by.post_id)
    return count, court.code if count and court is not None else ""
