"""What the first page shows: what waits for somebody, and the next hearings; and how any list shows a hearing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vctestimony.domain.access import Action, Actor, may_ever, may_manage
from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.domain.instants import wall_of
from vctestimony.domain.wording import N_
from vctestimony.services import (
    cycle_waiting,
    gates,
    inbox_views,
    own_answers,
    own_steps,
    people_states,
    screening,
    timezones,
)
from vctestimony.services.access import hearings_of, may_do
from vctestimony.services.conduct import EARLIEST
from vctestimony.services.cycle_waiting import WaitingView
from vctestimony.services.hearing_clocks import Clocks
from vctestimony.services.stranded import count_stranded
from vctestimony.services.unit import Unit
from vctestimony.store import joining, options, planning, proposals
from vctestimony.store.models import HearingRow, OptionRow

HeldTimes = Mapping[int, Sequence[OptionRow]]
NEXT_SHOWN = 8
WAITING_SHOWN = 5
MISFIT_DAYS = timedelta(days=92)
_NEW_ADDRESS = N_("Enter a new joining address: somebody knows it who should not any more, or the time is another.")
_RULES_CHANGED = N_(
    "The official time has changed since this hour was agreed. Telephone both ends; the administrator can move all "
    "such hearings at once."
)
_OVER = frozenset({State.CANCELLED, State.LAPSED})
_TIMED = frozenset({State.BOOKED, State.CONFIRMED})


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody should do now: about which hearing, what (a marked text), and how pressing."""

    hearing: HearingLine
    what: str
    tone: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Today:
    """The first page. `misfits` counts hearings of the own court that no longer fit a calendar; the post with the code
    `court` lists them. `unanswered` are those that ask this person, whose own answer is still missing. `mails`
    counts mails that came in and wait to be read, `standings` are hearings with steps overdue or due in a day.
    `in_session` are those that the court has opened and not closed, with whether this person keeps their log; for
    whoever keeps it also those that can be opened by now."""

    on: date
    waiting: tuple[Waiting, ...]
    coming: tuple[HearingLine, ...]
    has_hearings: bool
    may_register: bool
    unanswered: tuple[HearingLine, ...] = ()
    misfits: int = 0
    court: str = ""
    mails: int = 0
    standings: tuple[own_steps.Standing, ...] = ()
    may_tick: bool = False
    transcripts: tuple[WaitingView, ...] = ()
    in_session: tuple[tuple[HearingLine, bool], ...] = ()

    @property
    def pressing(self) -> tuple[Waiting, ...]:
        """What must be acted on now, however much that is, and the first of the rest."""
        must = sum(one.tone == "bad" for one in self.waiting)
        shown = max(must, WAITING_SHOWN)
        return self.waiting if len(self.waiting) == shown + 1 else self.waiting[:shown]

    @property
    def later(self) -> tuple[Waiting, ...]:
        """What may be folded: nothing of it must be acted on now."""
        return self.waiting[len(self.pressing) :]


def today(unit: Unit, *, by: Actor, language: str = "") -> Today:
    """What waits for this person, and the next hearings."""
    rows = [row for row in hearings_of(unit, by=by) if row.state not in _OVER]
    own = [row for row in rows if may_do(row, Action.BOOK, by=by)]
    ids = [row.id for row in own]
    steps = planning.open_steps(unit.session, ids, gate=gates.CONFIRM)
    failed = planning.undelivered(unit.session, ids)
    proposed = proposals.open_counts(unit.session, ids)
    known = joining.to_be_changed(unit.session, ids)
    held = held_times(unit, own)
    waiting: list[Waiting] = []
    for row in own:
        waiting += _waiting(unit, row, held, open_steps=steps.get(row.id, 0), undelivered=row.id in failed, by=by)
        waiting += _proposed(unit, row, held, proposed.get(row.id, 0), by=by)
        waiting += [Waiting(line_of(unit, row, held, by=by), _NEW_ADDRESS, "bad", {})] if row.id in known else []
    soon = [
        row for row in rows if row.state in _TIMED and row.starts_at and row.starts_at > unit.now - timedelta(days=1)
    ]
    ahead = _kept_ahead(unit, own, by=by)
    return Today(
        on=wall_of(unit.now, by.zone or "UTC").date(),
        waiting=tuple(sorted(waiting, key=lambda one: one.tone != "bad")),
        coming=tuple(line_of(unit, row, held, by=by) for row in soon[:NEXT_SHOWN]),
        has_hearings=bool(rows),
        unanswered=tuple(line_of(unit, row, held, by=by) for row in own_answers.waiting(unit, rows, by=by)),
        may_register=by.role is not None and may_ever(by.role, Action.REGISTER),
        misfits=count_stranded(unit, ahead),
        court=ahead[0].court.code if ahead else "",
        mails=inbox_views.count_open(unit, by=by),
        standings=own_steps.standings(unit, rows, language=language or by.language, by=by),
        may_tick=by.role is not None and may_ever(by.role, Action.TICK),
        transcripts=cycle_waiting.waiting(unit, rows, by=by),
        in_session=tuple(
            (line_of(unit, row, held, by=by), may_do(row, Action.CONDUCT, by=by))
            for row in rows
            if row.state is State.IN_SESSION or _is_at_hand(unit, row, by=by)
        ),
    )


