"""The worker reminds: once, at each person's own hour, of what is still so; and what changed is taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock
from tests.services.mails import real_letters, stored
from tests.services.planned import MONDAY_11_AT, TUESDAY_11, moved_to
from tests.services.reminded import delivered, everybody_accepts, invited, notices, reminding, words
from tests.services.test_finding import counted
from tests.world import World, email_of
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.domain.reminders.notices import Rule, Way
from vctestimony.services import journal, reminder_choices, scheduling
from vctestimony.services.ports import Ports
from vctestimony.services.reminding import remind
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, HearingRow, How, OfficialRow, OutboxState, RecordFactRow, ResourceRow

NINE_IN_DHAKA = timedelta(hours=3)
NINE_IN_MUMBAI = timedelta(hours=3, minutes=30)
MOST_STATEMENTS = 12


def on(day: int, after_midnight: timedelta = NINE_IN_MUMBAI) -> datetime:
    """So long after midnight UTC of a day of September 2026."""
    return datetime(2026, 9, day, tzinfo=UTC) + after_midnight


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, letters=real_letters())


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    return invited(units, world, actor)


def to(units: Units) -> list[str]:
    return sorted(row.to_address.partition("@")[0] for row in reminding(units))


def test_who_has_not_answered_is_reminded_on_their_own_morning_and_once(
    units: Units, reference: str, clock: FrozenClock
) -> None:
    """Invited on Tuesday 1 September; the second working day is Thursday in both cities, 09:00 comes first in Dhaka."""
    everybody_accepts(units, reference, but=(f"{reference}-RPC", f"{reference}-DEF"))
    clock.at = on(3, NINE_IN_DHAKA) - timedelta(minutes=1)
    assert remind(units) == 0
    clock.advance(minutes=1)
    assert (remind(units), to(units)) == (1, ["rina.das"])
    clock.at = on(3)
    assert (remind(units), remind(units), to(units)) == (1, 0, ["farhan.mumbaikar", "rina.das"])
    said = words(reminding(units)[0])
    assert "Please answer: hearing H-MUMBAI1" in said
    assert "Please answer by Tuesday 8 September 2026, 17:00 in Dhaka, 16:30 in Mumbai." in said
    for secret in ("PW-7", "Courtroom", "Conference room", "State v.", "12/2025", "Link 1", "BEGIN:V"):
        assert secret not in said
    with units.reading() as unit:
        entries = [entry.action for entry in journal.history(unit, f"official:{notices(units)[0].official_id}")]
    assert entries[-1] == "reminder.given"


def test_an_invitation_says_until_when_as_its_reminder_will_and_one_that_asks_nothing_does_not(
    units: Units, reference: str, actor: FindActor
) -> None:
    [asking] = [row for row in stored(units) if row.to_address.startswith("rina.das") and row.kind == "invitation"]
    said = words(asking)
    assert said.count("Please answer by Tuesday 8 September 2026, 17:00 in Dhaka, 16:30 in Mumbai.") == 2
    with units.writing() as unit:
        version = unit.session.scalars(sa.select(HearingRow.version).where(HearingRow.reference == reference)).one()
        scheduling.cancel(unit, reference, reason="Settled", version=version, by=actor(Role.COORDINATOR, "mumbai"))
    [off] = [row for row in stored(units) if row.to_address.startswith("rina.das") and row.kind == "cancellation"]
    assert "answer by" not in words(off)


def test_silence_is_told_to_the_coordinator_with_the_number_to_call(
    units: Units, reference: str, clock: FrozenClock
) -> None:
    everybody_accepts(units, reference, but=(f"{reference}-RPC",))
    clock.at = on(8, timedelta(hours=11, minutes=1))
    remind(units)
    [said] = [words(row) for row in reminding(units) if "No answer, please telephone" in words(row)]
    assert "To: anil.mumbaikar@mumbai.example" in said
    assert "Rina Das, Remote Point Coordinator: +91 22 0000 0001" in said
    clock.advance(hours=18)
    remind(units)
    assert [row.rule for row in notices(units)].count(Rule.NO_ANSWER) == 1
    with units.reading() as unit:
        assert "reminder.escalated" in [entry.action for entry in journal.history(unit, reference)]


def test_three_things_are_one_mail_with_a_link_each(
    units: Units, world: World, reference: str, clock: FrozenClock
) -> None:
    """On Thursday 10 September the coordinator lacks a link and a prosecutor, and the hearing comes up."""
    with units.writing() as unit:
        unit.session.get_one(ResourceRow, world.link_id).is_active = False
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        next(one for one in row.participants if one.public_id.endswith("-APP")).removed_at = unit.now
    everybody_accepts(units, reference)
    clock.at = on(10)
    remind(units)
    [mail] = [row for row in reminding(units) if row.to_address.startswith("anil")]
    said = words(mail)
    assert mail.kind == "digest"
    assert "Subject: 3 things about your hearings" in said
    assert "nobody is named as: Prosecution (applicant)" in said
    assert said.count("http://127.0.0.1:8000/hearings/H-MUMBAI1") >= 2
    assert {row.how for row in notices(units) if row.outbox_id == mail.id} == {How.TOGETHER}


def test_tomorrow_and_two_hours_come_alone_the_last_even_when_only_the_page_was_chosen(
    units: Units, reference: str, clock: FrozenClock, actor: FindActor
) -> None:
    everybody_accepts(units, reference)
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    with units.writing() as unit:
        reminder_choices.choose(unit, way=Way.PAGE, hour=9, language="en", version=0, by=judge)
    clock.at = on(11)
    remind(units)
    assert "meera.mumbaikar" not in to(units)
    assert How.PAGE in {row.how for row in notices(units)}
    clock.at = MONDAY_11_AT - timedelta(hours=2)
    remind(units)
    assert to(units).count("meera.mumbaikar") == 1
    assert "Begins soon: hearing H-MUMBAI1" in words(reminding(units)[-1])


def test_a_move_takes_back_what_has_not_left_and_reminds_of_the_new_time(
    units: Units, reference: str, clock: FrozenClock, actor: FindActor
) -> None:
    everybody_accepts(units, reference)
    clock.at = on(11)
    remind(units)
    old = reminding(units)
    assert old
    moved_to(units, reference, actor(Role.COORDINATOR, "mumbai"), TUESDAY_11)
    assert {row.state for row in reminding(units)} == {OutboxState.SUPERSEDED}
    assert [row for row in notices(units) if row.rule is Rule.TOMORROW] == []
    delivered(units)
    clock.at = on(14)
    remind(units)
    new = [words(row) for row in reminding(units, OutboxState.PENDING)]
    assert any("Tuesday 15 September 2026" in said and "Tomorrow: hearing" in said for said in new)
    assert not any("Monday 14 September 2026, 11" in said for said in new)


def test_a_cancelled_hearing_reminds_nobody_and_its_waiting_mails_stay_here(
    units: Units, world: World, reference: str, clock: FrozenClock
) -> None:
    everybody_accepts(units, reference)
    clock.at = on(11)
    remind(units)
    with units.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.CANCELLED
    assert remind(units) == 0
    assert {row.state for row in reminding(units)} == {OutboxState.SUPERSEDED}


def test_after_three_days_of_silence_each_gets_one_mail(units: Units, reference: str, clock: FrozenClock) -> None:
    """From Tuesday the 1st to Monday the 7th nothing ran; what a morning would have said is said once."""
    clock.at = on(7, timedelta(hours=6))
    remind(units)
    assert len(to(units)) == len(set(to(units))) == 7


def test_a_digest_that_waits_is_not_sent_any_more_when_the_answer_comes(
    units: Units, reference: str, clock: FrozenClock
) -> None:
    everybody_accepts(units, reference, but=(f"{reference}-RPC",))
    clock.at = on(3, NINE_IN_DHAKA)
    remind(units)
    everybody_accepts(units, reference)
    clock.advance(minutes=1)
    remind(units)
    assert [row.state for row in reminding(units)] == [OutboxState.SUPERSEDED]


def test_the_missing_signed_copy_is_asked_for_until_the_record_tells_of_it(
    units: Units, world: World, reference: str, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row.state, row.ended_at = State.COMPLETED, MONDAY_11_AT + timedelta(hours=2)
    clock.at = on(18)
    remind(units)
    [mail] = reminding(units)
    said = words(mail)
    assert mail.to_address.startswith("anil")
    assert "Signed copy not received" in said
    assert "Model Rules r. 8.8.1 and 8.8.2, as adopted" in said
    with units.writing() as unit:
        fact = RecordFactRow(
            hearing_id=world.mumbai.hearing_id, field="dispatch", value="EA123", written_at=unit.now, by="clerk"
        )
        unit.session.add(fact)
    remind(units)
    assert [one.state for one in reminding(units)] == [OutboxState.SUPERSEDED]


def test_where_nobody_is_named_the_courts_account_holders_are_told_at_their_address(
    units: Units, world: World, reference: str, clock: FrozenClock
) -> None:
    everybody_accepts(units, reference)
    with units.writing() as unit:
        row = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        gone = next(p for p in row.participants if p.public_id.endswith("-CPC"))
        gone.removed_at = unit.now
        unit.session.get_one(AccountRow, world.account_id(Role.COORDINATOR, "mumbai")).official_id = None
    clock.at = on(7)
    remind(units)
    assert email_of(Role.COORDINATOR, "mumbai") in [one.to_address for one in reminding(units)]


def test_one_address_that_cannot_be_written_to_keeps_nobody_else_from_being_reminded(
    units: Units, world: World, reference: str, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        unit.session.get_one(OfficialRow, world.mumbai.judge_id).email = "no address"
    clock.at = on(3)
    remind(units)
    assert len(to(units)) == 6


def test_looking_takes_few_statements_however_many_hearings_there_are(
    units: Units, reference: str, clock: FrozenClock, database: Database
) -> None:
    clock.at = on(2)
    remind(units)
    with counted(database) as statements:
        remind(units)
    assert len([one for one in statements if one.startswith("SELECT")]) <= MOST_STATEMENTS
    assert not [one for one in statements if not one.startswith(("SELECT", "BEGIN"))]
