"""What becomes of mails that did not arrive: they are found, sent again as they were, or written to another address."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.conftest import FindActor
from tests.fakes import FrozenClock, MemorySender
from tests.services.mails import stored
from tests.services.planned import MONDAY_14, answered, booked, held, moved_to
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed, Refusal
from vctestimony.domain.hearing import State
from vctestimony.domain.itip import InvitedTwice, OrganizerInvited
from vctestimony.domain.letters import PermanentFailure
from vctestimony.domain.mail_words import Standing
from vctestimony.domain.people import Role
from vctestimony.services import delivery, journal, mail_lists, resending
from vctestimony.services.accounts import AddressRefused
from vctestimony.services.post_office import deliver_one
from vctestimony.services.resending import Overtaken, SameAddress
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OfficialRow, OutboxRow, OutboxState, ParticipantRow

UNKNOWN = PermanentFailure("5.1.1 no such mailbox", code=550)
INTERPRETER, NEW = "nasrin.alam@dhaka.example", "nasrin@new.example"


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor, sender: MemorySender) -> str:
    """A hearing just booked; of its mails only the interpreter's was refused."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    with units.writing() as unit:
        others = sa.update(OutboxRow).where(OutboxRow.to_address != INTERPRETER)
        unit.session.execute(others.values(state=OutboxState.SENT, attempts=1))
    sender.failure = UNKNOWN
    everything_leaves(units)
    sender.failure = None
    return world.mumbai.hearing


def everything_leaves(units: Units) -> None:
    while deliver_one(units, owner="one"):
        pass


def hers(units: Units) -> OutboxRow:
    """The newest mail to the interpreter, by name, wherever it went."""
    return [row for row in stored(units) if row.to_address in {INTERPRETER, NEW}][-1]


def listed(units: Units, by: Actor) -> list[tuple[str, str, Standing]]:
    with units.reading() as unit:
        return [(line.address, line.trouble, line.standing) for line in mail_lists.undelivered(unit, by=by)]


def actions(units: Units, subject: str) -> list[str]:
    with units.reading() as unit:
        return [entry.action for entry in journal.history(unit, subject)]


def corrected(units: Units, by: Actor, address: str = NEW) -> int:
    row = hers(units)
    with units.writing() as unit:
        version = mail_lists.to_correct(unit, row.id, by=by).version
        return resending.correct_address(unit, row.id, address, version=version, by=by)


def test_it_is_listed_with_a_reason_that_a_clerk_understands(units: Units, reference: str, mumbai: Actor) -> None:
    [(address, trouble, standing)] = listed(units, mumbai)
    assert (address, standing) == (INTERPRETER, Standing.UNDELIVERED)
    assert trouble.startswith("There is no such mailbox.")
    with units.reading() as unit:
        counts = mail_lists.count_of_hearing(unit, reference, by=mumbai)
        assert counts is not None
        assert (counts.sent, counts.waiting, counts.undelivered) == (6, 0, 1)
        assert mail_lists.count_undelivered(unit, by=mumbai) == 1


def test_another_court_sees_none_of_it_and_an_administrator_all(units: Units, reference: str, actor: FindActor) -> None:
    pune, row = actor(Role.COORDINATOR, "pune"), hers(units)
    assert listed(units, pune) == []
    for attempt in (resending.send_again, resending.settle):
        with pytest.raises(Absent), units.writing() as unit:
            attempt(unit, row.id, by=pune)
    with pytest.raises(Absent), units.writing() as unit:
        resending.correct_address(unit, row.id, NEW, version=1, by=pune)
    with pytest.raises(Refusal), units.writing() as unit:
        resending.raw(unit, reference, row.id, by=actor(Role.ADMINISTRATOR))
    with pytest.raises(NotAllowed):
        listed(units, actor(Role.MISSION_OFFICIAL))
    assert len(listed(units, actor(Role.ADMINISTRATOR))) == 1


