"""Registering witnesses: pseudonyms that tell nothing, facts that agree, checklists that follow."""

import json

import pytest

from tests.conftest import FindActor
from tests.services.registered import REAL_NAME, witness_entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.people import Role
from vctestimony.services import casefiles, journal, witnesses
from vctestimony.services.unit import Units
from vctestimony.store import cases as store
from vctestimony.store.models import ResourceRow


def registered(units: Units, world: World, by: Actor, pseudonym: str = "W-12", *yes: str) -> str:
    with units.writing() as unit:
        return witnesses.register(unit, world.mumbai.case, witness_entry(pseudonym, *yes), by=by)


def test_a_witness_is_known_by_pseudonym_and_the_name_is_nowhere_in_the_file(
    units: Units, world: World, mumbai: Actor
) -> None:
    reference = registered(units, world, mumbai, "W-12", "child", "vulnerable")
    with units.reading() as unit:
        file = casefiles.open_file(unit, world.mumbai.case, by=mumbai)
        form = casefiles.witness_form(unit, reference, by=mumbai)
    shown = next(witness for witness in file.witnesses if witness.reference == reference)
    assert (shown.pseudonym, shown.facts) == ("W-12", ("The witness is a child", "The witness is vulnerable"))
    assert form.sealed == ("identity_number", "name")
    assert "Rahima" not in repr(file) + repr(form)


@pytest.mark.parametrize("pseudonym", ["Rahima", "W-RAHIMA", "sheikh-1", "Mrs Parveen", "xrahimax"])
def test_a_pseudonym_that_holds_a_part_of_the_name_is_refused(
    units: Units, world: World, mumbai: Actor, pseudonym: str
) -> None:
    with units.writing() as unit, pytest.raises(witnesses.PseudonymIsName) as refused:
        witnesses.register(unit, world.mumbai.case, witness_entry(pseudonym), by=mumbai)
    assert refused.value.field == "pseudonym"


def test_a_pseudonym_of_bengali_letters_is_compared_too(units: Units, world: World, mumbai: Actor) -> None:
    entry = witness_entry("রহিমা-৭", identity={"name": "রহিমা খাতুন"})
    with units.writing() as unit, pytest.raises(witnesses.PseudonymIsName):
        witnesses.register(unit, world.mumbai.case, entry, by=mumbai)


def test_a_later_pseudonym_is_compared_with_the_name_that_is_sealed(units: Units, world: World, mumbai: Actor) -> None:
    reference = registered(units, world, mumbai)
    with units.writing() as unit, pytest.raises(witnesses.PseudonymIsName):
        witnesses.revise(unit, reference, witness_entry("Rahima", identity={}), version=1, by=mumbai)


@pytest.mark.parametrize("pseudonym", ["W-12", "w-12"])
def test_two_witnesses_of_a_case_have_two_pseudonyms(units: Units, world: World, mumbai: Actor, pseudonym: str) -> None:
    registered(units, world, mumbai)
    other = registered(units, world, mumbai, "W-13")
    with units.writing() as unit, pytest.raises(witnesses.PseudonymTaken):
        witnesses.register(unit, world.mumbai.case, witness_entry(pseudonym), by=mumbai)
    with units.writing() as unit, pytest.raises(witnesses.PseudonymTaken):
        witnesses.revise(unit, other, witness_entry(pseudonym), version=1, by=mumbai)


def test_a_revised_pseudonym_is_what_claims_are_named_by_too(units: Units, world: World, mumbai: Actor) -> None:
    reference = registered(units, world, mumbai)
    with units.writing() as unit:
        witnesses.revise(unit, reference, witness_entry("W-14", identity={}), version=1, by=mumbai)
    with units.reading() as unit:
        row = store.witness_by_reference(unit.session, reference)
        assert row is not None
        assert (row.pseudonym, unit.session.get_one(ResourceRow, row.resource_id).name) == ("W-14", "W-14")


@pytest.mark.parametrize("question", ["child_under_12", "child_unrepresented"])
def test_what_only_a_child_can_be_needs_a_child(units: Units, world: World, mumbai: Actor, question: str) -> None:
    with units.writing() as unit, pytest.raises(witnesses.FactsContradict) as refused:
        witnesses.register(unit, world.mumbai.case, witness_entry("W-12", question), by=mumbai)
    assert refused.value.field == f"fact_{question}"
    assert registered(units, world, mumbai, "W-12", "child", question)


def test_a_stale_form_changes_neither_facts_nor_vault(units: Units, world: World, mumbai: Actor) -> None:
    reference = registered(units, world, mumbai)
    with units.writing() as unit:
        witnesses.revise(unit, reference, witness_entry("W-15"), version=1, by=mumbai)
    with units.writing() as unit, pytest.raises(Stale):
        witnesses.revise(unit, reference, witness_entry("W-16"), version=1, by=mumbai)
    with units.reading() as unit:
        assert casefiles.witness_form(unit, reference, by=mumbai).pseudonym == "W-15"


def test_the_journal_tells_which_fields_were_sealed_and_never_their_contents(
    units: Units, world: World, mumbai: Actor
) -> None:
    reference = registered(units, world, mumbai)
    with units.reading() as unit:
        said = [(entry.action, json.loads(entry.facts)) for entry in journal.history(unit, reference)]
    assert said == [
        ("witness.registered", {"case": world.mumbai.case, "pseudonym": "W-12"}),
        ("vault.sealed", {"fields": ["identity_number", "name"]}),
    ]
    assert REAL_NAME not in repr(said)


def test_another_courts_witness_is_not_there(units: Units, world: World, actor: FindActor) -> None:
    pune = actor(Role.COORDINATOR, "pune")
    with units.writing() as unit, pytest.raises(Absent):
        witnesses.register(unit, world.mumbai.case, witness_entry(), by=pune)
    with units.writing() as unit, pytest.raises(Absent):
        witnesses.revise(unit, world.mumbai.witness, witness_entry(), version=1, by=pune)
    with units.reading() as unit, pytest.raises(Absent):
        casefiles.witness_form(unit, world.mumbai.witness, by=pune)
