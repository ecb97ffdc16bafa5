"""Answers to options: by a link of their own, one for each option, changed until the court has chosen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import NOW, FrozenClock
from tests.services.planned import (
    MONDAY_11,
    MONDAY_14,
    TUESDAY_11,
    PlainTokens,
    answered,
    booked,
    held,
    options_of,
    version_of,
)
from tests.world import World
from vctestimony.adapters.tokens import AnswerTokens, OptionTokens, TokenForged
from vctestimony.domain.access import Actor
from vctestimony.domain.options import OptionAnswer, OptionState
from vctestimony.domain.people import Duty
from vctestimony.services import journal, offering, option_answers, option_views
from vctestimony.services.answers import AnswerClosed
from vctestimony.services.offering import AnswersChanged
from vctestimony.services.option_answers import OptionsAsked, OptionsClosed
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

CAN, IF_NEEDED, CANNOT = OptionAnswer.CAN, OptionAnswer.IF_NEEDED, OptionAnswer.CANNOT
Said = dict[int, tuple[OptionAnswer, str]]


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, tokens=PlainTokens(), option_tokens=PlainTokens())


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing with two options about which everybody was asked."""
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    return world.mumbai.hearing


def link(reference: str, duty: Duty = Duty.DEFENCE, *, offer: int = 1) -> str:
    return f"{reference}-{duty}.{offer}"


def given(units: Units, token: str, said: Said) -> None:
    with units.writing() as unit:
        option_answers.give(unit, token, said)


def seen(units: Units, token: str) -> OptionsAsked:
    with units.reading() as unit:
        return option_answers.page(unit, token)


def book(units: Units, reference: str, by: Actor, number: int, *, seen: str) -> None:
    version = version_of(units, reference)
    with units.writing() as unit:
        offering.book(unit, reference, number=number, answers_seen=seen, version=version, by=by)


def test_everybody_sees_their_own_times_on_both_clocks(units: Units, reference: str) -> None:
    page = seen(units, link(reference, Duty.REMOTE_COORDINATOR))
    assert [(one.number, f"{one.court.wall:%H:%M}", f"{one.remote.wall:%H:%M}") for one in page.times] == [
        (1, "11:00", "11:30"),
        (2, "14:00", "14:30"),
    ]
    assert {one.until.city for one in page.times} == {"Dhaka"}
    assert page.is_open
    assert not page.answered


def test_answers_are_kept_for_each_option_and_can_be_changed(
    units: Units, reference: str, mumbai: Actor, clock: FrozenClock
) -> None:
    given(units, link(reference), {1: (CAN, ""), 2: (CANNOT, "another court")})
    clock.advance(minutes=5)
    given(units, link(reference), {1: (IF_NEEDED, "after noon"), 2: (CANNOT, "another court")})
    page = seen(units, link(reference))
    assert [(one.answer, one.remark) for one in page.times] == [
        ("if_needed", "after noon"),
        ("cannot", "another court"),
    ]
    with units.reading() as unit:
        view = option_views.options_page(unit, reference, by=mumbai)
        entries = [entry for entry in journal.history(unit, reference) if entry.action == "options.answered"]
    first, second = view.options
    assert (first.if_needed, first.open, first.lost) == (1, 6, ())
    assert [person.name for person in second.lost] == ["Farhan Mumbaikar"]
    assert [entry.actor for entry in entries] == ["Farhan Mumbaikar, by link"] * 2
    assert '"answers":{"1":"if_needed"}' in entries[1].facts


def test_the_same_answer_again_changes_nothing(units: Units, reference: str, clock: FrozenClock) -> None:
    for _ in range(2):
        given(units, link(reference), {1: (CAN, ""), 2: (CAN, "")})
        clock.advance(minutes=1)
    with units.reading() as unit:
        assert [entry.action for entry in journal.history(unit, reference)].count("options.answered") == 1
    assert seen(units, link(reference)).answered is not None


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_the_clock_alone_closes_the_answers(units: Units, reference: str, clock: FrozenClock, minutes: int) -> None:
    clock.advance(hours=48, minutes=minutes)
    page = seen(units, link(reference))
    assert (page.is_open, page.ran_out) == (minutes < 0, minutes >= 0)
    if minutes < 0:
        given(units, link(reference), {1: (CAN, ""), 2: (CAN, "")})
    else:
        with pytest.raises(OptionsClosed):
            given(units, link(reference), {1: (CAN, ""), 2: (CAN, "")})


def test_what_has_ended_takes_no_answer_while_the_rest_does(
    units: Units, world: World, mumbai: Actor, clock: FrozenClock
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    clock.at = NOW + timedelta(days=10, hours=6)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, TUESDAY_11, hours=168, asks=True)
    clock.at = options_of(units, world.mumbai.hearing)[0].held_until
    given(units, link(world.mumbai.hearing), {1: (CAN, ""), 2: (CAN, "")})
    assert [one.answer for one in seen(units, link(world.mumbai.hearing)).times] == ["", "can"]


def test_a_choice_made_before_the_last_answer_came_is_shown_again(units: Units, reference: str, mumbai: Actor) -> None:
    given(units, link(reference), {1: (CANNOT, ""), 2: (CAN, "")})
    with pytest.raises(AnswersChanged):
        book(units, reference, mumbai, 1, seen="")
    with units.reading() as unit:
        mark = option_views.options_page(unit, reference, by=mumbai).answers_seen
    book(units, reference, mumbai, 2, seen=mark)
    assert [one.state for one in options_of(units, reference)] == [OptionState.RELEASED, OptionState.BOOKED]
    page = seen(units, link(reference))
    assert (page.is_open, page.is_decided) == (False, True)
    with pytest.raises(OptionsClosed):
        given(units, link(reference), {1: (CAN, ""), 2: (CAN, "")})


def test_a_link_of_an_earlier_offer_says_that_others_came(units: Units, reference: str, mumbai: Actor) -> None:
    held(units, reference, mumbai, TUESDAY_11, asks=True)
    old, new = seen(units, link(reference)), seen(units, link(reference, offer=2))
    assert (old.is_open, old.replaced) == (False, True)
    assert (new.is_open, new.replaced) == (True, False)


def test_a_link_of_somebody_who_was_not_asked_or_after_the_time_opens_nothing(
    units: Units, world: World, reference: str, clock: FrozenClock
) -> None:
    for token in (link(world.pune.hearing), link(reference, offer=7), "nobody.1"):
        with pytest.raises(AnswerClosed):
            seen(units, token)
    clock.advance(days=60)
    with pytest.raises(AnswerClosed):
        seen(units, link(reference))


def test_who_books_by_hand_leaves_the_link_decided_or_given_back(units: Units, reference: str, mumbai: Actor) -> None:
    booked(units, reference, mumbai, TUESDAY_11)
    page = seen(units, link(reference))
    assert (page.is_open, page.is_decided, page.ran_out) == (False, False, False)


def test_a_link_of_one_purpose_does_not_open_the_other() -> None:
    keys = ("one key for both, of thirty-two letters or more",)
    answers, options = AnswerTokens(keys), OptionTokens(keys)
    for issuing, reading in ((answers, options), (options, answers)):
        token = issuing.issue("p-1", sequence=1, now=NOW)
        assert issuing.read(token, max_age=timedelta(days=1), now=NOW).participant == "p-1"
        with pytest.raises(TokenForged):
            reading.read(token, max_age=timedelta(days=1), now=NOW)
