"""Courts are tenants on paper too: the real PDFs and archives of one court, taken apart, hold no word of the other."""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.adapters.paper_reading import FewLanguages
from tests.conftest import FindActor
from tests.services.planned import MONDAY_11, TUESDAY_11, answered, booked
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.adapters.pdf import PaperPress
from vctestimony.config import PROJECT
from vctestimony.domain.people import Role
from vctestimony.services import checklists
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

WHEN = {"mumbai": MONDAY_11, "pune": TUESDAY_11}


@pytest.fixture
def ports(ports: Ports, tmp_path: Path) -> Iterator[Ports]:
    """The press that prints for courts."""
    press = PaperPress(templates=PROJECT / "templates" / "pdf", languages=FewLanguages(), fonts=None, instance=tmp_path)
    yield replace(ports, packs=lambda: PACKS, press=press)
    press.close()


@pytest.fixture
def both(units: Units, world: World, actor: FindActor) -> World:
    """Both courts sit with the same post in Dhaka in the same week."""
    with units.writing() as unit:
        answered(unit.session, world)
    for city, court in (("mumbai", world.mumbai), ("pune", world.pune)):
        by = actor(Role.COORDINATOR, city)
        with units.writing() as unit:
            checklists.compose_for(unit, unit.session.get_one(HearingRow, court.hearing_id), by=by)
        booked(units, court.hearing, by, WHEN[city])
    return world


def words_of(city: str) -> tuple[str, ...]:
    """Of one court: its people, its references and its case's title."""
    name = city.upper()
    return f"{city}kar", f"h-{name}1", f"c-{name}1", f"w-{name}1", f"state v. example ({city})"


def texts_in(content: bytes) -> Iterator[str]:
    """All that a PDF shows and says of itself, or that the files of an archive hold."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_in(archive.read(name))
        return
    if not content.startswith(b"%PDF-"):
        yield content.decode("utf-8", "replace")
        return
    for command in (("pdftotext", "-layout", "-", "-"), ("pdfinfo", "-")):
        yield subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode("utf-8", "replace")


@pytest.mark.threat("T3")
@pytest.mark.abuse(98)
@pytest.mark.parametrize(("own", "other"), [("mumbai", "pune"), ("pune", "mumbai")])
def test_no_paper_and_no_archive_of_a_court_holds_a_word_of_the_other(
    both: World, signed_in: SignedIn, own: str, other: str
) -> None:
    reference = getattr(both, own).hearing
    browser, on = signed_in(Role.COORDINATOR, own), f"on={WHEN[own]:%Y-%m-%d}"
    lists = f"/posts/{own}-court/papers"
    papers = (f"/hearings/{reference}/checklist.pdf", f"{lists}/day.pdf?{on}", f"{lists}/week.pdf?{on}")
    archive = f"/hearings/{reference}/archive.zip?lang=en"
    for path in (*papers, archive):
        answer = browser.ask(path)
        assert answer.status_code == 200, path
        text = "\n".join(texts_in(answer.data)).casefold()
        assert [word for word in words_of(other) if word.casefold() in text] == [], path
        assert any(word.casefold() in text for word in words_of(own)), f"{path} was read"
