"""Somebody without an account joins by answer link and code: in the window, once, within ten minutes, in five tries."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.fakes import FrozenClock
from tests.services.mails import real_letters, stored
from tests.services.planned import answered, booked
from tests.services.test_invitations import cancelled
from tests.services.test_joining_window import ROOM, entered, times
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.joining import CODE_LIVES, MOST_WRONG_CODES
from vctestimony.domain.people import Duty
from vctestimony.services import joining_by_link, journal
from vctestimony.services.joining import JoiningClosed, NotYetShown
from vctestimony.services.joining_by_link import MAIL_KIND, MOST_MAILS, CodeOver, NoSuchSeat, WrongCode
from vctestimony.services.limits import TooManyTries
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import ParticipantRow

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With mails as they leave."""
    return replace(ports, letters=real_letters())


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor) -> str:
    """Booked, with an address; everybody is invited."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    entered(units, world.mumbai.hearing, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def token(units: Units, hearing: str, clock: FrozenClock) -> str:
    return units.ports.tokens.issue(f"{hearing}-{Duty.DEFENCE}", sequence=0, now=clock.at)


@pytest.fixture
def starts_at(units: Units, hearing: str, world: World, clock: FrozenClock) -> datetime:
    """The hearing begins now."""
    clock.at = times(units, world)[0]
    return clock.at


def codes(units: Units) -> list[str]:
    found = (re.search(rb"^(\d{8})\s*$", row.body, re.MULTILINE) for row in stored(units) if row.kind == MAIL_KIND)
    return [match.group(1).decode() for match in found if match]


def sent(units: Units, token: str) -> str:
    joining_by_link.send_code(units, token)
    return codes(units)[-1]


@pytest.mark.threat("T9")
def test_a_code_opens_the_address_once_and_both_are_written_down(
    units: Units, hearing: str, token: str, starts_at: datetime
) -> None:
    code = sent(units, token)
    assert joining_by_link.look(units, token, code).joining == ROOM
    with pytest.raises(CodeOver):
        joining_by_link.look(units, token, code)
    with units.reading() as unit:
        entries = [entry for entry in journal.history(unit, hearing) if entry.action.startswith("joining.")]
    assert [entry.action for entry in entries][-2:] == ["joining.code_sent", "joining.opened"]
    assert entries[-1].actor.endswith(", by link and code")
    assert not any(secret in str(entries) for secret in (code, ROOM.address, ROOM.passcode))


@pytest.mark.threat("T9")
@pytest.mark.parametrize(
    ("from_start", "from_end", "refusal"),
    [(-61, None, NotYetShown), (-60, None, None), (-59, None, None), (None, 0, None), (None, 1, JoiningClosed)],
)
def test_a_code_is_sent_and_taken_only_while_the_address_is_shown(
    units: Units,
    world: World,
    token: str,
    clock: FrozenClock,
    from_start: int | None,
    from_end: int | None,
    refusal: type[Exception] | None,
) -> None:
    start_at, end_at = times(units, world)
    clock.at = start_at + from_start * MINUTE if from_start is not None else end_at + (from_end or 0) * MINUTE
    if refusal is None:
        assert joining_by_link.look(units, token, sent(units, token)).joining == ROOM
        return
    with pytest.raises(refusal):
        joining_by_link.send_code(units, token)
    with pytest.raises(refusal):
        joining_by_link.look(units, token, "00000000")
    assert codes(units) == []


def test_a_code_is_good_for_ten_minutes_and_the_newest_alone(
    units: Units, token: str, starts_at: datetime, clock: FrozenClock
) -> None:
    first, second = sent(units, token), sent(units, token)
    clock.at = starts_at + CODE_LIVES - timedelta(seconds=1)
    with pytest.raises(WrongCode):
        joining_by_link.look(units, token, first)
    clock.at = starts_at + CODE_LIVES
    with pytest.raises(CodeOver):
        joining_by_link.look(units, token, second)


def test_after_five_wrong_tries_the_right_code_is_none(units: Units, token: str, starts_at: datetime) -> None:
    code = sent(units, token)
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for left in reversed(range(MOST_WRONG_CODES)):
        with pytest.raises(WrongCode) as refused:
            joining_by_link.look(units, token, wrong)
        assert refused.value.facts["left"] == left
    with pytest.raises(CodeOver):
        joining_by_link.look(units, token, code)


def test_nobody_is_flooded_with_codes(units: Units, token: str, starts_at: datetime) -> None:
    for _ in range(MOST_MAILS):
        sent(units, token)
    with pytest.raises(TooManyTries):
        joining_by_link.send_code(units, token)


@pytest.mark.threat("T11")
@pytest.mark.abuse(7)
def test_whoever_was_taken_off_finds_nothing_with_link_and_code(units: Units, token: str, starts_at: datetime) -> None:
    code = sent(units, token)
    with units.writing() as unit:
        gone = sa.update(ParticipantRow).where(ParticipantRow.public_id.endswith(f"-{Duty.DEFENCE}"))
        unit.session.execute(gone.values(removed_at=unit.now))
    with pytest.raises(NoSuchSeat):
        joining_by_link.look(units, token, code)
    with units.reading() as unit, pytest.raises(NoSuchSeat):
        joining_by_link.page(unit, token)


def test_after_a_cancellation_it_is_gone(
    units: Units, world: World, mumbai: Actor, token: str, starts_at: datetime
) -> None:
    code = sent(units, token)
    cancelled(units, world, mumbai)
    with pytest.raises(JoiningClosed):
        joining_by_link.look(units, token, code)


def test_the_code_of_one_link_opens_nothing_by_another(
    units: Units, hearing: str, token: str, starts_at: datetime, clock: FrozenClock
) -> None:
    code = sent(units, token)
    other = units.ports.tokens.issue(f"{hearing}-{Duty.PROSECUTION}", sequence=0, now=clock.at)
    sent(units, other)
    with pytest.raises(WrongCode):
        joining_by_link.look(units, other, code)
