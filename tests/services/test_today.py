"""The first page puts what must be acted on before all else, and folds no such thing; it reads what it shows, and the
list of hearings shows the rest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.builders import add_hearing
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT, booked, held, listed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.due_steps import Pressing
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.waiting import Cause
from vctestimony.services import hearing_index, hearing_lists, own_steps
from vctestimony.services.court_tasks import MOST_SHOWN, Waiting
from vctestimony.services.hearing_index import Filters
from vctestimony.services.hearing_lines import HearingLine
from vctestimony.services.hearing_lists import Today
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    HearingRow,
    OptionAnswerRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    StepRow,
)

LINE = HearingLine("H-1", "SC 1/2026", "PW-1", State.BOOKED, "", "Mumbai", "Dhaka", None, 0)


@pytest.mark.parametrize(
    ("must", "others", "shown"), [(0, 3, 3), (0, 6, 6), (0, 7, 5), (2, 9, 5), (9, 0, 9), (9, 2, 9), (9, 1, 10)]
)
def test_what_must_be_acted_on_is_never_folded_and_one_line_alone_is_not_either(
    must: int, others: int, shown: int
) -> None:
    waiting = tuple(Waiting(LINE, "", tone, {}) for tone in ["bad"] * must + ["warn"] * others)
    page = Today(date(2026, 9, 14), waiting, (), has_hearings=True, may_register=True)
    assert (len(page.pressing), page.pressing + page.later) == (shown, waiting)
    assert not any(one.tone == "bad" for one in page.later)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


def waits(units: Units, by: Actor) -> set[Cause]:
    """By what the list finds anything that waits."""
    with units.reading() as unit:
        return {cause for cause in Cause if hearing_index.listed(unit, Filters(cause=cause), by=by).total}


def shown(units: Units, by: Actor) -> set[str]:
    with units.reading() as unit:
        return {one.what.partition(".")[0] for one in hearing_lists.today(unit, by=by).waiting}


def change(units: Units, statement: sa.Update) -> None:
    with units.writing() as unit:
        unit.session.execute(statement)


def test_a_hearing_waits_by_what_is_so_at_the_moment(
    units: Units, world: World, mumbai: Actor, actor: FindActor, clock: FrozenClock
) -> None:
    listed(units, world, mumbai)
    assert (waits(units, mumbai), shown(units, mumbai)) == ({Cause.NO_TIME}, {"No time yet"})
    held(units, world.mumbai.hearing, mumbai, asks=True)
    assert waits(units, mumbai) == {Cause.ASKED}
    change(units, sa.update(OptionAnswerRow).values(answer="can", answered_at=clock.at))
    assert (waits(units, mumbai), shown(units, mumbai)) == (
        {Cause.ANSWERED},
        {"Everybody has answered about the options"},
    )
    clock.at += timedelta(days=5)
    assert waits(units, mumbai) == {Cause.RAN_OUT}
    booked(units, world.mumbai.hearing, mumbai)
    assert waits(units, mumbai) == {Cause.STEPS, Cause.OWN_ANSWER}
    change(units, sa.update(StepRow).values(state="done"))
    assert waits(units, mumbai) == {Cause.READY, Cause.OWN_ANSWER}
    change(units, sa.update(OutboxRow).values(state=OutboxState.FAILED))
    change(units, sa.update(ParticipantRow).where(ParticipantRow.duty == Duty.JUDGE).values(answer="DECLINED"))
    change(units, sa.update(HearingRow).values(starts_at=MONDAY_11_AT + timedelta(hours=1)))
    must = {Cause.MAIL, Cause.DECLINED, Cause.RULES}
    assert waits(units, mumbai) == {Cause.READY, Cause.OWN_ANSWER, *must}
    assert len(shown(units, mumbai)) == 4
    assert waits(units, actor(Role.MISSION_OFFICIAL)) == {Cause.OWN_ANSWER}
    assert waits(units, actor(Role.COORDINATOR, "pune")) == {Cause.NO_TIME}
    change(units, sa.update(HearingRow).values(state=State.CANCELLED))
    assert waits(units, mumbai) == set()


def test_more_than_is_shown_is_counted_and_the_list_has_all(units: Units, world: World, mumbai: Actor) -> None:
    most = MOST_SHOWN["warn"]
    with units.writing() as unit:
        for number in range(most):
            add_hearing(unit.session, world.mumbai, world.dhaka, world.link_id, reference=f"H-MORE{number}")
    with units.reading() as unit:
        page = hearing_lists.today(unit, by=mumbai)
        found = hearing_index.listed(unit, Filters(cause=Cause.NO_TIME), by=mumbai)
    assert len(page.waiting) == most
    assert [(one.cause, one.count) for one in page.more] == [(Cause.NO_TIME, most + 1)]
    assert found.total == most + 1


@pytest.mark.parametrize("seats", ["named", "nobody"])
def test_the_steps_on_the_first_page_are_those_of_the_page_of_steps(
    units: Units, world: World, mumbai: Actor, actor: FindActor, clock: FrozenClock, seats: str
) -> None:
    """Whose a step is, is told there by the rules of the domain and here by the database."""
    listed(units, world, mumbai)
    booked(units, world.mumbai.hearing, mumbai)
    if seats == "nobody":
        change(units, sa.update(ParticipantRow).values(removed_at=clock.at))
    clock.at = MONDAY_11_AT - timedelta(days=1)
    pressing = (Pressing.OVERDUE, Pressing.TODAY)
    for role in (Role.COORDINATOR, Role.PRESIDING_OFFICER, Role.MISSION_OFFICIAL, Role.LEGAL_STAFF, Role.INTERPRETER):
        by = actor(role)
        with units.reading() as unit:
            piles = own_steps.page(unit, language="en", by=by, whole_court=True)
            found, left = own_steps.standings(unit, language="en", by=by)
        counted = {pile.pressing: pile.count for pile in piles}
        assert (sum(one.overdue for one in found), sum(one.today for one in found)) == tuple(map(counted.get, pressing))
        assert left == 0
