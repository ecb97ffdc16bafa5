"""The one place that refuses a move of the transcript: out of its turn, at an impossible time, without a reason."""

from datetime import date, datetime, time, timedelta

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.record.course import PLAINLY, Said
from vctestimony.domain.record.cycle import PATH_LABELS, READING, Path, Rung, Standing
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.wording import N_

SHORTEST_REASON = 5
CLOCKS_DIFFER = timedelta(minutes=1)
"""So far ahead the clock of somebody else's device may be."""
LONGEST_OVER_MIDNIGHT = timedelta(hours=12)
"""What began later on the clock than it ended began the day before, unless it would have taken longer than this."""


class NotItsTurn(Conflict):
    """Nothing is left out: what comes before is missing."""

    text = N_("“{step}” cannot be entered yet. Missing before it: {missing}.")


class DoneAlready(Conflict):
    """Somebody has done it; theirs stands."""

    text = N_("“{step}” was already entered by {who}. Nothing was changed; look at what is next.")


class NotOnThisPath(Conflict):
    """The step belongs to the other path, or is not asked for in this case."""

    text = N_("“{step}” does not belong to how this transcript is signed: {path}.")


class NothingToGoBackTo(Conflict):
    """Only what was done can be done again."""

    text = N_("“{step}” is not done, so there is nothing to go back to.")


class WhyNeeded(Invalid):
    """Others will ask why a signed paper was sent back, or why its path was changed."""

    text = N_("Say why, in a few words. The reason is kept for good.")


class SamePath(Conflict):
    """There is nothing to change."""

    text = N_("This transcript is signed in this way already: {path}.")


class NotDigital(Conflict):
    """Model Rules 8.8.1 is for digital signatures at both points."""

    text = N_(
        "The order does not say that both points have digital signatures, so the transcript is signed on paper "
        "(Model Rules, as adopted by the High Court, r. 8.8.2). Change the order first."
    )


class CycleOver(Conflict):
    """The signed transcript is back at the court."""

    text = N_("The signed transcript is back at the court; the way it was signed cannot be changed any more.")


class NotYet(Invalid):
    """What will be done is not done."""

    text = N_("{when} is still to come. Enter a step when it is done.")


class BeforeTheLast(Invalid):
    """Each step follows the one before it."""

    text = N_("{when} lies before “{step}” at {earlier}. Give the time at which this step was done.")


class BeforeTheOpening(Invalid):
    """There was no evidence to read over before the court opened the hearing."""

    text = N_("{when} lies before the court opened the hearing at {earlier}. Correct the time.")


class EndsBeforeItBegins(Invalid):
    """Reading over takes time, and it goes forward."""

    text = N_("It cannot end before it began. Correct one of the two times.")


def check_turn(stands: Standing, rung: Rung, *, said: Said = PLAINLY) -> None:
    """Pass when the step is the next one; else DoneAlready, or NotItsTurn with all that is missing before it."""
    if rung in stands.done:
        raise DoneAlready(step=_label(rung, said), who=stands.done[rung].by)
    if rung not in stands.ladder:
        raise NotOnThisPath(step=_label(rung, said), path=said.word(PATH_LABELS[stands.path]))
    if missing := stands.before(rung):
        raise NotItsTurn(step=_label(rung, said), missing="; ".join(_label(one, said) for one in missing))


def check_back(stands: Standing, rung: Rung, *, reason: str, said: Said = PLAINLY) -> None:
    """Pass when the step was done and the reason says why it is to be done again."""
    if rung not in stands.done:
        raise NothingToGoBackTo(step=_label(rung, said))
    check_reason(reason)


def check_change(stands: Standing, path: Path, *, both_digital: bool, reason: str, said: Said = PLAINLY) -> None:
    """Pass when the transcript can still be signed on that path."""
    if path is stands.path:
        raise SamePath(path=said.word(PATH_LABELS[path]))
    if path is Path.DIGITAL and not both_digital:
        raise NotDigital()
    if Rung.RECEIVED in stands.done:
        raise CycleOver()
    check_reason(reason)


def check_reason(reason: str) -> None:
    """Refuse what says nothing."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise WhyNeeded(field="reason")


def happened(
    stands: Standing, at: datetime | None, *, began_at: datetime | None, opened_at: datetime, now: datetime, said: Said
) -> datetime:
    """The instant to be written: `at`, or now. Refuses what lies ahead, or before what was done before it.

    Clocks are typed to the minute: the minute in which the last step was done is not before it.
    """
    at = at or now
    if at > now + CLOCKS_DIFFER:
        raise NotYet(field="done_time", when=said.time(at))
    first_at = began_at or at
    if first_at > at:
        raise EndsBeforeItBegins(field="began")
    last = stands.latest
    if _minute(first_at) < _minute(opened_at):
        raise BeforeTheOpening(field="done_time", when=said.time(first_at), earlier=said.time(opened_at))
    if last is not None and is_before_the_last(stands, first_at):
        what = {"step": _label(last.rung, said), "earlier": said.time(last.happened_at)}
        raise BeforeTheLast(field="done_time", when=said.time(first_at), **what)
    return max(at, last.happened_at) if last is not None else at


def is_before_the_last(stands: Standing, at: datetime) -> bool:
    """Whether it lies before the minute in which the last step was done."""
    return stands.latest is not None and _minute(at) < _minute(stands.latest.happened_at)


def begun_on(day: date, began: time, done: time) -> date:
    """The day of the first of two times of which the second is of `day`.

    >>> begun_on(date(2026, 9, 15), time(23, 50), time(0, 10))
    datetime.date(2026, 9, 14)
    >>> begun_on(date(2026, 9, 15), time(14, 0), time(13, 0))
    datetime.date(2026, 9, 15)
    """
    took = datetime.combine(day, done) - datetime.combine(day - timedelta(days=1), began)
    over_midnight = began.replace(second=0, microsecond=0) > done and took <= LONGEST_OVER_MIDNIGHT
    return day - timedelta(days=1) if over_midnight else day


def needs_court(rung: Rung) -> bool:
    """Whether only the court may go back to that step: what is read over or corrected is the court's."""
    return rung in READING


def _label(rung: Rung, said: Said) -> str:
    return said.word(RUNGS[rung].label)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
