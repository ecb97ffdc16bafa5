"""Trying the packs on the facts of a hearing: every step in or out with its reasons, for those who may see it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.domain.sop_examples import abroad, case
from tests.services.planned import answered
from tests.world import World
from vctestimony.domain import sop
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.facts import FACTS, Facts
from vctestimony.domain.people import Role
from vctestimony.services import procedure_trial
from vctestimony.services.ports import Ports
from vctestimony.services.procedure_trial import Reason, Trial
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, PostRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


def every_phase(units: Units, facts: Facts, court: str) -> Iterator[Trial]:
    with units.reading() as unit:
        for phase in sop.Phase:
            yield procedure_trial.tried(unit, facts=facts, court=court, phase=phase.value, language="en")


def test_every_fact_is_asked_once() -> None:
    asked = [name for names in procedure_trial.GROUPS.values() for name in names]
    assert sorted(asked) == sorted(FACTS)


@pytest.mark.parametrize(
    ("facts", "court"),
    [
        (case(child=True), "kerala"),
        (abroad(route_b=True, host_bangladesh=True), "model"),
        (abroad(host_uk=True), "delhi"),
    ],
)
def test_every_step_is_in_or_out_and_what_is_out_says_what_keeps_it_out(units: Units, facts: Facts, court: str) -> None:
    composed = {step.id for step in sop.compose(PACKS, facts=facts, high_court=court)}
    trials = list(every_phase(units, facts, court))
    assert {step.id for trial in trials for step in trial.inside} == composed
    outside = [step for trial in trials for step in trial.outside]
    assert len(outside) + len(composed) == sum(len(pack.steps) for pack in PACKS)
    assert [step.id for step in outside if not any(reason.against for reason in step.reasons)] == []
    assert not [step for trial in trials for step in trial.inside if any(reason.against for reason in step.reasons)]


def test_the_reasons_are_given_fact_by_fact(units: Units) -> None:
    during = next(trial for trial in every_phase(units, case(child=True), "kerala") if trial.phase.code == "D")
    (oath,) = [step for step in during.outside if step.id == "D08"]
    assert oath.reasons == (
        Reason("It must be so, and it is: The witness is a child", against=False),
        Reason("It must be so, and it is not: The witness is under twelve", against=True),
    )
    (gujarat,) = [step for step in during.outside if step.id == "D35"]
    assert gujarat.reasons[0] == Reason("It belongs to another court: the High Court of Gujarat", against=True)
    always = next(step for step in during.inside if step.id == "D01")
    assert always.reasons == (Reason("It belongs to every case.", against=False),)


def test_what_may_only_arise_on_the_day_is_not_said_to_have_happened(units: Units) -> None:
    facts = case(objection=True)
    with units.reading() as unit:
        trial = procedure_trial.tried(unit, facts=facts, court="model", phase="D", language="en", ahead=True)
    (ruling,) = [step for step in trial.inside if step.id == "D21"]
    words = "An objection was raised (taken to be so, because it may arise)"
    assert ruling.reasons == (Reason(f"It must be so, and it is: {words}", against=False),)
    assert words in trial.known


@pytest.mark.parametrize(("country", "fact"), [("NP", "host_nepal"), ("GB", "host_uk"), ("BD", "host_bangladesh")])
def test_the_country_of_the_remote_point_chooses_its_pack(
    units: Units, world: World, mumbai: Actor, country: str, fact: str
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
        remote = unit.session.get_one(HearingRow, world.mumbai.hearing_id).remote_id
        unit.session.get_one(PostRow, remote).country = country
    with units.reading() as unit:
        known = procedure_trial.of_hearing(unit, world.mumbai.hearing, by=mumbai)
        hosts = {name for name in FACTS if name.startswith("host_") and known.facts[name]}
        assert hosts == {fact}
        assert ("A26" in {step.id for step in sop.compose(PACKS, facts=known.facts, high_court=known.court)}) is (
            country != "BD"
        )


def test_who_may_not_see_a_hearing_learns_nothing_of_its_facts(units: Units, world: World, actor: FindActor) -> None:
    pune = actor(Role.COORDINATOR, "pune")
    with units.writing() as unit:
        answered(unit.session, world)
    with units.reading() as unit:
        assert world.mumbai.hearing not in dict(procedure_trial.hearings(unit, by=pune))
        with pytest.raises(Absent):
            procedure_trial.of_hearing(unit, world.mumbai.hearing, by=pune)
