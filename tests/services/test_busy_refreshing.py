"""Reading subscribed calendars again: when, by whom, what is written down, and what several workers do of one."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Lock

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FakeFetcher, FrozenClock
from tests.services.calendars import ADDRESS, Desk, span, times
from tests.world import World
from vctestimony.domain.busy import BusyTimes, Fetched, Health, NotReached, ReadersBusy, Scope, ServerTrouble
from vctestimony.domain.people import Role
from vctestimony.services.busy_refreshing import (
    EVERY,
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    MOST_ON_DEMAND,
    BeingRead,
    NothingToFetch,
    refresh_due,
    refresh_now,
)
from vctestimony.services.limits import TooManyTries
from vctestimony.services.unit import Units
from vctestimony.store import busy as store
from vctestimony.store.models import BusySourceRow, OfficialRow, PostRow


@pytest.fixture
def desk(units: Units, world: World, actor: FindActor) -> Desk:
    return Desk(units, world.mumbai.judge_id, actor(Role.COORDINATOR, "mumbai"))


def trouble() -> ServerTrouble:
    return ServerTrouble(host="calendar.example", status=503)


def test_a_calendar_is_read_every_few_hours_and_never_in_step(desk: Desk, units: Units, clock: FrozenClock) -> None:
    desk.answers(times(span(6)))
    for number in range(4):
        desk.subscribe(f"https://calendar.example/{number}.ics")
    refresh_due(units)
    with units.reading() as unit:
        pauses = set(unit.session.scalars(sa.text("SELECT next_at FROM busy_source")))
    assert len(pauses) == 4
    clock.at += EVERY * 1.2
    assert refresh_due(units) == 4


def test_only_what_changed_is_written_down(desk: Desk, units: Units, clock: FrozenClock) -> None:
    desk.answers(times(span(6)))
    desk.subscribe()
    for found in (times(span(6)), times(span(6)), times(span(6), span(9)), times(span(9))):
        desk.answers(found)
        refresh_due(units)
        clock.at += EVERY * 1.3
    assert desk.journal() == ["busy.subscribed", "busy.changed", "busy.changed", "busy.changed"]


def test_days_that_come_into_view_and_pass_by_are_no_change(desk: Desk, units: Units, clock: FrozenClock) -> None:
    desk.answers(times(span(6), until=clock.at + timedelta(days=20)))
    desk.subscribe()
    refresh_due(units)
    clock.advance(days=14)
    desk.answers(times(span(6, day=30), until=clock.at + timedelta(days=34)))
    refresh_due(units)
    assert desk.journal() == ["busy.subscribed", "busy.changed"]
    assert [row[:2] for row in desk.stored()] == [span(6, day=30)]


def test_an_unchanged_calendar_is_asked_for_by_its_validator_and_counts_as_read(
    desk: Desk, units: Units, clock: FrozenClock
) -> None:
    desk.answers(times(span(6), until=clock.at + timedelta(days=400)), etag='"1"')
    desk.subscribe()
    refresh_due(units)
    clock.at += EVERY * 1.3
    refresh_due(units)
    assert [etag for _, etag, _ in desk.fetcher.asked] == ["", '"1"']
    assert (len(desk.reader.scopes), desk.row().read_at) == (1, clock.at)
    assert len(desk.stored()) == 1


@pytest.mark.parametrize("what", ["days passed", "the post moved", "the address of the person changed", "it failed"])
def test_a_calendar_is_read_in_full_when_more_than_itself_may_have_changed(
    desk: Desk, units: Units, clock: FrozenClock, what: str
) -> None:
    desk.answers(times(span(6), until=clock.at + timedelta(days=400)), etag='"1"')
    desk.subscribe()
    refresh_due(units)
    with units.writing() as unit:
        official = unit.session.get_one(OfficialRow, desk.official_id)
        match what:
            case "days passed":
                clock.advance(days=8)
            case "the post moved":
                unit.session.get_one(PostRow, official.post_id).zone = "Asia/Dhaka"
            case "the address of the person changed":
                official.email = "other@mumbai.example"
            case _:
                desk.answers(trouble())
    clock.at += EVERY * 1.3
    refresh_due(units)
    clock.at += EVERY * 1.3
    refresh_due(units)
    assert desk.fetcher.asked[1 if what != "it failed" else 2][1] == ""


def test_failures_back_off_keep_what_is_known_and_are_written_down_once(
    desk: Desk, units: Units, clock: FrozenClock
) -> None:
    desk.answers(times(span(6)))
    desk.subscribe()
    refresh_due(units)
    desk.answers(trouble())
    clock.at += EVERY * 1.3
    pauses = []
    for _ in range(9):
        assert refresh_due(units) == 1
        pause = (desk.row().next_at or clock.at) - clock.at
        pauses.append(pause)
        clock.at += pause
    assert FIRST_PAUSE * 0.8 <= pauses[0] <= FIRST_PAUSE * 1.2
    assert LONGEST_PAUSE * 0.8 <= pauses[-1] <= LONGEST_PAUSE * 1.2
    line = desk.line()
    assert (line.health, type(line.failure), len(desk.stored())) == (Health.FAILED, ServerTrouble, 1)
    assert line.failure is not None
    assert "503" in line.failure.sentence()
    desk.answers(times(span(6)))
    refresh_due(units)
    assert desk.line().health is Health.FRESH
    assert desk.journal() == ["busy.subscribed", "busy.changed", "busy.failed", "busy.recovered"]


def test_one_broken_calendar_keeps_nobody_from_the_others_and_its_words_stay_out_of_the_log(
    desk: Desk, units: Units, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = "https://other.example/a.ics"
    desk.answers(times(span(6)), address=other)
    desk.subscribe()
    desk.subscribe(other)
    fine = FakeFetcher.fetch

    def fetch(self: FakeFetcher, address: str, **validators: str) -> Fetched:
        if address == ADDRESS:
            raise RuntimeError("the text of a confidential meeting")
        return fine(self, address, **validators)

    monkeypatch.setattr(FakeFetcher, "fetch", fetch)
    with caplog.at_level(logging.DEBUG):
        assert refresh_due(units) == 2
    healths = [line.health for line in desk.page().summary.calendars]
    assert healths == [Health.FAILED, Health.FRESH]
    assert "RuntimeError" in caplog.text
    assert "confidential" not in caplog.text


def test_busy_readers_postpone_and_count_as_no_failure(desk: Desk, units: Units, clock: FrozenClock) -> None:
    desk.answers(times(span(6)))
    desk.subscribe()

    class Crowded:
        def read(self, content: bytes, scope: Scope) -> BusyTimes:
            raise ReadersBusy()

    refresh_due(units.with_ports(replace(units.ports, reader=Crowded())))
    assert (desk.row().failures, desk.row().leased_until) == (0, None)
    assert desk.row().next_at == clock.at + timedelta(minutes=1)


def test_several_workers_read_each_calendar_once(desk: Desk, units: Units) -> None:
    addresses = [f"https://calendar.example/{number}.ics" for number in range(5)]
    for number, address in enumerate(addresses):
        desk.answers(times(span(6, day=number)), address=address)
        desk.subscribe(address)
    lock, fetched = Lock(), list[str]()
    fine = units.ports.fetcher.fetch

    class Counting:
        host_of = units.ports.fetcher.host_of

        def fetch(self, address: str, *, etag: str, modified: str) -> Fetched:
            with lock:
                fetched.append(address)
            return fine(address, etag=etag, modified=modified)

    shared = units.with_ports(replace(units.ports, fetcher=Counting()))
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: refresh_due(shared), range(4)))
    assert (sum(counts), sorted(fetched)) == (5, addresses)
    assert len(desk.stored()) == 5


def test_a_worker_that_was_killed_leaves_the_calendar_to_the_next_after_a_while(
    desk: Desk, units: Units, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As SIGKILL: nothing is settled."""

    def killed(self: FakeFetcher, address: str, **validators: str) -> Fetched:
        raise Killed

    number = desk.subscribe()
    with monkeypatch.context() as patched:
        patched.setattr(FakeFetcher, "fetch", killed)
        with pytest.raises(Killed):
            refresh_due(units)
    desk.answers(times(span(6)))
    assert refresh_due(units) == 0
    with pytest.raises(BeingRead):
        refresh_now(units, desk.official_id, number, by=desk.by)
    clock.at += LEASE
    assert refresh_due(units) == 1
    assert len(desk.stored()) == 1


