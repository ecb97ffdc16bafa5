"""Whether a signature, a step of a transcript's way and a fixing are kept whole whatever is killed: at every step and
within the commit.

Each is looked at by the same question as in the suite: its row and its entry in the journal are there, or neither is.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.reliability.sealing import LONGEST_COMMIT
from tests.services import cycling
from tests.services.dying import COMMITTED, NEVER
from tests.services.dying_acts import DEEDS, Deed
from tests.services.dying_seals import Sealing, killed_in_commits, mortal_seals
from tests.services.planned import MONDAY_11_AT
from tests.services.racers import opened
from tests.services.sealed_or_not import HalfSealed
from tests.services.sittings import confirmed, started
from tests.world import build
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow

HEADING = "# Is the signing kept whole?"
DOCUMENT = (
    HEADING
    + """

What `make reliability` printed last, on {place}.

A process that signs a copy, enters a step of a transcript's way, or fixes a deposition or opens it again is killed with
SIGKILL before each of its steps: before every statement, before its commit and after it; then at random moments within
the commit, up to 12 ms after it began. After each of these it is done, with its row and its entry in the journal, or
nothing of it is there and it can be done (**half done** counts everything else, a broken chain included).

{table}
"""
)


@dataclass(slots=True)
class Signed:
    """What one act on one engine was put through, and what came of it."""

    engine: str
    name: str
    at_steps: int = 0
    in_commit: int = 0
    whole_after_kill: int = 0
    done: int = 0
    half: int = 0
    seconds: float = 0.0

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that must not be."""
        return self.half == 0


_ROWS: tuple[tuple[str, Callable[[Signed], object]], ...] = (
    ("kills at the steps", lambda one: one.at_steps),
    ("kills within the commit", lambda one: one.in_commit),
    ("of these, done all the same", lambda one: one.whole_after_kill),
    ("done in the end", lambda one: one.done),
    ("seconds", lambda one: f"{one.seconds:.0f}"),
    ("half done", lambda one: one.half),
)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A database with a hearing that was opened and whose deposition is fixed."""

    units: Units
    url: str
    reference: str
    by: Actor

    def dying(self, deed: Deed) -> Sealing:
        """Who does that, when."""
        return Sealing(self.by, MONDAY_11_AT, deed.act)


def run(engine: str, *, url: str, kills: int, seed: int) -> list[Signed]:
    """Everything on one empty, migrated database; so many kills within the commits of each act."""
    units, bound = opened(url, at=MONDAY_11_AT)
    with units.writing() as unit:
        world = build(unit.session)
        by = actor_of(unit.session.get_one(AccountRow, world.account_id(Role.PRESIDING_OFFICER, "mumbai")))
    confirmed(units, world)
    started(units, world.mumbai.hearing, by)
    cycling.fixed(units, world.mumbai.hearing, by)
    stage = _Stage(units, url, world.mumbai.hearing, by)
    outcomes = [_all_of(stage, deed, Signed(engine, name), kills=kills, seed=seed) for name, deed in DEEDS.items()]
    bound.dispose()
    return outcomes


def _all_of(stage: _Stage, deed: Deed, found: Signed, *, kills: int, seed: int) -> Signed:
    began, dice = time.monotonic(), random.Random(seed)
    try:
        _at_every_step(stage, deed, found)
        _within_commits(stage, deed, found, kills=kills, dice=dice)
    except HalfSealed:
        found.half += 1
    found.seconds = time.monotonic() - began
    return found


def _at_every_step(stage: _Stage, deed: Deed, found: Signed) -> None:
    """Until it is done though its process was killed; then once more, killed by nobody."""
    deed.make_ready(stage.units, stage.reference, stage.by)
    before = deed.count(stage.units, stage.reference)
    with mortal_seals(stage.url, stage.dying(deed)) as killed_before:
        while deed.count(stage.units, stage.reference) == before:
            killed_before(stage.reference, found.at_steps)
            found.at_steps += 1
        deed.make_ready(stage.units, stage.reference, stage.by)
        whole = killed_before(stage.reference, NEVER)
    found.done = deed.count(stage.units, stage.reference) - before
    if whole[-1] != COMMITTED or found.done != 2:
        raise HalfSealed(stage.reference, "not done though nobody was killed")


def _within_commits(stage: _Stage, deed: Deed, found: Signed, *, kills: int, dice: random.Random) -> None:
    deed.make_ready(stage.units, stage.reference, stage.by)
    with killed_in_commits(stage.url, stage.dying(deed)) as killed_in_commit:
        for _ in range(kills):
            before = deed.count(stage.units, stage.reference)
            killed_in_commit(stage.reference, dice.uniform(0, LONGEST_COMMIT))
            found.in_commit += 1
            if deed.count(stage.units, stage.reference) > before:
                found.whole_after_kill, found.done = found.whole_after_kill + 1, found.done + 1
                deed.make_ready(stage.units, stage.reference, stage.by)


def document(outcomes: Sequence[Signed], *, place: str) -> str:
    """The section of the page: what was done, and the figures."""
    lines = [["", *(f"{one.engine}: {one.name}" for one in outcomes)], ["---", *("---:" for _ in outcomes)]]
    lines += [[name, *(str(figure(one)) for one in outcomes)] for name, figure in _ROWS]
    return DOCUMENT.format(place=place, table="\n".join(f"| {' | '.join(line)} |" for line in lines))
