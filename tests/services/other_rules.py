"""What `flask timezones check` does, run with the tests' outside world in a process with clock rules of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
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
    command = [sys.executable, "-m", __name__, url, *(["--move"] if move else [])]
    environment = os.environ | {"PYTZ_TZDATADIR": str(rules)}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Said(told["report"], {key: (found[0], found[1], found[2]) for key, found in told["outcomes"].items()})


def main(url: str, *options: str) -> None:
    """Print the outcomes as JSON."""
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = replace(fake_ports(clock=FrozenClock(), sender=MemorySender()), tokens=PlainTokens(), random=os.urandom)
    units = Units(scoped_session(sessionmaker(engine)), ports)
    found = timezones.move_all(units) if options else timezones.look(units)
    outcomes = {
        one.finding.name: (one.finding.trouble, one.mails, one.refusal.code if one.refusal else "") for one in found
    }
    sys.stdout.write(json.dumps({"report": "\n".join(timezones.report(found)), "outcomes": outcomes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
