"""The journal's page: one court's own entries, the newest first, never another court's."""

import pytest

from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.people import Role
from vctestimony.services import journal, journal_pages
from vctestimony.services.unit import Units


def written(units: Units, world: World, times: int = 1) -> None:
    with units.writing() as unit:
        for court in (world.mumbai, world.pune):
            for subject in (court.hearing, court.case, court.witness):
                for number in range(times):
                    journal.write(unit, "thing.done", subject=subject, by=SYSTEM, number=number)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PRESIDING_OFFICER])
def test_a_court_reads_about_its_own_hearings_cases_and_witnesses(
    signed_in: SignedIn, units: Units, world: World, role: Role
) -> None:
    written(units, world)
    rows = signed_in(role).get("/journal").rows()
    assert [row[4] for row in rows] == [world.mumbai.witness, world.mumbai.case, world.mumbai.hearing]
    assert "Tue 1 Sep 2026, 10:30 · Mumbai (UTC+05:30)" in rows[0][1]
    assert "Tue 1 Sep 2026, 11:00 · Dhaka (UTC+06:00)" in rows[0][1]
    assert rows[0][5] == "number: 0"


def test_a_hundred_entries_stand_on_a_page_and_the_rest_on_the_next(
    signed_in: SignedIn, units: Units, world: World
) -> None:
    written(units, world, times=35)
    browser = signed_in(Role.COORDINATOR)
    first = browser.get("/journal")
    assert len(first.rows()) == journal_pages.LINES
    (older,) = [link for link in first.links() if "before=" in link]
    second = browser.get(older)
    assert len(second.rows()) == 5
    assert not [link for link in second.links() if "before=" in link]


@pytest.mark.parametrize("before", ["x", "-1", "99999999999"])
def test_a_page_that_cannot_be_asked_for_is_refused(signed_in: SignedIn, before: str) -> None:
    signed_in(Role.COORDINATOR).get(f"/journal?before={before}", status=422)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.MISSION_OFFICIAL, Role.LEGAL_STAFF, Role.INTERPRETER, Role.SUPPORT]
)
def test_nobody_else_reads_it(signed_in: SignedIn, role: Role) -> None:
    signed_in(role).get("/journal", status=403)


def test_the_facts_of_an_entry_stand_in_words_and_on_both_clocks(
    signed_in: SignedIn, units: Units, world: World
) -> None:
    with units.writing() as unit:
        facts = {"leave": "44f3" * 8, "until": unit.now.isoformat(), "fields": ["name", "contact"]}
        journal.write(unit, "vault.leave_given", subject=world.mumbai.witness, by=SYSTEM, **facts)
    (row,) = signed_in(Role.COORDINATOR).get("/journal").rows()
    assert row[5].startswith("fields: name, contact ; until: Tue 1 Sep 2026, 10:30 · Mumbai (UTC+05:30)")
    assert "11:00 · Dhaka" in row[5]
    assert "44f3" not in row[5]
