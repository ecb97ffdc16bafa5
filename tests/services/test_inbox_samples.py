"""Every sample of a mail that came in: what becomes of it, and that nothing else changes."""

import pytest

from tests.conftest import FindActor
from tests.services.inbound import Contents, invitation_known, sample, samples, stored_mails, whole
from tests.services.planned import answered, booked
from tests.world import World
from vctestimony.domain.inbound import Arrived
from vctestimony.domain.people import Role
from vctestimony.services import inbox, inbox_matching, post_office
from vctestimony.services.unit import Units

COUNTED, PROPOSED, NOTED = {"participant"}, {"proposal"}, {"outbox"}
NOTHING: set[str] = set()
EXPECTED: dict[str, tuple[str, str, set[str]]] = {
    # What calendars and people send who mean well.
    "google_accept": ("counted", "", COUNTED),
    "google_decline": ("counted", "", COUNTED),
    "outlook_accept": ("counted", "", COUNTED),
    "apple_tentative": ("counted", "", COUNTED),
    "thunderbird_accept": ("counted", "", COUNTED),
    "thunderbird_140_accept": ("counted", "", COUNTED),
    "thunderbird_140_accept_moved": ("counted", "", COUNTED),
    "thunderbird_140_decline": ("counted", "", COUNTED),
    "thunderbird_140_tentative": ("counted", "", COUNTED),
    "nextcloud_accept": ("counted", "", COUNTED),
    "only_a_file": ("counted", "", COUNTED),
    "no_sequence": ("counted", "", COUNTED),
    "high_sequence": ("counted", "", COUNTED),
    "wrong_charset": ("counted", "", COUNTED),
    "odd_times": ("counted", "", COUNTED),
    "comment_injection": ("counted", "", COUNTED),
    "doubted_by_others": ("counted", "", COUNTED),
    "google_counter": ("proposed", "", PROPOSED),
    "outlook_counter": ("proposed", "", PROPOSED),
    "delegation": ("proposed", "", PROPOSED),
    # What mail systems report.
    "dsn_postfix": ("noted", "bounced", NOTED),
    "dsn_exchange": ("noted", "bounced", NOTED),
    "dsn_delayed": ("noted", "delayed", NOTED),
    "mdn_displayed": ("noted", "opened", NOTED),
    "mdn_deleted": ("noted", "not_opened", NOTHING),
    "out_of_office": ("noted", "automatic", NOTHING),
    "mailing_list": ("noted", "automatic", NOTHING),
    # What a person has to read.
    "words_in_reply": ("review", "in_words", NOTHING),
    "words_with_uid": ("review", "in_words", NOTHING),
    "html_only": ("review", "in_words", NOTHING),
    "words_forged": ("review", "forged", NOTHING),
    "words_from_elsewhere": ("review", "other_sender", NOTHING),
    "nested": ("review", "unrelated", NOTHING),
    "rubbish": ("review", "unrelated", NOTHING),
    "from_stranger": ("review", "stranger", NOTHING),
    "for_someone_else": ("review", "other_sender", NOTHING),
    "two_senders": ("review", "no_sender", NOTHING),
    "forged": ("review", "forged", NOTHING),
    "sent_by": ("review", "on_behalf", NOTHING),
    "two_attendees": ("review", "several_attendees", NOTHING),
    "no_attendee": ("review", "no_attendee", NOTHING),
    "no_stamp": ("review", "no_stamp", NOTHING),
    "future_stamp": ("review", "future_stamp", NOTHING),
    "needs_action": ("review", "no_answer", NOTHING),
    "unknown_event": ("review", "unknown_event", NOTHING),
    "two_events": ("review", "several_calendars", NOTHING),
    "torn_off": ("review", "no_event", NOTHING),
    "broken_encoding": ("review", "no_event", NOTHING),
    "no_method": ("review", "unknown_method", NOTHING),
    "method_mismatch": ("review", "method_mismatch", NOTHING),
    "of_series": ("review", "of_series", NOTHING),
    "refused_by_calendar": ("review", "refused_by_calendar", NOTHING),
    "refresh": ("review", "asks_again", NOTHING),
    "delegated_to_nobody": ("review", "no_substitute", NOTHING),
    "counter_without_time": ("review", "no_time", NOTHING),
    "counter_of_the_past": ("review", "proposed_past", NOTHING),
    "counter_as_booked": ("review", "proposed_as_booked", NOTHING),
    # What nobody may send us.
    "request_from_outside": ("rejected", "from_outside", NOTHING),
    "cancel_from_outside": ("rejected", "from_outside", NOTHING),
    "add_from_outside": ("rejected", "from_outside", NOTHING),
}
OF_NOBODY = {"mailing_list", "nested", "rubbish", "unknown_event"}


@pytest.fixture
def reference(units: Units, world: World, actor: FindActor) -> str:
    """A hearing booked for Monday at 11 in Mumbai, its invitations sent."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai"))
    while post_office.deliver_one(units, owner="one"):
        pass
    invitation_known(units, world.mumbai.hearing)
    return world.mumbai.hearing


@pytest.mark.abuse(77, 80, 83, 85)
@pytest.mark.threat("T23")
def test_every_sample_is_judged_as_it_should_be_and_changes_nothing_else(units: Units, reference: str) -> None:
    found, placed = {}, set()
    for name in samples():
        with units.reading() as unit:  # undone afterwards, so that each finds the same world
            before = Contents.of(unit)
            outcome = inbox_matching.outcome_of(unit, units.ports.mails.read(whole(sample(name))))
            found[name] = (outcome.verdict.value, outcome.reason or "", Contents.of(unit).changed_since(before))
            if outcome.hearing is None:
                placed.add(name)
    assert found == EXPECTED
    assert placed == OF_NOBODY


def test_a_mail_of_20_mb_is_never_read_but_for_its_headers(units: Units, reference: str) -> None:
    headers = sample("words_in_reply").partition(b"\n\n")[0]
    inbox.take_in(units, Arrived(headers + b"\n\n", 20 << 20))
    [row] = stored_mails(units)
    assert (row.verdict, row.reason, row.is_open, row.size) == ("review", "too_large", True, 20 << 20)
    assert row.hearing_id is not None
