"""What the checklist's page and paper say: force, authority, both clocks, whose step it is, in three languages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, booked, listed
from tests.world import World
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.paper import Force
from vctestimony.domain.people import Role
from vctestimony.services import checklist_views, checklists
from vctestimony.services.checklist_views import ChecklistView, StepView
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import StepRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS, words=Languages(FOLDER))


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def seen(units: Units, reference: str, by: Actor, language: str = "en") -> ChecklistView:
    with units.reading() as unit:
        return checklist_views.page(unit, reference, language=language, by=by)


def steps(view: ChecklistView) -> dict[str, StepView]:
    return {step.id: step for phase in view.phases for step in phase.steps}


def test_only_what_the_law_that_was_read_states_with_its_time_is_called_required(
    units: Units, reference: str, mumbai: Actor
) -> None:
    found = steps(seen(units, reference, mumbai))
    required = {step.id for step in found.values() if step.force is Force.REQUIRED}
    assert {step.id for step in found.values() if step.force_words == "Required by law"} == required
    with units.reading() as unit:
        rows = unit.session.query(StepRow).all()
        from_law = {row.step_id for row in rows if row.content["basis"] == "law"}
        was_read = {row.step_id for row in rows if str(row.content["evidence"]).startswith("R")}
    assert required
    assert required <= from_law & was_read
    assert {"O01", "B01"} <= required


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("O01", "Required by law"),
        ("C02", "Duty by law, time suggested"),
        ("T02", "Duty by law, time suggested"),
        ("S13", "Recommended"),
        ("C17", "Suggested"),
    ],
)
def test_a_suggested_time_does_not_make_a_duty_look_optional(
    units: Units, reference: str, mumbai: Actor, step: str, words: str
) -> None:
    assert steps(seen(units, reference, mumbai))[step].force_words == words


@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_the_model_rules_are_cited_as_this_high_court_adopted_them(
    units: Units, reference: str, mumbai: Actor, language: str, ports: Ports
) -> None:
    authority = steps(seen(units, reference, mumbai, language))["O01"].authority
    court = ports.words.gettext(language, "the High Court of Bombay")
    assert court in authority
    assert "6.3" in authority
    if language == "en":
        assert "Model Rules" in authority
        assert "as adopted by the High Court of Bombay" in authority


@pytest.mark.parametrize(("language", "script"), [("en", "LATIN"), ("hi", "DEVANAGARI"), ("bn", "BENGALI")])
def test_every_step_speaks_the_readers_language(
    units: Units, reference: str, mumbai: Actor, language: str, script: str
) -> None:
    blocks = {"LATIN": range(0x41, 0x7B), "DEVANAGARI": range(0x900, 0x980), "BENGALI": range(0x980, 0xA00)}
    for step in steps(seen(units, reference, mumbai, language)).values():
        assert any(ord(letter) in blocks[script] for letter in step.text), step.id


def test_a_due_time_is_read_on_the_responsible_persons_clock_first(units: Units, reference: str, mumbai: Actor) -> None:
    found = steps(seen(units, reference, mumbai))
    own = {name: found[name].due for name in ("C01", "C02")}
    assert own["C01"] is not None
    assert own["C02"] is not None
    assert (own["C01"].own.reading.city, own["C01"].other.reading.city) == ("Mumbai", "Dhaka")
    assert (own["C02"].own.reading.city, own["C02"].other.reading.city) == ("Dhaka", "Mumbai")


@pytest.mark.parametrize(("seconds", "overdue"), [(-1, False), (0, False), (1, True)])
def test_an_open_step_is_overdue_from_the_moment_after(
    units: Units, reference: str, mumbai: Actor, clock: FrozenClock, seconds: int, overdue: bool
) -> None:
    due_at = MONDAY_11_AT - timedelta(minutes=15)
    clock.at = due_at + timedelta(seconds=seconds)
    found = steps(seen(units, reference, mumbai))["B01"]
    assert found.overdue is overdue
    with units.writing() as unit:
        checklists.tick(unit, reference, "B01", version=found.version, note="", by=mumbai)
    assert steps(seen(units, reference, mumbai))["B01"].overdue is False


def test_what_only_the_day_can_bring_is_marked_so(units: Units, reference: str, mumbai: Actor) -> None:
    found = steps(seen(units, reference, mumbai)).values()
    assert any(step.may_arise for step in found)
    assert not all(step.may_arise for step in found)


def test_the_view_says_which_steps_are_the_readers_own(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    official = steps(seen(units, reference, actor(Role.MISSION_OFFICIAL)))
    assert (official["C02"].yours, official["O01"].yours) == (True, False)
    assert all(step.yours for step in steps(seen(units, reference, mumbai)).values())


def test_progress_counts_what_is_settled(units: Units, reference: str, mumbai: Actor) -> None:
    before = seen(units, reference, mumbai)
    version = {name: step.version for name, step in steps(before).items()}
    with units.writing() as unit:
        checklists.tick(unit, reference, "C01", version=version["C01"], note="", by=mumbai)
        checklists.waive(unit, reference, "S13", version=version["S13"], reason="the court's own software", by=mumbai)
    after = seen(units, reference, mumbai)
    assert (before.settled, after.settled, after.total) == (0, 2, before.total)
    assert {phase.code: phase.settled for phase in after.phases if phase.settled} == {"C": 1, "S": 1}


def test_another_court_sees_no_checklist_and_nobody_a_step_that_is_not_there(
    units: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    with pytest.raises(Absent):
        seen(units, reference, actor(Role.COORDINATOR, "pune"))
    with pytest.raises(Absent):
        checklist_views.one_step(seen(units, reference, mumbai), "Z99")
