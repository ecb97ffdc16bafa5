"""Registering cases and orders: what is refused, what another court sees, what two people at once get."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.registered import case_entry, order_entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import Regime, RegimeMismatch
from vctestimony.domain.errors import Absent, NotAllowed, Stale
from vctestimony.domain.people import Role
from vctestimony.services import casefiles, cases, journal
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import CaseRow


@pytest.fixture
def pune(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "pune")


def registered(units: Units, by: Actor, number: str = "SC 214/2025") -> str:
    with units.writing() as unit:
        return cases.register(unit, case_entry(number), by=by)


@pytest.mark.parametrize(
    ("instituted_on", "regime"),
    [
        (date(2024, 6, 29), Regime.CRPC),
        (date(2024, 6, 30), Regime.CRPC),
        (date(2024, 7, 1), Regime.BNSS),
        (date(2024, 7, 2), Regime.BNSS),
    ],
)
def test_the_date_of_institution_decides_the_code(
    units: Units, mumbai: Actor, instituted_on: date, regime: Regime
) -> None:
    with units.writing() as unit:
        assert cases.register(unit, case_entry(instituted_on=instituted_on, regime=regime), by=mumbai)
    other = Regime.BNSS if regime is Regime.CRPC else Regime.CRPC
    with units.writing() as unit, pytest.raises(RegimeMismatch) as refused:
        cases.register(unit, case_entry("SC 215/2025", instituted_on=instituted_on, regime=other), by=mumbai)
    assert refused.value.field == "regime"


def test_a_case_registered_can_be_opened_and_stands_in_the_journal(units: Units, mumbai: Actor) -> None:
    reference = registered(units, mumbai)
    with units.reading() as unit:
        file = casefiles.open_file(unit, reference, by=mumbai)
        said = [entry.action for entry in journal.history(unit, reference)]
    assert (file.number, file.regime, file.high_court) == ("SC 214/2025", "BNSS 2023", "the High Court of Bombay")
    assert (file.orders, file.witnesses, file.can_plan) == ((), (), False)
    assert said == ["case.registered"]


@pytest.mark.parametrize("number", ["SC 214/2025", "sc 214/2025"])
def test_a_court_gives_a_number_once(units: Units, mumbai: Actor, number: str) -> None:
    registered(units, mumbai)
    with units.writing() as unit, pytest.raises(cases.NumberTaken) as refused:
        cases.register(unit, case_entry(number), by=mumbai)
    assert refused.value.field == "number"


def test_another_court_may_have_the_same_number(units: Units, mumbai: Actor, pune: Actor) -> None:
    assert registered(units, mumbai) != registered(units, pune)


def test_two_clerks_who_register_one_number_at_once_make_one_case(units: Units, mumbai: Actor) -> None:
    def attempt(_: int) -> bool:
        try:
            registered(units, mumbai, "SC 300/2025")
        except cases.NumberTaken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(attempt, range(4)))
    assert sorted(made) == [False, False, False, True]
    with units.reading() as unit:
        query = sa.select(sa.func.count()).where(CaseRow.number == "SC 300/2025")
        assert unit.session.scalar(query) == 1


@pytest.mark.parametrize(
    ("now", "instituted_on", "is_refused"),
    [
        # 18:30 of the last day of August in Greenwich is midnight in Mumbai.
        (datetime(2026, 8, 31, 18, 29, tzinfo=UTC), date(2026, 9, 1), True),
        (datetime(2026, 8, 31, 18, 30, tzinfo=UTC), date(2026, 9, 1), False),
        (datetime(2026, 8, 31, 18, 30, tzinfo=UTC), date(2026, 9, 2), True),
    ],
)
def test_whether_a_day_is_still_to_come_is_told_by_the_courts_own_clock(
    units: Units, mumbai: Actor, clock: FrozenClock, now: datetime, instituted_on: date, is_refused: bool
) -> None:
    clock.at = now
    entry = case_entry(instituted_on=instituted_on)
    if not is_refused:
        with units.writing() as unit:
            assert cases.register(unit, entry, by=mumbai)
        return
    with units.writing() as unit, pytest.raises(cases.CaseInFuture):
        cases.register(unit, entry, by=mumbai)


def test_a_stale_version_changes_nothing(units: Units, mumbai: Actor) -> None:
    reference = registered(units, mumbai)
    with units.writing() as unit:
        cases.revise(unit, reference, case_entry(stage="Defence evidence"), version=1, by=mumbai)
    with units.writing() as unit, pytest.raises(Stale):
        cases.revise(unit, reference, case_entry(stage="Arguments"), version=1, by=mumbai)
    with units.reading() as unit:
        assert casefiles.open_file(unit, reference, by=mumbai).stage == "Defence evidence"


def test_a_revision_names_what_changed_and_one_that_changes_nothing_is_not_written_down(
    units: Units, mumbai: Actor
) -> None:
    reference = registered(units, mumbai)
    with units.writing() as unit:
        cases.revise(unit, reference, case_entry(), version=1, by=mumbai)
        cases.revise(unit, reference, case_entry(stage="Arguments", sections="BNS 144"), version=1, by=mumbai)
    with units.reading() as unit:
        (_, revised) = journal.history(unit, reference)
    assert json.loads(revised.facts)["changed"] == ["sections", "stage"]


def test_a_case_keeps_its_number_when_it_is_revised_and_cannot_take_anothers(units: Units, mumbai: Actor) -> None:
    registered(units, mumbai, "SC 1/2025")
    reference = registered(units, mumbai, "SC 2/2025")
    with units.writing() as unit:
        cases.revise(unit, reference, case_entry("SC 2/2025", stage="Arguments"), version=1, by=mumbai)
    with units.writing() as unit, pytest.raises(cases.NumberTaken):
        cases.revise(unit, reference, case_entry("SC 1/2025"), version=2, by=mumbai)


Attempt = Callable[[Unit, str, Actor], object]
ATTEMPTS: dict[str, Attempt] = {
    "open": lambda unit, case, by: casefiles.open_file(unit, case, by=by),
    "form": lambda unit, case, by: casefiles.case_form(unit, case, by=by),
    "revise": lambda unit, case, by: cases.revise(unit, case, case_entry(), version=1, by=by),
    "order": lambda unit, case, by: cases.add_order(unit, case, order_entry(), by=by),
}


@pytest.mark.parametrize("what", ATTEMPTS)
def test_another_courts_case_is_not_there(units: Units, world: World, pune: Actor, what: str) -> None:
    with units.writing() as unit, pytest.raises(Absent):
        ATTEMPTS[what](unit, world.mumbai.case, pune)


def test_the_list_holds_the_own_courts_cases_only(units: Units, world: World, mumbai: Actor, pune: Actor) -> None:
    registered(units, pune)
    with units.reading() as unit:
        assert [line.reference for line in casefiles.own_cases(unit, by=mumbai)] == [world.mumbai.case]


def test_somebody_at_a_mission_registers_no_case(units: Units, world: World, mumbai: Actor) -> None:
    with units.writing() as unit, pytest.raises(NotAllowed):
        cases.register(unit, case_entry(), by=replace(mumbai, post_id=world.dhaka.post_id))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"made_on": date(2025, 3, 2)}, cases.OrderTooEarly),
        ({"made_on": date(2025, 3, 3)}, None),
        ({"made_on": date(2026, 9, 1)}, None),
        ({"made_on": date(2026, 9, 2)}, cases.OrderInFuture),
        ({"not_before_on": date(2026, 9, 10), "not_after_on": date(2026, 9, 9)}, cases.DatesCrossed),
        ({"not_before_on": date(2026, 9, 10), "not_after_on": date(2026, 9, 10)}, None),
        ({"not_after_on": date(2026, 9, 10)}, None),
    ],
)
def test_an_order_lies_between_its_case_and_today(
    units: Units, mumbai: Actor, changes: dict[str, date], refusal: type[Exception] | None
) -> None:
    reference = registered(units, mumbai)
    if refusal is not None:
        with units.writing() as unit, pytest.raises(refusal):
            cases.add_order(unit, reference, order_entry(**changes), by=mumbai)
        return
    with units.writing() as unit:
        cases.add_order(unit, reference, order_entry("recorded", **changes), by=mumbai)
    with units.reading() as unit:
        (order,) = casefiles.open_file(unit, reference, by=mumbai).orders
    assert (order.reference, order.facts) == ("Exh. 48", ("The court records the hearing",))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "কলকাতা ⚖️", "دعوى ١٢", '\'; DROP TABLE "case"; --'])
def test_texts_of_every_kind_come_back_as_they_were(units: Units, mumbai: Actor, text: str) -> None:
    with units.writing() as unit:
        reference = cases.register(unit, case_entry(text, cause_title=text, stage=text), by=mumbai)
    with units.reading() as unit:
        file = casefiles.open_file(unit, reference, by=mumbai)
    assert (file.number, file.cause_title, file.stage) == (text, text, text)
