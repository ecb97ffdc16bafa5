"""The deposition and the statements of the record: typing, pasting, correcting, what is drawn, what is missing."""

import unicodedata

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import ENTERED, adjourned, confirmed, filled, logged, started, whole_day
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.documents.record import RecordSheet, TranscriptSheet
from vctestimony.domain.errors import Absent, NotAllowed, Refusal, Stale
from vctestimony.domain.people import Role
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.speech import Stage
from vctestimony.services import depositions, printing, record_paper, records
from vctestimony.services.checklist_paper import NoTimeYet
from vctestimony.services.papers.making import NotForThisHearing
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import NotOpened
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def value_of(units: Units, hearing: str, key: str, by: Actor) -> str:
    with units.reading() as unit:
        return records.one(unit, hearing, key, language="en", by=by).value


def lines_of(units: Units, hearing: str, by: Actor) -> list[tuple[int, str, str, str]]:
    with units.reading() as unit:
        stages = depositions.page(unit, hearing, by=by).stages
        return [(line.number, line.stage.value, line.question, line.answer) for s in stages for line in s.lines]


def pasted(units: Units, hearing: str, text: str, by: Actor, stage: Stage = Stage.CHIEF) -> None:
    with units.writing() as unit:
        depositions.paste(unit, hearing, stage=stage, text=text, by=by)


def test_pasted_questions_are_numbered_on_through_the_stages(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai)
    pasted(units, hearing, "Q. a\nA. b\nQ. c\nA. d", mumbai)
    pasted(units, hearing, "প্রশ্ন: কবে?\nউত্তর: শীতে।", mumbai, Stage.CROSS)
    assert lines_of(units, hearing, mumbai) == [
        (1, "chief", "a", "b"),
        (2, "chief", "c", "d"),
        (3, "cross", "কবে?", "শীতে।"),
    ]


def test_nothing_is_taken_down_before_the_opening(units: Units, hearing: str, mumbai: Actor) -> None:
    with pytest.raises(NotOpened):
        pasted(units, hearing, "Q. a\nA. b", mumbai)


def revised(units: Units, hearing: str, answer: str, by: Actor) -> None:
    with units.writing() as unit:
        depositions.revise(unit, hearing, 1, stage=Stage.CROSS, question="a", answer=answer, version=1, by=by)


def test_a_line_is_corrected_once_and_an_old_form_refused(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai)
    pasted(units, hearing, "Q. a\nA. b", mumbai)
    revised(units, hearing, "c", mumbai)
    with pytest.raises(Stale):
        revised(units, hearing, "d", mumbai)
    assert lines_of(units, hearing, mumbai) == [(1, "cross", "a", "c")]


def test_a_line_struck_out_lets_the_others_move_up(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai)
    pasted(units, hearing, "Q. a\nA. b\nQ. c\nA. d\nQ. e\nA. f", mumbai)
    with units.writing() as unit:
        depositions.strike(unit, hearing, 1, version=1, by=mumbai)
    pasted(units, hearing, "Q. g\nA. h", mumbai)
    assert [(line[0], line[2]) for line in lines_of(units, hearing, mumbai)] == [(1, "c"), (2, "e"), (3, "g")]


@pytest.mark.parametrize(("length", "refused"), [(20_000, False), (20_001, True)])
def test_one_answer_has_its_limit(units: Units, hearing: str, mumbai: Actor, length: int, refused: bool) -> None:
    started(units, hearing, mumbai)
    if refused:
        with pytest.raises(depositions.LineTooLong):
            pasted(units, hearing, f"Q. a\nA. {'x' * length}", mumbai)
    else:
        pasted(units, hearing, f"Q. a\nA. {'x' * length}", mumbai)
        assert len(lines_of(units, hearing, mumbai)[0][3]) == length


