"""Two hearings that want the same people and rooms, and every use-case in any order: what holds whatever happened."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import aliased, scoped_session, sessionmaker

from tests.engines import PostgreSQL
from tests.fakes import FrozenClock, MemorySender, fake_ports
from tests.services.planned import (
    MONDAY_11,
    MONDAY_14,
    TUESDAY_11,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    held,
    moved_to,
    options_of,
    version_of,
)
from tests.world import World, build
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import State
from vctestimony.domain.options import OptionAnswer, OptionState, standing
from vctestimony.domain.people import Duty, Role
from vctestimony.services import journal, offering, option_answers, scheduling
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.db import engine_options, prepare
from vctestimony.store.models import AccountRow, HearingRow, OccupancyKind, OccupancyRow, OptionRow

CLAIMS = 33
COURTS = st.sampled_from(["mumbai", "pune"])
WALLS = st.sampled_from([MONDAY_11, MONDAY_11.replace(minute=15), MONDAY_14, TUESDAY_11])
Fresh = Callable[[], str]


@pytest.fixture
def fresh(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Gives the address of an empty database, another each time."""
    numbers = count()

    def sqlite() -> str:
        path = tmp_path / f"{next(numbers)}.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"

    def server() -> str:
        found: PostgreSQL = request.getfixturevalue("postgresql")
        found.renew()
        return found.url

    return sqlite if engine_name == "sqlite" else server


@dataclass(frozen=True, slots=True)
class Side:
    """One court of the machine."""

    reference: str
    hearing_id: int
    by: Actor


