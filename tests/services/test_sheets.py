"""Sheets for people who come: each says what that person needs, when by their clock, and nothing that is not theirs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import answered, booked, hearing_of_unit, version_of
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.documents import plain_words as plain
from vctestimony.domain.documents.forms import SummonsSheet
from vctestimony.domain.documents.joining import JoiningSheet, PlainSheet
from vctestimony.domain.documents.lists import MovementSheet
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import Joining
from vctestimony.domain.paper import BothClocks, Force, Sheet
from vctestimony.domain.people import DUTY_LABELS, SCREENED, Duty, PostKind, Role
from vctestimony.services import checklists, joining_changes, paper_register, printing
from vctestimony.services.checklist_paper import NoTimeYet
from vctestimony.services.papers.coming import NobodyIsToCome
from vctestimony.services.papers.movement import NoJourney
from vctestimony.services.papers.survivor import NotInCustody
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, ParticipantRow, PostRow

Change = Callable[[HearingRow], None]


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """Booked from 11:00 in Mumbai, half past in Dhaka; a conference is entered, everybody may be told of the others."""
    with units.writing() as unit:
        answered(unit.session, world)
    changed(units, world.mumbai.hearing, lambda row: setattr(row.court, "mails_show_others", True))
    booked(units, world.mumbai.hearing, mumbai)
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        room = Joining("https://meet.example/room-one", "471147")
        joining_changes.enter(unit, world.mumbai.hearing, room, version=version, by=mumbai)
    return world.mumbai.hearing


def changed(units: Units, reference: str, change: Change) -> None:
    """Make the hearing something else, and its checklist with it."""
    with units.writing() as unit:
        row = hearing_of_unit(unit, reference)
        change(row)
        unit.session.flush()
        checklists.compose_for(unit, row, by=SYSTEM)


def made(units: Units, reference: str, kind: str, *, duty: Duty | None = None) -> Sheet:
    with units.reading() as unit:
        person = f"{reference}-{duty}" if duty else ""
        return printing.drafted(unit, hearing_of_unit(unit, reference), kind, lang="en", person=person).made.sheet


def joining_sheet(units: Units, reference: str, duty: Duty) -> JoiningSheet:
    return cast("JoiningSheet", made(units, reference, "joining-sheet", duty=duty))


def plain_sheet(units: Units, reference: str) -> PlainSheet:
    return cast("PlainSheet", made(units, reference, "survivor-sheet"))


def clock(both: BothClocks) -> tuple[str, str]:
    return f"{both.own.reading.wall:%H:%M} {both.own.reading.city}", f"{both.other.reading.wall:%H:%M}"


def test_each_is_told_the_own_times_on_the_own_clock_first(units: Units, reference: str) -> None:
    coordinator = joining_sheet(units, reference, Duty.REMOTE_COORDINATOR)
    assert (clock(coordinator.ready), clock(coordinator.starts)) == (("11:00 Dhaka", "10:30"), ("11:30 Dhaka", "11:00"))
    assert [clock(one.starts)[0] for one in coordinator.stages] == ["11:30 Dhaka", "11:45 Dhaka", "12:45 Dhaka"]
    assert coordinator.place.startswith("Dhaka")
    with units.writing() as unit:
        judge = unit.session.query(ParticipantRow).filter_by(public_id=f"{reference}-{Duty.JUDGE}").one()
        judge.attends_pre = False
    sheet = joining_sheet(units, reference, Duty.JUDGE)
    assert (clock(sheet.ready)[0], clock(sheet.starts)[0]) == ("10:45 Mumbai", "11:15 Mumbai")
    assert sheet.ready_rule is None


@pytest.mark.parametrize("rules", ["bombay", "gujarat"])
def test_every_paper_asks_the_witness_and_who_sits_with_her_to_come_at_the_same_time(
    units: Units, reference: str, rules: str
) -> None:
    changed(units, reference, lambda row: setattr(row.case, "rule_pack", rules))
    summons = cast("SummonsSheet", made(units, reference, "summons"))
    journey = cast("MovementSheet", made(units, reference, "movement-sheet"))
    beside = joining_sheet(units, reference, Duty.REMOTE_COORDINATOR)
    told = {clock(sheet.ready) for sheet in (summons, journey, beside, plain_sheet(units, reference))}
    assert told == {("11:00 Dhaka", "10:30")}


def test_the_half_hour_is_cited_as_the_high_court_adopted_it(units: Units, reference: str) -> None:
    rule = joining_sheet(units, reference, Duty.INTERPRETER).ready_rule
    assert rule is not None
    assert (rule.force, "as adopted by the High Court of Bombay, r. 5.6.1" in rule.authority) == (Force.REQUIRED, True)
    changed(units, reference, lambda row: setattr(row.case, "rule_pack", "gujarat"))
    rule = joining_sheet(units, reference, Duty.INTERPRETER).ready_rule
    assert rule is not None
    assert "well before the start" in rule.text
    assert rule.force is not Force.REQUIRED


def test_no_sheet_tells_how_to_join_or_names_whom_all_screen(units: Units, world: World, reference: str) -> None:
    with units.reading() as unit:
        people = {person.duty: person.official.name for person in hearing_of_unit(unit, reference).participants}
    for duty in people:
        said = repr(joining_sheet(units, reference, duty))
        assert "meet.example" not in said
        assert "471147" not in said
        assert not [one for one in SCREENED & people.keys() - {duty} if people[one] in said]
        assert people[Duty.DEFENCE] in said
    for kind in ("survivor-sheet", "movement-sheet"):
        said = repr(made(units, reference, kind))
        assert not [one for one in SCREENED & people.keys() if people[one] in said]


def test_whoever_need_not_know_the_case_is_told_only_the_reference(units: Units, reference: str) -> None:
    for duty, knows in ((Duty.PROSECUTION, True), (Duty.REMOTE_COORDINATOR, True), (Duty.SUPPORT_PERSON, False)):
        said = repr(joining_sheet(units, reference, duty))
        assert ("PW-" in said, reference in said) == (knows, True)


def test_a_coordinator_is_told_whom_to_let_in_and_no_name_that_all_screen(units: Units, reference: str) -> None:
    changed(units, reference, lambda row: setattr(row.court, "mails_show_others", False))
    let_in = joining_sheet(units, reference, Duty.REMOTE_COORDINATOR).in_room
    with units.reading() as unit:
        row = hearing_of_unit(unit, reference)
        screened = {person.official.name for person in row.participants if person.duty in SCREENED}
        assert let_in[0] == ("Witness", row.witness.pseudonym)
    assert ("Interpreter", "") in let_in
    assert not screened & {name for _, name in let_in}
    assert DUTY_LABELS[Duty.JUDGE] not in {duty for duty, _ in let_in}
    assert joining_sheet(units, reference, Duty.JUDGE).in_room == ()


def test_others_and_dial_in_stand_there_only_where_the_court_lets_its_mails_tell(units: Units, reference: str) -> None:
    told = joining_sheet(units, reference, Duty.PROSECUTION)
    assert "Farhan Mumbaikar" in {name for _, name in told.others}
    assert not told.dials_in
    changed(units, reference, lambda row: setattr(row.court, "mails_show_others", False))
    changed(units, reference, lambda row: setattr(row.court, "mails_tell_joining", True))
    sheet = joining_sheet(units, reference, Duty.PROSECUTION)
    assert (sheet.others, sheet.dials_in) == ((), True)


def test_who_has_no_account_is_told_to_ask_for_the_link(units: Units, reference: str) -> None:
    assert any("after signing in" in text for text in joining_sheet(units, reference, Duty.INTERPRETER).joining)
    assert any("no account" in text for text in joining_sheet(units, reference, Duty.DEFENCE).joining)


def test_the_plain_sheet_has_no_case_no_court_in_its_head_and_only_what_is_so(
    units: Units, reference: str, actor: FindActor
) -> None:
    sheet = plain_sheet(units, reference)
    said = repr(sheet)
    assert (sheet.heading.issuer, sheet.heading.about) == ("Your appointment", "")
    with units.reading() as unit:
        row = hearing_of_unit(unit, reference)
        hidden = (row.case.number, row.case.sections, row.witness.pseudonym, row.reference, row.court.name)
    assert not [text for text in hidden if text in said]
    assert clock(sheet.starts) == ("11:30 Dhaka", "11:00")
    assert plain.IN_ROOM[Duty.INTERPRETER] in sheet.in_room
    assert not {plain.NOT_SEEN, plain.MASKED, plain.CLOSED, plain.TRUSTED, plain.RECORDED} & set(sheet.safety)

    def ordered(row: HearingRow) -> None:
        row.case.facts = {**row.case.facts, "sexual": True, "pocso": True}
        row.order.facts = {**row.order.facts, "in_camera": True, "masking": True, "recorded": True}
        row.witness.facts = {**row.witness.facts, "child": True, "child_under_12": True}

    changed(units, reference, ordered)
    sheet = plain_sheet(units, reference)
    assert {plain.NOT_SEEN, plain.MASKED, plain.CLOSED, plain.TRUSTED, plain.RECORDED} < set(sheet.safety)
    assert plain.PROMISE_OF_A_CHILD in {stage.text for stage in sheet.stages}
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    with units.writing() as unit:
        checklists.waive(unit, reference, "B13", version=1, reason="The court orders otherwise", by=judge)
    assert plain.NOT_SEEN not in plain_sheet(units, reference).safety


def test_neither_the_file_nor_the_register_says_what_a_neutral_sheet_is(
    units: Units, reference: str, mumbai: Actor
) -> None:
    for kind, name, title in (
        ("survivor-sheet", "appointment", "Your appointment"),
        ("movement-sheet", "journey", "Journey there and back"),
    ):
        printed = printing.print_for(units, reference, kind, lang="en", by=mumbai)
        assert printed.file_name == f"{name}-{printed.number}-1.pdf"
        with units.reading() as unit:
            assert paper_register.look(unit, printed.number).title == title


def test_nobody_in_custody_is_told_of_going_freely(units: Units, reference: str) -> None:
    changed(
        units,
        reference,
        lambda row: setattr(row.witness, "facts", {**row.witness.facts, "custody_witness": True}),
    )
    with pytest.raises(NotInCustody):
        plain_sheet(units, reference)


def test_an_escort_is_told_when_and_where_and_neither_who_nor_why(units: Units, world: World, reference: str) -> None:
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.dhaka.coordinator_id).phone = ""
    sheet = cast("MovementSheet", made(units, reference, "movement-sheet"))
    said = repr(sheet).casefold()
    assert not [word for word in ("pw-", reference.casefold(), "witness", "hearing", "testimony") if word in said]
    assert [clock(way.fetch)[0] for way in sheet.ways[:2]] == ["10:15 Dhaka", "09:45 Dhaka"]
    assert sheet.ready.own.reading.at == datetime(2026, 9, 14, 5, 0, tzinfo=UTC)
    assert sheet.calls[0].phone == "+91 22 0000 0000"


def test_whoever_is_in_a_prison_joins_from_there_and_makes_no_journey(
    units: Units, world: World, reference: str
) -> None:
    with units.writing() as unit:
        hearing = hearing_of_unit(unit, reference)
        officer = next(person for person in hearing.participants if person.duty is Duty.DEFENCE)
        officer.duty, officer.official.post_id = Duty.PRISON, world.pune.post_id
        hearing.remote.kind = PostKind.PRISON
        pune = unit.session.get_one(PostRow, world.pune.post_id).name
    sheet = joining_sheet(units, reference, Duty.DEFENCE)  # the id of the seat stays
    assert (sheet.place, {stage.room for stage in sheet.stages}) == (pune, {""})
    with pytest.raises(NoJourney):
        made(units, reference, "movement-sheet")


@pytest.mark.parametrize("kind", ["joining-sheet", "survivor-sheet", "movement-sheet"])
def test_nobody_is_asked_to_come_to_what_is_over_or_has_no_time(
    units: Units, world: World, reference: str, kind: str
) -> None:
    duty = Duty.JUDGE if kind == "joining-sheet" else None
    with units.writing() as unit:
        hearing_of_unit(unit, reference).state = State.CANCELLED
    with pytest.raises(NobodyIsToCome):
        made(units, reference, kind, duty=duty)
    with pytest.raises(NoTimeYet):
        made(units, world.pune.hearing, kind, duty=duty)
