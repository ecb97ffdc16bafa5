"""Planning can be measured, and its worlds are the same in every run."""

from tests.bench import planning
from tests.bench.backlogs import world
from tests.bench.measuring import TINY


def test_the_same_worlds_are_planned_in_every_run() -> None:
    assert world(30, seed=4, tight=True) == world(30, seed=4, tight=True)
    assert world(30, seed=4) != world(30, seed=5)


def test_planning_is_measured_in_every_way() -> None:
    names = [row.name.partition(": ")[2] for row in planning.rows(TINY)]
    assert names == ["placed ÷ first-come", "cost ÷ bound", "net memory, MiB"]
