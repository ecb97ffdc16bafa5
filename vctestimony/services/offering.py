"""The use-cases of options: offer up to three times, book one of them, give them back, let them run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import SYSTEM, Action, Actor
from vctestimony.domain.errors import Conflict
from vctestimony.domain.hearing import Move, State, moved
from vctestimony.domain.instants import read
from vctestimony.domain.options import USUAL_HOURS, Ending, OptionGone, OptionRanOut, OptionState
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, holding, journal, option_mails
from vctestimony.services.scheduling import opened, set_time, settled
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow, OptionRow


class AnswersChanged(Conflict):
    """Somebody answered after the page was opened; the choice was made without it."""

    text = N_("An answer came while this page was open. Nothing was booked; look at the answers again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is offered: wall times of the Court Point, for how many hours at most, and whether people are written to."""

    starts: Sequence[datetime]
    zone: str
    hours: int = USUAL_HOURS
    asks: bool = False


def offer(unit: Unit, reference: str, what: Offer, *, version: int, by: Actor) -> None:
    """Hold all of the starts or none, in place of those held before, and ask the people of the hearing if so wished."""
    hearing = opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.HOLD)
    before = store.live_offer(unit.session, hearing.id)
    options = holding.hold(unit, hearing, starts=what.starts, zone=what.zone, hours=what.hours)
    hearing.state = state
    flag_modified(hearing, "state")  # what is held is part of what a form of this hearing shows
    starts, until = [one.starts_at for one in options], min(one.held_until for one in options)
    journal.write(unit, "hearing.held", subject=reference, by=by, starts_at=starts, until_at=until)
    if what.asks:
        option_mails.ask(unit, hearing, options, by=by, before=before)
    else:
        option_mails.withdraw(unit, hearing, before, ending=Ending.RELEASED, by=by)


def book(unit: Unit, reference: str, *, number: int, answers_seen: str, version: int, by: Actor) -> None:
    """Book one option: its hold turns into the booking, the others are given back, invitations go to everybody.

    Refuses an option that ran out (OptionRanOut) or is no longer held (OptionGone), one whose people are meanwhile
    away (SlotTaken), and a choice made before the last answer came (`answers_seen`, see `answers_mark`).
    """
    hearing = opened(unit, reference, version=version, by=by, action=Action.BOOK)
    state = moved(hearing.state, Move.BOOK)
    checklists.require(unit, hearing, "book", language=by.language)
    option = _held(unit, hearing, number)
    if answers_mark(store.held(unit.session, hearing.id)) != answers_seen:
        raise AnswersChanged()
    holding.book(unit, hearing, option, by=by)
    hearing.state, hearing.reason = state, ""
    set_time(unit, hearing, starts_at=option.starts_at, starts_wall=option.starts_wall)
    facts = {"starts_at": option.starts_at, "starts_wall": option.starts_wall, "zone": option.zone, "option": number}
    settled(unit, hearing, "hearing.booked", by=by, **facts)


def release(unit: Unit, reference: str, *, version: int, by: Actor) -> None:
    """Give every held time back and tell those who were asked."""
    hearing = opened(unit, reference, version=version, by=by, action=Action.BOOK)
    options = store.live_offer(unit.session, hearing.id)
    _reopen(unit, hearing, options, by=by, what="hearing.released", ending=Ending.RELEASED)


def release_expired(unit: Unit) -> int:
    """Tidy away what has run out, for the worker; nothing depends on it. Returns how many hearings are open again."""
    late = [(one, store.live_offer(unit.session, one.id)) for one in store.run_out(unit.session, now=unit.now)]
    # What they hold is given back before the journal, which every other change queues for.
    over = [(one, options) for one, options in late if not holding.expire(unit, one) and one.state is State.PROPOSED]
    for hearing, options in over:
        _reopen(unit, hearing, options, by=SYSTEM, what="hearing.hold_expired", ending=Ending.EXPIRED)
    return len(over)


def answers_mark(options: Sequence[OptionRow]) -> str:
    """A mark that changes with every answer to the options; empty while there is none."""
    given = [
        f"{option.number} {answer.participant_id} {answer.answer} {answer.remark}"
        for option in options
        for answer in option.answers
        if answer.answer
    ]
    return sha256("\n".join(given).encode()).hexdigest()[:32] if given else ""


def _held(unit: Unit, hearing: HearingRow, number: int) -> OptionRow:
    found = next((one for one in store.newest_offer(unit.session, hearing.id) if one.number == number), None)
    if found is None or (found.state is not OptionState.HELD and found.state is not OptionState.EXPIRED):
        raise OptionGone()
    if found.state is OptionState.EXPIRED or holding.is_over(unit, found):
        until = read(found.held_until, hearing.court.zone, hearing.court.city)
        raise OptionRanOut(until=until)
    return found


def _reopen(
    unit: Unit, hearing: HearingRow, ended: Sequence[OptionRow], *, by: Actor, what: str, ending: Ending
) -> None:
    hearing.state = moved(hearing.state, Move.RELEASE)
    holding.give_back(unit, hearing)
    journal.write(unit, what, subject=hearing.reference, by=by)
    option_mails.withdraw(unit, hearing, ended, ending=ending, by=by)
