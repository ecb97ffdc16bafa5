"""Leave to see an identity: asked for, given until a minute, withdrawn at once, seconded where a court wants two."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.registered import REAL_NAME, witness_entry
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.grants import SECOND_LASTS, Length
from vctestimony.domain.people import Role
from vctestimony.services import journal, second_steps, vault, vault_grants, vault_pages, witnesses
from vctestimony.services.resting import Resting
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, OutboxRow, ParticipantRow, PostRow, VaultGrantRow

REASON = "to compare the passport before the oath"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def witness(units: Units, world: World, mumbai: Actor) -> str:
    with units.writing() as unit:
        witnesses.revise(unit, world.mumbai.witness, witness_entry("PW-7"), version=1, by=mumbai)
    return world.mumbai.witness


def given(units: Units, witness: str, to: Actor, by: Actor, length: Length = Length.HOUR) -> None:
    assert to.account_id is not None
    with units.writing() as unit:
        vault_grants.give(unit, witness, to.account_id, length=length, reason=REASON, by=by)


def looked(units: Units, witness: str, by: Actor) -> vault.Identity:
    return vault.look_or_alert(units, witness, reason=REASON, by=by)


def only(units: Units) -> VaultGrantRow:
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(VaultGrantRow)).one()
        unit.session.expunge(row)
        return row


@pytest.mark.threat("T2")
@pytest.mark.abuse(5)
def test_without_leave_nothing_is_shown_and_the_try_is_written_down(
    units: Units, witness: str, official: Actor, mumbai: Actor, judge: Actor
) -> None:
    for by in (official, mumbai, judge):
        with pytest.raises(vault.NoLeave):
            looked(units, witness, by)
    with units.reading() as unit:
        tries = [entry.actor for entry in journal.history(unit, witness) if entry.action == "vault.refused"]
    assert tries == [official.name, mumbai.name, judge.name]


@pytest.mark.threat("T2")
@pytest.mark.parametrize("way", ["second step taken away", "account just opened"])
def test_an_account_that_an_administrator_had_in_hand_opens_nothing_for_a_day(
    units: Units, witness: str, judge: Actor, mumbai: Actor, actor: FindActor, clock: FrozenClock, way: str
) -> None:
    administrator = actor(Role.ADMINISTRATOR)
    given(units, witness, judge, judge, Length.WEEK)
    looked(units, witness, judge)
    with units.writing() as unit:
        if way == "second step taken away":
            second_steps.reset(unit, judge.account_id or 0, reason="says the phone is lost", by=administrator)
        else:
            journal.write(unit, "account.opened", subject=f"account:{judge.account_id}", by=administrator)
    clock.advance(hours=23, minutes=59)
    with pytest.raises(Resting):
        looked(units, witness, judge)
    for to, by in ((judge, judge), (judge, mumbai), (mumbai, judge)):
        with pytest.raises(Resting, match=judge.name):
            given(units, witness, to, by)
    clock.advance(minutes=1)
    looked(units, witness, judge)
    given(units, witness, judge, judge)
    if way == "second step taken away":
        with units.reading() as unit:
            told = {row.to_address for row in unit.session.scalars(sa.select(OutboxRow))}
            both = {unit.session.get_one(AccountRow, one.account_id).email for one in (judge, mumbai)}
        assert told >= both
        assert not any("dhaka" in address for address in told), "nobody of another office"


@pytest.mark.threat("T2")
@pytest.mark.asvs("8.3.2")
def test_leave_is_over_at_its_very_minute(
    units: Units, witness: str, official: Actor, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.advance(seconds=41)
    given(units, witness, official, mumbai)
    ends_at = only(units).until_at
    assert ends_at is not None
    assert ends_at.second == 0
    clock.at = ends_at - timedelta(seconds=1)
    assert dict(looked(units, witness, official).fields)["Full name"] == REAL_NAME
    clock.at = ends_at
    with pytest.raises(vault.NoLeave):
        looked(units, witness, official)


@pytest.mark.asvs("8.3.2")
def test_withdrawn_leave_and_a_seat_that_was_taken_away_work_at_once(
    units: Units, world: World, witness: str, official: Actor, mumbai: Actor
) -> None:
    given(units, witness, official, mumbai)
    looked(units, witness, official)
    with units.writing() as unit:
        vault_grants.withdraw(unit, witness, only(units).public_id, by=mumbai)
    with pytest.raises(vault.NoLeave):
        looked(units, witness, official)
    with units.writing() as unit, pytest.raises(vault_grants.NoLongerOpen):
        vault_grants.withdraw(unit, witness, only(units).public_id, by=mumbai)
    given(units, witness, official, mumbai)
    with units.writing() as unit:
        gone = sa.update(ParticipantRow).where(ParticipantRow.official_id == world.dhaka.coordinator_id)
        unit.session.execute(gone.values(removed_at=unit.now))
    with pytest.raises(Absent):
        looked(units, witness, official)


def test_a_request_holds_no_name_is_answered_once_and_leads_to_a_look(
    units: Units, witness: str, official: Actor, mumbai: Actor, judge: Actor
) -> None:
    with units.writing() as unit:
        vault_grants.ask(unit, witness, reason="to see whether Rahima, রহিমা, is in the passport", by=official)
    with units.writing() as unit, pytest.raises(vault_grants.AskedAlready):
        vault_grants.ask(unit, witness, reason=REASON, by=official)
    row = only(units)
    assert row.reason == "to see whether PW-7, PW-7, is in the passport"
    with units.writing() as unit:
        vault_grants.settle(unit, witness, row.public_id, length=Length.DAY, by=judge)
    with units.writing() as unit, pytest.raises(vault_grants.NoLongerOpen):
        vault_grants.settle(unit, witness, row.public_id, length=None, by=mumbai)
    assert looked(units, witness, official).pseudonym == "PW-7"
    with units.reading() as unit:
        page = vault_pages.looks(unit, witness, by=judge)
    assert [(look.who, look.why, {one.city for one in look.when}) for look in page.looks] == [
        (official.name, REASON, {"Mumbai", "Dhaka"})
    ]


def test_who_gives_leave_and_to_whom(
    units: Units, witness: str, official: Actor, mumbai: Actor, judge: Actor, actor: FindActor
) -> None:
    with pytest.raises(vault_grants.NotToOneself):
        given(units, witness, mumbai, mumbai)
    given(units, witness, judge, judge)
    for stranger in (actor(Role.COORDINATOR, "pune"), actor(Role.SUPPORT), actor(Role.LEGAL_STAFF, "mumbai")):
        with pytest.raises(vault_grants.NotHers):
            given(units, witness, stranger, judge)
    for by, refusal in ((actor(Role.COORDINATOR, "pune"), Absent), (official, NotAllowed)):
        with pytest.raises(refusal):
            given(units, witness, official, by)


def test_where_a_court_wants_two_each_look_needs_a_fresh_yes_of_somebody_else(
    units: Units, world: World, witness: str, mumbai: Actor, judge: Actor, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.update(PostRow).where(PostRow.id == world.mumbai.post_id).values(looks_need_two=True))
    given(units, witness, mumbai, judge, Length.DAY)
    leave = only(units).public_id
    with pytest.raises(vault.SecondNeeded):
        looked(units, witness, mumbai)

    def asked_and_seconded() -> None:
        with units.writing() as unit:
            vault_grants.ask_second(unit, witness, reason=REASON, by=mumbai)
        with units.writing() as unit, pytest.raises(vault_grants.NotTheSecond):
            vault_grants.second(unit, witness, leave, by=mumbai)
        with units.writing() as unit:
            vault_grants.second(unit, witness, leave, by=judge)

    asked_and_seconded()
    clock.at += SECOND_LASTS - timedelta(seconds=1)
    assert looked(units, witness, mumbai).fields
    with pytest.raises(vault.SecondNeeded):
        looked(units, witness, mumbai)
    asked_and_seconded()
    clock.at += SECOND_LASTS
    with pytest.raises(vault.SecondNeeded):
        looked(units, witness, mumbai)
    with units.reading() as unit:
        (opened,) = [entry for entry in journal.history(unit, witness) if entry.action == "vault.opened"]
    assert json.loads(opened.facts)["second"] == judge.name
