"""The steps the delivered packs give to a case: by regime, route, court and facts, and what they hold back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.delivered_packs import COURTS, PACKS, VERSIONS, composed, overseas, printed, versions
from tests.domain.sop_examples import answers, case
from vctestimony.domain.errors import Refusal
from vctestimony.domain.facts import FACTS, Facts, can_hold, implied_by
from vctestimony.domain.sop import Basis, Gate, Mark, Step, blocking, compose, explain, is_law, offset_words


def test_old_cases_follow_the_code_and_new_ones_the_sanhita() -> None:
    new, old = composed(), composed(bnss=False, crpc=True)
    assert ("O07" in new, "O08" in new, "O07" in old, "O08" in old) == (True, False, False, True)
    assert ("s. 313(1)" in printed(new["X01"]), "Procedure 1973, s. 278" in printed(old["X01"])) == (True, True)
    codes = {item.source.code for step in old.values() if step.id != "A01" for item in step.authority}
    assert not codes & {"BNSS", "BSA"}


ROUTE_B = {"S09", "S16", "C05", "C06", "C07", "C08", "C09", "C10", "D09", "D34", "X14", "X17", "P15", "P16"}
ROUTE_A_AT_MISSION = {"O24", "B22", "X13"}


def test_each_route_has_its_own_steps() -> None:
    direct = overseas(route_a=True, host_bangladesh=True, at_mission=True)
    assistance = overseas(route_b=True, host_bangladesh=True)
    assert set(direct) - set(assistance) == ROUTE_A_AT_MISSION
    assert set(assistance) - set(direct) == ROUTE_B


@pytest.mark.parametrize(("host", "other"), [("host_nepal", "host_uk"), ("host_uk", "host_nepal")])
def test_nepal_and_the_united_kingdom_have_their_own_end_and_nothing_of_bangladesh(host: str, other: str) -> None:
    request = {"S19", "S20", "S21"} if host == "host_nepal" else {"S19", "S21"}
    direct = overseas("model", **{"route_a": True, "at_mission": True, host: True})
    assistance = overseas("model", **{"route_b": True, host: True})
    elsewhere = overseas(route_a=True, at_mission=True, host_bangladesh=True)
    assert set(direct) - set(elsewhere) == {"A26", "C27", "C28"}
    assert set(assistance) - set(direct) == request
    assert not ROUTE_B & set(assistance)
    assert direct["A26"].text != overseas("model", **{"route_a": True, other: True})["A26"].text
    assert all(not is_law(step) or step.evidence.rule is Mark.PARTLY_READ for step in own_steps(assistance))


def own_steps(steps: dict[str, Step]) -> list[Step]:
    return [step for step in steps.values() if step.pack_id in {"nepal", "united-kingdom"}]


def test_a_country_of_which_nothing_was_read_gets_nobody_elses_assistance_steps() -> None:
    assert not (ROUTE_B | {"S19", "S20", "S21"}) & set(overseas(route_b=True))


def test_the_place_is_asked_about_before_a_magistrate_and_for_an_accused_in_custody_only() -> None:
    assert "O27" not in composed()
    assert "O27" not in composed(sessions=False, magistrate=True, bnss=False, crpc=True)
    for facts in ({"sessions": False, "magistrate": True}, {"custody_accused": True}):
        step = composed("model", **facts)["O27"]
        assert all(words in step.text.en for words in ("notified by the State", "own order", "s. 530"))
    assert "265(3)" not in printed(composed(custody_accused=True)["O27"])


def test_kerala_adds_its_own_steps_and_shows_what_it_changes() -> None:
    kerala = overseas("kerala", route_a=True, documents_remote=True, recorded=True)
    model = overseas("model", route_a=True, documents_remote=True, recorded=True)
    assert set(kerala) - set(model) == {"A04", "A06", "A14", "B20", "D24", "P03", "P06"}
    order = kerala["O02"]
    assert [difference.en for difference in order.overrides] == ["In Kerala the order must fix the schedule."]
    assert ("may do so" in model["O02"].text.en, "may do so" in order.text.en) == (True, False)
    assert printed(order) == "Electronic Video Linkage Rules for Courts (Kerala) 2021, r. 6(5)"
    assert (order.pack_id, order.changed_by[0].origin.pack_id, order.changed_by[0].origin.version) == (
        "base",
        "kerala",
        "1.0",
    )


def test_a_kerala_rule_is_only_compared_elsewhere() -> None:
    elsewhere = composed("bombay", identification=True)["D22"]
    assert (offset_words(elsewhere), is_law(elsewhere)) == ("recommended", False)
    assert printed(elsewhere).startswith("compare Electronic Video Linkage Rules for Courts (Kerala)")
    assert offset_words(composed("kerala", identification=True)["D22"]) == "required by"


def test_delhi_lists_overseas_evidence_twelve_weeks_ahead_to_be_checked_in_full() -> None:
    delhi = overseas("delhi", route_a=True)
    assert {"O22", "O23", "S15"} <= set(delhi)
    assert delhi["O23"].offset.written == "T-84d"
    assert printed(delhi["O23"]).endswith("(check the full text)")
    assert not {"O22", "O23", "S15"} & set(composed("delhi"))


def test_a_missing_fact_refuses_the_whole_checklist() -> None:
    incomplete = answers()
    del incomplete["child"]
    with pytest.raises(Refusal, match="The witness is a child"):
        compose(PACKS, facts=Facts(incomplete), high_court="kerala")


def test_why_a_delivered_step_is_out_can_be_shown() -> None:
    (answer,) = explain(PACKS, "D08", facts=case(child=True), high_court="kerala")
    assert not answer.included
    assert [(item.name, item.value) for item in answer.readings] == [("child", True), ("child_under_12", False)]


def test_only_what_the_law_orders_holds_a_hearing_back() -> None:
    held = [step for one in VERSIONS for step in versions(one.id) if step.blocks is not Gate.NONE]
    assert {step.basis for step in held} <= {Basis.LAW, Basis.SEQUENCE}
    assert not [step.id for step in held if step.evidence.rule in (Mark.UNVERIFIED, Mark.OUR_DESIGN)]


def test_the_gates_of_a_plain_hearing_are_these() -> None:
    steps = tuple(composed().values())
    assert [step.id for step in blocking(steps, Gate.BOOK)] == []
    assert [step.id for step in blocking(steps, Gate.CONFIRM)] == ["O01", "O03", "C02"]
    assert [step.id for step in blocking(steps, Gate.START)] == ["T04", "B01", "B03", "B05", "B04", "B08", "B09"]
    sealing = ["D02", "D03", "D07", "X01", "X03", "X06", "X08", "X09", "X10"]
    assert [step.id for step in blocking(steps, Gate.SEAL)] == sealing


def test_the_order_in_the_room_is_link_identity_interpreter_oath_evidence() -> None:
    order = list(composed(interpreter=True))
    places = [
        order.index(name) for name in ("D01", "D02", "D03", "D06", "D07", "D10", "X01", "X02", "X03", "X06", "X12")
    ]
    assert places == sorted(places)


def facts_from(names: frozenset[str]) -> Facts | None:
    """The case in which these facts hold, with those they bring along; none when they contradict each other."""
    held = implied_by(names)
    settled = {"in_india": "overseas" not in held, "bnss": "crpc" not in held, "sessions": "magistrate" not in held}
    return Facts(answers(**dict.fromkeys(held, True)) | settled) if can_hold(true=held, false=()) else None


@settings(max_examples=150, deadline=None)
@given(names=st.frozensets(st.sampled_from(sorted(FACTS)), max_size=14), court=st.sampled_from([*COURTS, "model"]))
def test_whatever_the_case_every_legal_time_has_a_binding_provision(names: frozenset[str], court: str) -> None:
    facts = facts_from(names)
    if facts is None:
        return
    for step in compose(PACKS, facts=facts, high_court=court):
        if step.basis is Basis.LAW:
            assert any(item.binds for item in step.authority), step.id
