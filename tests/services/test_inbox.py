"""Mails that come in: which answers count, in which order, once whatever dies, and what is written down."""

import json
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.fakes import NOW, FrozenClock, MemoryInbox
from tests.services.inbound import INTERPRETER, came_in, invitation_known, reply, sample, stored_mails, whole
from tests.services.killed_reader import READ, STORED, killed_when
from tests.services.planned import MONDAY_11_AT, MONDAY_14, answered, booked, moved_to, version_of
from tests.world import World
from vctestimony.adapters.inbox_folder import FolderInbox
from vctestimony.domain.access import Actor
from vctestimony.domain.inbound import Arrived, Inbound
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import Duty
from vctestimony.domain.sealing import FileSealedForGood
from vctestimony.services import answering, inbox, invitations, journal, post_office, scheduling
from vctestimony.services.unit import Units
from vctestimony.store import inbox as store
from vctestimony.store.models import HearingRow, InboundRow, OfficialRow, OutboxRow, ParticipantRow, ProposalRow

LATE = "20260901T045900Z"
EARLY = "20260901T045000Z"


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing booked for Monday 11:00 to 12:30 in Mumbai, its invitations sent."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    while post_office.deliver_one(units, owner="one"):
        pass
    invitation_known(units, world.mumbai.hearing)
    return world.mumbai.hearing


def person(units: Units, reference: str) -> ParticipantRow:
    with units.reading() as unit:
        query = sa.select(ParticipantRow).where(ParticipantRow.public_id == f"{reference}-{Duty.INTERPRETER}")
        row = unit.session.scalars(query).one()
        unit.session.expunge_all()
        return row


def judged(units: Units, *contents: bytes) -> list[tuple[str, str]]:
    return [(row.verdict.value, row.reason or "") for row in came_in(units, *contents)]


def told(units: Units, reference: str, action: str) -> list[tuple[str, dict[str, object]]]:
    with units.reading() as unit:
        found = [one for one in journal.history(unit, reference) if one.action == action]
        return [(one.actor, json.loads(one.facts)) for one in found]


def test_an_answer_is_stored_with_its_way_its_time_its_words_and_the_sealed_mail(units: Units, reference: str) -> None:
    [row] = came_in(units, sample("google_decline"))
    found = person(units, reference)
    assert (found.answer, found.answer_channel, found.answered_at) == ("DECLINED", "mail", NOW)
    assert found.answer_comment == "Ill until the 20th, sorry"
    assert (row.verdict, row.is_open, row.part_stat, row.participant_id) == ("counted", False, "DECLINED", found.id)
    [(who, facts)] = told(units, reference, "answer.given")
    assert (who, facts["answer"], facts["channel"]) == ("Nasrin Alam, by mail", "DECLINED", "mail")
    assert b"sorry" not in row.sealed
    assert row.key_id.startswith("w-"), "with the key of the hearing's witness: people write names into replies"
    assert read_again(units, row) == whole(sample("google_decline"))


def read_again(units: Units, row: InboundRow) -> Arrived:
    with units.reading() as unit:
        stored = store.by_reference(unit.session, row.reference)
        assert stored is not None
        return inbox.reopened(unit, stored)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_mail_that_comes_after_the_key_of_the_witness_is_gone_is_taken_in_all_the_same(
    units: Units, reference: str
) -> None:
    [row] = came_in(units, sample("google_accept"))
    units.ports.parts.destroy(row.key_id.removeprefix("w-"), at=NOW)
    before, after = came_in(units, sample("google_decline"))
    assert not after.key_id.startswith("w-")
    assert read_again(units, after) == whole(sample("google_decline"))
    with pytest.raises(FileSealedForGood):
        read_again(units, before)


@pytest.mark.abuse(79)
def test_the_same_mail_twice_is_one_and_on_another_way_changes_nothing(units: Units, reference: str) -> None:
    mail = sample("google_accept")
    assert judged(units, mail, mail) == [("counted", "")]
    assert judged(units, b"Received: by another way\n" + mail) == [("counted", ""), ("repeated", "older")]
    assert len(told(units, reference, "answer.given")) == 1


