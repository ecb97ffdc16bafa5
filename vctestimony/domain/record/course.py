"""The one place for the course of a day: when something may be said to have happened, interruptions and lengths."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.instants import to_min
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import WITHDRAWN, Kind
from vctestimony.domain.wording import N_

_MINUTE = timedelta(minutes=1)
Translate = Callable[[str], str]
PAIRS: Mapping[Kind, Kind] = {Kind.LINK_LOST: Kind.LINK_RESTORED, Kind.BREAK_BEGAN: Kind.BREAK_ENDED}


class StillToCome(Invalid):
    """The log holds what happened, not what will."""

    text = N_("{when} is still to come. Write down what has happened, at the time it happened.")


class BeforeTheStart(Invalid):
    """Nothing of the hearing happened before it was opened."""

    text = N_("{when} lies before the court opened the hearing at {started}. Correct the time.")


class TooLongBefore(Invalid):
    """What was made ready for another day does not count for this one."""

    text = N_("{when} is too long before the hearing: what is made ready for it is logged from {since} on.")


class AfterTheEnd(Invalid):
    """The session is over; only what belongs afterwards may have happened since."""

    text = N_("{when} lies after the court closed the hearing at {ended}. Give the time at which it happened.")


class NothingToRestore(Conflict):
    """Only what was lost can be restored."""

    text = N_("The log does not say that the link was lost before {when}. Log “{first}” first, with its time.")


class NothingToEnd(NothingToRestore):
    """Only what began can end."""

    text = N_("The log does not say that a break began before {when}. Log “{first}” first, with its time.")


class AlreadyOpen(Conflict):
    """The link cannot be lost twice without coming back."""

    text = N_("The log says that the link is lost since {since}. Log “{last}” first, with its time.")


class BreakLasts(AlreadyOpen):
    """A break cannot begin within a break."""

    text = N_("The log says that a break lasts since {since}. Log “{last}” first, with its time.")


class StillOpen(Conflict):
    """The hearing cannot be closed in the middle of an interruption."""

    text = N_("“{entry}” of {since} has no end yet. Log “{last}” first, or adjourn the hearing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One entry of the running log."""

    number: int
    kind: Kind
    happened_at: datetime
    facts: Mapping[str, str]
    note: str = ""
    by: str = ""
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A loss of the link or a break; `ended` is None while it lasts."""

    began: Logged
    ended: Logged | None


@dataclass(frozen=True, slots=True)
class StageLength:
    """How long a stage of the examination took, without breaks and without the time that the link was lost."""

    stage: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Whole minutes as the clocks show them, and what is counted of a day.

    `without_link` and `breaks` may overlap; `examination` is the sum of `stages`, which are net of both. `satisfied`:
    the court has said so of clarity, sound and connection. `undecided`: grievances without a decision.
    """

    session: int
    without_link: int
    breaks: int
    losses: int = 0
    pauses: int = 0
    stages: tuple[StageLength, ...] = ()
    satisfied: bool = False
    grievances: int = 0
    undecided: int = 0

    @property
    def examination(self) -> int:
        """Minutes in which the witness was examined."""
        return sum(stage.minutes for stage in self.stages)


def _as_given(text: str) -> str:
    return text


def _in_utc(at: datetime) -> str:
    return f"{at:%H:%M} UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a refusal says a time (on both clocks of the hearing) and the name of an entry."""

    time: Callable[[datetime], str] = _in_utc
    word: Translate = _as_given

    def entry(self, kind: Kind) -> str:
        """The label of a kind of entry."""
        return self.word(ENTRIES[kind].label)


PLAINLY = Said()


@dataclass(frozen=True, slots=True)
class Session:
    """The session's bounds; `ended_at` is None while it lasts. What belongs before it may happen from `prepared_from`.

    Of a hearing that is still to be opened, the session is what may be prepared, from `prepared_from` on.
    """

    started_at: datetime
    ended_at: datetime | None
    prepared_from: datetime | None = None


def happened(kind: Kind, at: datetime | None, *, session: Session, now: datetime, said: Said = PLAINLY) -> datetime:
    """The instant to be written: `at`, or now. Refuses what lies ahead, before the start, or after the end.

    Clocks are typed to the minute, so the minute in which the hearing was opened counts as after its opening.
    """
    at = now if at is None else at
    if at > now:
        raise StillToCome(field="at", when=said.time(at))
    if ENTRIES[kind].before_start and session.prepared_from is not None:
        if at < session.prepared_from:
            raise TooLongBefore(field="at", when=said.time(at), since=said.time(session.prepared_from))
    elif session.started_at - _MINUTE < at < session.started_at:
        at = session.started_at
    elif at < session.started_at:
        raise BeforeTheStart(field="at", when=said.time(at), started=said.time(session.started_at))
    if session.ended_at is not None and at > session.ended_at and not ENTRIES[kind].after_end:
        raise AfterTheEnd(field="at", when=said.time(at), ended=said.time(session.ended_at))
    return at


def takes_out(entry: Logged) -> bool:
    """Whether the entry is a correction that says another one does not count."""
    return entry.kind is Kind.CORRECTION and entry.facts.get("effect") == WITHDRAWN


