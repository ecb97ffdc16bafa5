"""The one paper with a name: who may print it, what it leaves behind, and what can never be guessed from that."""

import json
from hashlib import sha256

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.services.planned import answered, booked
from tests.services.registered import REAL_NAME, leave, witness_entry
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.documents.forms import SEALED_SUMMONS
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Role
from vctestimony.services import journal, printing, sealed_papers, vault, witnesses
from vctestimony.services.unit import Units
from vctestimony.store.models import DocumentRow

REASON = "to serve Rahima with the summons"


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A booked hearing; the name of its witness is in the vault."""
    with units.writing() as unit:
        answered(unit.session, world)
        entry = witness_entry("PW-7", "interpreter", "support_person")
        witnesses.revise(unit, world.mumbai.witness, entry, version=2, by=mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    leave(units, world.mumbai.witness, mumbai)
    return world.mumbai.hearing


def told(units: Units, *subjects: str) -> list[tuple[str, str]]:
    """Action and facts of the looks and prints that the journal holds."""
    with units.reading() as unit:
        return [
            (entry.action, entry.facts)
            for subject in subjects
            for entry in journal.history(unit, subject)
            if entry.action in {"vault.opened", "document.printed"}
        ]


def test_the_name_is_on_the_paper_and_nowhere_else(units: Units, world: World, reference: str, mumbai: Actor) -> None:
    printed = sealed_papers.print_summons(units, reference, lang="bn", reason=REASON, by=mumbai)
    assert REAL_NAME in printed.content.decode()
    assert printed.file_name == f"summons-sealed-{printed.number}-1.pdf"
    (looked, why), (issued, facts) = told(units, world.mumbai.witness, reference)
    assert (looked, issued) == ("vault.opened", "document.printed")
    assert json.loads(why)["reason"] == "to serve PW-7 with the summons"
    assert json.loads(facts)["sha256"] == ""
    with units.reading() as unit:
        (row,) = unit.session.execute(sa.select(DocumentRow.__table__)).all()
    kept = f"{why} {facts} {tuple(row)}"
    assert not [part for part in REAL_NAME.split() if part in kept]
    assert sha256(printed.content).hexdigest() not in kept


def test_the_same_facts_give_the_same_paper_and_another_identity_the_next_version(
    units: Units, world: World, reference: str, mumbai: Actor
) -> None:
    first = sealed_papers.print_summons(units, reference, lang="en", reason=REASON, by=mumbai)
    assert sealed_papers.print_summons(units, reference, lang="en", reason=REASON, by=mumbai) == first
    with units.writing() as unit:
        entry = witness_entry("PW-7", "interpreter", "support_person", identity={"name": "Rahima Khatun"})
        witnesses.revise(unit, world.mumbai.witness, entry, version=3, by=mumbai)
    second = sealed_papers.print_summons(units, reference, lang="en", reason=REASON, by=mumbai)
    assert (second.number, second.version) == (first.number, 2)
    assert [action for action, _ in told(units, world.mumbai.witness)] == ["vault.opened"] * 3


def test_without_a_reason_or_a_name_nothing_is_opened_or_printed(
    units: Units, world: World, reference: str, mumbai: Actor
) -> None:
    with pytest.raises(vault.ReasonTooShort):
        sealed_papers.print_summons(units, reference, lang="en", reason="why not", by=mumbai)
    with units.writing() as unit:
        unit.session.execute(sa.text("DELETE FROM vault"))
    with pytest.raises(sealed_papers.NoNameSealed):
        sealed_papers.print_summons(units, reference, lang="en", reason=REASON, by=mumbai)
    assert told(units, world.mumbai.witness, reference) == []


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [
        (Role.COORDINATOR, "pune", Absent),
        (Role.LEGAL_STAFF, "mumbai", NotAllowed),
        (Role.SUPPORT, "", NotAllowed),
        (Role.ADMINISTRATOR, "", Absent),
    ],
)
def test_who_may_not_open_the_vault_does_not_get_it(
    units: Units, world: World, reference: str, actor: FindActor, role: Role, at: str, refusal: type[Exception]
) -> None:
    by = actor(role, at)
    with pytest.raises(refusal):
        sealed_papers.print_summons(units, reference, lang="en", reason=REASON, by=by)
    with units.reading() as unit, pytest.raises(refusal):
        sealed_papers.about(unit, reference, by=by)
    assert told(units, world.mumbai.witness, reference) == []


def test_no_other_way_of_printing_knows_it(units: Units, reference: str, mumbai: Actor) -> None:
    for print_it in (printing.print_for, printing.render, printing.preview_for):
        with pytest.raises(Absent):
            print_it(
                units, reference, SEALED_SUMMONS, lang="en", by=mumbai if print_it is not printing.render else SYSTEM
            )
    with units.reading() as unit:
        assert SEALED_SUMMONS not in {one["document"] for one in printing.offered(unit, reference)}
