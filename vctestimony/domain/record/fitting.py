"""The one place that checks an entry against those before it: a link that holds, who had come, what was raised."""

import unicodedata
from collections.abc import Iterable

from vctestimony.domain.errors import Conflict
from vctestimony.domain.record.course import PAIRS, PLAINLY, Logged, Said, counting
from vctestimony.domain.record.kinds import POINTS, Kind
from vctestimony.domain.record.waiting import WAITING
from vctestimony.domain.wording import N_

_PRESENCE: dict[str, Kind] = {"court": Kind.PRESENCE_COURT, "remote": Kind.PRESENCE_REMOTE}
NEEDS_THE_LINK = frozenset(
    {
        Kind.STAGE_BEGAN,
        Kind.OATH,
        Kind.INTERPRETER_SWORN,
        Kind.DOCUMENT_SHOWN,
        Kind.IDENTIFIED,
        Kind.READ_OVER,
        Kind.ADMITTED_CORRECT,
    }
)


class WithoutLink(Conflict):
    """What is done with the witness over the link is not done while it is lost."""

    text = N_(
        "At {when} the link was lost, since {since}, so “{entry}” cannot have happened then. Log “{last}” first, with "
        "its time."
    )


class NotThere(Conflict):
    """Somebody leaves who, by the log, never came."""

    text = N_(
        "By the log “{who}” was not at {point} at {when}. Write the name as it stands in the log. Present: {present}. "
        "Log first who was present, or who entered."
    )


class AlreadyThere(Conflict):
    """Somebody enters who, by the log, is in the room."""

    text = N_("By the log “{who}” is at {point} since {since}. Log that they left first, with the time.")


class NothingRaised(Conflict):
    """A decision on a grievance that nobody raised."""

    text = N_("At {when} no grievance was waiting for a decision. Log the grievance first, with its time.")


class NotWaiting(Conflict):
    """A decision or a ruling on an entry that waits for none."""

    text = N_("Entry {number} was not waiting for this at {when}. Write the number of one that was: {waiting}.")


def check(log: Iterable[Logged], new: Logged, *, said: Said = PLAINLY) -> None:
    """Refuse an entry that has nothing before it to follow."""
    known = tuple(log)
    earlier = tuple(entry for entry in counting(known) if entry.happened_at <= new.happened_at)
    if new.kind in NEEDS_THE_LINK:
        _check_link(earlier, new, said=said)
    if new.kind is Kind.PERSON_LEFT:
        _check_left(earlier, new, said=said)
    if new.kind is Kind.PERSON_ENTERED:
        _check_entered(earlier, new, said=said)
    if new.kind in WAITING:
        _check_waiting(known, new, said=said)


def _check_link(earlier: tuple[Logged, ...], new: Logged, *, said: Said) -> None:
    """A link that comes back in the minute of the entry, and was logged so, is there."""
    restored = PAIRS[Kind.LINK_LOST]
    last = next((entry for entry in reversed(earlier) if entry.kind in (Kind.LINK_LOST, restored)), None)
    if last is not None and last.kind is Kind.LINK_LOST:
        when, since = said.time(new.happened_at), said.time(last.happened_at)
        raise WithoutLink(field="at", entry=said.entry(new.kind), when=when, since=since, last=said.entry(restored))


def _check_waiting(known: tuple[Logged, ...], new: Logged, *, said: Said) -> None:
    when = said.time(new.happened_at)
    waiting = [str(one.number) for one in WAITING[new.kind](known) if one.happened_at <= new.happened_at]
    if not waiting and new.kind is Kind.GRIEVANCE_DECIDED:
        raise NothingRaised(when=when)
    if new.facts["of"] not in waiting:
        raise NotWaiting(field="of", number=new.facts["of"], when=when, waiting=", ".join(waiting) or "–")


def _check_left(earlier: tuple[Logged, ...], new: Logged, *, said: Said) -> None:
    who, point = new.facts["who"], new.facts["point"]
    last = _last_move(earlier, who, point)
    listed = [e.facts["persons"] for e in earlier if e.kind is _PRESENCE[point]]
    was_present = last is None and any(_same(who) in _same(persons) for persons in listed)
    if (last is not None and last.kind is Kind.PERSON_ENTERED) or was_present:
        return
    entered = [e.facts["who"] for e in earlier if _inside(earlier, e, point)]
    present = "; ".join((*(line for persons in listed[-1:] for line in persons.splitlines()), *entered))
    raise NotThere(
        field="who",
        who=who,
        point=said.word(POINTS[point]),
        when=said.time(new.happened_at),
        present=present or said.word(N_("nobody is logged")),
    )


def _check_entered(earlier: tuple[Logged, ...], new: Logged, *, said: Said) -> None:
    who, point = new.facts["who"], new.facts["point"]
    last = _last_move(earlier, who, point)
    if last is not None and last.kind is Kind.PERSON_ENTERED:
        since = said.time(last.happened_at)
        raise AlreadyThere(field="who", who=who, point=said.word(POINTS[point]), since=since)


def _inside(earlier: tuple[Logged, ...], entered: Logged, point: str) -> bool:
    is_here = entered.kind is Kind.PERSON_ENTERED and entered.facts.get("point") == point
    return is_here and _last_move(earlier, entered.facts["who"], point) is entered


def _last_move(earlier: tuple[Logged, ...], who: str, point: str) -> Logged | None:
    """The last entry by which this person came to the point or left it."""
    moves = (
        entry
        for entry in reversed(earlier)
        if entry.kind in (Kind.PERSON_ENTERED, Kind.PERSON_LEFT)
        and entry.facts.get("point") == point
        and _same(entry.facts["who"]) == _same(who)
    )
    return next(moves, None)


def _same(name: str) -> str:
    """A name as it is compared: however its letters were typed, and whatever the blanks.

    >>> _same(" Rina   DAS ") == _same("Rina Das")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