def test_sent_again_it_leaves_as_it_was(units: Units, reference: str, mumbai: Actor, sender: MemorySender) -> None:
    before = hers(units)
    for _ in range(2):  # pressing twice does no harm
        with units.writing() as unit:
            assert resending.send_again(unit, before.id, by=mumbai) == reference
    everything_leaves(units)
    assert sender.to(INTERPRETER) == [before.body]
    assert (hers(units).state, hers(units).message_id) == (OutboxState.SENT, before.message_id)
    assert listed(units, mumbai) == []
    assert actions(units, reference).count("mail.sent_again") == 1


def test_sent_again_in_vain_it_is_back_on_the_list(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender, clock: FrozenClock
) -> None:
    row = hers(units)
    delivered = clock.advance(hours=30)
    with units.writing() as unit:
        resending.send_again(unit, row.id, by=mumbai)
    sender.failure = UNKNOWN
    everything_leaves(units)
    assert (hers(units).state, hers(units).dead_at, hers(units).tries) == (OutboxState.FAILED, delivered, 1)


def test_one_that_a_newer_mail_has_overtaken_is_not_sent_again(units: Units, reference: str, mumbai: Actor) -> None:
    row = hers(units)
    moved_to(units, reference, mumbai, MONDAY_14)
    with pytest.raises(Overtaken), units.writing() as unit:
        resending.send_again(unit, row.id, by=mumbai)


def test_whoever_was_told_otherwise_is_not_asked_about_again(units: Units, reference: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        resending.settle(unit, hers(units).id, by=mumbai)
    assert listed(units, mumbai) == []
    with units.reading() as unit:
        page = mail_lists.of_hearing(unit, reference, by=mumbai)
    assert Standing.SEEN_TO in {line.standing for line in page.gone}


@pytest.mark.threat("T3")
def test_the_form_for_another_address_names_no_hearing_of_another_court(
    units: Units, reference: str, mumbai: Actor, world: World, actor: FindActor
) -> None:
    """T3: somebody who is named at both courts, or keeps a post for both."""
    with units.writing() as unit:
        other = unit.session.get_one(HearingRow, world.pune.hearing_id)
        other.state, other.starts_at = State.BOOKED, unit.now + timedelta(days=60)
    with units.reading() as unit:
        assert mail_lists.to_correct(unit, hers(units).id, by=mumbai).hearings == (reference,)
        everywhere = mail_lists.to_correct(unit, hers(units).id, by=actor(Role.ADMINISTRATOR)).hearings
    assert set(everywhere) == {reference, world.pune.hearing}


def test_another_address_is_invited_and_the_dead_one_hears_no_more(
    units: Units, reference: str, mumbai: Actor, sender: MemorySender, world: World
) -> None:
    assert corrected(units, mumbai) == 1
    everything_leaves(units)
    assert [to for to, _ in sender.sent] == [NEW]
    newest = hers(units)
    assert (newest.kind, newest.sequence, newest.to_address) == ("invitation", 1, NEW)
    assert listed(units, mumbai) == []
    with units.reading() as unit:
        assert unit.session.get_one(OfficialRow, world.dhaka.interpreter_id).email == NEW
        person = unit.session.scalars(sa.select(ParticipantRow).where(ParticipantRow.id == newest.participant_id)).one()
        assert (person.sent["address"], person.answer) == (NEW, "NEEDS-ACTION")
        (entry,) = journal.history(unit, f"official:{world.dhaka.interpreter_id}")
    assert entry.action == "official.address_corrected"
    assert "@" not in entry.facts


def test_what_was_leaving_to_the_dead_address_is_not_asked_about_when_it_fails(
    units: Units, reference: str, mumbai: Actor
) -> None:
    row = hers(units)
    corrected(units, mumbai)
    with units.writing() as unit:
        delivery.bounced(unit, row.message_id, is_permanent=True, code="5.1.1", words="unknown")
    assert listed(units, mumbai) == []


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("nobody", AddressRefused),
        (" Nasrin.Alam@DHAKA.example ", SameAddress),
        ("calendar@court.example", OrganizerInvited),
        ("Rina.Das@dhaka.example", InvitedTwice),
    ],
)
def test_an_address_that_cannot_be_used_changes_nothing(
    units: Units, reference: str, mumbai: Actor, address: str, refusal: type[Refusal], world: World
) -> None:
    with pytest.raises(refusal) as caught:
        corrected(units, mumbai, address)
    assert caught.value.field
    with units.reading() as unit:
        assert unit.session.get_one(OfficialRow, world.dhaka.interpreter_id).email == INTERPRETER
    assert len(listed(units, mumbai)) == 1


