"""Files that show that steps were done: kept byte for byte and sealed, given out to those who see the checklist."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.domain.test_evidence import PDF, jpeg
from tests.services.planned import booked, listed
from tests.services.ticking import take_back, tick, version
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.evidence import FileKind, KindUnknown
from vctestimony.domain.people import Role
from vctestimony.services import checklist_views, checklists, evidence, journal, vault
from vctestimony.services.checklist_views import StepView
from vctestimony.services.checklists import StepNotYours
from vctestimony.services.evidence import EvidenceShut, KeptAlready, NotSettled, Sent, TooManyFiles
from vctestimony.services.ports import Ports
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store.models import EvidenceRow, StepRow, WitnessRow

PHOTO = jpeg(4000, 3000, exif=b"Exif\x00\x00taken in Dhaka")


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A booked hearing of which C02, the nomination, is ticked."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    tick(units, world.mumbai.hearing, "C02", mumbai)
    return world.mumbai.hearing


def sent(
    units: Units, reference: str, step: str, content: bytes, by: Actor, words: str = "Letter of nomination"
) -> None:
    with units.writing() as unit:
        checklists.add_evidence(unit, reference, step, Sent(content, words), by=by)


def shown(units: Units, reference: str, step: str, by: Actor) -> StepView:
    with units.reading() as unit:
        return checklist_views.one_step(checklist_views.page(unit, reference, language="en", by=by), step)


def taken(units: Units, reference: str, public_id: str, by: Actor) -> evidence.Taken:
    with units.writing() as unit:
        return evidence.take(unit, reference, public_id, by=by)


def test_a_file_comes_back_byte_for_byte_under_a_name_of_our_own_and_is_sealed_where_it_lies(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    sent(units, reference, "C02", PHOTO, actor(Role.MISSION_OFFICIAL))
    (file,) = shown(units, reference, "C02", mumbai).files
    assert (file.sha256, file.size, file.description) == (sha256(PHOTO).hexdigest(), len(PHOTO), "Letter of nomination")
    got = taken(units, reference, file.public_id, mumbai)
    assert got.content == PHOTO
    assert got.file_name == f"{reference}-C02-{file.public_id}.jpg"
    with units.reading() as unit:
        assert b"taken in Dhaka" not in unit.session.scalars(sa.select(EvidenceRow.content)).one()
        said = {entry.action: json.loads(entry.facts) for entry in journal.history(unit, reference)}
    assert said["evidence.added"] == {"step": "C02", "sha256": file.sha256, "kind": "jpg", "size": len(PHOTO)}
    assert said["evidence.taken"] == {"step": "C02", "sha256": file.sha256}


def test_a_tick_taken_back_keeps_its_file_and_says_so(units: Units, reference: str, mumbai: Actor) -> None:
    sent(units, reference, "C02", PDF, mumbai)
    with pytest.raises(KeptAlready):
        sent(units, reference, "C02", PDF, mumbai)
    take_back(units, reference, "C02", "the letter names somebody else", mumbai)
    with pytest.raises(NotSettled):
        sent(units, reference, "C02", PHOTO, mumbai)
    tick(units, reference, "C02", mumbai)
    sent(units, reference, "C02", PDF, mumbai)
    first, second = shown(units, reference, "C02", mumbai).files
    assert (first.taken_back is not None, second.taken_back) == (True, None)
    assert taken(units, reference, first.public_id, mumbai).content == PDF


def test_who_may_not_settle_a_step_adds_nothing_and_a_stranger_takes_nothing(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    tick(units, reference, "C01", mumbai)
    with pytest.raises(StepNotYours):
        sent(units, reference, "C01", PDF, actor(Role.MISSION_OFFICIAL))
    sent(units, reference, "C01", PDF, mumbai)
    (file,) = shown(units, reference, "C01", mumbai).files
    assert taken(units, reference, file.public_id, actor(Role.INTERPRETER)).content == PDF
    with pytest.raises(Absent):
        taken(units, reference, file.public_id, actor(Role.COORDINATOR, "pune"))
    with pytest.raises(Absent):
        taken(units, reference, "E-00000000", mumbai)


def test_what_cannot_be_kept_undoes_the_tick_that_it_came_with(units: Units, reference: str, mumbai: Actor) -> None:
    seen = version(units, "C01")
    with pytest.raises(KindUnknown), units.writing() as unit:
        checklists.tick(unit, reference, "C01", version=seen, note="", by=mumbai)
        checklists.add_evidence(unit, reference, "C01", Sent(b"MZ\x00 a program", "A letter"), by=mumbai)
    assert shown(units, reference, "C01", mumbai).acted_by == ""


def test_a_file_is_judged_before_a_unit_is_opened() -> None:
    with pytest.raises(KindUnknown):
        Sent(b"MZ\x00 a program", "A letter")
    assert Sent(PHOTO, "A photograph").kind is FileKind.JPEG


def test_a_file_outlives_the_step_that_no_longer_applies(
    units: Units, world: World, reference: str, mumbai: Actor
) -> None:
    sent(units, reference, "C02", PDF, mumbai)
    with units.writing() as unit:
        unit.session.execute(sa.delete(StepRow).where(StepRow.step_id == "C02"))
    with units.reading() as unit:
        (file,) = checklist_views.page(unit, reference, language="en", by=mumbai).loose
    assert taken(units, reference, file.public_id, mumbai).content == PDF


def test_a_step_has_so_many_files_and_no_more(
    units: Units, reference: str, mumbai: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MOST_FILES", 1)
    sent(units, reference, "C02", PDF, mumbai)
    with pytest.raises(TooManyFiles):
        sent(units, reference, "C02", PHOTO, mumbai)


def test_bytes_that_are_not_those_that_were_kept_are_not_given_out(units: Units, reference: str, mumbai: Actor) -> None:
    sent(units, reference, "C02", PDF, mumbai)
    (file,) = shown(units, reference, "C02", mumbai).files
    with units.writing() as unit:
        unit.session.execute(sa.update(EvidenceRow).values(sha256="0" * 64))
    with pytest.raises(EvidenceShut):
        taken(units, reference, file.public_id, mumbai)


@pytest.mark.parametrize("field", ["note", "description", "ordered_by"])
def test_the_real_name_of_the_witness_gets_into_no_word_of_a_step(
    units: Units, world: World, reference: str, mumbai: Actor, field: str
) -> None:
    name = "Rahima Khatun"
    with units.writing() as unit:
        vault.put(unit, unit.session.get_one(WitnessRow, world.mumbai.witness_id), {"name": name}, by=mumbai)
    seen = version(units, "C01")
    with pytest.raises(RealName), units.writing() as unit:
        if field == "note":
            checklists.tick(unit, reference, "C01", version=seen, note=f"Told {name}", by=mumbai)
        elif field == "description":
            checklists.add_evidence(unit, reference, "C02", Sent(PDF, f"Passport of {name}"), by=mumbai)
        else:
            words = f"{name}, 3 August"
            checklists.waive(unit, reference, "C01", version=seen, reason="not needed", by=mumbai, ordered_by=words)