def test_a_calendar_removed_while_it_is_read_stays_removed(desk: Desk, units: Units) -> None:
    number = desk.subscribe()

    class Removing:
        host_of = units.ports.fetcher.host_of

        def fetch(self, address: str, *, etag: str, modified: str) -> Fetched:
            with units.writing() as unit:
                store.delete(unit.session, unit.session.get_one(BusySourceRow, number))
            return Fetched(content=b"calendar")

    assert refresh_due(units.with_ports(replace(units.ports, fetcher=Removing()))) == 1
    assert desk.page().summary.calendars == ()


def test_reading_now_shows_what_is_wrong_at_once(desk: Desk, units: Units) -> None:
    number = desk.subscribe()
    desk.answers(NotReached(host="calendar.example"))
    refresh_now(units, desk.official_id, number, by=desk.by)
    assert (desk.line().health, type(desk.line().failure)) == (Health.FAILED, NotReached)
    desk.answers(times(span(6)))
    refresh_now(units, desk.official_id, number, by=desk.by)
    assert (desk.line().health, desk.line().failure) == (Health.FRESH, None)


def test_reading_now_is_not_for_files_and_not_without_end(desk: Desk, units: Units) -> None:
    desk.upload(times())
    with pytest.raises(NothingToFetch):
        refresh_now(units, desk.official_id, desk.line().id, by=desk.by)
    number = desk.subscribe()
    for _ in range(MOST_ON_DEMAND):
        refresh_now(units, desk.official_id, number, by=desk.by)
    with pytest.raises(TooManyTries):
        refresh_now(units, desk.official_id, number, by=desk.by)


def test_calendars_of_people_who_are_named_no_more_are_left_alone(desk: Desk, units: Units) -> None:
    desk.subscribe()
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, desk.official_id).is_active = False
    assert refresh_due(units) == 0
