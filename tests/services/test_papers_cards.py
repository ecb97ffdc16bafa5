"""Oath cards, declarations, certificates and covers: which facts stand where, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import MONDAY_11_AT, answered, booked
from tests.world import World
from vctestimony.domain.casework import Regime, Route
from vctestimony.domain.documents.cards import ConsentSheet, DeclarationSheet, OathCard
from vctestimony.domain.documents.closing import CoordinatorsCertificate, DispatchCover, ElectronicRecordCertificate
from vctestimony.domain.documents.forms import MissionSheet
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import Force, Sheet
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.services import printing
from vctestimony.services.papers.making import NotForThisHearing
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, LogRow

SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
Change = Callable[[HearingRow], None]
Make = Callable[..., Sheet]


@pytest.fixture
def engine_name() -> str:
    """Which facts stand where does not depend on the database; printing is tested on both."""
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def make(units: Units, world: World, actor: FindActor) -> Make:
    """Makes a document of a booked hearing whose facts were changed first."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))

    def made(code: str, *changes: Change, lang: str = "en") -> Sheet:
        with units.writing() as unit:
            hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
            for change in changes:
                change(hearing)
            unit.session.flush()
            return printing.drafted(unit, hearing, code, lang=lang).made.sheet

    return made


def of_witness(**facts: bool) -> Change:
    def change(hearing: HearingRow) -> None:
        hearing.witness.facts = {**hearing.witness.facts, **facts}

    return change


def before(pack: str) -> Change:
    def change(hearing: HearingRow) -> None:
        hearing.case.rule_pack = pack

    return change


def by_route_b(hearing: HearingRow) -> None:
    hearing.order.route = Route.B


def old_code(hearing: HearingRow) -> None:
    hearing.case.regime, hearing.case.instituted_on = Regime.CRPC, date(2023, 5, 2)


def told(sheet: Sheet) -> str:
    return repr(sheet)


def test_a_child_under_twelve_is_asked_first_and_nobody_else(make: Make) -> None:
    plain = make("oath-witness")
    child = make("oath-witness", of_witness(child=True, child_under_12=True))
    assert isinstance(plain, OathCard)
    assert isinstance(child, OathCard)
    assert plain.child is None
    assert child.child is not None
    assert (len(child.child.questions), child.child.asking.force) == (4, Force.RECOMMENDED)
    assert child.child.proviso.authority == "Oaths Act 1969, s. 4(1), proviso"


def test_who_gives_the_oath_rests_on_the_act_and_the_rule_of_the_high_court(make: Make) -> None:
    bombay, kerala, gujarat = (make("oath-witness", before(pack)) for pack in ("bombay", "kerala", "gujarat"))
    assert isinstance(bombay, OathCard)
    assert isinstance(kerala, OathCard)
    assert isinstance(gujarat, OathCard)
    assert bombay.statements[0].text == (
        "The presiding officer administers, or the Court Point Coordinator on his or her direction; record who did."
    )
    assert "Oaths Act 1969, s. 6(2); Model Rules, as adopted by the High Court of Bombay, r. 8.2" in told(bombay)
    assert "Kerala Video Linkage Rules 2021, r. 8(7)" in kerala.statements[0].authority
    assert kerala.statements[1].force is Force.REQUIRED
    assert gujarat.statements[0].authority == "Oaths Act 1969, s. 6(2)"


def test_the_oath_of_the_host_court_is_named_on_route_b_alone(make: Make) -> None:
    assert "Oaths Act 1873 (Bangladesh), ss. 5–7" not in told(make("oath-witness"))
    assert "Oaths Act 1873 (Bangladesh), ss. 5–7" in told(make("oath-witness", by_route_b))


def test_a_translated_card_carries_the_english_text_that_governs(make: Make) -> None:
    english, bengali = make("oath-witness"), make("oath-witness", lang="bn")
    assert isinstance(english, OathCard)
    assert isinstance(bengali, OathCard)
    assert english.oath.original == ""
    assert bengali.oath.lines[0] == "আমি সৃষ্টিকর্তার নামে শপথ করছি"
    assert bengali.oath.original.startswith("I do swear in the name of God that what I shall state")


def test_police_may_not_interpret_by_law_in_kerala_and_by_recommendation_elsewhere(make: Make) -> None:
    for pack, force in (("bombay", Force.RECOMMENDED), ("kerala", Force.REQUIRED)):
        card = make("oath-interpreter", before(pack))
        assert isinstance(card, OathCard)
        assert [one.force for one in card.statements if "police" in one.text] == [force]