@pytest.mark.parametrize(
    ("role", "at", "refusal"),
    [(Role.COORDINATOR, "pune", Absent), (Role.MISSION_OFFICIAL, "", NotAllowed), (Role.INTERPRETER, "", NotAllowed)],
)
def test_only_the_court_takes_down_and_fills_in(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor, role: Role, at: str, refusal: type[Refusal]
) -> None:
    started(units, hearing, mumbai)
    with pytest.raises(refusal):
        pasted(units, hearing, "Q. a\nA. b", actor(role, at))
    with pytest.raises(refusal):
        filled(units, hearing, "costs", "none", actor(role, at))


def test_after_a_normal_day_only_what_no_log_can_give_is_missing(units: Units, hearing: str, mumbai: Actor) -> None:
    whole_day(units, hearing, mumbai)
    with units.reading() as unit:
        missing = records.page(unit, hearing, language="en", by=mumbai).missing
    assert {statement.key for statement in missing} == set(ENTERED)
    assert all(statement.supplied_by for statement in missing)


def test_filling_leads_to_the_next_missing_statement_until_there_is_none(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    whole_day(units, hearing, mumbai)
    key, visited = "software", []
    while key:
        visited.append(key)
        key = filled(units, hearing, key, ENTERED[key], mumbai)
    assert sorted(visited) == sorted(ENTERED)
    with units.reading() as unit:
        assert records.page(unit, hearing, language="en", by=mumbai).ready


def test_a_statement_opened_before_somebody_else_filled_it_is_not_overwritten(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    started(units, hearing, mumbai)
    filled(units, hearing, "costs", "theirs", mumbai)
    with units.writing() as unit, pytest.raises(Stale):
        records.fill(unit, hearing, "costs", value="mine", version=0, by=mumbai)
    assert value_of(units, hearing, "costs", mumbai) == "theirs"


@pytest.mark.parametrize("key", ["recording", "identification", "adjournment", "nonsense"])
def test_a_statement_that_does_not_apply_cannot_be_filled(units: Units, hearing: str, mumbai: Actor, key: str) -> None:
    started(units, hearing, mumbai)
    with units.writing() as unit, pytest.raises(Absent):
        records.fill(unit, hearing, key, value="x", version=0, by=mumbai)


def test_what_is_entered_is_added_to_what_the_hearing_gives(units: Units, hearing: str, mumbai: Actor) -> None:
    started(units, hearing, mumbai)
    drawn = value_of(units, hearing, "places", mumbai)
    filled(units, hearing, "places", "The room was changed to Courtroom 2.", mumbai)
    assert value_of(units, hearing, "places", mumbai) == f"{drawn}\nThe room was changed to Courtroom 2."


def test_times_stand_in_the_record_on_both_clocks_once_the_hearing_is_over(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock
) -> None:
    started(units, hearing, mumbai)
    assert value_of(units, hearing, "times", mumbai) == ""
    clock.advance(minutes=95)
    adjourned(units, hearing, mumbai)
    assert value_of(units, hearing, "times", mumbai) == (
        "From 2026-09-14, 11:00 Mumbai (UTC+05:30) / 11:30 Dhaka (UTC+06:00) to "
        "2026-09-14, 12:35 Mumbai (UTC+05:30) / 13:05 Dhaka (UTC+06:00). "
        "Duration 95 minutes, of which 0 minutes without link and 0 minutes of breaks. In court hours."
    )


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [
        ("remote_declaration", Kind.READY_REMOTE, Kind.REMOTE_CLOSING),
        ("read_over", Kind.READ_OVER, Kind.ADMITTED_CORRECT),
    ],
)
def test_half_a_statement_is_none(
    units: Units, hearing: str, mumbai: Actor, key: str, first: Kind, second: Kind
) -> None:
    started(units, hearing, mumbai)
    answers = {"manner": "read", "corrections": "none"} if first is Kind.READ_OVER else {}
    logged(units, hearing, first, mumbai, **answers)
    assert value_of(units, hearing, key, mumbai) == ""
    reported = {"reported_by": "the consul, by the link"} if second is Kind.REMOTE_CLOSING else {}
    logged(units, hearing, second, mumbai, **reported)
    assert len(value_of(units, hearing, key, mumbai).splitlines()) == 2


def drawn_sheet(units: Units, hearing: str, language: str = "en") -> RecordSheet:
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        sheet = record_paper.made(unit, row, language=language).sheet
    assert isinstance(sheet, RecordSheet)
    return sheet


def test_a_draft_says_what_is_missing_and_who_signs_where(units: Units, hearing: str, mumbai: Actor) -> None:
    whole_day(units, hearing, mumbai)
    sheet = drawn_sheet(units, hearing)
    assert sheet.seal is None
    assert len(sheet.missing) == len(ENTERED)
    assert [(box.title, box.end.value) for box in sheet.signatures] == [
        ("Presiding officer", "court"),
        ("Court Point Coordinator", "court"),
        ("Witness", "remote"),
        ("Remote Point Coordinator", "remote"),
        ("Interpreter", "remote"),
    ]
    assert next(box.name for box in sheet.signatures if box.key == "witness") == "PW-7"
    assert sheet.deposition[0].lines[0].answer == unicodedata.normalize("NFC", "আমি খুলনায় থাকতাম।")


def test_a_draft_can_be_printed_from_the_booking_on(units: Units, world: World, hearing: str, mumbai: Actor) -> None:
    assert drawn_sheet(units, hearing).log == ()
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.starts_at = row.starts_wall = None
    with units.reading() as unit, pytest.raises(NoTimeYet):
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        record_paper.made(unit, row, language="en")


def test_interruptions_and_documents_are_printed_from_the_log(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock
) -> None:
    started(units, hearing, mumbai)
    clock.advance(minutes=5)
    logged(units, hearing, Kind.LINK_LOST, mumbai, cause="power cut")
    clock.advance(minutes=5)
    logged(units, hearing, Kind.LINK_RESTORED, mumbai, cause="generator", undisturbed="no", repeated="yes")
    shown = {
        "what": "photograph",
        "original": "Court Point",
        "mark": "Exh. 5",
        "manner": "visualiser",
        "leave": "given",
    }
    logged(units, hearing, Kind.DOCUMENT_SHOWN, mumbai, **shown)
    logged(units, hearing, Kind.DOCUMENT_SHOWN, mumbai, **{**shown, "mark": "Exh. 6", "leave": "refused"})
    assert "Exh. 6" not in value_of(units, hearing, "documents", mumbai)
    sheet = drawn_sheet(units, hearing)
    (stop,) = sheet.interruptions
    assert stop.cause == "Link lost. power cut. generator"
    assert (stop.done, stop.repeated) == ("Room of the witness undisturbed: no", "yes")
    assert [(d.mark, d.description, d.leave) for d in sheet.documents] == [("Exh. 5", "photograph", "given")]


def test_the_deposition_alone_is_refused_while_empty_and_signed_by_pseudonym(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    with pytest.raises(NotForThisHearing):
        printing.print_for(units, hearing, "transcript", lang="en", by=mumbai)
    whole_day(units, hearing, mumbai)
    with units.reading() as unit:
        row = hearings.by_reference(unit.session, hearing)
        assert row is not None
        sheet = printing.drafted(unit, row, "transcript", lang="en").made.sheet
    assert isinstance(sheet, TranscriptSheet)
    assert [(box.title, box.name) for box in sheet.signatures][1] == ("Witness", "PW-7")
    assert [box.title for box in sheet.signatures] == ["Presiding officer", "Witness", "Interpreter"]
    assert sheet.certificate.startswith("The evidence above")
    assert not sheet.is_sealed


def test_the_print_is_numbered_and_journalled(units: Units, hearing: str, mumbai: Actor) -> None:
    printed = printing.print_for(units, hearing, printing.RECORD, lang="en", by=mumbai)
    assert printed.file_name == f"record-{printed.number}-1.pdf"
    assert b"['audit.csv', 'hearing.ics', 'record.json', 'transcript.txt']" in printed.content
