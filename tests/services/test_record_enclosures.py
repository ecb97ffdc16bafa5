"""What travels inside a record: four files, the same for the same facts, that name no witness and ask nobody."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import icalendar
import pytest

from tests.conftest import FindActor
from tests.fakes import FakePress, FrozenClock
from tests.services.sittings import confirmed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.paper import Sheet
from vctestimony.domain.people import Role
from vctestimony.services import journal, printing
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import hearings


@dataclass(slots=True)
class KeepingPress(FakePress):
    """Keeps what was to be enclosed in the last print."""

    enclosed: Mapping[str, bytes] = field(default_factory=dict)

    def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: Mapping[str, bytes] | None = None) -> bytes:
        self.enclosed = attachments or {}
        return f"%PDF-1.7 {sheet!r}".encode()


@pytest.fixture
def press() -> KeepingPress:
    return KeepingPress()


@pytest.fixture
def ports(ports: Ports, press: KeepingPress) -> Ports:
    return replace(ports, press=press)


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World) -> Actor:
    confirmed(units, world)
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def test_the_same_facts_enclose_the_same_files_however_often_and_late(
    units: Units, press: KeepingPress, clock: FrozenClock, hearing: str, mumbai: Actor
) -> None:
    printing.print_for(units, hearing, printing.RECORD, lang="bn", by=mumbai)
    first = press.enclosed
    clock.advance(minutes=90)
    again = printing.print_for(units, hearing, printing.RECORD, lang="bn", by=mumbai)

    assert sorted(first) == ["audit.csv", "hearing.ics", "record.json", "transcript.txt"]
    assert press.enclosed == first
    assert again.version == 1
    content = json.loads(first["record.json"])
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert first["record.json"] == canonical.encode()


def test_the_journal_of_the_hearing_is_enclosed_line_by_line_without_the_prints(
    units: Units, press: KeepingPress, hearing: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        journal.write(unit, "hearing.confirmed", subject=hearing, by=mumbai, comma="a, “b”\nc")
    for _ in range(2):
        printing.print_for(units, hearing, printing.RECORD, lang="en", by=mumbai)
    lines = list(csv.DictReader(io.StringIO(press.enclosed["audit.csv"].decode())))

    with units.reading() as unit:
        entries = list(journal.history(unit, hearing))
    kept = [entry for entry in entries if not entry.action.startswith("document.")]
    assert len(entries) > len(kept) > 0
    assert [(line["number"], line["action"], line["facts"], line["hash"]) for line in lines] == [
        (str(entry.number), entry.action, entry.facts, entry.hash) for entry in kept
    ]


def test_the_calendar_entry_names_nobody_and_asks_nobody(
    units: Units, press: KeepingPress, hearing: str, mumbai: Actor
) -> None:
    printing.print_for(units, hearing, printing.RECORD, lang="en", by=mumbai)
    written = press.enclosed["hearing.ics"]
    (event,) = icalendar.Calendar.from_ical(written).walk("VEVENT")

    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        assert event.decoded("DTSTART") == row.starts_at
        names = {person.official.name for person in row.participants} | {row.witness.pseudonym}
    assert "ATTENDEE" not in event
    assert "ORGANIZER" not in event
    assert [name for name in names if name.encode() in written] == []
