"""Those who are kept apart never see each other's times, rooms, addresses or names (T7, T18, T32)."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from tests.adapters.delivered_packs import PACKS
from tests.builders import add_account, add_official
from tests.conftest import FindActor
from tests.services.planned import KOLKATA, MONDAY_11, MONDAY_11_AT, PlainTokens, answered, hearing_of, version_of
from tests.world import World
from vctestimony.domain.access import Action, Actor, Relation
from vctestimony.domain.documents.joining import JoiningSheet
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.reminders.notices import Rule as NoticeRule
from vctestimony.domain.sides import KeptApart, SeesBoth, Side
from vctestimony.services import (
    calendar_weeks,
    event_files,
    hearing_index,
    hearing_views,
    invited,
    planning,
    reminder_views,
    scheduling,
    vault,
)
from vctestimony.services.access import hearing_for
from vctestimony.services.accounts import actor_of
from vctestimony.services.hearing_index import Filters
from vctestimony.services.papers import lists
from vctestimony.services.planning import Seat
from vctestimony.services.ports import Ports
from vctestimony.services.printing import drafted
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, NoticeRow, OfficialRow, OrderRow, ParticipantRow, PostRow
from vctestimony.store.models.reminders import How

ON = MONDAY_11.date()


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), packs=lambda: PACKS)


@pytest.fixture
def accused(units: Units, world: World, mumbai: Actor) -> Actor:
    """Booked, the witness protected by the order; a lawyer with an account sits with the accused, who join when the
    examination begins. The defence counsel of the world sits there too, by duty; the support person with the witness.
    """
    with units.writing() as unit:
        answered(unit.session, world)
        court = unit.session.get_one(PostRow, world.mumbai.post_id)
        court.mails_show_others = True
        order = unit.session.get_one(OrderRow, world.mumbai.order_id)
        order.facts = {**order.facts, "protected": True}
        lawyer = add_official(unit.session, "Ravi Lawyer", post=court, duty=Duty.PARTY)
        account = add_account(
            unit.session, Role.LEGAL_STAFF, "ravi@law.example", post_id=court.id, official_id=lawyer.id
        )
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        seats = [Seat(one.official_id, one.duty) for one in row.participants]
        planning.name_people(
            unit,
            row.reference,
            [*seats, Seat(lawyer.id, Duty.PARTY, is_required=False, side=Side.ACCUSED)],
            version=row.version,
            by=mumbai,
        )
        actor = actor_of(account)
    book(units, world, mumbai)
    return actor


def book(units: Units, world: World, by: Actor) -> None:
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        scheduling.book(unit, world.mumbai.hearing, starts_wall=MONDAY_11, zone=KOLKATA, version=version, by=by)


def seat_of(hearing: HearingRow, duty: Duty) -> ParticipantRow:
    return next(one for one in hearing.participants if one.duty is duty)


@pytest.mark.threat("T32")
def test_who_is_kept_apart_stands_in_that_relation_alone(units: Units, world: World, accused: Actor) -> None:
    """T32: although the lawyer's account belongs to the court."""
    with units.reading() as unit:
        hearing = hearings.by_id(unit.session, world.mumbai.hearing_id)
        assert hearing is not None
        assert hearings.relations(hearing, accused) == {Relation.SCREENED}
        for action in (Action.PRINT, Action.SEE_CHECKLIST, Action.READ_RECORD, Action.TICK):
            with pytest.raises(NotAllowed):
                hearing_for(unit, hearing.reference, by=accused, action=action)
        with pytest.raises(NotAllowed):
            vault.pseudonym_for(unit, world.mumbai.witness, by=accused)


@pytest.mark.threat("T7", "T32")
def test_the_page_shows_the_own_times_and_end_alone(units: Units, world: World, accused: Actor) -> None:
    """T32, T7: no room, name or time of the witness's side; everybody else sees both."""
    with units.reading() as unit:
        page = hearing_views.open_page(unit, world.mumbai.hearing, by=accused)
        line = hearing_index.listed(unit, Filters(), by=accused).lines[0]
    assert page.clocks is not None
    assert line.clocks == page.clocks
    assert page.clocks.court.wall == MONDAY_11 + timedelta(minutes=15)
    assert [part.minutes for part in page.parts] == [60, 15]
    assert (page.remote, page.remote_room) == ("Remote Point", "")
    assert line.remote == "Remote Point"
    assert all("Conference room" not in part.rooms for part in page.parts)
    names = {one.name for one in page.replies.people}
    assert "Salma Khatun" not in names
    assert {"Meera Mumbaikar", "Farhan Mumbaikar"} <= names
    assert (page.witness_facts, page.open_steps, page.sittings, page.history) == ((), (), (), ())


@pytest.mark.threat("T32")
def test_the_side_of_the_witness_sees_nothing_of_the_accused(
    units: Units, world: World, accused: Actor, actor: FindActor
) -> None:
    """T32: the support person is on her side by duty."""
    with units.reading() as unit:
        page = hearing_views.open_page(unit, world.mumbai.hearing, by=actor(Role.SUPPORT))
    names = {one.name for one in page.replies.people}
    assert not names & {"Farhan Mumbaikar", "Ravi Lawyer"}
    assert (page.court_room, page.remote_room) == ("", "Conference room")


