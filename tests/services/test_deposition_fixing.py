"""The text fixed after the read-over: nothing changes until the presiding officer opens it, and everybody is told."""

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Stale
from vctestimony.domain.hearing import ReasonMissing
from vctestimony.domain.people import Role
from vctestimony.domain.record.speech import Stage
from vctestimony.services import deposition_fixing, depositions, journal
from vctestimony.services.deposition_fixing import NotFixed, NothingToFix, OnlyThePresidingOfficer, TextFixed
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow


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


def typed(units: Units, hearing: str, text: str, by: Actor) -> None:
    with units.writing() as unit:
        depositions.paste(unit, hearing, stage=Stage.CHIEF, text=text, by=by)


def fixed(units: Units, hearing: str, version: int, by: Actor) -> None:
    with units.writing() as unit:
        deposition_fixing.fix(unit, hearing, version=version, by=by)


def reopened(units: Units, hearing: str, by: Actor, reason: str = "A date was misheard.") -> None:
    with units.writing() as unit:
        deposition_fixing.reopen(unit, hearing, reason=reason, by=by)


def test_a_fixed_text_takes_nothing_until_the_presiding_officer_opens_it(
    units: Units, world: World, hearing: str, mumbai: Actor, actor: FindActor
) -> None:
    typed(units, hearing, "Q. a\nA. b\nQ. c\nA. d", mumbai)
    fixed(units, hearing, 2, mumbai)
    for change in (
        lambda unit: depositions.paste(unit, hearing, stage=Stage.CHIEF, text="Q. e\nA. f", by=mumbai),
        lambda unit: depositions.strike(unit, hearing, 1, version=1, by=mumbai),
        lambda unit: deposition_fixing.fix(unit, hearing, version=2, by=mumbai),
    ):
        with units.writing() as unit, pytest.raises(TextFixed) as refused:
            change(unit)
        assert "11:00 Mumbai / 11:30 Dhaka" in refused.value.sentence()
    with pytest.raises(OnlyThePresidingOfficer):
        reopened(units, hearing, mumbai)
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    with pytest.raises(ReasonMissing):
        reopened(units, hearing, judge, " ")
    reopened(units, hearing, judge)
    typed(units, hearing, "Q. e\nA. f", mumbai)
    with pytest.raises(NotFixed):
        reopened(units, hearing, judge)
    with units.reading() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        assert [one.fixed for one in deposition_fixing.fixings(unit, row)] == [True, False]
        assert not deposition_fixing.is_fixed(unit, row)
        told = [entry.action for entry in journal.history(unit, hearing) if entry.action.startswith("deposition.")]
    assert told == ["deposition.written", "deposition.fixed", "deposition.reopened", "deposition.written"]


def test_only_what_was_read_over_is_fixed(units: Units, hearing: str, mumbai: Actor) -> None:
    with pytest.raises(NothingToFix):
        fixed(units, hearing, 0, mumbai)
    typed(units, hearing, "Q. a\nA. b", mumbai)
    typed(units, hearing, "Q. c\nA. d", mumbai)
    with pytest.raises(Stale):
        fixed(units, hearing, 1, mumbai)


def test_former_states_and_fixings_cannot_be_changed(
    units: Units, database: Database, hearing: str, mumbai: Actor
) -> None:
    typed(units, hearing, "Q. a\nA. b", mumbai)
    fixed(units, hearing, 1, mumbai)
    for table in ("deposition_version", "deposition_fixing"):
        for change in (f"UPDATE {table} SET change = 9", f"DELETE FROM {table}"):
            with pytest.raises(sa.exc.DBAPIError, match="append_only"), database.engine.begin() as connection:
                connection.execute(sa.text(change))
