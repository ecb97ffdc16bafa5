"""Answers by signed link: what they change, when they count, and what looking does: nothing."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.fakes import NOW, FrozenClock
from tests.services.planned import MONDAY_11_AT, MONDAY_14, answered, booked, moved_to, version_of
from tests.services.proposed import link, person, say
from tests.world import World
from vctestimony.adapters.tokens import AnswerTokens
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import Duty
from vctestimony.domain.retention import Held
from vctestimony.services import answering, answers, invitations, journal, post_office, scheduling
from vctestimony.services.answer_pages import Way
from vctestimony.services.answers import AnswerClosed, DeclineReason, MovedMeanwhile
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, ParticipantRow

ENDS_AT = MONDAY_11_AT + timedelta(minutes=90)
LATER_AT = MONDAY_11_AT + timedelta(hours=3)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing booked for Monday 11:00 to 12:30 in Mumbai, its invitations sent."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    while post_office.deliver_one(units, owner="one"):
        pass
    return world.mumbai.hearing


def give(units: Units, token: str, choice: PartStat, comment: str = "", *, seen_at: datetime = MONDAY_11_AT) -> None:
    say(units, token, Way(choice.value), comment=comment, seen_at=seen_at)


def told(units: Units, reference: str) -> list[str]:
    """The answers in the journal, in order."""
    with units.reading() as unit:
        given = [entry for entry in journal.history(unit, reference) if entry.action == "answer.given"]
    return [json.loads(entry.facts)["answer"] for entry in given]


def test_the_page_shows_this_persons_own_time_in_both_clocks(units: Units, reference: str) -> None:
    with units.reading() as unit:
        page = answers.page(unit, link(units, reference))
    assert (page.court.wall.isoformat(), page.court.city) == ("2026-09-14T11:00:00", "Mumbai")
    assert (page.remote.wall.isoformat(), page.remote.city) == ("2026-09-14T11:30:00", "Dhaka")
    assert (page.answer, page.outdated, page.language) == ("", False, "bn")
    assert "PW-7" not in repr(page)


def test_who_comes_for_one_part_sees_that_part(units: Units, reference: str) -> None:
    with units.writing() as unit:
        part = sa.update(ParticipantRow).where(ParticipantRow.public_id == f"{reference}-{Duty.DEFENCE}")
        unit.session.execute(part.values(attends_pre=False, attends_post=False))
    with units.reading() as unit:
        page = answers.page(unit, link(units, reference, Duty.DEFENCE))
    assert (page.court.at, page.court_ends.at) == (
        MONDAY_11_AT + timedelta(minutes=15),
        MONDAY_11_AT + timedelta(minutes=75),
    )


@pytest.mark.parametrize(
    ("choice", "comment"),
    [(PartStat.ACCEPTED, ""), (PartStat.TENTATIVE, "only after 12"), (PartStat.DECLINED, "I am in court in Pune")],
)
def test_an_answer_is_kept_with_its_time_and_written_down(
    units: Units, reference: str, choice: PartStat, comment: str
) -> None:
    give(units, link(units, reference), choice, comment)
    row = person(units, reference)
    assert (row.answer, row.answer_comment, row.answer_channel, row.answered_at) == (choice, comment, "link", NOW)
    assert told(units, reference) == [choice]
    assert person(units, reference, Duty.JUDGE).answered_at is None


def test_to_decline_one_says_why(units: Units, reference: str) -> None:
    with pytest.raises(DeclineReason):
        give(units, link(units, reference), PartStat.DECLINED)
    assert person(units, reference).answered_at is None


def test_the_last_answer_stands_and_every_one_is_in_the_journal(units: Units, reference: str) -> None:
    token = link(units, reference)
    give(units, token, PartStat.ACCEPTED)
    give(units, token, PartStat.DECLINED, "ill")
    give(units, token, PartStat.ACCEPTED)
    assert person(units, reference).answer == PartStat.ACCEPTED
    assert told(units, reference) == ["ACCEPTED", "DECLINED", "ACCEPTED"]


def test_the_same_answer_twice_is_one(units: Units, reference: str, clock: FrozenClock) -> None:
    give(units, link(units, reference), PartStat.ACCEPTED)
    clock.advance(minutes=5)
    give(units, link(units, reference), PartStat.ACCEPTED)
    assert told(units, reference) == ["ACCEPTED"]
    assert person(units, reference).answered_at == NOW


def test_each_answer_has_a_later_stamp_although_the_clock_stands_still(units: Units, reference: str) -> None:
    give(units, link(units, reference), PartStat.ACCEPTED)
    first = person(units, reference).answer_dtstamp_at
    give(units, link(units, reference), PartStat.TENTATIVE)
    second = person(units, reference).answer_dtstamp_at
    assert first is not None
    assert second == first + timedelta(seconds=1)


def test_a_forged_expired_or_foreign_link_opens_nothing(units: Units, reference: str) -> None:
    other_key = AnswerTokens(("another key, of thirty-two characters or more",))
    genuine = link(units, reference)
    wrong = {
        "other key": other_key.issue(f"{reference}-INT", sequence=0, now=NOW),
        "too old": link(units, reference, at=NOW - units.ports.lasts(Held.LINKS) - timedelta(seconds=1)),
        "changed": genuine[:-1] + ("A" if genuine[-1] != "A" else "B"),
        "nobody": units.ports.tokens.issue("H-NOBODY-INT", sequence=0, now=NOW),
        "nothing": "x",
    }
    for why, token in wrong.items():
        with units.reading() as unit, pytest.raises(Absent):
            answers.page(unit, token)
        with pytest.raises(Absent):
            give(units, token, PartStat.ACCEPTED)
        assert told(units, reference) == [], why


def test_after_a_move_the_old_link_shows_the_new_time_and_asks_again(
    units: Units, reference: str, mumbai: Actor
) -> None:
    old = link(units, reference)
    give(units, old, PartStat.ACCEPTED)
    moved_to(units, reference, mumbai, MONDAY_14)
    with units.reading() as unit:
        page = answers.page(unit, old)
    assert (page.court.at, page.outdated, page.answer) == (LATER_AT, True, "")
    with pytest.raises(MovedMeanwhile):
        give(units, old, PartStat.ACCEPTED, seen_at=MONDAY_11_AT)
    assert person(units, reference).answered_at is None
    give(units, old, PartStat.ACCEPTED, seen_at=LATER_AT)
    assert (person(units, reference).answer, person(units, reference).answer_sequence) == ("ACCEPTED", 1)


def test_the_link_of_the_newer_mail_is_not_called_outdated(units: Units, reference: str, mumbai: Actor) -> None:
    moved_to(units, reference, mumbai, MONDAY_14)
    with units.reading() as unit:
        assert answers.page(unit, link(units, reference, sequence=1)).outdated is False


def test_who_was_removed_is_asked_no_more(units: Units, world: World, reference: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        next(one for one in hearing.participants if one.duty is Duty.INTERPRETER).removed_at = unit.now
        invitations.announce(unit, hearing, by=mumbai)
    with units.reading() as unit, pytest.raises(AnswerClosed):
        answers.page(unit, link(units, reference))
    with pytest.raises(AnswerClosed):
        give(units, link(units, reference), PartStat.ACCEPTED)


def test_a_cancelled_hearing_asks_nobody(units: Units, reference: str, mumbai: Actor) -> None:
    version = version_of(units, reference)
    with units.writing() as unit:
        scheduling.cancel(unit, reference, reason="The witness is ill", version=version, by=mumbai)
    with pytest.raises(AnswerClosed):
        give(units, link(units, reference), PartStat.ACCEPTED)


@pytest.mark.parametrize(("minutes", "is_open"), [(-1, True), (0, False), (1, False)])
def test_a_hearing_that_is_over_asks_nobody(
    units: Units, reference: str, clock: FrozenClock, minutes: int, is_open: bool
) -> None:
    token = link(units, reference)
    clock.at = ENDS_AT + timedelta(minutes=minutes)
    if is_open:
        give(units, token, PartStat.ACCEPTED)
        return
    with pytest.raises(AnswerClosed):
        give(units, token, PartStat.ACCEPTED)


def test_a_comment_of_any_length_is_cut_to_what_is_kept(units: Units, reference: str) -> None:
    give(units, link(units, reference), PartStat.TENTATIVE, "ক" * 5000)
    assert person(units, reference).answer_comment == "ক" * answering.LONGEST_COMMENT


def test_an_answer_given_while_the_clock_of_the_service_ran_ahead_can_be_corrected_later(
    units: Units, reference: str, clock: FrozenClock
) -> None:
    clock.at = NOW + timedelta(minutes=30)
    give(units, link(units, reference), PartStat.ACCEPTED)
    clock.at = NOW
    give(units, link(units, reference), PartStat.DECLINED, "ill")
    assert person(units, reference).answer == PartStat.DECLINED


def test_with_a_new_key_in_front_old_links_still_open(units: Units, reference: str) -> None:
    token = link(units, reference)
    keys = ("the key that signs answer links in tests", "a newer key, of thirty-two characters or more")
    rotated = units.with_ports(replace(units.ports, tokens=AnswerTokens(keys)))
    with rotated.reading() as unit:
        assert answers.page(unit, token).hearing_reference == reference
