"""The checklist of one person: the steps of that duty alone, that person's clock first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.fakes import FrozenClock
from tests.services.planned import booked, listed
from tests.services.ticking import tick, version, waive
from tests.world import World
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.domain.access import Actor
from vctestimony.domain.documents import KINDS
from vctestimony.domain.documents.checklist import ChecklistSheet
from vctestimony.domain.hearing import End
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services import checklist_paper, checklist_views, checklists, printing
from vctestimony.services.papers.making import Asked, NotForThisHearing
from vctestimony.services.papers.register import CHECKS, MAKERS
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS, words=Languages(FOLDER))


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


def drawn(units: Units, reference: str, code: str, *, duty: Duty) -> ChecklistSheet:
    with units.reading() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        assert hearing is not None
        found = person(hearing, duty)
        sheet = printing.drafted(unit, hearing, code, lang="en", person=found.public_id).made.sheet
        assert isinstance(sheet, ChecklistSheet)
        return sheet


def person(hearing: HearingRow, duty: Duty) -> ParticipantRow:
    return next(one for one in hearing.participants if one.duty is duty and one.removed_at is None)


def test_it_has_the_steps_of_the_duty_and_no_other(units: Units, reference: str) -> None:
    sheet = drawn(units, reference, "checklist-role", duty=Duty.REMOTE_COORDINATOR)

    with units.reading() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        assert hearing is not None
        phases = checklist_views.phases_of(unit, hearing, language="en")
        theirs = [s.id for phase in phases for s in phase.steps if Duty.REMOTE_COORDINATOR in s.duties]
    assert [step.number for phase in sheet.phases for step in phase.steps] == theirs
    assert theirs
    assert sheet.duty == DUTY_LABELS[Duty.REMOTE_COORDINATOR]
    assert not sheet.fillable


@pytest.mark.parametrize(("duty", "end"), [(Duty.REMOTE_COORDINATOR, End.REMOTE), (Duty.COURT_COORDINATOR, End.COURT)])
def test_the_clock_of_the_person_stands_first_also_where_a_step_is_of_both(
    units: Units, reference: str, duty: Duty, end: End
) -> None:
    sheet = drawn(units, reference, "checklist-role-form", duty=duty)

    ends = {step.due.own.end for phase in sheet.phases for step in phase.steps if step.due}
    assert ends == {end}
    assert sheet.fillable


def test_whoever_has_no_step_gets_no_empty_sheet(units: Units, reference: str) -> None:
    idle = made_idle(units, reference)

    with pytest.raises(NotForThisHearing) as refusal:
        drawn(units, reference, "checklist-role", duty=idle)

    assert "no step for this duty" in str(refusal.value.facts["why"])


def made_idle(units: Units, reference: str) -> Duty:
    """Gives the Remote Point Coordinator a duty without a step."""
    with units.writing() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        assert hearing is not None
        phases = checklist_views.phases_of(unit, hearing, language="en")
        busy = {duty for phase in phases for step in phase.steps for duty in step.duties}
        idle = next(duty for duty in Duty if duty not in busy)
        person(hearing, Duty.REMOTE_COORDINATOR).duty = idle
    return idle


def test_why_there_is_nothing_to_print_is_said_in_the_language_of_the_paper(units: Units, reference: str) -> None:
    idle = made_idle(units, reference)
    with units.reading() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        assert hearing is not None
        for code, why in (
            ("checklist-role", "এর করণীয় তালিকায় এই দায়িত্বের কোনো ধাপ নেই।"),
            ("transcript", "কিছু লিপিবদ্ধ হয়নি।"),
        ):
            for make in (CHECKS[code], MAKERS[code]):
                with pytest.raises(NotForThisHearing) as refusal:
                    make(unit, hearing, Asked(KINDS[code], "bn", person(hearing, idle)))
                assert refusal.value.facts["why"] == why


def test_paper_tells_when_a_step_was_done_when_that_was_entered_who_ordered_a_waiver_and_the_pages_own_words(
    units: Units, reference: str, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.advance(minutes=180)
    seen, before = version(units, "C02"), clock.at - timedelta(hours=2)
    with units.writing() as unit:
        checklists.tick(unit, reference, "C02", version=seen, note="by letter 12", by=mumbai, done_at=before)
    tick(units, reference, "C01", mumbai)
    waive(units, reference, "C04", "consent is on file", mumbai, ordered_by="Judge Mumbaikar, 3 August 2026")
    with units.reading() as unit:
        sheet = checklist_paper.sheet(unit, hearings.by_reference(unit.session, reference), language="en")  # type: ignore[arg-type]
    found = {step.number: step for phase in sheet.phases for step in phase.steps}
    late, at_once, waived = (found[name] for name in ("C02", "C01", "C04"))
    assert late.acted is not None
    assert late.entered is not None
    assert (late.entered.own.reading.at - late.acted.own.reading.at, late.reason) == (
        timedelta(hours=2),
        "by letter 12",
    )
    assert at_once.acted is not None
    assert at_once.entered is None
    assert (waived.ordered_by, waived.entered) == ("Judge Mumbaikar, 3 August 2026", None)
    assert (late.binds, found["O01"].binds) == ("Duty by law, time suggested", "Required by law")
    assert {mark.label for mark in sheet.marks} == {step.binds for step in found.values()}
