"""Where a court wants two behind each look: of yeses at once one counts, for one look, and none is one's own.

Each of those who race has a connection of its own and commits for itself.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from tests.services.registered import witness_entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.grants import Length
from vctestimony.services import journal, vault, vault_grants, witnesses
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import PostRow, VaultGrantRow

REASON = "to compare the passport before the oath"
ROUNDS = 4
Act = Callable[[Unit], object]


@pytest.fixture
def witness(units: Units, world: World, mumbai: Actor, judge: Actor, official: Actor) -> str:
    """A witness of a court that wants two; the official and the coordinator have leave."""
    with units.writing() as unit:
        witnesses.revise(unit, world.mumbai.witness, witness_entry("PW-7"), version=1, by=mumbai)
        unit.session.execute(sa.update(PostRow).where(PostRow.id == world.mumbai.post_id).values(looks_need_two=True))
    for to in (official, mumbai):
        with units.writing() as unit:
            vault_grants.give(
                unit, world.mumbai.witness, to.account_id or 0, length=Length.DAY, reason=REASON, by=judge
            )
    return world.mumbai.witness


def leave_of(units: Units, by: Actor) -> str:
    with units.reading() as unit:
        query = sa.select(VaultGrantRow.public_id).where(VaultGrantRow.account_id == by.account_id)
        return unit.session.scalars(query).one()


def ask(units: Units, witness: str, by: Actor) -> None:
    with units.writing() as unit:
        vault_grants.ask_second(unit, witness, reason=REASON, by=by)


def yes_of(witness: str, leave: str, by: Actor) -> Act:
    return lambda unit: vault_grants.second(unit, witness, leave, by=by)


def at_once(units: Units, acts: Sequence[Act]) -> list[str]:
    """What came of acts that begin together: done, or the refusal's name."""
    together = Barrier(len(acts), timeout=60)

    def attempt(act: Act) -> str:
        together.wait()
        try:
            with units.writing() as unit:
                act(unit)
        except Refusal as refusal:
            return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def told(units: Units, witness: str, action: str) -> list[str]:
    with units.reading() as unit:
        return [entry.actor for entry in journal.history(unit, witness) if entry.action == action]


@pytest.mark.threat("T2")
@pytest.mark.asvs("2.3.4")
def test_of_yeses_at_once_exactly_one_counts_and_it_carries_exactly_one_look(
    units: Units, witness: str, mumbai: Actor, judge: Actor, official: Actor
) -> None:
    leave = leave_of(units, official)
    yes = tuple(yes_of(witness, leave, by) for by in (mumbai, judge) * 2)
    looks: tuple[Act, ...] = (lambda unit: vault.look(unit, witness, reason=REASON, by=official),) * 3
    for turn in range(1, ROUNDS + 1):
        ask(units, witness, official)
        assert sorted(at_once(units, yes)) == ["NoLongerOpen"] * 3 + ["done"]
        seconded = told(units, witness, "vault.seconded")
        with units.reading() as unit:
            stands = unit.session.scalars(sa.select(VaultGrantRow.seconded_by).filter_by(public_id=leave)).one()
        assert (len(seconded), stands) == (turn, seconded[-1])
        assert sorted(at_once(units, looks)) == ["SecondNeeded"] * 2 + ["done"]
        assert len(told(units, witness, "vault.opened")) == turn


@pytest.mark.threat("T2")
def test_nobody_is_the_second_of_an_own_look_however_often_and_at_once_it_is_tried(
    units: Units, witness: str, mumbai: Actor, judge: Actor
) -> None:
    leave = leave_of(units, mumbai)
    ask(units, witness, mumbai)
    own, other = yes_of(witness, leave, mumbai), yes_of(witness, leave, judge)
    assert at_once(units, (own, own, other, own)) == ["NotTheSecond", "NotTheSecond", "done", "NotTheSecond"]
    assert told(units, witness, "vault.seconded") == [judge.name]
