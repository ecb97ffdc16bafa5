"""What `flask timezones check` does, run with the tests' outside world in a process with clock rules of its own.

The process of one edition of the rules serves every test that asks for that edition: to begin takes it two seconds, to
answer a moment. It keeps nothing from one database to the next.
"""

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.planned import PlainTokens
from vctestimony.services import timezones
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Said:
    """What the process printed: the report, and by name what became of each hearing or option found."""

    report: str
    outcomes: dict[str, tuple[str, int | None, str]]


def by_the_rules_of(rules: Path, url: str, *, move: bool) -> Said:
    """Check, or move, with the clock rules of that folder."""
    process = _ruled_by(rules)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([url, move]) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    assert line, "the process ended; above it says why"
    told = json.loads(line)
    return Said(told["report"], {key: (found[0], found[1], found[2]) for key, found in told["outcomes"].items()})


@cache
def _ruled_by(rules: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        (sys.executable, "-m", __name__),
        cwd=PROJECT,
        env=os.environ | {"PYTZ_TZDATADIR": str(rules)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    with suppress(BrokenPipeError):
        process.communicate()


def main() -> None:
    """Answer each line, a database and whether to move, by the outcomes as JSON."""
    for line in sys.stdin:
        url, move = json.loads(line)
        sys.stdout.write(json.dumps(answer(url, move=move)) + "\n")
        sys.stdout.flush()


def answer(url: str, *, move: bool) -> dict[str, object]:
    """The report, and the outcomes by name."""
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = replace(fake_ports(clock=FrozenClock(), sender=MemorySender()), tokens=PlainTokens(), random=os.urandom)
    sessions = scoped_session(sessionmaker(engine))
    units = Units(sessions, ports)
    found = timezones.move_all(units) if move else timezones.look(units)
    outcomes = {
        one.finding.name: (one.finding.trouble, one.mails, one.refusal.code if one.refusal else "") for one in found
    }
    report = "\n".join(timezones.report(found))
    sessions.remove()
    engine.dispose()
    return {"report": report, "outcomes": outcomes}


if __name__ == "__main__":
    main()