def counting(log: Iterable[Logged]) -> tuple[Logged, ...]:
    """The entries that were not withdrawn by a correction, in the order in which they happened."""
    entries = tuple(log)
    withdrawn = {entry.corrects for entry in entries if takes_out(entry)}
    kept = (entry for entry in entries if entry.number not in withdrawn)
    return tuple(sorted(kept, key=lambda entry: (entry.happened_at, entry.number)))


def withdrawn_from(log: Iterable[Logged]) -> tuple[tuple[Logged, Logged], ...]:
    """Every entry that does not count, with the correction that says so; the last correction first."""
    entries = {entry.number: entry for entry in log}
    taken = (entry for entry in entries.values() if takes_out(entry))
    last = sorted(taken, key=lambda entry: (entry.happened_at, entry.number), reverse=True)
    return tuple((entries[one.corrects], one) for one in last if one.corrects in entries)


def stretches(log: Iterable[Logged], begins: Kind, *, said: Said = PLAINLY) -> tuple[Stretch, ...]:
    """Every loss or break with its end, in order; refuses a log in which they do not alternate."""
    found: list[Stretch] = []
    began: Logged | None = None
    for entry in counting(log):
        if entry.kind is begins:
            if began is not None:
                twice = AlreadyOpen if begins is Kind.LINK_LOST else BreakLasts
                raise twice(since=said.time(began.happened_at), last=said.entry(PAIRS[begins]))
            began = entry
        elif entry.kind is PAIRS[begins]:
            if began is None:
                nothing = NothingToRestore if begins is Kind.LINK_LOST else NothingToEnd
                raise nothing(when=said.time(entry.happened_at), first=said.entry(begins))
            found.append(Stretch(began, entry))
            began = None
    return (*found, Stretch(began, None)) if began is not None else tuple(found)


def undecided(log: Iterable[Logged]) -> tuple[Logged, ...]:
    """The grievances that wait for a decision. A decision that names none, as older logs have, is on the first left."""
    entries = counting(log)
    named = [entry.facts.get("of", "") for entry in entries if entry.kind is Kind.GRIEVANCE_DECIDED]
    left = (entry for entry in entries if entry.kind is Kind.GRIEVANCE and str(entry.number) not in named)
    return tuple(left)[named.count("") :]


def check(log: Iterable[Logged], *, said: Said = PLAINLY) -> None:
    """Refuse a log that no day could have had."""
    entries = tuple(log)
    for begins in PAIRS:
        stretches(entries, begins, said=said)


def check_closed(log: Iterable[Logged], *, said: Said = PLAINLY) -> None:
    """Refuse to close a hearing while the link is lost or a break lasts."""
    entries = tuple(log)
    for begins, ends in PAIRS.items():
        for stretch in stretches(entries, begins, said=said):
            if stretch.ended is None:
                since = said.time(stretch.began.happened_at)
                raise StillOpen(entry=said.entry(begins), since=since, last=said.entry(ends))


def totals(log: Iterable[Logged], *, session: Session, now: datetime) -> Totals:
    """How long the session lasted, how much of it was lost, and how long each stage of the examination took."""
    entries = counting(log)
    until = session.ended_at or now
    lost, paused = stretches(entries, Kind.LINK_LOST), stretches(entries, Kind.BREAK_BEGAN)
    return Totals(
        session=_minutes(session.started_at, until),
        without_link=_sum(lost, until=until),
        breaks=_sum(paused, until=until),
        losses=len(lost),
        pauses=len(paused),
        stages=_stages(entries, (*lost, *paused), until=until),
        satisfied=any(entry.kind is Kind.QUALITY_SATISFIED for entry in entries),
        grievances=sum(1 for entry in entries if entry.kind is Kind.GRIEVANCE),
        undecided=len(undecided(entries)),
    )


def _stages(
    entries: tuple[Logged, ...], interruptions: Iterable[Stretch], *, until: datetime
) -> tuple[StageLength, ...]:
    """Every stage in the order in which it first began; each lasts to the next, to the reading over or to the end."""
    gone: set[int] = set()
    for stretch in interruptions:
        last_at = stretch.ended.happened_at if stretch.ended else until
        gone.update(range(to_min(stretch.began.happened_at), to_min(last_at)))
    marks = [entry for entry in entries if entry.kind in (Kind.STAGE_BEGAN, Kind.READ_OVER)]
    found: dict[str, int] = {}
    ends = (*(entry.happened_at for entry in marks), until)[1:]
    for mark, ends_at in zip(marks, ends, strict=True):
        if mark.kind is Kind.STAGE_BEGAN:
            minutes = set(range(to_min(mark.happened_at), to_min(ends_at))) - gone
            found[mark.facts["stage"]] = found.get(mark.facts["stage"], 0) + len(minutes)
    return tuple(StageLength(stage, minutes) for stage, minutes in found.items())


def _sum(found: Iterable[Stretch], *, until: datetime) -> int:
    return sum(_minutes(s.began.happened_at, s.ended.happened_at if s.ended else until) for s in found)


def _minutes(first: datetime, last: datetime) -> int:
    """Minutes between two clock times as they are printed.

    >>> from datetime import UTC
    >>> _minutes(datetime(2026, 9, 14, 5, 30, 59, tzinfo=UTC), datetime(2026, 9, 14, 5, 32, 0, tzinfo=UTC))
    2
    """
    return to_min(last) - to_min(first)