class Options(RuleBasedStateMachine):
    """Every use-case of options. Subclasses say where each run finds its empty database."""

    fresh: ClassVar[Fresh]

    def __init__(self) -> None:
        super().__init__()
        url = type(self).fresh()
        self.engine = sa.create_engine(url, **engine_options(url))
        prepare(self.engine)
        self.clock = FrozenClock()
        ports = fake_ports(clock=self.clock, sender=MemorySender())
        ports = replace(ports, tokens=PlainTokens(), option_tokens=PlainTokens())
        self.units = Units(scoped_session(sessionmaker(self.engine)), ports)
        with self.units.writing() as unit:
            world = build(unit.session)
            answered(unit.session, world)
        self.sides = {city: self.side(world, city) for city in ("mumbai", "pune")}

    def side(self, world: World, city: str) -> Side:
        court = world.mumbai if city == "mumbai" else world.pune
        with self.units.reading() as unit:
            account = unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, city))
            return Side(court.hearing, court.hearing_id, actor_of(account))

    def teardown(self) -> None:
        with self.units.reading() as unit:
            assert journal.verify(unit)[1] is None
        self.engine.dispose()

    def tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refusal:
            return False
        return True

    @rule(city=COURTS, walls=st.sets(WALLS, min_size=1, max_size=3), asks=st.booleans())
    def hold(self, city: str, walls: set[datetime], asks: bool) -> None:
        side = self.sides[city]
        self.tried(lambda: held(self.units, side.reference, side.by, *walls, asks=asks))

    @rule(city=COURTS, number=st.integers(1, 3), answer=st.sampled_from(OptionAnswer), offer=st.integers(1, 3))
    def answer(self, city: str, number: int, answer: OptionAnswer, offer: int) -> None:
        token = f"{self.sides[city].reference}-{Duty.JUDGE}.{offer}"

        def give() -> None:
            with self.units.writing() as unit:
                option_answers.give(unit, token, {number: (answer, "")})

        self.tried(give)

    @rule(city=COURTS, number=st.integers(1, 3))
    def confirm(self, city: str, number: int) -> None:
        side = self.sides[city]
        options = options_of(self.units, side.reference)
        wanted = next((one for one in options if one.number == number), None)
        live = wanted is not None and self.stands(wanted) is OptionState.HELD
        mark = offering.answers_mark([one for one in options if one.state is OptionState.HELD])
        version = version_of(self.units, side.reference)

        def book() -> None:
            with self.units.writing() as unit:
                offering.book(unit, side.reference, number=number, answers_seen=mark, version=version, by=side.by)

        assert self.tried(book) == live
        if wanted is not None and live:
            row = hearing_of(self.units, side.reference)
            assert (row.state, row.starts_at) == (State.BOOKED, wanted.starts_at)

    @rule(city=COURTS)
    def release(self, city: str) -> None:
        side = self.sides[city]
        version = version_of(self.units, side.reference)

        def give_back() -> None:
            with self.units.writing() as unit:
                offering.release(unit, side.reference, version=version, by=side.by)

        self.tried(give_back)

    @rule(city=COURTS, wall=WALLS)
    def book(self, city: str, wall: datetime) -> None:
        side = self.sides[city]
        self.tried(lambda: booked(self.units, side.reference, side.by, wall))

    @rule(city=COURTS, wall=WALLS)
    def move(self, city: str, wall: datetime) -> None:
        side = self.sides[city]
        self.tried(lambda: moved_to(self.units, side.reference, side.by, wall))

    @rule(city=COURTS)
    def cancel(self, city: str) -> None:
        side = self.sides[city]
        version = version_of(self.units, side.reference)

        def call_off() -> None:
            with self.units.writing() as unit:
                scheduling.cancel(unit, side.reference, reason="Settled", version=version, by=side.by)

        self.tried(call_off)

    @rule(minutes=st.sampled_from([1, 60, 2879, 2880]))
    def wait(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule()
    def tidy(self) -> None:
        with self.units.writing() as unit:
            offering.release_expired(unit)

    def stands(self, option: OptionRow) -> OptionState:
        return standing(option.state, option.held_until, now=self.clock.at)

    @invariant()
    def no_blocking_claims_overlap(self) -> None:
        with self.units.reading() as unit:
            one, other = aliased(OccupancyRow), aliased(OccupancyRow)
            clash = sa.and_(one.id < other.id, one.start_min < other.end_min, other.start_min < one.end_min)
            pairs = sa.select(sa.func.count()).select_from(one).join(other, one.resource_id == other.resource_id)
            assert unit.session.scalar(pairs.where(clash, one.blocking, other.blocking)) == 0

    @invariant()
    def claims_are_those_of_the_state(self) -> None:
        for side in self.sides.values():
            with self.units.reading() as unit:
                state = unit.session.get_one(HearingRow, side.hearing_id).state
                row = OccupancyRow
                query = sa.select(row.kind, row.option_id, sa.func.count()).where(row.hearing_id == side.hearing_id)
                found = list(unit.session.execute(query.group_by(row.kind, row.option_id)))
                options = {one.id: one for one in unit.session.scalars(sa.select(OptionRow)).all()}
                mine = [one for one in options.values() if one.hearing_id == side.hearing_id]
                assert [one.state for one in mine].count(OptionState.BOOKED) <= 1
                holding = [one for one in mine if one.state is OptionState.HELD]
                assert bool(holding) == (state is State.PROPOSED)
                if state is State.BOOKED:
                    assert [(kind, number) for kind, _, number in found] == [(OccupancyKind.BOOKING, CLAIMS)]
                    continue
                assert {kind for kind, *_ in found} <= {OccupancyKind.HOLD}
                claimed = {option: number for _, option, number in found}
                live = {one.id for one in holding if self.stands(one) is OptionState.HELD}
                assert all(claimed.get(option) == CLAIMS for option in live)
                # Of what ran out, whoever came next may have taken a part.
                assert claimed.keys() <= {one.id for one in holding}
                assert all(number <= CLAIMS for number in claimed.values())


def test_whatever_happens_in_whatever_order_nothing_overlaps_and_nothing_is_left_over(fresh: Fresh) -> None:
    run_state_machine_as_test(
        type("OptionsHere", (Options,), {"fresh": staticmethod(fresh)}),
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
