"""Bringing in a calendar file: judged anew when it is entered, all or nothing, and written into the journal once."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.calendar_samples import calendar_of
from tests.conftest import FindActor
from tests.services.kept import MUMBAI, entered, entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.calendar_changes import Effect
from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.errors import NotAllowed
from vctestimony.domain.people import Role
from vctestimony.services import calendar_entries, calendar_exports, calendar_import, journal
from vctestimony.services.calendar_entries import Owner
from vctestimony.services.calendar_import import ImportPage, NothingToEnter, Sent
from vctestimony.services.unit import Units
from vctestimony.store import calendar_entries as store

HEAD = "kind,first_on,last_on,weekdays,stretches,label,source,status\n"
FLOOD = HEAD + "closed,2026-09-14,,,,Flood,circular 7,\n"


@pytest.fixture
def by(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


def previewed(units: Units, text: str | bytes, by: Actor, owner: Owner = MUMBAI) -> ImportPage:
    with units.reading() as unit:
        return calendar_import.preview(unit, owner, Sent(text.encode() if isinstance(text, str) else text, "x"), by=by)


def brought_in(units: Units, rows: bytes, by: Actor, *, with_against: bool = False, owner: Owner = MUMBAI) -> int:
    with units.writing() as unit:
        return calendar_import.enter(unit, owner, Sent(rows), with_against=with_against, by=by)


def kept(units: Units, by: Actor, owner: Owner = MUMBAI) -> list[CalendarEntry]:
    with units.reading() as unit:
        keeper = calendar_entries.kept_by(unit, owner, by=by).keeper
        return [store.entry_of(row) for row in store.rows_of(unit.session, keeper)]


def test_what_was_previewed_is_what_is_entered_and_the_journal_says_so(units: Units, by: Actor) -> None:
    page = previewed(units, FLOOD + "season,2026-10-01,2026-10-31,,07:30-12:30,Mornings,o,tentative\n", by)
    assert kept(units, by) == []
    assert brought_in(units, page.rows, by) == 2
    assert [one.label for one in kept(units, by)] == ["Flood", "Mornings"]
    with units.reading() as unit:
        actions = [one.action for one in journal.history(unit, "post:mumbai-court")]
    assert actions == ["calendar.entered", "calendar.imported"]


def test_what_changed_since_the_preview_is_judged_again(units: Units, by: Actor) -> None:
    page = previewed(units, FLOOD, by)
    assert [one.change.effect for one in page.judged] == [Effect.FRESH]
    entered(units, MUMBAI, by, entry(EntryKind.CLOSED, label="Repairs"))
    with pytest.raises(NothingToEnter):
        brought_in(units, page.rows, by)
    assert [one.label for one in kept(units, by)] == ["Repairs"]
    assert brought_in(units, page.rows, by, with_against=True) == 1
    assert [one.label for one in kept(units, by)] == ["Flood"]


def test_the_same_row_twice_is_entered_once(units: Units, by: Actor) -> None:
    page = previewed(units, FLOOD + FLOOD.removeprefix(HEAD), by)
    assert [one.change.effect for one in page.judged] == [Effect.FRESH, Effect.THERE]
    assert brought_in(units, page.rows, by) == 1


def test_two_names_of_one_date_in_one_file_both_stand(units: Units, by: Actor) -> None:
    text = FLOOD + "closed,2026-09-14,,,,Storm,circular 8,\n"
    brought_in(units, previewed(units, text, by).rows, by)
    again = previewed(units, text, by)
    assert [one.change.effect for one in again.judged] == [Effect.THERE] * 2
    assert len(kept(units, by)) == 2


def test_another_court_is_not_entered_for(units: Units, by: Actor) -> None:
    with pytest.raises(NotAllowed):
        previewed(units, FLOOD, by, Owner("pune-court"))
    with pytest.raises(NotAllowed):
        brought_in(units, FLOOD.encode(), by, owner=Owner("pune-court"))


def test_a_person_may_bring_in_own_closed_days(units: Units, by: Actor, world: World) -> None:
    owner = Owner(official_id=world.mumbai.judge_id)
    events = calendar_of("SUMMARY:Training; DTSTART;VALUE=DATE:20260914; DURATION:P2D")
    page = previewed(units, events, by, owner)
    assert page.subject.person.startswith("Meera")
    assert brought_in(units, page.rows, by, owner=owner) == 1
    assert [(one.first_on, one.last_on) for one in kept(units, by, owner)] == [(date(2026, 9, 14), date(2026, 9, 15))]
    assert kept(units, by) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_table_of_what_is_entered_changes_nothing_when_it_comes_again(
    units: Units, by: Actor, data: st.DataObject
) -> None:
    days = data.draw(st.lists(st.integers(1, 28), min_size=1, max_size=4, unique=True))
    kinds = st.sampled_from(["closed,{on},,,,D{n},s,tentative", "open,{on},,,07:00-09:00,D{n},s,"])
    lines = [data.draw(kinds).format(on=f"2026-11-{day:02}", n=day) for day in days]
    page = previewed(units, HEAD + "\n".join(lines), by)
    if page.of(Effect.FRESH) or page.of(Effect.AGAINST):
        brought_in(units, page.rows, by, with_against=True)
    with units.reading() as unit:
        table = calendar_exports.entries(unit, MUMBAI, by=by).content
    before = kept(units, by)
    assert {one.change.effect for one in previewed(units, table, by).judged} == {Effect.THERE}
    with pytest.raises(NothingToEnter):
        brought_in(units, table, by, with_against=True)
    assert kept(units, by) == before
