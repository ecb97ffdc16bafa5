"""What is typed is kept, what is brought in is shown first, what is changed is never lost."""

from dataclasses import replace

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.entered import Unreadable
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.legacy_fonts import LegacyFont
from vctestimony.domain.people import Role
from vctestimony.domain.record.speech import Stage
from vctestimony.services import (
    deposition_drafts,
    deposition_import,
    deposition_lines,
    deposition_versions,
    depositions,
    vault,
)
from vctestimony.services.deposition_drafts import ADDING, OtherWindow
from vctestimony.services.deposition_fixing import TextFixed, fix
from vctestimony.services.deposition_lines import DepositionFull, Details, NotYetSaid, TranslatorMissing
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store.models import WitnessRow

BY_INTERPRETER = Details(
    question_language="en", answer_language="bn", translation_language="en", translated_by="Nasrin Alam"
)
TRANSLATED = "Q. Where?\nTranslation: কোথায়?\nA. খুলনায়।\nTranslation: In Khulna.\nExhibits: P-5"


@pytest.fixture
def mumbai(actor: FindActor, units: Units, world: World, clock: FrozenClock) -> Actor:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    by = actor(Role.COORDINATOR, "mumbai")
    started(units, world.mumbai.hearing, by)
    return by


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def pasted(units: Units, hearing: str, text: str, by: Actor, details: Details | None = None) -> None:
    with units.writing() as unit:
        depositions.paste(unit, hearing, stage=Stage.CHIEF, text=text, by=by, details=details)


def kept(units: Units, hearing: str, text: str, by: Actor, *, place: str = ADDING, window: str = "one") -> str:
    with units.writing() as unit:
        return deposition_drafts.keep(unit, hearing, place, {"text": text}, line_version=1, window=window, by=by)


def draft(units: Units, hearing: str, by: Actor) -> str:
    with units.reading() as unit:
        found = depositions.page(unit, hearing, by=by).draft
        return found.fields["text"] if found else ""


def revised(units: Units, hearing: str, answer: str, by: Actor, version: int = 1) -> None:
    with units.writing() as unit:
        depositions.revise(unit, hearing, 1, stage=Stage.CHIEF, question="a", answer=answer, version=version, by=by)


