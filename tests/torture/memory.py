"""R25: how much a worker and its printing process grow over so many mails and so many documents."""

import argparse
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.adapters import paper_samples as samples
from tests.adapters.every_sample import LANGUAGES, press_in
from tests.engines import migrated
from tests.fakes import NOW, FrozenClock, MemorySender, fake_ports
from tests.world import build
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import OutboxRow, OutboxState, ParticipantRow

MOST_GROWTH_MB = 50.0
BODY = b"x" * 12_000


@dataclass(slots=True)
class Counted:
    """A mail server that forgets."""

    sent: int = 0

    def send(self, message: bytes, *, to: str) -> None:
        """Forget it."""
        self.sent += 1


def main(arguments: list[str]) -> int:
    """Print both growths; 1 where one is too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=5000)
    parser.add_argument("--papers", type=int, default=500)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="vct-memory-") as name:
        by_mails = _mails(Path(name), options.mails)
        by_papers = _papers(Path(name), options.papers)
    sys.stdout.write(
        f"a worker grew by {by_mails:.1f} MB over {options.mails} mails, "
        f"service and printing process by {by_papers:.1f} MB over {options.papers} PDFs\n"
    )
    return 0 if max(by_mails, by_papers) < MOST_GROWTH_MB else 1


def _mails(folder: Path, count: int) -> float:
    """The growth from a tenth of the mails to all of them."""
    url = f"sqlite:///{folder / 'records.sqlite'}"
    migrated(url)
    engine = sa.create_engine(url, **engine_options(url))
    prepare(engine)
    sender = Counted()
    ports = replace(fake_ports(clock=FrozenClock(), sender=MemorySender()), sender=sender)
    units = Units(scoped_session(sessionmaker(engine)), ports)
    written(units, count)
    first = 0.0
    while deliver_one(units, owner="one"):
        if sender.sent == max(count // 10, 1):
            first = _resident(None)
    grown = _resident(None) - first
    assert sender.sent == count
    engine.dispose()
    return grown


def written(units: Units, count: int) -> None:
    """So many mails in the outbox, each with a body of its own, to the people of one hearing in turn."""
    with units.writing() as unit:
        world = build(unit.session)
        query = sa.select(ParticipantRow).where(ParticipantRow.hearing_id == world.mumbai.hearing_id)
        people = [(one.hearing_id, one.id, one.official.email) for one in unit.session.scalars(query)]
        unit.session.execute(
            sa.insert(OutboxRow),
            [
                {
                    "message_id": f"<{number}@court.example>",
                    "kind": "update",
                    "hearing_id": hearing,
                    "participant_id": participant,
                    "to_address": address,
                    "body": b"%d %b" % (number, BODY),
                    "state": OutboxState.PENDING,
                    "next_at": NOW,
                    "created_at": NOW,
                }
                for number, (hearing, participant, address) in enumerate(islice(cycle(people), count))
            ],
        )


def _papers(folder: Path, count: int) -> float:
    """The growth of this process and of the one that prints, from a tenth of the documents to all of them."""
    press = press_in(folder / "papers")
    kinds = cycle((samples.record(lang, questions=10 + 5 * n), lang) for n in range(3) for lang in LANGUAGES)
    first = 0.0
    for number, (sheet, lang) in enumerate(islice(kinds, count), start=1):
        assert press.paper("record", sheet, lang=lang).startswith(b"%PDF")
        if number == max(count // 10, 1):
            first = _resident(None) + sum(_resident(pid) for pid in press.processes)
    grown = _resident(None) + sum(_resident(pid) for pid in press.processes) - first
    press.close()
    return grown


def _resident(pid: int | None) -> float:
    status = Path(f"/proc/{pid or 'self'}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
