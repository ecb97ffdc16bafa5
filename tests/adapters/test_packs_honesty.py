"""The packs that are delivered claim no more than the law gives, and no provision where it does not govern."""

import pytest

from tests.adapters.delivered_packs import COURTS, VERSIONS, composed, overseas, printed
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import Gate, blocking, offset_words


@pytest.mark.parametrize("court", [*COURTS, "model"])
def test_the_model_rules_are_never_printed_alone(court: str) -> None:
    everything = dict.fromkeys(
        ("documents", "interpreter", "child", "sexual", "recorded", "live_streaming_rules"), True
    )
    for step in composed(court, **everything).values():
        for part in printed(step).split("; "):
            if "Model Rules" in part:
                assert "as adopted by the High Court" in part


def test_an_unread_court_asks_for_the_number_to_be_checked_and_one_that_numbers_alike_does_not() -> None:
    assert "check its number there" in printed(composed("delhi")["B01"])
    assert "check its number" not in printed(composed("punjab-haryana")["B01"])


def test_thirty_minutes_are_required_but_well_before_is_what_gujarat_says() -> None:
    assert offset_words(composed("model")["B01"]) == "required by"
    gujarat = composed("gujarat")["B01"]
    assert (offset_words(gujarat), gujarat.offset.written) == ("suggested by", "T-30m")
    assert "thirty" not in gujarat.text.en


def test_the_trial_link_and_the_hard_copy_are_preferred_not_required() -> None:
    steps = composed("model")
    assert (offset_words(steps["T02"]), offset_words(steps["P01"])) == ("preferably", "preferably")


def test_kerala_wants_the_witness_own_document_in_three_days_plainly() -> None:
    kerala = composed("kerala", documents_remote=True)["P02"]
    assert (offset_words(kerala), kerala.offset.written) == ("required by", "T+3d")
    assert offset_words(composed("model", documents_remote=True)["P02"]) == "suggested by"


def test_seventy_two_hours_are_for_an_accused_in_custody_under_the_sanhita_only() -> None:
    assert "P13" not in composed(custody_witness=True)
    assert "P13" not in composed(custody_accused=True, bnss=False, crpc=True)
    step = composed(custody_accused=True)["P13"]
    assert step.offset.written == "event+72h"
    assert "never applies to a witness" in step.text.en
    assert [item.id for item in VERSIONS if "72" in item.offset.written] == ["P13"]


def test_host_consent_holds_back_the_confirmation_of_every_overseas_hearing() -> None:
    for route in ("route_a", "route_b"):
        gate = blocking(tuple(overseas("model", **{route: True}).values()), Gate.CONFIRM)
        assert "C04" in {step.id for step in gate}
    assert "C04" not in composed()


def test_bangladeshi_statutes_are_cited_only_on_the_assistance_route_or_for_the_survivors_own_protection() -> None:
    cited = {
        item.source.code
        for step in overseas(route_a=True, host_bangladesh=True, at_mission=True, vulnerable=True).values()
        for item in step.authority
    }
    assert not cited & {"MACMA", "BDOATHS", "BDIT", "BDPI", "BDPDP", "PSHT26"}
    everything = [item.source.code for step in VERSIONS for item in step.authority]
    assert not {"BDIT", "BDPI", "AGB", "PG2"} & set(everything)


def test_the_assistance_route_to_another_country_cites_no_bangladeshi_statute() -> None:
    bangladesh = overseas(route_b=True, host_bangladesh=True)
    nepal = overseas(route_b=True, host_nepal=True)
    assert "Mutual Assistance in Criminal Matters Act 2012 (Bangladesh), s. 18;" in printed(bangladesh["C04"])
    assert not [step.id for step in nepal.values() if "Bangladesh" in printed(step)]


def test_what_british_courts_say_of_their_own_hearings_is_compared_and_never_authority() -> None:
    cited = [item for step in VERSIONS for item in step.authority if item.source.code in {"PD32", "EUJ"}]
    assert cited
    assert all(item.compare for item in cited)
    nepal = {step.id for step in VERSIONS for item in step.authority if item.source.code == "NPMLA"}
    assert nepal == {"S19", "S20"}


def test_the_oath_says_who_administers_and_what_the_two_laws_differ_on() -> None:
    oath = composed()["D07"]
    assert oath.note is not None
    assert "presiding officer" in oath.text.en
    assert "record who did" in oath.text.en
    assert "Section 7 cures" in oath.note.en
    assert [item.source.code for item in composed("gujarat")["D07"].authority] == ["OATHS"]


def test_the_designated_place_question_stands_beside_the_legal_basis() -> None:
    note = composed()["O07"].note
    assert note is not None
    assert "designated place" in note.en
    assert "s. 530" in note.en
    magistrate = composed(sessions=False, magistrate=True)["O07"]
    assert "265(3), 266(2), 310" in printed(magistrate)
    assert "265(3)" not in printed(composed()["O07"])


def test_the_bar_on_a_victims_name_is_not_claimed_for_trafficking_alone() -> None:
    bare = composed(trafficking=True, protected=True)
    assert "BNS" not in {item.source.code for step in bare.values() for item in step.authority}
    assert "Bharatiya Nyaya Sanhita" in printed(composed(sexual=True)["S12"])


def test_the_coordinator_of_a_child_is_from_legal_services_in_india_and_from_the_mission_abroad() -> None:
    here, abroad_ = composed(child=True), overseas(child=True, route_a=True, at_mission=True)
    assert {"A23", "O11"} <= set(here)
    assert not {"A23", "O11"} & set(abroad_)
    assert ("O04" in abroad_, "O04" in here) == (True, False)
    assert (here["P12"].roles, abroad_["P12"].roles) == ((Duty.PARTY, Duty.NATIONAL_LEGAL_SERVICES), (Duty.PARTY,))


def test_directions_that_were_not_read_carry_no_number() -> None:
    cited = [item for step in VERSIONS for item in step.authority if item.source.code == "SUJOY"]
    assert {item.rule for item in cited} == {""}
    orders = [item.rule for step in VERSIONS for item in step.authority if item.source.code == "SCSOP"]
    assert set(orders) <= {"", "1", "3", "1, 3"}


def test_a_host_magistrate_is_never_said_to_be_required_by_the_rules() -> None:
    acting = [step for step in VERSIONS if Duty.MAGISTRATE in step.roles]
    assert {step.pack_id for step in acting} == {"overseas-route-b"}
    assert all(item.source.code in {"MACMA", "BDOATHS"} for step in acting for item in step.authority)


def test_a_police_officer_never_interprets_in_a_police_case() -> None:
    assert "never a police officer" in composed(interpreter=True)["C14"].text.en
    assert "r. 54" in printed(composed("kerala", interpreter=True)["C14"])


def test_what_the_court_may_do_is_not_required_but_in_kerala_it_shall() -> None:
    assert offset_words(composed("model")["O02"]) == "allowed by law"
    assert offset_words(composed("bombay")["O02"]) == "allowed by law"
    assert offset_words(composed("kerala")["O02"]) == "required by"