def test_a_question_about_options_is_asked_at_the_other_address(
    units: Units, world: World, mumbai: Actor, sender: MemorySender
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, world.mumbai.hearing, mumbai, asks=True)
    sender.failure = UNKNOWN
    everything_leaves(units)
    sender.failure = None
    assert corrected(units, mumbai) == 1
    everything_leaves(units)
    assert [to for to, _ in sender.sent] == [NEW]
    assert hers(units).kind == "options"


class TestReports:
    """Bounces, delays and receipts that the inbox reads."""

    def sent(self, units: Units, mumbai: Actor) -> OutboxRow:
        with units.writing() as unit:
            resending.send_again(unit, hers(units).id, by=mumbai)
        everything_leaves(units)
        return hers(units)

    def told(self, units: Units, message_id: str, *, is_permanent: bool = True) -> bool:
        with units.writing() as unit:
            return delivery.bounced(
                unit, message_id, is_permanent=is_permanent, code="5.2.2", words="mailbox of\nNasrin is full"
            )

    def test_a_mail_that_came_back_is_listed_and_can_be_sent_again(
        self, units: Units, reference: str, mumbai: Actor, sender: MemorySender
    ) -> None:
        row = self.sent(units, mumbai)
        assert self.told(units, row.message_id.strip("<>"))
        assert self.told(units, row.message_id)
        [(_, trouble, standing)] = listed(units, mumbai)
        assert standing is Standing.RETURNED
        assert trouble.startswith("The mailbox is full.")
        assert actions(units, reference).count("mail.bounced") == 1
        self.sent(units, mumbai)
        assert sender.to(INTERPRETER) == [row.body] * 2
        assert listed(units, mumbai) == []

    def test_a_delay_is_only_shown(self, units: Units, reference: str, mumbai: Actor) -> None:
        row = self.sent(units, mumbai)
        assert self.told(units, row.message_id, is_permanent=False)
        assert mail_lists.standing_of(hers(units))[0] is Standing.LATE
        assert listed(units, mumbai) == []

    def test_a_receipt_is_shown_with_its_time(
        self, units: Units, reference: str, mumbai: Actor, clock: FrozenClock
    ) -> None:
        row = self.sent(units, mumbai)
        at = clock.advance(hours=1)
        for _ in range(2):
            with units.writing() as unit:
                assert delivery.opened(unit, row.message_id)
            clock.advance(hours=1)
        assert mail_lists.standing_of(hers(units)) == (Standing.OPENED, at)
        assert actions(units, reference).count("mail.opened") == 1

    def test_what_was_opened_has_arrived(self, units: Units, reference: str, mumbai: Actor) -> None:
        with units.writing() as unit:
            delivery.opened(unit, hers(units).message_id)
        assert listed(units, mumbai) == []
        assert hers(units).state is OutboxState.SENT

    def test_reports_about_mails_of_others_are_not_ours(self, units: Units, reference: str) -> None:
        assert not self.told(units, "<somebody@else.example>")
        with units.writing() as unit:
            assert not delivery.opened(unit, "")


def test_the_bytes_are_for_the_coordinator_and_taking_them_is_written_down(
    units: Units, reference: str, mumbai: Actor, actor: FindActor, world: World
) -> None:
    row = hers(units)
    with units.writing() as unit:
        assert resending.raw(unit, reference, row.id, by=mumbai) == row.body
    assert actions(units, reference).count("mail.taken") == 1
    with pytest.raises(NotAllowed), units.writing() as unit:
        resending.raw(unit, reference, row.id, by=actor(Role.PRESIDING_OFFICER, "mumbai"))
    with pytest.raises(Absent), units.writing() as unit:
        resending.raw(unit, world.pune.hearing, row.id, by=actor(Role.COORDINATOR, "pune"))