def test_without_an_interpreter_there_is_no_card_for_one(make: Make) -> None:
    def alone(hearing: HearingRow) -> None:
        for person in hearing.participants:
            person.removed_at = MONDAY_11_AT if person.duty is Duty.INTERPRETER else None

    with pytest.raises(NotForThisHearing):
        make("oath-interpreter", alone, of_witness(interpreter=False))


def test_the_later_directions_of_sujoy_mitra_carry_no_number_and_stand_only_for_a_mission(make: Make) -> None:
    for code in ("declaration-start", "declaration-end"):
        through_mission, by_court = make(code), make(code, by_route_b)
        assert isinstance(through_mission, DeclarationSheet)
        assert isinstance(by_court, DeclarationSheet)
        last = through_mission.statements[-1]
        assert (last.force, last.mark) == (Force.CONFIRM, "Confirm locally")
        assert not any(mark in last.authority for mark in ("II", "IX", "direction "))
        assert all(one.force is not Force.CONFIRM for one in by_court.statements)

        def again(hearing: HearingRow) -> None:
            hearing.order.route = Route.A

        make(code, again)


def test_the_declaration_names_who_is_meant_to_be_in_the_room_by_pseudonym_and_duty(make: Make) -> None:
    sheet = make("declaration-start")
    assert isinstance(sheet, DeclarationSheet)
    assert (sheet.present[0].name, sheet.present[0].duty) == ("PW-7", "Witness")
    assert "Rina Das" in sheet.name


def test_recording_is_asked_of_nobody_and_a_name_is_never_printed(make: Make) -> None:
    sheet = make("consent")
    assert isinstance(sheet, ConsentSheet)
    assert "r. 14.5" in sheet.recording[0].authority
    assert "r. 12.5" in sheet.confirmed.authority
    assert {one.force for one in sheet.points} == {Force.RECOMMENDED}


def test_the_coordinators_certify_what_was_logged_and_the_rest_is_ruled(make: Make) -> None:
    sheet = make("certificate-coordinator")
    assert isinstance(sheet, CoordinatorsCertificate)
    rows = {row.number: row for row in sheet.certified.rows}
    assert {3, 4, 12, 18, 20, 30} <= set(rows)
    assert rows[3].missing  # nothing was heard yet

    def opened(hearing: HearingRow) -> None:
        hearing.started_at = MONDAY_11_AT

    held = make("certificate-coordinator", opened)
    assert isinstance(held, CoordinatorsCertificate)
    said = next(row.value for row in held.certified.rows if row.number == 3)
    assert said.startswith("The evidence was taken by video link under Exh. ")
    assert (rows[12].missing, rows[12].authority.startswith("Model Rules, as adopted by")) == (True, True)
    assert [box.end for box in sheet.signatures] == [End.COURT, End.REMOTE]


def test_a_certificate_under_the_old_code_is_refused_because_its_section_was_not_read(make: Make) -> None:
    with pytest.raises(NotForThisHearing) as refused:
        make("certificate-63-4", old_code)
    assert "65B(4)" in str(refused.value.facts["why"])


def logs(kind: Kind, **facts: str) -> LogRow:
    at = MONDAY_11_AT + timedelta(hours=13)  # 00:30 on the next day in Dhaka, 00:00 in Mumbai
    return LogRow(number=1, kind=kind.value, happened_at=at, written_at=at, by="Anil", facts=facts)


def test_only_the_hash_that_was_entered_in_the_record_is_filled_in(make: Make, units: Units, world: World) -> None:
    empty = make("certificate-63-4")
    assert isinstance(empty, ElectronicRecordCertificate)
    assert (empty.recordings, empty.tendering.authority) == ((), "BSA 2023, s. 63(4)")
    entered = {"file_id": "REC-1", "sha256": SHA256, "duration": "01:12:40", "custodian": "Registrar, encrypted"}
    with units.writing() as unit:
        row = logs(Kind.RECORDING_STOPPED, **entered)
        row.hearing_id = world.mumbai.hearing_id
        unit.session.add(row)
    filled = make("certificate-63-4")
    assert isinstance(filled, ElectronicRecordCertificate)
    assert [one.sha256 for one in filled.recordings] == [SHA256]


