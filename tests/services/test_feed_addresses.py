"""Who may make and stop the secret address of a feed, what is kept of it, and when it opens nothing any more."""

import pytest

from tests.conftest import FindActor
from tests.services.fed import given, made
from tests.services.planned import version_of
from tests.world import World
from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.people import Role
from vctestimony.services import accounts, feed_addresses, journal, officials, places, scheduling
from vctestimony.services.feed_addresses import FeedCard, Holder
from vctestimony.services.feeds import FeedClosed
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, FeedRow, OfficialRow

BOTH = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """SQLite, unless the test asks for another: where PostgreSQL could answer a query differently, both are asked."""
    return str(getattr(request, "param", "sqlite"))


def is_open(units: Units, token: str) -> bool:
    try:
        given(units, token)
    except FeedClosed:
        return False
    return True


def card(units: Units, holder: Holder, by: Actor) -> FeedCard:
    with units.reading() as unit:
        return feed_addresses.card(unit, holder, by=by)


def stopped(units: Units, holder: Holder, by: Actor) -> None:
    with units.writing() as unit:
        feed_addresses.stop(unit, holder, FeedKind.HEARINGS, by=by)


def called_off(units: Units, reference: str, by: Actor) -> None:
    version = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="No longer needed", version=version, by=by)


@BOTH
def test_an_address_made_anew_or_stopped_ends_the_one_before(units: Units, world: World, judge: Actor) -> None:
    holder = Holder(official_id=world.mumbai.judge_id)
    first = made(units, holder, judge)
    busy = made(units, holder, judge, FeedKind.BUSY)
    second = made(units, holder, judge)
    assert [is_open(units, token) for token in (first, second, busy)] == [False, True, True]
    stopped(units, holder, judge)
    stopped(units, holder, judge)
    assert [is_open(units, token) for token in (second, busy, "", "ক" * 600)] == [False, True, False, False]


def test_an_official_makes_the_own_and_who_keeps_the_post_those_of_whom_cannot_sign_in(
    units: Units, world: World, judge: Actor, mumbai: Actor, actor: FindActor
) -> None:
    own, prosecutor = Holder(official_id=world.mumbai.judge_id), Holder(official_id=world.mumbai.prosecutor_id)
    assert card(units, own, judge).may_make
    assert card(units, prosecutor, mumbai).may_make
    assert not card(units, own, mumbai).may_make
    with pytest.raises(NotAllowed):
        made(units, own, mumbai)
    pune, interpreter = actor(Role.COORDINATOR, "pune"), actor(Role.INTERPRETER)
    for holder, by in ((prosecutor, pune), (own, pune), (prosecutor, judge), (own, interpreter)):
        with pytest.raises(NotAllowed):
            card(units, holder, by)
        with pytest.raises(NotAllowed):
            stopped(units, holder, by)
    with pytest.raises(Absent):
        card(units, Holder(official_id=99999), mumbai)


def test_who_keeps_the_post_can_stop_what_an_official_made(
    units: Units, world: World, judge: Actor, mumbai: Actor
) -> None:
    own = Holder(official_id=world.mumbai.judge_id)
    token = made(units, own, judge)
    with pytest.raises(NotAllowed), units.writing() as unit:
        feed_addresses.show_held(unit, own, with_held=False, by=mumbai)
    stopped(units, own, mumbai)
    assert not is_open(units, token)


def test_the_feeds_of_a_room_are_for_who_keeps_its_post(
    units: Units, world: World, mumbai: Actor, judge: Actor, actor: FindActor
) -> None:
    room = Holder(room_id=world.mumbai.room_id)
    assert is_open(units, made(units, room, mumbai))
    for by in (judge, actor(Role.COORDINATOR, "pune"), actor(Role.INTERPRETER)):
        with pytest.raises(NotAllowed):
            made(units, room, by)
    with pytest.raises(Absent):
        made(units, Holder(room_id=world.link_id), SYSTEM)


@BOTH
def test_a_closed_account_a_retired_official_and_a_retired_room_lose_their_feeds_for_good(
    units: Units, world: World, mumbai: Actor, judge: Actor, actor: FindActor
) -> None:
    called_off(units, world.mumbai.hearing, mumbai)
    called_off(units, world.pune.hearing, actor(Role.COORDINATOR, "pune"))
    prosecutor, room = Holder(official_id=world.mumbai.prosecutor_id), Holder(room_id=world.pune.room_id)
    own = Holder(official_id=world.mumbai.judge_id)
    tokens = [made(units, holder, by) for holder, by in ((own, judge), (prosecutor, SYSTEM), (room, SYSTEM))]
    account_id = world.account_id(Role.PRESIDING_OFFICER, "mumbai")
    with units.writing() as unit:
        accounts.disable(unit, account_id, version=1, by=SYSTEM)
        officials.retire_official(unit, world.mumbai.prosecutor_id, version=1, by=SYSTEM)
        places.retire(unit, world.pune.room_id, by=SYSTEM)
    assert [is_open(units, token) for token in tokens] == [False] * 3
    with units.writing() as unit:
        accounts.enable(unit, account_id, version=unit.session.get_one(AccountRow, account_id).version, by=SYSTEM)
        version = unit.session.get_one(OfficialRow, world.mumbai.prosecutor_id).version
        officials.restore_official(unit, world.mumbai.prosecutor_id, version=version, by=SYSTEM)
        places.restore(unit, world.pune.room_id, by=SYSTEM)
    assert [is_open(units, token) for token in tokens] == [False] * 3


def test_an_account_closed_behind_the_back_of_the_service_closes_the_feed(
    units: Units, world: World, judge: Actor
) -> None:
    token = made(units, Holder(official_id=world.mumbai.judge_id), judge)
    with units.writing() as unit:
        unit.session.get_one(AccountRow, world.account_id(Role.PRESIDING_OFFICER, "mumbai")).is_active = False
    assert not is_open(units, token)


def test_the_address_is_kept_nowhere_and_the_journal_says_which_feed(units: Units, world: World, judge: Actor) -> None:
    own = Holder(official_id=world.mumbai.judge_id)
    tokens = made(units, own, judge), made(units, own, judge)
    given(units, tokens[1])
    with units.reading() as unit:
        row = unit.session.query(FeedRow).one()
        kept = repr({column.name: getattr(row, column.name) for column in FeedRow.__table__.columns})
        entries = list(journal.history(unit, officials.subject_of(world.mumbai.judge_id)))
        assert [entry.action for entry in entries] == ["feed.made", "feed.renewed"]
        assert all(row.reference in entry.facts for entry in entries)
    assert [token for token in tokens if token in kept or token in repr(entries)] == []
    assert all(len(token) == 43 for token in tokens)