def test_a_line_tells_both_languages_who_translated_and_what_was_shown(
    units: Units, hearing: str, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.advance(minutes=5)
    with units.reading() as unit:
        wall = MONDAY_11_AT.replace(hour=11, minute=2, tzinfo=None).time()
        at = deposition_lines.said_at(unit, hearing, wall, by=mumbai)
        with pytest.raises(NotYetSaid):
            deposition_lines.said_at(unit, hearing, wall.replace(minute=9), by=mumbai)
    with pytest.raises(TranslatorMissing):
        pasted(units, hearing, TRANSLATED, mumbai)
    pasted(units, hearing, TRANSLATED, mumbai, replace(BY_INTERPRETER, spoken_at=at))
    with units.reading() as unit:
        found = depositions.line(unit, hearing, 1, by=mumbai)
    assert (found.question_translation, found.answer_translation, found.exhibits) == ("কোথায়?", "In Khulna.", "P-5")
    assert (found.details.question_translated_into, found.details.translated_by) == ("bn", "Nasrin Alam")
    assert found.spoken is not None
    assert f"{found.spoken.own.reading.wall:%H:%M} {found.spoken.other.reading.wall:%H:%M}" == "11:02 11:32"


def test_typing_comes_back_until_it_is_added_and_others_are_told(
    units: Units, hearing: str, mumbai: Actor, judge: Actor, clock: FrozenClock
) -> None:
    assert kept(units, hearing, "Q. half a que", mumbai) == "11:00:00 Mumbai / 11:30:00 Dhaka"
    assert draft(units, hearing, mumbai) == "Q. half a que"
    assert draft(units, hearing, judge) == ""
    with pytest.raises(OtherWindow):
        kept(units, hearing, "Q. other", mumbai, window="two")
    with units.reading() as unit:
        told = depositions.state(unit, hearing, by=judge).others
        assert told == (f"{mumbai.name} is typing new lines (last kept 11:00:00 Mumbai / 11:30:00 Dhaka).",)
        assert depositions.state(unit, hearing, by=mumbai).others == ()
    clock.advance(minutes=3)
    with units.reading() as unit:
        assert depositions.state(unit, hearing, by=judge).others == ()
    pasted(units, hearing, "Q. half a question\nA. yes", mumbai)
    assert draft(units, hearing, mumbai) == ""
    assert kept(units, hearing, "yes, sir", judge, place="1")
    with units.reading() as unit:
        assert depositions.state(unit, hearing, by=mumbai).others[0].startswith(f"{judge.name} is changing line 1")
        assert depositions.draft_of(unit, hearing, depositions.line(unit, hearing, 1, by=judge), by=judge)


def test_nothing_is_kept_of_the_real_name_for_no_line_and_in_a_fixed_text(
    units: Units, world: World, hearing: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        vault.put(unit, unit.session.get_one(WitnessRow, world.mumbai.witness_id), {"name": "Rahima Khatun"}, by=mumbai)
    with pytest.raises(RealName):
        kept(units, hearing, "My name is Rahima Khatun", mumbai)
    with pytest.raises(RealName):
        kept(units, hearing, "My name is Rahi\u200cma Kha\u00adtun", mumbai)
    kept(units, hearing, "আ\u09dfেশা\u00ad", mumbai)
    assert draft(units, hearing, mumbai) == "আ\u09af\u09bcেশা"
    with pytest.raises(Absent):
        kept(units, hearing, "x", mumbai, place="7")
    pasted(units, hearing, "Q. a\nA. b", mumbai)
    with units.writing() as unit:
        fix(unit, hearing, version=1, by=mumbai)
    with pytest.raises(TextFixed):
        kept(units, hearing, "Q. more", mumbai)


def test_a_line_that_two_changed_shows_both_and_joins_what_does_not_touch(
    units: Units, hearing: str, mumbai: Actor, judge: Actor
) -> None:
    pasted(units, hearing, "Q. a\nA. he came home late", mumbai)
    revised(units, hearing, "he came home early", judge)
    with pytest.raises(Stale):
        revised(units, hearing, "she came home late", mumbai)
    with units.reading() as unit:
        line = depositions.line(unit, hearing, 1, by=mumbai)
        mine = {"question": "a", "answer": "she came home late"}
        found = deposition_versions.clashes(unit, hearing, line, mine=mine, opened_version=1, by=mumbai)
    answer = next(one for one in found if one.name == "answer")
    assert (answer.mine, answer.theirs, answer.joined) == (
        "she came home late",
        "he came home early",
        "she came home early",
    )


def test_every_version_and_every_moment_can_be_read_again(
    units: Units, hearing: str, mumbai: Actor, judge: Actor, clock: FrozenClock
) -> None:
    pasted(units, hearing, "Q. a\nA. b\nQ. c\nA. d\nQ. e\nA. f", mumbai)
    clock.advance(minutes=1)
    revised(units, hearing, "not b", judge)
    with units.writing() as unit:
        depositions.strike(unit, hearing, 2, version=1, by=mumbai)
    pasted(units, hearing, "Q. g\nA. h", mumbai)
    with units.reading() as unit:
        versions = deposition_versions.of_line(unit, hearing, 1, by=mumbai)
        whole = deposition_versions.compare(unit, hearing, first=3, last=None, by=mumbai)
        earlier = deposition_versions.compare(unit, hearing, first=0, last=3, by=mumbai)
    assert [(one.label, one.by) for one in versions] == [("Taken down", mumbai.name), ("Corrected", judge.name)]
    assert [(run.change.value, run.text) for run in versions[1].differences[0].runs] == [("new", "not"), ("same", " b")]
    assert [(one.label, one.before, one.after) for one in whole.lines] == [
        ("Corrected", 1, 1),
        ("Struck out", 2, 0),
        ("Taken down", 0, 3),
    ]
    assert whole.same == 1
    assert [(one.label, one.after) for one in earlier.lines] == [("Taken down", number) for number in (1, 2, 3)]


def brought_in(units: Units, hearing: str, text: str, by: Actor) -> None:
    with units.writing() as unit:
        deposition_import.read(unit, hearing, text.encode(), stage=Stage.CHIEF, by=by)


def test_a_file_is_shown_first_and_added_only_when_confirmed(units: Units, hearing: str, mumbai: Actor) -> None:
    brought_in(units, hearing, f"{TRANSLATED}\n\nজেরা\nপ্রশ্ন: কবে?\nউত্তর: শীতে।\n\nShe weeps.", mumbai)
    with units.reading() as unit:
        found = deposition_import.check(unit, hearing, by=mumbai)
        assert depositions.page(unit, hearing, by=mumbai).total == 0
    assert (found.questions, found.passages, found.translated, found.font) == (2, 1, True, None)
    assert [(one.number, one.stage_label) for one in found.lines] == [
        (1, "Examination in chief"),
        (2, "Cross-examination"),
        (3, "Cross-examination"),
    ]
    with units.writing() as unit:
        assert deposition_import.enter(unit, hearing, details=BY_INTERPRETER, by=mumbai) == 3
    with units.writing() as unit, pytest.raises(Absent):
        deposition_import.enter(unit, hearing, details=BY_INTERPRETER, by=mumbai)


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("text", ["Q. a\ufffe\nA. b", "Q. \u202ea\nA. b", "Q. a\x07\nA. b", "Q. a\ue000\nA. b"])
def test_letters_that_cannot_be_kept_are_refused_at_the_door(
    units: Units, hearing: str, mumbai: Actor, text: str
) -> None:
    with pytest.raises(Unreadable):
        brought_in(units, hearing, text, mumbai)


def test_what_is_brought_in_is_composed_and_keeps_its_joiners(units: Units, hearing: str, mumbai: Actor) -> None:
    typed = "প্রশ্ন: র\u200d্যাব?\nউত্তর: \u09ac\u09dc\u200b, \u09ac\u09c7\u09be।"
    brought_in(units, hearing, typed, mumbai)
    with units.writing() as unit:
        deposition_import.enter(unit, hearing, details=Details(), by=mumbai)
        found = depositions.line(unit, hearing, 1, by=mumbai)
    assert found.question == "র\u200d্যাব?"
    assert found.answer == "\u09ac\u09a1\u09bc, \u09ac\u09cb।"


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_text_for_an_old_font_is_not_pasted_in_silence(units: Units, hearing: str, mumbai: Actor) -> None:
    with pytest.raises(LegacyFont):
        pasted(units, hearing, "Q. Where?\nA. eSa ogka Fkk vkSj eq>s ugha irk", mumbai)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_half_a_million_words_are_refused_with_their_count_and_a_full_deposition_is_not(
    units: Units, hearing: str, mumbai: Actor
) -> None:
    line = "Q. Where did you live at that time, and with whom?\nA. In Khulna, with my mother and my two brothers.\n"
    with pytest.raises(DepositionFull) as refused:
        pasted(units, hearing, line * (500_000 // len(line.split())), mumbai)
    assert f"at most {deposition_lines.MOST_LINES} lines" in refused.value.sentence()
    pasted(units, hearing, line * deposition_lines.MOST_LINES, mumbai)
    with pytest.raises(DepositionFull):
        pasted(units, hearing, line, mumbai)
    with units.reading() as unit:
        page = depositions.page(unit, hearing, by=mumbai, number=3)
    assert (page.total, page.pages) == (deposition_lines.MOST_LINES, 125)
    assert [one.number for stage in page.stages for one in stage.lines] == list(range(81, 121))