@pytest.mark.abuse(67, 79)
@pytest.mark.threat("T23")
def test_of_two_answers_the_later_stands_whichever_comes_first(units: Units, reference: str) -> None:
    assert judged(units, reply("DECLINED", stamp=LATE), reply("ACCEPTED", stamp=EARLY)) == [
        ("counted", ""),
        ("repeated", "older"),
    ]
    assert person(units, reference).answer == "DECLINED"


def test_mails_and_links_go_by_one_order(units: Units, reference: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        row = unit.session.get_one(ParticipantRow, person(units, reference).id)
        by = Actor(name="Nasrin Alam, by link")
        choice = PartStat.TENTATIVE
        answering.given_now(unit, row.hearing, row, choice, channel="link", comment="", by=by)
    assert judged(units, reply("ACCEPTED", stamp=LATE)) == [("repeated", "older")]
    assert judged(units, reply("ACCEPTED", stamp="20260901T050100Z"))[1:] == [("counted", "")]


@pytest.mark.abuse(79)
@pytest.mark.threat("T23")
def test_an_answer_to_the_time_before_a_move_is_outdated(units: Units, reference: str, mumbai: Actor) -> None:
    moved_to(units, reference, mumbai, MONDAY_14)
    assert judged(units, reply(sequence=0), reply(sequence=1)) == [("outdated", "earlier_state"), ("counted", "")]
    assert person(units, reference).answer_sequence == 1


def test_who_was_removed_is_read_by_a_person(units: Units, world: World, reference: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        next(one for one in hearing.participants if one.duty is Duty.INTERPRETER).removed_at = unit.now
        invitations.announce(unit, hearing, by=mumbai)
    assert judged(units, reply(sequence=1)) == [("review", "removed")]
    assert person(units, reference).answer == "NEEDS-ACTION"


def test_a_hearing_that_was_called_off_asks_nobody(units: Units, reference: str, mumbai: Actor) -> None:
    version = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="The witness is ill", version=version, by=mumbai)
    assert judged(units, reply(sequence=1)) == [("outdated", "called_off")]


@pytest.mark.parametrize(("minutes", "verdict"), [(-1, "counted"), (0, "outdated")])
def test_a_hearing_that_is_over_asks_nobody(
    units: Units, reference: str, clock: FrozenClock, minutes: int, verdict: str
) -> None:
    clock.at = MONDAY_11_AT + timedelta(minutes=90 + minutes)
    assert judged(units, reply())[0][0] == verdict


def test_the_former_address_of_a_person_answers_no_more_by_itself(units: Units, reference: str) -> None:
    with units.writing() as unit:
        row = unit.session.scalars(sa.select(OfficialRow).where(OfficialRow.email == INTERPRETER)).one()
        row.email = "nasrin@new.example"
    assert judged(units, reply()) == [("review", "address_changed")]


def test_a_proposal_is_laid_before_the_court_once(units: Units, reference: str) -> None:
    mail = sample("outlook_counter")
    assert judged(units, mail, b"X-Way: two\n" + mail) == [("proposed", ""), ("repeated", "older")]
    with units.reading() as unit:
        [row] = unit.session.scalars(sa.select(ProposalRow)).all()
        assert (row.starts_at, row.channel) == (MONDAY_11_AT + timedelta(days=1, hours=3), "mail")


def test_a_bounce_is_noted_at_the_mail_and_one_that_is_not_ours_is_read_by_a_person(
    units: Units, reference: str
) -> None:
    foreign = sample("dsn_postfix").replace(b"sample.0@", b"other.0@")
    assert judged(units, sample("dsn_postfix"), foreign) == [("noted", "bounced"), ("review", "bounced_unknown")]
    with units.reading() as unit:
        [row] = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.bounced_at.is_not(None))).all()
        assert (row.to_address, row.failure_code) == (INTERPRETER, "5.1.1")
        before = unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow))
    came_in(units, sample("out_of_office"), sample("words_in_reply"), sample("request_from_outside"))
    with units.reading() as unit:
        assert unit.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == before


