"""Hearings and cases that are shut to an account of the own court: who was taken off, and who is kept apart there."""

from dataclasses import replace

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11, MONDAY_11_AT, PlainTokens, hearing_of, version_of
from tests.services.sittings import confirmed, started
from tests.services.test_day_people import added, taken_off
from tests.services.test_screening import accused as accused  # noqa: PLC0414  # a fixture
from tests.world import World
from vctestimony.domain.access import Action, Actor, Relation
from vctestimony.domain.errors import Absent
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.sides import KeptApart
from vctestimony.services import casefiles, hearing_index, journal_pages, planning, vault, witnesses
from vctestimony.services.access import hearing_for
from vctestimony.services.cases import CaseShut
from vctestimony.services.hearing_index import Filters
from vctestimony.services.papers import lists
from vctestimony.services.ports import Ports
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings, mails
from vctestimony.store.models import HearingRow, PostRow


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=lambda: PACKS)


def listed(unit: Unit, by: Actor) -> set[str]:
    return {line.reference for line in hearing_index.listed(unit, Filters(), by=by).lines}


def told(unit: Unit, by: Actor) -> set[str]:
    return {line.subject for line in journal_pages.page(unit, before=None, by=by).lines}


@pytest.fixture
def judge(actor: FindActor) -> Actor:
    return actor(Role.PRESIDING_OFFICER, "mumbai")


@pytest.fixture
def in_session(units: Units, world: World, clock: FrozenClock, mumbai: Actor) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.threat("T11", "T18")
@pytest.mark.abuse(7)
def test_the_coordinator_who_is_taken_off_in_session_finds_nothing_of_it_at_the_own_court(
    units: Units, world: World, in_session: str, mumbai: Actor, judge: Actor
) -> None:
    """T11, T18; until somebody of the court lets them take part again."""
    taken_off(units, in_session, Duty.COURT_COORDINATOR, judge)
    with units.reading() as unit:
        with pytest.raises(Absent):
            hearing_for(unit, in_session, by=mumbai, action=Action.SEE_HEARINGS)
        with pytest.raises(Absent):
            vault.pseudonym_for(unit, world.mumbai.witness, by=mumbai)
        with pytest.raises(CaseShut):
            casefiles.open_file(unit, world.mumbai.case, by=mumbai)
        with pytest.raises(KeptApart):
            court = unit.session.get_one(PostRow, world.mumbai.post_id)
            lists.drafts_for_day(unit, court, MONDAY_11.date(), "en", by=mumbai)
        assert casefiles.own_cases(unit, by=mumbai) == ()
        assert (listed(unit, mumbai), listed(unit, judge)) == (set(), {in_session})
        assert (told(unit, mumbai), told(unit, judge) >= {in_session}) == (set(), True)
        whose = [mails.of_court(world.mumbai.post_id, by=by) for by in (mumbai, judge)]
        assert [mails.count_waiting(unit.session, whose=one) > 0 for one in whose] == [False, True]
        found = [mails.waiting(unit.session, whose=one, after=0, limit=9) for one in whose]
        assert [bool(one) for one in found] == [False, True]
    added(units, in_session, Seat(world.mumbai.coordinator_id, Duty.COURT_COORDINATOR), judge)
    with units.reading() as unit:
        assert listed(unit, mumbai) == {in_session}
        assert casefiles.open_file(unit, world.mumbai.case, by=mumbai).reference == world.mumbai.case


@pytest.mark.threat("T18")
def test_what_goes_on_where_it_ended_is_shut_to_them_too(
    units: Units, world: World, in_session: str, mumbai: Actor, judge: Actor
) -> None:
    taken_off(units, in_session, Duty.COURT_COORDINATOR, judge)
    with units.writing() as unit:
        past = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        following = planning.continuation_of(unit, past, main_minutes=60, by=judge).reference
    with units.reading() as unit:
        assert (listed(unit, mumbai), listed(unit, judge)) == (set(), {in_session, following})


@pytest.mark.threat("T32")
def test_who_was_kept_apart_and_is_exchanged_does_not_see_the_other_side_by_the_court(
    units: Units, world: World, accused: Actor, mumbai: Actor
) -> None:
    """T32: named again they are kept apart again."""
    row = hearing_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        people = unit.session.get_one(HearingRow, row.id).participants
        everybody = [Seat(one.official_id, one.duty, one.is_required, one.side) for one in people]
        stay = [one for one in everybody if one.official_id != accused.official_id]
        planning.name_people(unit, row.reference, stay, version=row.version, by=mumbai)
    with units.reading() as unit:
        assert listed(unit, accused) == set()
        with pytest.raises(CaseShut):
            casefiles.open_file(unit, world.mumbai.case, by=accused)
    with units.writing() as unit:
        version = version_of(units, row.reference)
        planning.name_people(unit, row.reference, everybody, version=version, by=mumbai)
    with units.reading() as unit:
        again = unit.session.get_one(HearingRow, row.id)
        assert hearings.relations(again, accused) == {Relation.SCREENED}


@pytest.mark.threat("T32")
@pytest.mark.abuse(8)
def test_who_is_kept_apart_neither_reads_nor_changes_the_case_of_the_own_court(
    units: Units, world: World, accused: Actor
) -> None:
    """T32: it tells when the witness begins, and says whether she is protected, from which being kept apart follows."""
    with units.reading() as unit:
        assert casefiles.own_cases(unit, by=accused) == ()
        for look in (casefiles.open_file, casefiles.case_form):
            with pytest.raises(CaseShut):
                look(unit, world.mumbai.case, by=accused)
        with pytest.raises(CaseShut):
            witnesses.witness_for(unit, world.mumbai.witness, by=accused)
