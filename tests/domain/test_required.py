"""Whose presence is asked for, and on what authority: the traps of the rules."""

import pytest

from vctestimony.domain.facts import FACTS
from vctestimony.domain.hearing import End, RequiredDuty
from vctestimony.domain.people import Duty, PostKind
from vctestimony.domain.required import missing, required_duties


def needed(*true: str, kind: PostKind = PostKind.MISSION, high_court: str = "calcutta") -> dict[Duty, RequiredDuty]:
    """By duty, for a case with these facts and no others."""
    facts = {name: name in true for name in FACTS}
    return {one.duty: one for one in required_duties(facts, remote_kind=kind, high_court=high_court)}


ABROAD = ("overseas", "route_a", "host_bangladesh", "bnss", "sessions")


def test_a_plain_hearing_abroad_needs_five_and_may_have_a_magistrate() -> None:
    found = needed(*ABROAD)
    assert [duty for duty, one in found.items() if one.required] == [
        Duty.JUDGE,
        Duty.COURT_COORDINATOR,
        Duty.PROSECUTION,
        Duty.DEFENCE,
        Duty.REMOTE_COORDINATOR,
    ]
    assert [duty for duty, one in found.items() if not one.required] == [Duty.MAGISTRATE]


@pytest.mark.parametrize("kind", list(PostKind))
def test_abroad_the_coordinator_is_an_official_of_the_indian_mission_whatever_the_place(kind: PostKind) -> None:
    found = needed(*ABROAD, kind=kind)[Duty.REMOTE_COORDINATOR]
    assert (found.end, found.authority) == (End.REMOTE, "Model Rules r. 5.3.1, as adopted")


@pytest.mark.parametrize(
    ("high_court", "authority"),
    [
        ("kerala", "Kerala rules, r. 5(4)(i)"),
        ("gujarat", "Gujarat rules, r. 9(4).1"),
        ("punjab-haryana", "Model Rules r. 5.3.1, as adopted"),
        ("bombay", "Model Rules r. 5.3.1, as adopted"),
    ],
)
def test_the_number_is_the_high_courts_own_where_its_text_was_read(high_court: str, authority: str) -> None:
    assert needed(*ABROAD, high_court=high_court)[Duty.REMOTE_COORDINATOR].authority == authority


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (PostKind.TRIAL_COURT, "5.3.2"),
        (PostKind.MAGISTRATES_COURT, "5.3.2"),
        (PostKind.LEGAL_SERVICES, "5.3.3"),
        (PostKind.PRISON, "5.3.4"),
        (PostKind.HOSPITAL, "5.3.5"),
        (PostKind.SHELTER_HOME, "5.3.7"),
        (PostKind.GOVERNMENT_OFFICE, "5.3.8"),
        (PostKind.OTHER, "5.3.10"),
        (PostKind.MISSION, "5.3.10"),
    ],
)
def test_in_india_the_kind_of_place_decides_who_coordinates(kind: PostKind, rule: str) -> None:
    found = needed("in_india", "bnss", "sessions", kind=kind)
    assert found[Duty.REMOTE_COORDINATOR].authority == f"Model Rules r. {rule}, as adopted"
    assert Duty.MAGISTRATE not in found


def test_a_childs_shelter_home_has_a_rule_of_its_own() -> None:
    found = needed("in_india", "bnss", "sessions", "child", kind=PostKind.SHELTER_HOME)
    assert found[Duty.REMOTE_COORDINATOR].authority == "Model Rules r. 5.3.6, as adopted"


def test_a_place_without_a_link_is_helped_by_the_district_judge_in_india_only() -> None:
    at_home = needed("in_india", "bnss", "sessions", "no_facility", kind=PostKind.HOSPITAL)
    assert at_home[Duty.REMOTE_COORDINATOR].authority == "Model Rules r. 5.4, as adopted"
    assert needed(*ABROAD, "no_facility")[Duty.REMOTE_COORDINATOR].authority == "Model Rules r. 5.3.1, as adopted"


def test_a_host_magistrate_is_never_presented_as_asked_for_by_the_model_rules() -> None:
    for extra in ((), ("host_nepal",), ("route_b",), ("route_b", "host_bangladesh")):
        magistrate = needed("overseas", "bnss", "sessions", *extra)[Duty.MAGISTRATE]
        assert "Model Rules" not in magistrate.authority + magistrate.why
        assert magistrate.required is ("route_b" in extra)


def test_by_mutual_legal_assistance_the_host_court_rests_on_its_own_act() -> None:
    assert needed("overseas", "route_b", "host_bangladesh", "bnss", "sessions")[Duty.MAGISTRATE].authority == (
        "Bangladesh: Mutual Assistance in Criminal Matters Act 2012, ss. 15–18"
    )
    nepal = needed("overseas", "route_b", "host_nepal", "bnss", "sessions")[Duty.MAGISTRATE]
    assert nepal.authority == "The law of the host country; confirm locally"


@pytest.mark.parametrize(("code", "authority"), [("bnss", "BNSS s. 308"), ("crpc", "CrPC s. 273")])
def test_the_accused_or_the_advocate_is_there_under_the_code_of_the_case(code: str, authority: str) -> None:
    assert needed("overseas", code, "sessions")[Duty.DEFENCE].authority == authority


def test_the_prison_joins_only_for_an_accused_in_custody_not_for_the_witness() -> None:
    assert needed(*ABROAD, "custody_accused")[Duty.PRISON].authority == "Model Rules r. 12.8, as adopted"
    assert Duty.PRISON not in needed(*ABROAD, "custody_witness")


def test_an_interpreter_is_needed_for_language_or_speech() -> None:
    assert Duty.INTERPRETER not in needed(*ABROAD)
    assert needed(*ABROAD, "interpreter")[Duty.INTERPRETER].authority == "Model Rules r. 5.9.1, as adopted"
    assert needed(*ABROAD, "interpreter", "speech_disability")[Duty.INTERPRETER].authority == "BSA s. 125"


@pytest.mark.parametrize(
    ("facts", "required", "authority"),
    [
        (("child", "pocso"), False, "POCSO Act s. 33(4)"),
        (("child", "pocso", "support_person"), True, "POCSO Act s. 33(4)"),
        (("child",), False, "Model Rules r. 16.2, as adopted"),
        (("support_person",), True, "Model Rules r. 16.2, as adopted"),
    ],
)
def test_a_support_person_may_be_there_for_a_child_and_must_once_allowed(
    facts: tuple[str, ...], required: bool, authority: str
) -> None:
    found = needed(*ABROAD, *facts)[Duty.SUPPORT_PERSON]
    assert (found.required, found.authority) == (required, authority)


def test_an_unanswered_fact_is_not_taken_as_no() -> None:
    with pytest.raises(KeyError):
        required_duties({"overseas": True}, remote_kind=PostKind.MISSION, high_court="calcutta")


def test_missing_leaves_out_who_is_named_and_who_only_may_come() -> None:
    required = required_duties(
        {name: name in ABROAD for name in FACTS}, remote_kind=PostKind.MISSION, high_court="delhi"
    )
    assert [one.duty for one in missing(required, (Duty.JUDGE, Duty.DEFENCE, Duty.PROSECUTION))] == [
        Duty.COURT_COORDINATOR,
        Duty.REMOTE_COORDINATOR,
    ]
    assert missing(required, [one.duty for one in required]) == ()
