"""What is wiped and deleted by the schedule, to the minute; and that nothing of a case on hold is, also in a race."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Thread

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Role
from vctestimony.domain.reminders.notices import Rule as NoticeRule
from vctestimony.domain.retention import SCHEDULE, Held, with_days
from vctestimony.services import archive_mails, bundles, joining, journal, legal_holds, limits, resending, retention
from vctestimony.services.accounts import actor_of
from vctestimony.services.chores import Chores
from vctestimony.services.resending import BodyWiped
from vctestimony.services.unit import Unit, Units
from vctestimony.store import retention as store
from vctestimony.store.models import (
    AccountRow,
    BundleRow,
    BundleState,
    HearingRow,
    JoiningCodeRow,
    JoiningRow,
    NoticeRow,
    OutboxRow,
    OutboxState,
)
from vctestimony.store.models.reminders import How

BODY = b"From: a@court.example\r\nSubject: Hearing\r\n\r\nCome."
WEEK = timedelta(days=7)


def mail(unit: Unit, hearing_id: int | None, *, sent_at: datetime, number: int = 1) -> int:
    row = OutboxRow(
        message_id=f"<{number}.0@court.example>",
        kind="request",
        hearing_id=hearing_id,
        to_address="judge@mumbai.example",
        body=BODY,
        state=OutboxState.SENT,
        next_at=sent_at,
        created_at=sent_at,
        sent_at=sent_at,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def mailed(units: Units, hearing_id: int | None, *, ago: timedelta = timedelta(), number: int = 1) -> int:
    with units.writing() as unit:
        return mail(unit, hearing_id, sent_at=unit.now - ago, number=number)


def body_of(units: Units, mail_id: int) -> bytes:
    with units.reading() as unit:
        return unit.session.get_one(OutboxRow, mail_id).body


def hold(units: Units, case: str, by: Actor) -> str:
    with units.writing() as unit:
        return legal_holds.place(unit, case, order_reference="Exh. 91", reason="an appeal is pending", by=by)


def test_a_mail_is_wiped_at_the_very_minute_its_hash_stays_and_only_counts_are_journalled(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    number = mailed(units, world.mumbai.hearing_id)
    clock.at += WEEK - timedelta(minutes=1)
    assert retention.run(units)[Held.MAIL_BODIES] == 0
    assert body_of(units, number) == BODY
    clock.at += timedelta(minutes=1)
    assert retention.run(units, is_dry=True)[Held.MAIL_BODIES] == 1
    assert body_of(units, number) == BODY
    assert retention.run(units)[Held.MAIL_BODIES] == 1
    with units.reading() as unit:
        row = unit.session.get_one(OutboxRow, number)
        assert (row.body, row.body_sha256) == (b"", sha256(BODY).hexdigest())
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        [listed] = [one for one in archive_mails.members(unit, hearing) if one.name == "invitations/sent.json"]
        assert sha256(BODY).hexdigest().encode() in listed.content
        assert archive_mails.WIPED.encode() in listed.content
        with pytest.raises(BodyWiped):
            resending.raw(unit, world.mumbai.hearing, number, by=mumbai)
        [run] = [one for one in journal.history(unit, retention.SUBJECT) if one.action == "retention.carried_out"]
        assert json.loads(run.facts) == {"kind": "mail_bodies", "count": 1}


def test_a_case_on_hold_keeps_everything_until_the_hold_is_lifted(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    held, other = mailed(units, world.mumbai.hearing_id), mailed(units, world.pune.hearing_id, number=2)
    with units.writing() as unit:
        unit.session.add(
            BundleRow(
                reference="B-1",
                account_id=mumbai.account_id,
                hearing_id=world.mumbai.hearing_id,
                language="en",
                state=BundleState.DONE,
                created_at=unit.now,
                expires_at=unit.now + unit.ports.lasts(Held.BUNDLES),
            )
        )
    placed = hold(units, world.mumbai.case, mumbai)
    clock.at += timedelta(days=400)
    assert retention.run(units)[Held.MAIL_BODIES] == 1
    with units.writing() as unit:
        bundles.forget_old(unit)
    assert (body_of(units, held), body_of(units, other)) == (BODY, b"")
    with units.reading() as unit:
        assert unit.session.scalars(sa.select(BundleRow.reference)).all() == ["B-1"]
    with units.writing() as unit:
        legal_holds.lift(unit, world.mumbai.case, placed, order_reference="Exh. 95", reason="decided", by=mumbai)
    done = retention.run(units)
    assert (done[Held.MAIL_BODIES], done[Held.BUNDLES]) == (1, 1)
    assert body_of(units, held) == b""


def test_a_hold_waits_for_a_run_that_has_begun_and_the_next_run_finds_it(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    """The hold comes between what the run counted and what it wipes: the run finishes that, and nothing after it."""
    number = mailed(units, world.mumbai.hearing_id, ago=WEEK)
    late = mailed(units, world.mumbai.hearing_id, ago=WEEK - timedelta(minutes=1), number=2)
    until = SCHEDULE[Held.MAIL_BODIES].until(clock.at)
    placed = Thread(target=hold, args=(units, world.mumbai.case, mumbai))
    with units.writing() as unit:
        legal_holds.queue(unit)
        assert store.count(unit.session, Held.MAIL_BODIES, until=until) == 1
        placed.start()
        placed.join(timeout=0.3)
        assert placed.is_alive()
        assert store.carry_out(unit.session, Held.MAIL_BODIES, until=until, now=unit.now, most=10) == 1
    placed.join(timeout=60)
    clock.at += timedelta(minutes=1)
    assert retention.run(units)[Held.MAIL_BODIES] == 0
    assert (body_of(units, number), body_of(units, late)) == (b"", BODY)


@pytest.mark.parametrize(("minutes", "is_due"), [(-1, False), (0, True), (1, True)])
def test_joining_addresses_and_notices_go_so_long_after_the_hearings_end_and_not_under_hold(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock, minutes: int, is_due: bool
) -> None:
    kinds = {Held.JOINING_CODES: JoiningCodeRow, Held.JOINING: JoiningRow, Held.NOTICES: NoticeRow}
    with units.writing() as unit:
        for court in (world.mumbai, world.pune):
            hearing = unit.session.get_one(HearingRow, court.hearing_id)
            joining.seal(unit, hearing, Joining("https://meet.example/room", "471147"))
            code = {"digest": "ab" * 32, "made_at": unit.now}
            unit.session.add(JoiningCodeRow(participant_id=hearing.participants[0].id, **code))
            about = {"hearing_id": hearing.id, "account_id": mumbai.account_id, "revision": "0", "how": How.PAGE}
            key, when = f"notice {hearing.id}", {"due_at": unit.now, "made_at": unit.now}
            unit.session.add(NoticeRow(key=key, rule=next(iter(NoticeRule)), **about, **when))
            hearing.state, hearing.starts_at = State.COMPLETED, unit.now
            hearing.ended_at = unit.now + timedelta(hours=1)
    hold(units, world.pune.case, pune_of(units, world))
    ended_at = clock.at + timedelta(hours=1)
    for kind, row in kinds.items():
        clock.at = ended_at + SCHEDULE[kind].lasts + timedelta(minutes=minutes)
        assert retention.run(units)[kind] == int(is_due)
        with units.reading() as unit:
            assert len(unit.session.scalars(sa.select(row)).all()) == 2 - int(is_due), "what is on hold stays"


def test_what_belongs_to_a_hearing_that_is_to_come_is_not_due_however_old(
    units: Units, world: World, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        joining.seal(unit, hearing, Joining("https://meet.example/room", "471147"))
    clock.advance(days=3650)
    assert retention.run(units)[Held.JOINING] == 0


def test_days_that_the_court_set_count_instead_of_the_defaults(units: Units, world: World, clock: FrozenClock) -> None:
    rules, _ = with_days("[mail_bodies]\ndays = 2")
    own = units.with_ports(replace(units.ports, schedule=rules))
    mailed(units, world.mumbai.hearing_id)
    clock.advance(days=2, minutes=-1)
    assert retention.run(own)[Held.MAIL_BODIES] == 0
    clock.advance(minutes=1)
    assert (retention.run(units, is_dry=True)[Held.MAIL_BODIES], retention.run(own)[Held.MAIL_BODIES]) == (0, 1)


def pune_of(units: Units, world: World) -> Actor:
    with units.reading() as unit:
        return actor_of(unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "pune")))


def test_only_the_own_court_holds_and_lifts_and_a_lift_counts_once(
    units: Units, world: World, mumbai: Actor, actor: FindActor
) -> None:
    placed = hold(units, world.mumbai.case, mumbai)
    with units.reading() as unit:
        for by, refusal in (
            (actor(Role.COORDINATOR, "pune"), Absent),
            (actor(Role.LEGAL_STAFF, "mumbai"), NotAllowed),
            (actor(Role.ADMINISTRATOR), Absent),
        ):
            with pytest.raises(refusal):
                legal_holds.page(unit, world.mumbai.case, by=by)
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    with units.writing() as unit:
        legal_holds.lift(unit, world.mumbai.case, placed, order_reference="Exh. 95", reason="decided", by=judge)
    with units.writing() as unit, pytest.raises(legal_holds.LiftedAlready):
        legal_holds.lift(unit, world.mumbai.case, placed, order_reference="Exh. 95", reason="decided", by=judge)


def due(units: Units, by: Actor, held: Held) -> int | None:
    with units.reading() as unit:
        return next(one.count for one in retention.standing(unit, by=by).lines if one.rule.held is held)


def test_the_court_sees_what_is_due_of_its_own_hearings_and_the_administrator_everything(
    units: Units, world: World, actor: FindActor
) -> None:
    for place, court in enumerate((world.mumbai, world.pune, world.pune)):
        mailed(units, court.hearing_id, ago=WEEK, number=place)
    with units.writing() as unit:
        limits.note(unit, "door")
    judge, administrator = actor(Role.PRESIDING_OFFICER, "mumbai"), actor(Role.ADMINISTRATOR)
    assert (due(units, judge, Held.MAIL_BODIES), due(units, administrator, Held.MAIL_BODIES)) == (1, 3)
    assert (due(units, judge, Held.TRIES), due(units, administrator, Held.TRIES)) == (None, 0)
    with units.reading() as unit, pytest.raises(NotAllowed):
        retention.standing(unit, by=actor(Role.COORDINATOR, "mumbai"))


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_worker_carries_it_out_once_a_day(units: Units, world: World, clock: FrozenClock) -> None:
    chores, runs = Chores(), []
    for passed in (timedelta(), timedelta(days=1) - timedelta(minutes=1), timedelta(minutes=1)):
        clock.at += passed
        chores(units)
        with units.reading() as unit:
            runs.append(sum(1 for one in journal.history(unit, retention.SUBJECT) if one.action == "retention.run"))
    assert runs == [1, 1, 2]


def test_every_kind_can_be_counted_and_carried_out(units: Units, world: World) -> None:
    with units.writing() as unit:
        for held in store.SWEEPS:
            until = SCHEDULE[held].until(unit.now)
            assert store.count(unit.session, held, until=until, court_id=world.mumbai.post_id) == 0
            assert store.carry_out(unit.session, held, until=until, now=unit.now, most=5) == 0
        for held in (Held.IDENTITY, Held.EVIDENCE, Held.REDACTED):
            assert store.resting(unit.session, held, until=unit.now, court_id=world.mumbai.post_id) == 0
