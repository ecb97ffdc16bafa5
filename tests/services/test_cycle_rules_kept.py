"""What stops a transcript on its way, who is told, and by whose clock it is counted: on one engine, for the rules."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services import cycling
from tests.services.cycling import ANSWERS, do, made_of, pdf, signed_on, stands, told, walk
from tests.services.mails import opened, real_letters
from tests.services.planned import MONDAY_11_AT
from tests.services.reminded import words
from tests.services.sittings import completed, confirmed, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed, Refusal, Stale
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.record import cycle_rules as rules
from vctestimony.domain.record.cycle import Path, Rung
from vctestimony.domain.record.dispatch import Watch
from vctestimony.services import cycle_views, cycle_waiting, journal
from vctestimony.services import signing_cycle as cycle
from vctestimony.services.cycle_letters import NobodyToTell
from vctestimony.services.cycle_steps import TextChanged, TextOpen
from vctestimony.services.ports import Ports
from vctestimony.services.reminding import remind
from vctestimony.services.signing_cycle import NotSignedYet, OnlyThePresidingOfficer
from vctestimony.services.unit import Units
from vctestimony.services.unsealed import OnlyTheCourt
from vctestimony.store.models import HearingRow, OutboxRow


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def court(actor: FindActor) -> Actor:
    return actor(Role.COORDINATOR, "mumbai")


@pytest.fixture
def remote(actor: FindActor) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


@pytest.fixture
def hearing(units: Units, world: World, court: Actor, clock: FrozenClock) -> str:
    return cycling.taken_down(units, world, clock, court)


def test_nothing_is_read_over_before_the_text_is_fixed(
    units: Units, world: World, court: Actor, clock: FrozenClock
) -> None:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, court)
    with pytest.raises(TextOpen):
        do(units, world.mumbai.hearing, Rung.READ_OVER, court)


def test_a_text_that_changed_after_it_was_admitted_stops_the_way_until_it_is_read_over_anew(
    units: Units, hearing: str, court: Actor, judge: Actor, remote: Actor
) -> None:
    walk(units, hearing, court, remote, until=Rung.SENT)
    cycling.corrected(units, hearing, judge)
    with pytest.raises(TextChanged):
        do(units, hearing, Rung.WITNESS_SIGNED, remote)
    with units.writing() as unit:
        number = len(made_of(units, hearing))
        cycle.go_back(unit, hearing, Rung.READ_OVER, number=number, reason="Line 1 was corrected", by=court)
    walk(units, hearing, court, remote, until=Rung.RECEIVED)
    assert Rung.RECEIVED in stands(units, hearing).done


def test_a_correction_between_reading_over_and_admitting_is_part_of_what_is_admitted(
    units: Units, hearing: str, court: Actor, judge: Actor
) -> None:
    do(units, hearing, Rung.READ_OVER, court)
    cycling.corrected(units, hearing, judge)
    do(units, hearing, Rung.CORRECTED, court, outcome="corrected", text="Line 1: Dhaka instead of Khulna")
    do(units, hearing, Rung.ADMITTED, court)
    assert "Line 1: Dhaka instead of Khulna" in cycling.statements(units, hearing)["read_over"]


def test_the_remote_point_sends_back_what_it_cannot_read_but_does_not_undo_the_reading_over(
    units: Units, hearing: str, court: Actor, remote: Actor
) -> None:
    walk(units, hearing, court, remote, until=Rung.SENT)
    number = len(made_of(units, hearing))
    with units.writing() as unit:
        with pytest.raises(OnlyTheCourt):
            cycle.go_back(unit, hearing, Rung.READ_OVER, number=number, reason="unreadable", by=remote)
        cycle.go_back(unit, hearing, Rung.SCANNED_AT_COURT, number=number, reason="Page 2 is unreadable", by=remote)
    now = stands(units, hearing)
    assert (now.next, Rung.PARTIES_SIGNED in now.done) == (Rung.SCANNED_AT_COURT, True)
    with units.reading() as unit:
        page = cycle_views.page(unit, hearing, language="en", by=court)
    assert (page.moves[0].what, page.moves[0].reason) == ("To be done again", "Page 2 is unreadable")


def test_only_the_presiding_officer_changes_the_path_and_no_signature_comes_along(
    units: Units, hearing: str, court: Actor, judge: Actor, remote: Actor
) -> None:
    signed_on(units, hearing, Path.DIGITAL)
    walk(units, hearing, court, remote, until=Rung.SCANNED_AT_REMOTE)
    number = len(made_of(units, hearing))
    with units.writing() as unit:
        with pytest.raises(OnlyThePresidingOfficer):
            cycle.change_path(unit, hearing, Path.PAPER, number=number, reason="The token failed", by=court)
        cycle.change_path(unit, hearing, Path.PAPER, number=number, reason="The token failed", by=judge)
    assert stands(units, hearing).next is Rung.JUDGE_SIGNED
    with units.reading() as unit:
        changed = [one for one in journal.history(unit, hearing) if one.action == "cycle.path_changed"]
    assert "The token failed" in changed[0].facts


def test_an_electronic_signature_is_believed_when_it_is_there_and_of_the_right_officer(
    units: Units, hearing: str, court: Actor, remote: Actor
) -> None:
    signed_on(units, hearing, Path.DIGITAL)
    walk(units, hearing, court, remote, until=Rung.SCANNED_AT_REMOTE)
    scanned = stands(units, hearing).done[Rung.SCANNED_AT_REMOTE]
    with pytest.raises(NotSignedYet):
        do(units, hearing, Rung.COORDINATOR_E_SIGNED, remote)
    cycling.sign(units, scanned, Rung.COORDINATOR_E_SIGNED, duty=Duty.COURT_COORDINATOR)
    with pytest.raises(NotSignedYet):
        do(units, hearing, Rung.COORDINATOR_E_SIGNED, remote)


def test_sent_writes_one_neutral_mail_to_the_other_end_and_none_where_nobody_is_named(
    units: Units, world: World, hearing: str, court: Actor, remote: Actor
) -> None:
    walk(units, hearing, court, remote, until=Rung.SENT)
    with units.reading() as unit:
        (mail,) = unit.session.scalars(sa.select(OutboxRow)).all()
        assert mail.to_address == "rina.das@dhaka.example"
        assert stands(units, hearing).done[Rung.SENT].facts == {"mailed_to": "Rina Das"}
    walk(units, hearing, court, remote, until=Rung.SCANNED_AT_REMOTE)
    with units.writing() as unit:
        for person in unit.session.get_one(HearingRow, world.mumbai.hearing_id).participants:
            person.removed_at = unit.now
    with pytest.raises(NobodyToTell):
        do(units, hearing, Rung.SENT_BACK, court)
    do(units, hearing, Rung.SENT_BACK, court, sent_to="registry@mumbai.example")
    assert stands(units, hearing).done[Rung.SENT_BACK].facts == {"sent_to": "registry@mumbai.example"}


@pytest.mark.parametrize(("minutes", "watch"), [(-1, Watch.IN_TIME), (0, Watch.IN_TIME), (1, Watch.LATER)])
def test_three_days_are_counted_on_the_calendar_of_the_end_that_sends(
    units: Units, hearing: str, court: Actor, remote: Actor, clock: FrozenClock, minutes: int, watch: Watch
) -> None:
    """The examination began at 11:15 in Mumbai, 11:45 in Dhaka: Thursday 11:45 in Dhaka is the last minute."""
    walk(units, hearing, court, remote, until=Rung.RECEIVED)
    clock.at = MONDAY_11_AT + timedelta(days=3, minutes=60)
    form = replace(told(units, hearing, Rung.DISPATCHED), at=time(11, 45 + minutes))
    do(units, hearing, Rung.DISPATCHED, remote, form=form)
    with units.reading() as unit:
        due = cycle_views.page(unit, hearing, language="en", by=remote).due
    assert due is not None
    assert (due.watch, due.is_preferred) == (watch, True)
    assert due.until.other.reading.wall == datetime(2026, 9, 17, 11, 45)


def test_kerala_says_three_days_plainly_of_what_the_witness_produced(units: Units, hearing: str, court: Actor) -> None:
    with units.writing() as unit:
        row = cycling.hearing_in(unit, hearing)
        row.case.rule_pack = "kerala"
        row.witness.facts = {**row.witness.facts, "documents_remote": True}
    with units.reading() as unit:
        page = cycle_views.page(unit, hearing, language="en", by=court)
    assert page.due is not None
    assert not page.due.is_preferred
    assert "Kerala Video Linkage Rules 2021, r. 8(16), 7(2), 9(1)(b)" in page.groups[-1].authority


def test_who_may_do_what(units: Units, hearing: str, court: Actor, remote: Actor, actor: FindActor) -> None:
    with pytest.raises(OnlyTheCourt):
        do(units, hearing, Rung.READ_OVER, remote)
    with pytest.raises(NotAllowed):
        do(units, hearing, Rung.READ_OVER, actor(Role.LEGAL_STAFF, "mumbai"))
    with pytest.raises(Refusal):
        do(units, hearing, Rung.READ_OVER, actor(Role.COORDINATOR, "pune"))
    with pytest.raises(Stale):
        do(units, hearing, Rung.READ_OVER, court, form=replace(told(units, hearing, Rung.READ_OVER), number=3))


def test_a_time_is_read_on_the_clock_of_whoever_enters_it(
    units: Units, hearing: str, court: Actor, remote: Actor, clock: FrozenClock
) -> None:
    walk(units, hearing, court, remote, until=Rung.SENT)
    clock.advance(minutes=30)
    form = replace(told(units, hearing, Rung.WITNESS_SIGNED), at=time(12, 45))
    do(units, hearing, Rung.WITNESS_SIGNED, remote, form=form)
    assert made_of(units, hearing)[-1].happened_at == MONDAY_11_AT + timedelta(minutes=75)
    assert ANSWERS[Rung.WITNESS_SIGNED].items() <= made_of(units, hearing)[-1].facts.items()
    assert pdf() != pdf(2)


def test_the_mail_and_the_reminder_after_a_quiet_day_say_nothing_of_the_paper(
    units: Units, ports: Ports, hearing: str, court: Actor, judge: Actor, remote: Actor, clock: FrozenClock
) -> None:
    real = units.with_ports(replace(ports, letters=real_letters()))
    walk(real, hearing, court, remote, until=Rung.SENT)
    completed(real, hearing, court)
    clock.at = MONDAY_11_AT + timedelta(days=2)  # Wednesday, 11:30 in Dhaka; Tuesday was quiet
    assert remind(real) >= 1
    with units.reading() as unit:
        rows = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.to_address == "rina.das@dhaka.example"))
        mails = opened(unit, rows)
        said, kinds = [words(mail) for mail in mails], [mail.kind for mail in mails]
    assert kinds == ["reminder", "reminder"]
    for text in said:
        assert "A paper waits for you: hearing H-MUMBAI1" in text
        assert "/hearings/H-MUMBAI1/cycle" in text
        for secret in ("PW-7", "12/2025", "State v.", "Khulna", "transcript", "deposition"):
            assert secret not in text
    with units.reading() as unit:
        assert [one.reference for one in cycle_waiting.page(unit, by=remote)] == [hearing]
        assert cycle_waiting.page(unit, by=judge) == ()


@pytest.mark.parametrize(
    ("began", "done", "refused"),
    [
        (time(23, 50), time(0, 10), None),
        (time(23, 59), time(0, 0), None),
        (time(0, 0), time(0, 0), None),
        (time(0, 10), time(0, 9), rules.EndsBeforeItBegins),
        (time(23, 50), None, None),
    ],
)
def test_a_reading_over_may_go_on_over_midnight(
    units: Units, hearing: str, court: Actor, clock: FrozenClock, began: time, done: time | None, refused: type | None
) -> None:
    clock.advance(hours=12, minutes=20)
    form = replace(told(units, hearing, Rung.READ_OVER), began=began, at=done)
    if refused is not None:
        with pytest.raises(refused):
            do(units, hearing, Rung.READ_OVER, court, form=form)
        return
    do(units, hearing, Rung.READ_OVER, court, form=form)
    (made,) = made_of(units, hearing)
    took = made.happened_at - datetime.fromisoformat(made.facts["began"])
    assert timedelta(0) <= took <= timedelta(minutes=30)