@pytest.mark.threat("T7", "T32")
def test_mails_and_calendars_name_nobody_of_the_other_side(units: Units, world: World, accused: Actor) -> None:
    """T32, T7: although the court lets its mails tell who comes."""
    hearing = hearing_of(units, world.mumbai.hearing)
    with units.reading() as unit:
        row = hearings.by_id(unit.session, hearing.id)
        assert row is not None
        told = {duty: invited.others_shown(row, seat_of(row, duty)) or () for duty in (Duty.PARTY, Duty.SUPPORT_PERSON)}
        file = event_files.of_hearing(unit, row.reference, by=accused).content.decode()
    assert {one.name for one in told[Duty.SUPPORT_PERSON]}.isdisjoint({"Farhan Mumbaikar", "Ravi Lawyer"})
    assert "Salma Khatun" not in {one.name for one in told[Duty.PARTY]}
    assert "Farhan Mumbaikar" in {one.name for one in told[Duty.PARTY]}
    assert f"{MONDAY_11_AT + timedelta(minutes=15):%Y%m%dT%H%M}" in file or "T1115" in file
    assert "GEO" not in file
    assert "Conference room" not in file
    assert "Salma" not in file


@pytest.mark.threat("T32")
def test_paper_of_the_accused_names_no_telephone_of_the_remote_point(
    units: Units, world: World, accused: Actor
) -> None:
    """T32: and lists of the day, which show both sides, are not for who is kept apart."""
    with units.reading() as unit:
        row = hearings.by_id(unit.session, world.mumbai.hearing_id)
        assert row is not None
        of_defence = seat_of(row, Duty.DEFENCE).public_id
        sheet = cast("JoiningSheet", drafted(unit, row, "joining-sheet", lang="en", person=of_defence).made.sheet)
        assert len(sheet.calls) == 2
        assert "Rina Das" not in {call.name for call in sheet.calls}
        assert "Salma Khatun" not in str(sheet.others)
        court = unit.session.get_one(PostRow, world.mumbai.post_id)
        with pytest.raises(KeptApart):
            lists.drafts_for_day(unit, court, ON, "en", by=accused)


@pytest.mark.abuse(7)
@pytest.mark.threat("T18")
def test_who_is_taken_off_sees_the_hearing_no_more(units: Units, world: World, accused: Actor, mumbai: Actor) -> None:
    """T18, abuse row 7: the list, the page, the calendar file, and what they were reminded of, from that moment on."""
    elsewhere = replace(accused, post_id=None)
    row = hearing_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        about = {"hearing_id": row.id, "official_id": accused.official_id, "revision": "0", "how": How.PAGE}
        when = {"due_at": unit.now, "made_at": unit.now}
        unit.session.add(NoticeRow(key="notice", rule=next(iter(NoticeRule)), **about, **when))
        unit.session.flush()
        assert reminder_views.own(unit, by=accused)[0].starts is not None
        stay = [Seat(one.official_id, one.duty) for one in row.participants if one.duty is not Duty.PARTY]
        planning.name_people(unit, row.reference, stay, version=row.version, by=mumbai)
    with units.reading() as unit:
        assert hearing_index.listed(unit, Filters(), by=elsewhere).lines == ()
        for look in (hearing_views.open_page, event_files.of_hearing):
            with pytest.raises(Absent):
                look(unit, row.reference, by=elsewhere)
        assert reminder_views.own(unit, by=accused)[0].starts is None


def test_nobody_is_kept_apart_from_who_leads_the_hearing(units: Units, world: World, mumbai: Actor) -> None:
    row = hearing_of(units, world.mumbai.hearing)
    seats = [Seat(one.official_id, one.duty, side=Side.ACCUSED) for one in row.participants if one.duty is Duty.JUDGE]
    with units.writing() as unit, pytest.raises(SeesBoth):
        planning.name_people(unit, row.reference, seats, version=row.version, by=mumbai)


def test_without_an_order_that_protects_her_duties_keep_nobody_apart(units: Units, world: World) -> None:
    with units.reading() as unit:
        row = hearings.by_id(unit.session, world.pune.hearing_id)
        assert row is not None
        assert not any(hearings.kept_apart(row, one) for one in row.participants)
        assert unit.session.get(OfficialRow, world.pune.defence_id) is not None


@pytest.mark.threat("T32")
def test_the_week_of_the_own_court_does_not_tell_when_the_others_come(
    units: Units, world: World, accused: Actor, mumbai: Actor
) -> None:
    """T32: from when the rooms are taken."""
    with units.reading() as unit:
        weeks = [calendar_weeks.post_week(unit, "mumbai-court", ON, by=by) for by in (accused, mumbai)]
    assert [sum(len(day.taken) for day in week.days) > 0 for week in weeks] == [False, True]
