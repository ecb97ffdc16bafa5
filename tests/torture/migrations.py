"""R22: the schema goes up and down with a thousand hearings, and is killed at every tenth statement on the way up."""

import signal
import sys

from tests.services.crowd import enter, own_set
from tests.store.test_migrations_killed import MIDDLE, shape, upgrade_killed
from tests.torture.stage import Stage, stages
from vctestimony.cli.starting import WRONG_SCHEMA, schema_problem
from vctestimony.store import schema

HEARINGS, SETS, EVERY = 1000, 20, 10


def main() -> None:
    """Print how many kills there were on each engine."""
    sys.stdout.write("; ".join(_on(stage) for stage in stages()) + "\n")


def _on(stage: Stage) -> str:
    world, _ = stage.filled()
    with stage.units.writing() as unit:
        sets = [own_set(unit, world, number) for number in range(SETS)]
        for number in range(HEARINGS):
            enter(unit, world, f"H-CROWD{number}", sets[number % SETS], (15, 60, 15))
    stage.units._session_of().close()
    engine, tested = stage.engine, 0
    for number in range(int(schema.wanted() or ""), 1, -1):
        name, below = f"{number:04}", f"{number - 1:04}"
        whole = shape(engine)
        schema.downgrade(engine, below)
        lower = shape(engine)
        schema.upgrade(engine, name)
        assert shape(engine)[:2] == (name, whole[1]), name
        schema.downgrade(engine, below)
        assert shape(engine) == lower, name
        tested += 1
    schema.upgrade(engine, MIDDLE)
    old, kills, at = shape(engine), 0, 1
    while upgrade_killed(engine, at=at) == -signal.SIGKILL:
        assert (shape(engine), schema_problem(engine)) == (old, WRONG_SCHEMA), at
        kills, at = kills + 1, at + EVERY
    assert (schema.present(engine), schema_problem(engine)) == (schema.wanted(), "")
    return f"{stage.name}: {tested} revisions down, up and down with {HEARINGS} hearings; {kills} kills, 0 half schemas"


if __name__ == "__main__":
    main()
