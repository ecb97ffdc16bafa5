"""Faults that only show when the packs are taken together."""

from dataclasses import replace

import pytest

from tests.domain.sop_examples import SANHITA, pack, step, text, when
from vctestimony.domain.sop import (
    Authority,
    Basis,
    Change,
    Cites,
    Condition,
    Finding,
    Gate,
    Mark,
    Pack,
    Selection,
    Source,
    check,
)


def found(*packs: Pack) -> list[tuple[str, str, str]]:
    return [(finding.pack_id, finding.step_id, finding.key) for finding in check(packs)]


def only(*packs: Pack) -> Finding:
    (finding,) = check(packs)
    return finding


def cites(source: Source, **given: str) -> tuple[Authority, ...]:
    return (Authority(source=SANHITA, rule="1"), Authority(source=source, rule="1", only_if=given.get("only_if", "")))


def test_sound_packs_have_no_fault() -> None:
    assert check([pack("base", step("A01"), step("A02", after=("A01",)))]) == ()


def test_two_packs_of_one_id_are_found() -> None:
    assert found(pack("base", step("A01")), pack("base", step("A02"))) == [("base", "", "id")]


def test_a_step_given_twice_by_one_pack_is_found() -> None:
    assert found(pack("base", step("A01"), step("A01"))) == [("base", "A01", "id")]


def test_a_step_given_by_two_packs_of_one_case_is_found() -> None:
    assert found(pack("base", step("A01")), pack("other", step("A01"), selection=when("recorded"))) == [
        ("other", "A01", "id")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (when("bnss"), when("crpc")),
        (when("route_a"), when("route_b")),
        (when("child", "in_india"), when("overseas")),
        (Selection(high_court="kerala"), Selection(high_court="gujarat")),
    ],
)
def test_packs_that_never_meet_may_give_the_same_step(one: Selection, other: Selection) -> None:
    assert check([pack("one", step("X01"), selection=one), pack("other", step("X01"), selection=other)]) == ()


def test_an_unknown_parent_is_found() -> None:
    finding = only(pack("kerala", step("A01"), inherits=("bsae",)))
    assert (finding.key, finding.values) == ("inherits", {"parent": "bsae"})


def test_a_pack_that_inherits_from_itself_is_found() -> None:
    packs = (pack("a", step("A01"), inherits=("b",)), pack("b", step("A02"), inherits=("a",)))
    assert found(*packs) == [("a", "", "inherits"), ("b", "", "inherits")]


def test_waiting_for_an_unknown_step_is_found() -> None:
    assert only(pack("base", step("A01", after=("A99",)))).values == {"name": "A99"}


def test_waiting_for_a_step_of_a_later_phase_is_found() -> None:
    finding = only(pack("base", step("A01", after=("X01",)), step("X01")))
    assert (finding.step_id, finding.key) == ("A01", "after")


def test_a_circle_is_found_across_packs() -> None:
    packs = (pack("base", step("C01", after=("C02",))), pack("other", step("C02", after=("C01",))))
    finding = only(*packs)
    assert (finding.pack_id, finding.step_id, finding.values) == ("base", "C01", {"steps": "C01, C02"})


@pytest.mark.parametrize(
    "condition",
    [
        Condition(all=("bnss", "crpc")),
        Condition(all=("overseas", "in_india")),
        Condition(all=("route_a",), none=("overseas",)),
        Condition(all=("recorded",), none=("recorded",)),
        Condition(any=("bnss", "crpc"), none=("bnss", "crpc")),
        Condition(none=("sessions", "magistrate")),
        Condition(all=("child_under_12",), none=("child",)),
    ],
)
def test_a_condition_no_case_can_meet_is_found(condition: Condition) -> None:
    assert found(pack("base", step("A01", condition=condition))) == [("base", "A01", "when")]


def test_a_step_its_own_pack_rules_out_is_found() -> None:
    impossible = pack("old", step("O07", condition=Condition(all=("bnss",))), selection=when("crpc"))
    assert found(impossible) == [("old", "O07", "when")]


@pytest.mark.abuse(92)
@pytest.mark.threat("T29")
def test_an_unknown_fact_is_found_in_a_step_and_in_a_pack() -> None:
    broken = pack("base", step("A01", condition=Condition(any=("wether",))), selection=when("rainy"))
    assert [(key, step_id) for _, step_id, key in found(broken)] == [("selects", ""), ("when", "A01")]


def test_a_time_from_the_law_without_a_binding_provision_is_found() -> None:
    compared = (Authority(source=SANHITA, rule="1", compare=True),)
    unverified = (Authority(source=SANHITA, rule="1", mark=Mark.UNVERIFIED),)
    for authority in ((), compared, unverified):
        assert found(pack("base", step("A01", authority=authority))) == [("base", "A01", "basis")]
        assert check([pack("base", step("A01", authority=authority, basis=Basis.PLANNING))]) == ()


@pytest.mark.parametrize("evidence", ["U", "D"])
def test_a_step_nobody_found_in_the_law_cannot_block(evidence: str) -> None:
    assert found(pack("base", step("B22", evidence=evidence, blocks=Gate.START))) == [("base", "B22", "blocks")]


def test_a_rule_of_another_countrys_hearings_is_no_authority() -> None:
    virtual_courts = Source(code="BDIT", title=text("Act"), cites=Cites.SECTION, never=True)
    assert found(pack("base", step("D01", authority=cites(virtual_courts)))) == [("base", "D01", "authority")]


def test_another_high_courts_rule_is_only_compared() -> None:
    kerala = Source(code="KER", title=text("Rules"), cites=Cites.RULE, only_in="kerala")
    cited = step("T01", authority=cites(kerala))
    compared = replace(cited, authority=(cited.authority[0], replace(cited.authority[1], compare=True)))
    assert found(pack("base", cited)) == [("base", "T01", "authority")]
    assert check([pack("base", compared)]) == ()
    assert check([pack("kerala", cited, selection=Selection(high_court="kerala"))]) == ()


def test_a_statute_that_holds_on_a_fact_is_cited_only_where_the_fact_is_settled() -> None:
    act = Source(code="MACMA", title=text("Act"), cites=Cites.SECTION, only_if="route_b")
    assert found(pack("base", step("C04", authority=cites(act)))) == [("base", "C04", "authority")]
    assert check([pack("base", step("C04", authority=cites(act, only_if="route_b")))]) == ()
    assert check([pack("b", step("C04", authority=cites(act)), selection=when("route_b"))]) == ()
    assert check([pack("base", step("C04", authority=cites(act), condition=Condition(all=("route_b",))))]) == ()


def test_a_change_of_a_step_nobody_has_is_found() -> None:
    broken = pack("kerala", changes=(Change(id="B99", difference=text("Other.")),))
    assert found(broken) == [("kerala", "B99", "id")]


def test_a_change_that_does_not_say_what_differs_is_found() -> None:
    packs = (pack("base", step("B01")), pack("kerala", changes=(Change(id="B01", difference=None),)))
    assert found(*packs) == [("kerala", "B01", "difference")]
