"""A process whose clock jumps while it works: what leaves, who stays signed in, in which order the journal stands.

Run under libfaketime, which reads from a file by how much the clock is wrong; prints what it saw as JSON.
"""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.fakes import NOW, FrozenClock, MemorySender, fake_ports
from tests.services.planned import answered, booked
from tests.world import build
from vctestimony.adapters.clock import SystemClock
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Refusal
from vctestimony.domain.people import Role
from vctestimony.services import journal, sessions
from vctestimony.services.accounts import actor_of
from vctestimony.services.chores import Chores
from vctestimony.services.post_office import deliver_one
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import AccountRow, JournalRow, OutboxRow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JUMPS = {"hour on": HOUR, "hour back": -HOUR, "day on": DAY, "day back": -DAY}
OFFSET = "FAKETIME_TIMESTAMP_FILE"


def main(url: str) -> None:
    """Jump there and back again for each jump; tell what was seen after each."""
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    ports = replace(fake_ports(clock=FrozenClock(), sender=MemorySender()), clock=SystemClock(), random=os.urandom)
    units = Units(scoped_session(sessionmaker(engine)), ports)
    _set_to(NOW)
    with units.writing() as unit:
        world = build(unit.session)
        answered(unit.session, world)
    with units.reading() as unit:
        row = unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai"))
        by, account = actor_of(row), row.id
    booked(units, world.mumbai.hearing, by)
    seen: dict[str, object] = {"before": _mails_after_a_round(units)}
    for name, jump in JUMPS.items():
        _set_to(NOW)
        token, link = f"session {name}", ports.tokens.issue("somebody", sequence=0, now=ports.clock.now())
        with units.writing() as unit:
            sessions.start(
                unit, token=token, account_id=account, content={}, browser="x", lifetime=Lifetime(), has_passed=True
            )
        _set_to(NOW + jump)
        seen[name] = {
            "mails": _mails_after_a_round(units),
            "signed in": _lives(units, token),
            "link": _opens(units, link),
        }
    seen["journal"] = _jumps_within_a_request(units)
    sys.stdout.write(json.dumps(seen))


def _set_to(instant: datetime) -> None:
    file = Path(os.environ[OFFSET])
    wrong_by = float(file.read_text(encoding="ascii"))
    seconds = (instant - datetime.now(UTC)).total_seconds() + wrong_by
    file.write_text(f"{seconds:+.3f}", encoding="ascii")


def _mails_after_a_round(units: Units) -> int:
    """How many mails there are and have left, once the chores are done and nothing more leaves."""
    Chores()(units)
    while deliver_one(units, owner="one"):
        pass
    sender = units.ports.sender
    assert isinstance(sender, MemorySender)
    with units.reading() as unit:
        assert len(sender.sent) <= (unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) or 0)
    return len(sender.sent)


def _lives(units: Units, token: str) -> bool:
    with units.reading() as unit:
        return sessions.find(unit, token, lifetime=Lifetime()) is not None


def _opens(units: Units, link: str) -> bool:
    try:
        units.ports.tokens.read(link, max_age=timedelta(days=30), now=units.ports.clock.now())
    except Refusal:
        return False
    return True


def _jumps_within_a_request(units: Units) -> list[object]:
    """Backwards while a change is being made, and once more before the next."""
    _set_to(NOW + HOUR)
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-1", by=SYSTEM)
        _set_to(NOW)
        journal.write(unit, "thing.done", subject="H-2", by=SYSTEM)
    with units.writing() as unit:
        journal.write(unit, "thing.done", subject="H-3", by=SYSTEM)
    with units.reading() as unit:
        found = journal.examine(unit)
        newest = sa.select(JournalRow.subject).order_by(JournalRow.id.desc()).limit(3)
        order = list(unit.session.scalars(newest))[::-1]
    return [found.broken is None, found.times_set_back, order]


if __name__ == "__main__":
    main(sys.argv[1])