def _is_at_hand(unit: Unit, row: HearingRow, *, by: Actor) -> bool:
    """Whether it is confirmed, its hour has come or passed, and this person keeps its log."""
    due = row.starts_at is not None and row.starts_at - EARLIEST <= unit.now
    return due and row.state is State.CONFIRMED and may_do(row, Action.CONDUCT, by=by)


def _kept_ahead(unit: Unit, rows: Sequence[HearingRow], *, by: Actor) -> Sequence[HearingRow]:
    """Those with a time in the coming days, of the court whose calendar this person keeps."""
    until = unit.now + MISFIT_DAYS
    return [
        row
        for row in rows
        if row.court_id == by.post_id and may_manage(by, post_id=row.court_id) and row.state in _TIMED
        if row.starts_at and unit.now < row.starts_at < until
    ]


def _waiting(
    unit: Unit, row: HearingRow, held: HeldTimes, *, open_steps: int, undelivered: bool, by: Actor
) -> list[Waiting]:
    found: list[tuple[str, str, dict[str, int]]] = []
    declined = len(people_states.who_stop(row))
    if undelivered:
        found.append((N_("A mail could not be delivered. Telephone."), "bad", {}))
    if declined:
        found.append(
            (N_("{declined} cannot come. Find another time or another person."), "bad", {"declined": declined})
        )
    if row.state is State.REQUESTED:
        found.append((N_("No time yet. Find one that suits both sides."), "warn", {}))
    if row.state is State.PROPOSED:
        text, tone = _held_words(unit, held.get(row.id, ()))
        found.append((text, tone, {}))
    if row.state is State.BOOKED and open_steps:
        found.append((N_("Steps still standing before confirming: {steps}."), "warn", {"steps": open_steps}))
    if row.state is State.BOOKED and not open_steps and not gates.missing_of(row):
        found.append((N_("Nothing stands in the way: confirm it."), "ok", {}))
    if row.starts_at is not None and row.starts_at > unit.now and timezones.found_in(row) is not None:
        found.append((_RULES_CHANGED, "bad", {}))
    line = line_of(unit, row, held, by=by)
    return [Waiting(line, what, tone, counts) for what, tone, counts in found]


def _proposed(unit: Unit, row: HearingRow, held: HeldTimes, count: int, *, by: Actor) -> list[Waiting]:
    """What people propose and nobody has decided."""
    what = N_("Proposals that wait for you: {proposals}. Accept or decline.")
    return [Waiting(line_of(unit, row, held, by=by), what, "bad", {"proposals": count})] if count else []


def held_times(unit: Unit, rows: Sequence[HearingRow]) -> HeldTimes:
    """The times that are held, by hearing, of those for which times are only held."""
    return options.held_by_hearing(unit.session, [row.id for row in rows if row.state is State.PROPOSED])


def _held_words(unit: Unit, held: Sequence[OptionRow]) -> tuple[str, str]:
    if all(one.held_until <= unit.now for one in held):
        return N_("The held time ran out. Choose again."), "bad"
    asked = [answer for one in held for answer in one.answers]
    if not asked:
        return N_("A time is held. Book it or give it back."), "warn"
    if all(answer.answer for answer in asked):
        return N_("Everybody has answered about the options. Book one."), "bad"
    return N_("People are asked about the options. Look who can come, and book one."), "warn"


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
