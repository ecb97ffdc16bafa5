"""The register of printed documents: which version a paper is, and whether it still holds."""

from dataclasses import replace
from hashlib import sha256
from threading import Barrier, Thread

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.fakes import FakePress
from tests.services.planned import booked, listed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.paper import Sheet
from vctestimony.services import checklists, paper_register, printing
from vctestimony.services.paper_register import Standing, UnknownNumber
from vctestimony.services.ports import Ports
from vctestimony.services.printing import Printed
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def printed(units: Units, reference: str, mumbai: Actor) -> Printed:
    return printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)


def standing(units: Units, number: str, version: int | None = None) -> Standing:
    with units.reading() as unit:
        return paper_register.look(unit, number, version=version).standing


def test_a_paper_holds_until_a_newer_version_is_printed(
    units: Units, reference: str, printed: Printed, mumbai: Actor
) -> None:
    assert standing(units, printed.number) is Standing.HOLDS
    with units.writing() as unit:
        checklists.tick(unit, reference, "A01", version=1, note="", by=mumbai)
    printing.print_for(units, reference, printing.CHECKLIST, lang="en", by=mumbai)
    assert standing(units, printed.number, 1) is Standing.REPLACED
    assert standing(units, printed.number, 2) is Standing.HOLDS
    assert standing(units, printed.number) is Standing.HOLDS


def test_a_paper_no_longer_holds_when_its_hearing_moved_or_was_called_off(
    units: Units, world: World, printed: Printed
) -> None:
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).starts_at = None
    assert standing(units, printed.number) is Standing.MOVED
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.CANCELLED
    assert standing(units, printed.number) is Standing.CALLED_OFF


def test_a_file_is_found_by_its_bytes_and_by_nothing_less(units: Units, printed: Printed) -> None:
    with units.reading() as unit:
        found = paper_register.with_file(unit, sha256(printed.content).hexdigest())
        assert found is not None
        assert (found.number, found.asked.version) == (printed.number, 1)
        assert paper_register.with_file(unit, sha256(printed.content + b" ").hexdigest()) is None


def test_an_unknown_number_or_version_is_not_there(units: Units, printed: Printed) -> None:
    for number, version in (("D-00000000", None), (printed.number, 2), (printed.number, 0)):
        with units.reading() as unit, pytest.raises(UnknownNumber):
            paper_register.look(unit, number, version=version)


def test_two_who_print_the_same_for_the_first_time_at_once_get_the_same_paper(
    units: Units, reference: str, mumbai: Actor
) -> None:
    together = Barrier(2, timeout=20)

    class Waiting(FakePress):
        """Draws when both have come as far."""

        def paper(self, document: str, sheet: Sheet, *, lang: str, attachments: object = None) -> bytes:
            """Wait for the other once; who draws again does so alone."""
            if not together.broken and len(self.printed) < 2:
                together.wait()
            return super().paper(document, sheet, lang=lang)

    both = units.with_ports(replace(units.ports, press=Waiting()))
    papers: list[Printed] = []

    def attempt() -> None:
        papers.append(printing.print_for(both, reference, printing.CHECKLIST, lang="en", by=mumbai))

    threads = [Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert papers[0] == papers[1]
    assert standing(units, papers[0].number) is Standing.HOLDS
