"""The witness's real name never gets into log, deposition or record."""

from collections.abc import Callable

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import adjourned, confirmed, filled, logged, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.naming import names
from vctestimony.domain.record.speech import Stage
from vctestimony.services import conduct, depositions, vault
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store.models import WitnessRow

NAME = "রহিমা খাতুন"
SAID = f"আমার নাম {NAME}।"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("I am Rahima Khatun.", "Rahima Khatun", True),
        ("I am rahima\n  KHATUN", "Rahima Khatun", True),
        ("Rahima, Khatun", "Rahima Khatun", True),
        ("Rahima saw Khatun", "Rahima Khatun", False),
        ("Rahimas Khatun", "Rahima Khatun", False),
        (SAID, NAME, True),
        ("রহিমার খাতুন", NAME, False),
        ("मैं सीता हूँ", "सीता", True),
        ("मैं सीताराम हूँ", "सीता", False),
        ("আমি আয়েশা।", "আ\u09af\u09bcেশা", True),
        ("আমি আ\u09dfেশা।", "আয়েশা", True),
        ("I am Rahi\u200cma Kha\u00adtun\u2060.", "Rahima Khatun", True),
        ("I am Rahima\u200bKhatun.", "Rahima Khatun", True),
        ("I am Rahima Khatun.", "Rahi\u200bma Khatun", True),
        ("a b", "a", False),
        ("anything", "", False),
    ],
)
def test_only_the_whole_name_as_words_of_its_own_is_found(text: str, name: str, found: bool) -> None:
    assert names(text, name) is found


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    by = actor(Role.COORDINATOR, "mumbai")
    with units.writing() as unit:
        vault.put(unit, unit.session.get_one(WitnessRow, world.mumbai.witness_id), {"name": NAME}, by=by)
    started(units, world.mumbai.hearing, by)
    return by


def take_down(units: Units, hearing: str, by: Actor) -> None:
    with units.writing() as unit:
        depositions.paste(unit, hearing, stage=Stage.CHIEF, text=f"Q. Your name?\nA. {SAID}", by=by)


def note(units: Units, hearing: str, by: Actor) -> None:
    with units.writing() as unit:
        conduct.log(unit, hearing, Kind.LINK_CONNECTED, note=SAID, by=by)


@pytest.mark.threat("T1")
@pytest.mark.parametrize(
    ("attempt", "field"),
    [
        (take_down, "text"),
        (note, "note"),
        (lambda units, hearing, by: logged(units, hearing, Kind.NOTE, by, text=SAID), "text"),
        (lambda units, hearing, by: filled(units, hearing, "costs", SAID, by), "value"),
        (lambda units, hearing, by: adjourned(units, hearing, by, reason=SAID), "reason"),
        (lambda units, hearing, by: adjourned(units, hearing, by, reason="Rahima was ill"), "reason"),
        (lambda units, hearing, by: logged(units, hearing, Kind.NOTE, by, text="I, Raheema Khatoon"), "text"),
    ],
)
def test_a_text_with_the_real_name_is_refused_and_names_the_pseudonym_only(
    units: Units, world: World, mumbai: Actor, attempt: Callable[[Units, str, Actor], object], field: str
) -> None:
    with pytest.raises(RealName) as refused:
        attempt(units, world.mumbai.hearing, mumbai)
    assert refused.value.field == field
    assert "PW-7" in refused.value.sentence()
    assert NAME not in refused.value.sentence()