def test_who_left_stands_in_the_declaration_at_the_end_on_both_clocks(make: Make, units: Units, world: World) -> None:
    with units.writing() as unit:
        row = logs(Kind.PERSON_LEFT, who="The support person", point="remote")
        row.hearing_id = world.mumbai.hearing_id
        unit.session.add(row)
    sheet = make("declaration-end")
    assert isinstance(sheet, DeclarationSheet)
    (passage,) = sheet.passages
    assert passage.what == "Somebody left. Who: The support person; At which point: the Remote Point"
    assert passage.happened.own.reading.city == "Dhaka"


def test_three_days_are_preferable_and_plain_only_for_what_the_witness_produced_in_kerala(make: Make) -> None:
    brings = of_witness(documents=True, documents_remote=True)
    bombay, kerala = make("dispatch-cover", brings), make("dispatch-cover", before("kerala"))
    assert isinstance(bombay, DispatchCover)
    assert isinstance(kerala, DispatchCover)
    assert [one.within for one in bombay.enclosed] == ["preferably within three days", ""]
    assert [one.within for one in kerala.enclosed] == ["preferably within three days", "within three days", ""]
    assert kerala.enclosed[1].paper.force is Force.REQUIRED
    due = bombay.due
    assert [face.reading.wall.date() for face in (due.own, due.other)] == [date(2026, 9, 17)] * 2
    for sheet in (bombay, kerala, make("receipt")):
        assert "72" not in told(sheet)
        assert "seventy-two" not in told(sheet).lower()


def test_the_papers_are_the_same_from_the_same_facts(make: Make) -> None:
    for code in ("oath-witness", "declaration-start", "declaration-end", "consent", "dispatch-cover", "receipt"):
        assert make(code, lang="hi") == make(code, lang="hi")


def test_the_cover_rests_on_the_same_rules_as_the_letter_to_the_mission(make: Make) -> None:
    for pack, force, number in (
        ("bombay", Force.SUGGESTED, "r. 8.8.1–8.8.2 (check its number there)"),
        ("punjab-haryana", Force.SUGGESTED, "Punjab and Haryana, r. 8.8.1–8.8.2"),
        ("kerala", Force.SUGGESTED, "r. 8(16)"),
        ("gujarat", Force.RECOMMENDED, ""),
    ):
        cover, letter = make("dispatch-cover", before(pack)), make("mission-request", before(pack))
        assert isinstance(cover, DispatchCover)
        assert isinstance(letter, MissionSheet)
        courier = next(one for one in letter.duties if "courier" in one.text)
        for one in (cover.rests_on, cover.enclosed[0].paper):
            assert (one.force, one.mark) == (courier.force, courier.mark)
            assert one.force is force
            assert one.authority.endswith(number)
            assert courier.authority.endswith(number)
            assert bool(one.authority) == bool(courier.authority) == bool(number)


def test_a_declaration_has_the_numbers_of_the_courts_own_rules_where_they_were_read(make: Make) -> None:
    brings = of_witness(documents=True)
    for pack, title, numbers in (
        ("gujarat", "audio-video electronic means, 2025", ("10(1)(c), 13(5)", "21(2)", "10(1)(b)", "10(1)(d)")),
        ("kerala", "Kerala Video Linkage Rules 2021", ("5(6)(iii), 8(20)", "15(3)", "5(6)(ii)", "5(6)(iv)")),
        ("bombay", "the High Court of Bombay", ("5.6.3, 8.11", "16.2", "5.6.2, Schedule I", "5.6.4")),
    ):
        start, end = make("declaration-start", before(pack), brings), make("declaration-end", before(pack))
        assert isinstance(start, DeclarationSheet)
        assert isinstance(end, DeclarationSheet)
        ruled = [one for one in (*start.statements, *end.statements) if one.force is Force.SUGGESTED]
        assert {one.mark for one in ruled} == {"Duty by law"}
        assert all(title in one.authority for one in ruled)
        caution = " (check its number there)" if pack == "bombay" else ""
        for one, number in zip(start.statements, numbers, strict=False):
            assert one.authority.endswith(f"r. {number}{caution}")
        material = next(one for one in start.statements if "papers sent for the witness" in one.text)
        expected = {"gujarat": "10(3), 10(1)(d)", "kerala": "5(8), 5(6)(iv)", "bombay": "5.8, 5.6.4"}[pack]
        assert f"r. {expected}" in material.authority
