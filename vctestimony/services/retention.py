"""The use-cases of retention: what the schedule says, what is due by it, and carrying it out.

Each kind goes in transactions of its own, a few rows at a time, each with its count in the journal: whatever stops a
run leaves what was done written down, and the next run goes on. Cases on legal hold are left alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from vctestimony.domain.access import SYSTEM, Action, Actor, may_ever
from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.instants import Reading
from vctestimony.domain.people import Role
from vctestimony.domain.retention import Hand, Held, Rule
from vctestimony.services import journal, legal_holds, numbers
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit, Units
from vctestimony.store import legal_holds as hold_store
from vctestimony.store import retention as store

EVERY = timedelta(days=1)
AT_ONCE = 200
SUBJECT = "retention"
_OF_KEYS = (Held.IDENTITY, Held.EVIDENCE, Held.REDACTED)


@dataclass(frozen=True, slots=True)
class Due:
    """A line of the schedule and how much is due by it. `count` is None where nothing can be counted, or where it is
    not this person's: what belongs to no court is the administrator's."""

    rule: Rule
    count: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The schedule as it stands now. `last_run` is None before the first."""

    lines: tuple[Due, ...]
    now: tuple[Reading, Reading]
    last_run: tuple[Reading, Reading] | None
    holds: int
    of_one_court: bool


def standing(unit: Unit, *, by: Actor) -> Standing:
    """What is kept for how long and what is due: of everything for an administrator, else of the own court."""
    if by is not SYSTEM and (by.role is None or not may_ever(by.role, Action.SEE_RETENTION)):
        raise NotAllowed()
    is_whole = by is SYSTEM or by.role is Role.ADMINISTRATOR
    court_id = None if is_whole else by.post_id or 0
    last = journal.newest(unit, SUBJECT)
    return Standing(
        lines=tuple(Due(rule, _due(unit, rule, court_id=court_id)) for rule in unit.ports.schedule.values()),
        now=both_clocks(unit.now, by=by),
        last_run=both_clocks(last.at, by=by) if last else None,
        holds=hold_store.count(unit.session, court_id=court_id),
        of_one_court=not is_whole,
    )


def run(units: Units, *, by: Actor = SYSTEM, is_dry: bool = False) -> Mapping[Held, int]:
    """Carry out what the service does by itself; gives how much of each kind. Dry, it only counts."""
    rules = [rule for rule in units.ports.schedule.values() if rule.hand is Hand.SERVICE and rule.held in store.SWEEPS]
    if is_dry:
        with units.reading() as unit:
            return {rule.held: _due(unit, rule, court_id=None) or 0 for rule in rules}
    numbers.keep(units)
    done = {rule.held: sum(_carried_out(units, rule, by=by)) for rule in rules}
    with units.writing(wakes=False) as unit:
        counts = {held.value: count for held, count in done.items() if count}
        journal.write(unit, "retention.run", subject=SUBJECT, by=by, **counts)
    return done


def run_daily(units: Units) -> None:
    """The same among other chores, where the last run is a day ago."""
    with units.reading() as unit:
        last = journal.newest(unit, SUBJECT)
        if last is not None and unit.now - last.at < EVERY:
            return
    run(units)


def _carried_out(units: Units, rule: Rule, *, by: Actor) -> Iterator[int]:
    while True:
        with units.reading() as unit:
            if not store.count(unit.session, rule.held, until=rule.until(unit.now)):
                return
        with units.writing(wakes=False) as unit:
            legal_holds.queue(unit)
            until = rule.until(unit.now)
            count = store.carry_out(unit.session, rule.held, until=until, now=unit.now, most=AT_ONCE)
            if count:
                journal.write(unit, "retention.carried_out", subject=SUBJECT, by=by, kind=rule.held, count=count)
        if not count:
            return
        yield count


def _due(unit: Unit, rule: Rule, *, court_id: int | None) -> int | None:
    """`court_id` None is everything."""
    if rule.held is Held.FORMER and court_id is None:
        return store.left(unit.session)
    if rule.days is None:
        return None
    until = rule.until(unit.now)
    if rule.held in _OF_KEYS:
        return store.resting(unit.session, rule.held, until=until, court_id=court_id)
    sweep = store.SWEEPS.get(rule.held)
    if sweep is None or (court_id is not None and sweep.hearing is None):
        return None
    return store.count(unit.session, rule.held, until=until, court_id=court_id)