def test_what_waits_for_a_person_is_written_down_at_its_hearing_and_nowhere_else(units: Units, reference: str) -> None:
    rows = came_in(units, sample("forged"), sample("unknown_event"))
    [(_, facts)] = told(units, reference, "inbox.read")
    assert (facts["mail"], facts["verdict"], facts["why"]) == (rows[0].reference, "review", "forged")
    assert told(units, "mail", "inbox.read") == []


def test_while_the_inbox_cannot_be_reached_that_is_said_with_its_time(units: Units, clock: FrozenClock) -> None:
    box = units.ports.inbox
    assert isinstance(box, MemoryInbox)
    came_in(units)
    clock.advance(minutes=10)
    box.words = "connection refused"
    for _ in range(2):
        assert inbox.read_once(units) == 0
        clock.advance(minutes=1)
    with units.reading() as unit:
        row = store.inbox(unit.session, box.name)
        assert row is not None
        assert (row.read_at, row.failing_since, row.trouble) == (NOW, NOW + timedelta(minutes=10), box.words)
    box.words = ""
    inbox.read_once(units)
    with units.reading() as unit:
        row = store.inbox(unit.session, box.name)
        assert row is not None
        assert (row.failing_since, row.trouble) == (None, "")


@dataclass(frozen=True, slots=True)
class FaultyReader:
    """Gives what no mail can be."""

    def read(self, arrived: Arrived) -> Inbound:
        return Inbound(bounce=1)  # type: ignore[arg-type]  # a fault of ours


def test_a_fault_of_ours_in_one_mail_loses_nothing(units: Units, reference: str) -> None:
    faulty = units.with_ports(replace(units.ports, mails=FaultyReader()))
    [row] = came_in(faulty, reply())
    assert (row.verdict, row.reason, row.is_open) == ("review", "fault", True)


class Impatient(Event):
    """Waits no longer than a moment."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(0.01)


@dataclass(slots=True)
class LimpingInbox:
    """Breaks in a way that nobody foresaw, then works."""

    worked: Event
    rounds: int = 0
    name: str = "limping"

    def each(self, take: Callable[[Arrived], None]) -> int:
        self.rounds += 1
        if self.rounds == 1:
            raise RuntimeError("nobody foresaw this")
        self.worked.set()
        return 0


def test_the_reader_outlives_what_nobody_foresaw_and_stops_when_told(units: Units) -> None:
    stop, box = Impatient(), LimpingInbox(Event())
    limping = units.with_ports(replace(units.ports, inbox=box))
    thread = Thread(target=inbox.run, args=(limping,), kwargs={"stop": stop}, daemon=True)
    thread.start()
    assert box.worked.wait(10)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_of_two_workers_that_read_the_same_mail_one_stores_it(units: Units, reference: str) -> None:
    threads = [Thread(target=inbox.take_in, args=(units, whole(reply()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [row.verdict for row in stored_mails(units)] == ["counted"]


@pytest.mark.parametrize(("moment", "stored"), [(READ, 0), (STORED, 1)])
def test_a_reader_killed_with_a_mail_in_hand_loses_nothing_and_counts_nothing_twice(
    units: Units, reference: str, database: Database, tmp_path: Path, moment: str, stored: int
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "one.eml").write_bytes(sample("thunderbird_accept"))
    assert killed_when(database.url, folder, moment).exitcode == -signal.SIGKILL
    assert (len(stored_mails(units)), (folder / "one.eml").exists()) == (stored, True)
    survivor = units.with_ports(replace(units.ports, inbox=FolderInbox(folder, lambda: NOW)))
    assert inbox.read_once(survivor) == 1
    assert [row.verdict for row in stored_mails(units)] == ["counted"]
    assert len(told(units, reference, "answer.given")) == 1
    assert [path.name for path in folder.glob("*.eml")] == []
    assert len(list((folder / "done").iterdir())) == 1
