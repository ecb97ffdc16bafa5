"""Which steps a case has, in which order, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.sop_examples import MODEL_RULES, SANHITA, abroad, case, pack, step, text, when
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import (
    Authority,
    Basis,
    Change,
    CircularSteps,
    ClashingSteps,
    Condition,
    Gate,
    Need,
    NoPackForCourt,
    Numbering,
    Origin,
    Phase,
    Selection,
    UnknownStep,
    blocking,
    compose,
    explain,
    for_duty,
    for_phase,
    in_order,
    parse_offset,
)

KERALA = Selection(high_court="kerala")


def test_steps_come_by_phase_then_when_due_then_id() -> None:
    steps = [
        step("P01", offset="T+3d"),
        step("T02", offset="T-30m"),
        step("T09", offset="T-1d"),
        step("T01", offset="T-1d"),
        step("A01"),
    ]
    composed = compose([pack("base", *steps)], facts=case(), high_court="model")
    assert [item.id for item in composed] == ["A01", "T01", "T09", "T02", "P01"]


def test_a_step_comes_after_the_one_it_waits_for_even_when_due_earlier() -> None:
    steps = [step("C01", offset="T-30d", after=("C02",)), step("C02", offset="T-1d")]
    assert [item.id for item in in_order(steps)] == ["C02", "C01"]


def test_waiting_for_a_step_that_does_not_apply_holds_nothing_back() -> None:
    assert [item.id for item in in_order([step("C01", after=("C99",))])] == ["C01"]


def test_steps_waiting_for_each_other_refuse_and_are_named() -> None:
    with pytest.raises(CircularSteps, match="C01, C02"):
        in_order([step("C01", after=("C02",)), step("C02", after=("C01",)), step("C03")])


def test_only_the_court_of_the_case_adds_its_steps() -> None:
    packs = [pack("base", step("A01")), pack("kerala", step("A04"), selection=KERALA)]
    assert [item.id for item in compose(packs, facts=case(), high_court="kerala")] == ["A01", "A04"]
    assert [item.id for item in compose(packs, facts=case(), high_court="model")] == ["A01"]


def test_a_court_without_a_pack_refuses() -> None:
    with pytest.raises(NoPackForCourt, match="madras"):
        compose([pack("base", step("A01"))], facts=case(), high_court="madras")


def test_two_packs_giving_one_step_refuse() -> None:
    with pytest.raises(ClashingSteps) as refusal:
        compose([pack("base", step("A01")), pack("other", step("A01"))], facts=case(), high_court="model")
    assert refusal.value.facts == {"step": "A01", "first": "base", "second": "other"}


def test_an_inherited_pack_comes_along_even_when_its_own_condition_does_not_hold() -> None:
    packs = [
        pack("overseas", step("A13"), selection=when("overseas")),
        pack("india", step("A23"), inherits=("overseas",)),
    ]
    assert [item.id for item in compose(packs, facts=case(), high_court="model")] == ["A13", "A23"]


def change(step_id: str, **given: object) -> Change:
    also = given.pop("also", ())
    assert isinstance(also, tuple)
    origin = Origin(pack_id="kerala", version="2.1")
    return Change(id=step_id, difference=text("Different here."), replaces=given, also=also, origin=origin)


def test_a_change_replaces_what_it_names_and_leaves_the_rest() -> None:
    before = step("B07", offset="T", roles=(Duty.REMOTE_COORDINATOR,))
    made = change("B07", offset=parse_offset("before T"))
    packs = [pack("base", before), pack("kerala", changes=(made,), selection=KERALA)]
    (after,) = compose(packs, facts=case(), high_court="kerala")
    assert (after.offset.written, after.roles, after.text) == ("before T", before.roles, before.text)
    assert (after.pack_id, after.pack_version) == ("base", "1.0")
    assert [difference.en for difference in after.overrides] == ["Different here."]
    assert [(mark.origin.pack_id, mark.origin.version) for mark in after.changed_by] == [("kerala", "2.1")]


def test_a_change_can_add_an_authority_before_the_others() -> None:
    added = Authority(source=SANHITA, rule="346")
    packs = [pack("base", step("D29")), pack("kerala", changes=(change("D29", also=(added,)),), selection=KERALA)]
    (after,) = compose(packs, facts=case(), high_court="kerala")
    assert [item.source.code for item in after.authority] == ["BNSS", "MR"]


def test_a_step_nobody_changed_has_no_difference() -> None:
    (only,) = compose([pack("base", step("A01"))], facts=case(), high_court="model")
    assert only.overrides == ()


def test_an_authority_that_depends_on_a_fact_is_cited_only_then() -> None:
    cited = (Authority(source=MODEL_RULES, rule="8.13"), Authority(source=SANHITA, rule="346", only_if="bnss"))
    packs = [pack("base", step("D29", authority=cited))]
    (new,) = compose(packs, facts=case(), high_court="model")
    (old,) = compose(packs, facts=case(bnss=False, crpc=True), high_court="model")
    assert [item.rule for item in new.authority] == ["8.13", "346"]
    assert [item.rule for item in old.authority] == ["8.13"]


def test_the_numbering_of_the_court_reaches_every_step() -> None:
    packs = [pack("base", step("A01")), pack("kerala", selection=KERALA, numbering=Numbering.SAME)]
    assert compose(packs, facts=case(), high_court="kerala")[0].numbering is Numbering.SAME
    assert compose(packs, facts=case(), high_court="model")[0].numbering is Numbering.UNREAD


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        (Condition(), True),
        (Condition(all=("bnss", "sessions")), True),
        (Condition(all=("bnss", "overseas")), False),
        (Condition(any=("overseas", "sessions")), True),
        (Condition(any=("overseas", "recorded")), False),
        (Condition(none=("overseas",)), True),
        (Condition(none=("overseas", "bnss")), False),
        (Condition(all=("bnss",), any=("sessions",), none=("recorded",)), True),
    ],
)
def test_a_condition_needs_all_any_and_none(condition: Condition, applies: bool) -> None:
    assert condition.holds(case()) is applies
    composed = compose([pack("base", step("A01", condition=condition))], facts=case(), high_court="model")
    assert bool(composed) is applies


def test_why_a_step_is_out_names_each_fact_with_its_value() -> None:
    rule = Condition(all=("overseas", "bnss"), none=("recorded",))
    (answer,) = explain([pack("base", step("A13", condition=rule))], "A13", facts=case(), high_court="model")
    assert not answer.included
    assert [(item.name, item.need, item.value) for item in answer.readings] == [
        ("overseas", Need.ALL, False),
        ("bnss", Need.ALL, True),
        ("recorded", Need.NONE, False),
    ]


def test_why_a_step_is_out_names_the_court_it_belongs_to() -> None:
    packs = [pack("base", step("A01")), pack("kerala", step("A04"), selection=KERALA)]
    (answer,) = explain(packs, packs[1].steps[0], facts=case(), high_court="model")
    assert (answer.included, answer.wrong_court) == (False, "kerala")


def test_a_step_of_two_packs_is_explained_for_each() -> None:
    packs = [pack("new", step("X01"), selection=when("bnss")), pack("old", step("X01"), selection=when("crpc"))]
    answers = explain(packs, "X01", facts=case(), high_court="model")
    assert [(item.pack_id, item.included) for item in answers] == [("new", True), ("old", False)]


def test_explaining_a_step_nobody_has_refuses() -> None:
    with pytest.raises(UnknownStep, match="A99"):
        explain([pack("base", step("A01"))], "A99", facts=case(), high_court="model")


def test_a_part_sees_its_own_steps_and_those_for_everybody() -> None:
    steps = [step("B06", roles=(Duty.EVERYONE,)), step("B01", roles=(Duty.REMOTE_COORDINATOR,)), step("B08")]
    assert [item.id for item in for_duty(steps, Duty.REMOTE_COORDINATOR)] == ["B06", "B01"]


def test_steps_can_be_taken_by_phase() -> None:
    assert [item.id for item in for_phase([step("B06"), step("X01")], Phase.CLOSE)] == ["X01"]


def test_a_gate_is_held_back_only_by_its_own_steps() -> None:
    steps = [step("B01", blocks=Gate.START), step("X01", blocks=Gate.SEAL), step("A01")]
    assert [item.id for item in blocking(steps, Gate.START)] == ["B01"]
    assert blocking(steps, Gate.NONE) == ()


IDS = [f"{phase}{number:02}" for phase in "ACTX" for number in range(1, 5)]


@given(
    order=st.permutations(IDS),
    waits=st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS), max_size=8),
    offsets=st.lists(st.sampled_from(["T", "T-1d", "T-30m", "end", "filing", "always"]), min_size=16, max_size=16),
)
def test_order_respects_after_and_does_not_depend_on_the_order_given(
    order: list[str], waits: dict[str, str], offsets: list[str]
) -> None:
    steps = {
        name: step(name, offset=offset, after=(waits[name],) if waits.get(name, name) < name else ())
        for name, offset in zip(IDS, offsets, strict=True)
    }
    composed = compose([pack("base", *(steps[name] for name in order))], facts=abroad(), high_court="model")
    assert composed == compose([pack("base", *steps.values())], facts=abroad(), high_court="model")
    places = {item.id: place for place, item in enumerate(composed)}
    assert sorted(places) == sorted(IDS)
    assert all(places[name] < places[item.id] for item in composed for name in item.after)


def test_a_planning_step_keeps_its_basis_when_composed() -> None:
    (only,) = compose([pack("base", step("C17", basis=Basis.PLANNING))], facts=case(), high_court="model")
    assert only.basis is Basis.PLANNING
