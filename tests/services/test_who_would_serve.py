"""Who is shown, asked and told where somebody else would serve at some of the times."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.faked_letters import FakeLetterPress
from tests.fakes import FrozenClock
from tests.services.chosen import START, mails, named, resource_of, seat_of, second_of_each, serving
from tests.services.offered import PEOPLE, book_option, kinds, released, sent
from tests.services.planned import (
    MONDAY_11,
    MONDAY_14,
    TUESDAY_11,
    PlainTokens,
    answered,
    booked,
    hearing_of,
    held,
    moved_to,
    options_of,
    take,
)
from tests.world import World
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.options import OptionAnswer
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import Pack
from vctestimony.services import booking_views, hearing_views, option_answers, option_views
from vctestimony.services.answers import AnswerClosed
from vctestimony.services.booking_views import EXCUSED, INVITED, UPDATED
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units

FIRST, OTHER = "Nasrin Alam", "Kamal Hossain"
INTERPRETER = Duty.INTERPRETER


@cache
def packs() -> tuple[Pack, ...]:
    """The real rule packs."""
    return load_packs(Path(__file__).parents[2] / "sop")


@pytest.fixture
def press() -> FakeLetterPress:
    return FakeLetterPress()


@pytest.fixture
def ports(ports: Ports, press: FakeLetterPress) -> Ports:
    return replace(ports, tokens=PlainTokens(), option_tokens=PlainTokens(), letters=press, packs=packs)


@pytest.fixture
def second(units: Units, world: World) -> Mapping[str, int]:
    return second_of_each(units, world)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor, second: Mapping[str, int]) -> str:
    """A hearing for which either interpreter would do; the first one is taken on Monday at 11."""
    with units.writing() as unit:
        answered(unit.session, world)
    named(units, world, mumbai, {seat_of(units, world, INTERPRETER): [second["interpreter"]]})
    take(units, resource_of(units, world.dhaka.interpreter_id), START, START + 90)
    return world.mumbai.hearing


def link_of(units: Units, world: World, official: str, offer: int = 1) -> str:
    [person] = [p for p in hearing_of(units, world.mumbai.hearing).participants if p.official.name == official]
    return f"{person.public_id}.{offer}"


def asked(units: Units, world: World) -> list[set[str]]:
    """Who was asked about each option of the last offer."""
    names = {p.id: p.official.name for p in hearing_of(units, world.mumbai.hearing).participants}
    return [{names[answer.participant_id] for answer in one.answers} for one in options_of(units, world.mumbai.hearing)]


def about(press: FakeLetterPress, name: str) -> list[list[int]]:
    return [[time.number for time in one.times] for one in press.about_options if one.to.name == name]


def test_the_page_before_booking_names_who_would_serve_then(
    units: Units, world: World, mumbai: Actor, reference: str
) -> None:
    with units.reading() as unit:
        page = booking_views.book_page(unit, reference, starts_wall=MONDAY_11, by=mumbai)
        free = booking_views.book_page(unit, reference, starts_wall=TUESDAY_11, by=mumbai)
    shown = {one.name: (one.mail, one.instead_of, one.address) for one in page.recipients}
    assert shown[OTHER] == (INVITED, FIRST, "kamal.hossain@dhaka.example")
    assert FIRST not in shown
    assert FIRST in {one.name for one in free.recipients}
    assert not any(one.instead_of for one in free.recipients)
    booked(units, reference, mumbai)
    assert {address for _, address in mails(units)} == {one.address for one in page.recipients}


def test_the_page_before_a_move_names_who_comes_and_who_need_not(
    units: Units, world: World, mumbai: Actor, reference: str
) -> None:
    booked(units, reference, mumbai)
    sent(units)
    with units.reading() as unit:
        page = booking_views.book_page(unit, reference, starts_wall=TUESDAY_11, by=mumbai)
    shown = {one.name: (one.mail, one.instead_of) for one in page.recipients}
    assert (shown[FIRST], shown[OTHER]) == ((INVITED, OTHER), (EXCUSED, ""))
    assert {mail for mail, _ in shown.values()} == {INVITED, UPDATED, EXCUSED}
    moved_to(units, reference, mumbai, TUESDAY_11)
    assert {address for _, address in mails(units)} == {one.address for one in page.recipients}
    assert serving(units, world, INTERPRETER) == [FIRST]


def test_each_is_asked_only_about_the_times_at_which_they_would_serve(
    units: Units, world: World, mumbai: Actor, reference: str, press: FakeLetterPress
) -> None:
    with units.reading() as unit:
        starts = [MONDAY_11, MONDAY_14, TUESDAY_11]
        check = option_views.offer_page(unit, reference, starts=starts, by=mumbai)
    assert [[(one.name, one.instead_of) for one in time.others] for time in check.times] == [[(OTHER, FIRST)], [], []]
    assert {one.name: one.numbers for one in check.recipients if one.numbers} == {OTHER: (1,), FIRST: (2, 3)}
    held(units, reference, mumbai, *starts, asks=True)
    assert [(FIRST in one, OTHER in one, len(one)) for one in asked(units, world)] == [
        (False, True, PEOPLE),
        (True, False, PEOPLE),
        (True, False, PEOPLE),
    ]
    assert (about(press, FIRST), about(press, OTHER)) == ([[2, 3]], [[1]])
    assert {one.address for one in check.recipients} == {address for _, address in mails(units)}
    assert serving(units, world, INTERPRETER) == [FIRST]


def test_who_would_serve_answers_by_their_link_and_the_coordinator_sees_whose_answer_it_is(
    units: Units, world: World, mumbai: Actor, reference: str
) -> None:
    held(units, reference, mumbai, MONDAY_11, MONDAY_14, asks=True)
    with units.writing() as unit:
        option_answers.give(unit, link_of(units, world, OTHER), {1: (OptionAnswer.CANNOT, "")})
    with units.reading() as unit:
        page = option_views.options_page(unit, reference, by=mumbai)
    rows = {one.name: [cell and cell.code for cell in one.cells] for one in page.people}
    assert (rows[FIRST], rows[OTHER]) == (["other", ""], ["cannot", "other"])
    assert [[one.name for one in option.lost] for option in page.options] == [[OTHER], []]
    assert [[one.name for one in option.others] for option in page.options] == [[OTHER], []]
    assert [(one.cannot, one.open) for one in page.options] == [(1, PEOPLE - 1), (0, PEOPLE)]
    assert {one.name: one.numbers for one in page.recipients if one.numbers} == {OTHER: (1,), FIRST: (2,)}


@pytest.mark.parametrize(("number", "serves", "excused"), [(1, OTHER, FIRST), (2, FIRST, OTHER)])
def test_booking_one_invites_who_serves_then_and_tells_the_other(
    units: Units,
    world: World,
    mumbai: Actor,
    reference: str,
    press: FakeLetterPress,
    number: int,
    serves: str,
    excused: str,
) -> None:
    held(units, reference, mumbai, MONDAY_11, MONDAY_14, asks=True)
    sent(units)
    book_option(units, reference, mumbai, number)
    assert serving(units, world, INTERPRETER) == [serves]
    address = {FIRST: "nasrin.alam@dhaka.example", OTHER: "kamal.hossain@dhaka.example"}
    assert {kind for kind, to in mails(units) if to == address[serves]} == {"invitation"}
    assert {kind for kind, to in mails(units) if to == address[excused]} == {"options_withdrawn"}
    assert about(press, excused)[-1] == [3 - number]
    assert len(mails(units)) == PEOPLE + 1


def test_who_was_asked_once_and_would_not_serve_at_the_new_times_is_told(
    units: Units, world: World, mumbai: Actor, reference: str, press: FakeLetterPress
) -> None:
    held(units, reference, mumbai, MONDAY_11, asks=True)
    sent(units)
    held(units, reference, mumbai, TUESDAY_11, asks=True)
    assert sorted(kind for kind, _ in mails(units)) == ["options"] * PEOPLE + ["options_withdrawn"]
    assert press.about_options[-1].to.name == OTHER
    sent(units)
    released(units, reference, mumbai)
    assert OTHER not in {one.to.name for one in press.about_options[-PEOPLE:]}
    assert kinds(units)[-PEOPLE:] == ["options_withdrawn"] * PEOPLE


def test_the_link_of_who_lost_the_seat_with_the_booking_opens_no_more(
    units: Units, world: World, mumbai: Actor, reference: str, clock: FrozenClock
) -> None:
    held(units, reference, mumbai, MONDAY_11, MONDAY_14, asks=True)
    with units.reading() as unit:
        assert [one.number for one in option_answers.page(unit, link_of(units, world, FIRST)).times] == [2]
    clock.advance(minutes=5)
    book_option(units, reference, mumbai, 1)
    with units.reading() as unit, pytest.raises(AnswerClosed):
        option_answers.page(unit, link_of(units, world, FIRST))


def test_the_link_of_who_only_would_have_served_says_that_the_time_was_given_back(
    units: Units, world: World, mumbai: Actor, reference: str
) -> None:
    held(units, reference, mumbai, MONDAY_11, MONDAY_14, asks=True)
    book_option(units, reference, mumbai, 2)
    with units.reading() as unit:
        page = option_answers.page(unit, link_of(units, world, OTHER))
    assert (page.is_open, page.is_decided) == (False, False)


def test_the_page_of_the_hearing_lists_who_would_do(units: Units, world: World, mumbai: Actor, reference: str) -> None:
    with units.reading() as unit:
        [one] = hearing_views.open_page(unit, reference, by=mumbai).alternates
    assert (one.label, one.serves, one.others) == ("Interpreter", FIRST, (OTHER,))
