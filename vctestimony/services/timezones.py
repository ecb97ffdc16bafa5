"""The use-case of changed clock rules: which hearings no longer begin when agreed, and moving them with new mails.

Agreed is the wall time of the Court Point, so that is what is kept: when its rules change, the instant moves. Where
only the clock of the other end changed, the hearing stays where it is; the people there were told another hour and
are written to again.

Times that are only held are held anew at their hour, and whoever was asked is asked again: an answer was for another
instant. What the mails about them said of the other clock is not kept, so a change there alone is told with the
booking. The leave of an official is kept as instants and without the edition of the rules, so it cannot be known
whether it was entered by others: after a change, whoever keeps a post looks its leaves through.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Invalid, Refusal
from vctestimony.domain.hearing import Move, moved
from vctestimony.domain.instants import (
    TZ_VERSION,
    AmbiguousWallTime,
    NonexistentWallTime,
    Reading,
    read,
    read_as_told,
    resolve,
)
from vctestimony.domain.invited import reads_anew
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, choices, claims, holding, invitations, invited, journal, option_mails
from vctestimony.services.claims import SlotTaken, TimeRefused
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings as store
from vctestimony.store import options
from vctestimony.store.models import HearingRow, OptionRow

RULES_CHANGED = N_("The official time has changed by law; the hour agreed at the Court Point stays.")


class Trouble(StrEnum):
    """What the rules of today do to a time that was agreed by the rules of another day."""

    MOVED = "moved"
    READS_ANEW = "reads_anew"
    DOUBTFUL = "doubtful"


_ACTIONS = {Trouble.MOVED: "hearing.moved_by_clock_rules", Trouble.READS_ANEW: "hearing.reads_anew"}
_DONE = {Trouble.MOVED: "moved with its hour", Trouble.READS_ANEW: "not moved, read anew"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One hearing, or one `option` held for it.

    `was` and `now` are its start on both clocks, the court's first: as told, and as it reads today.
    `now` is empty for a wall time that happens twice or never; `doubt` then says both readings.
    """

    reference: str
    trouble: Trouble
    wall: datetime
    zone: str
    was: tuple[Reading, ...]
    now: tuple[Reading, ...]
    starts_at: datetime
    tz_then: str
    tz_now: str = TZ_VERSION
    doubt: Invalid | None = None
    option: int | None = None

    @property
    def name(self) -> str:
        """What the command calls it; nothing else has the name."""
        return self.reference if self.option is None else f"{self.reference} option {self.option}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a finding: settled with so many `mails` written; or left as it was, and why if it was tried."""

    finding: Finding
    mails: int | None = None
    refusal: Refusal | None = None


def check(unit: Unit) -> tuple[Finding, ...]:
    """Every future hearing with a time that today's clock rules touch, the earliest first, then every held time."""
    rows = store.with_future_time(unit.session, now=unit.now)
    held = options.holding_ahead(unit.session, now=unit.now)
    found = (*map(found_in, rows), *map(_held_in, held))
    return tuple(one for one in found if one is not None)


def look(units: Units) -> tuple[Outcome, ...]:
    """What `check` finds, nothing done about it."""
    with units.reading() as unit:
        return tuple(Outcome(finding, refusal=finding.doubt) for finding in check(unit))


def found_in(hearing: HearingRow) -> Finding | None:
    """What today's rules do to this hearing's time; None when it begins when everybody was told."""
    if hearing.starts_at is None or hearing.starts_wall is None:
        return None
    finding = Finding(
        reference=hearing.reference,
        trouble=Trouble.MOVED,
        wall=hearing.starts_wall,
        zone=hearing.zone,
        was=_as_told(hearing, hearing.starts_at, hearing.starts_wall),
        now=(),
        starts_at=hearing.starts_at,
        tz_then=hearing.tz_version,
    )
    try:
        starts_at = resolve(hearing.starts_wall, hearing.zone)
    except (AmbiguousWallTime, NonexistentWallTime) as doubt:
        return replace(finding, trouble=Trouble.DOUBTFUL, doubt=doubt)
    now = tuple(read(starts_at, post.zone, post.city) for post in (hearing.court, hearing.remote))
    if starts_at != hearing.starts_at:
        return replace(finding, now=now, starts_at=starts_at)
    if any(reads_anew(invited.recall(person)) for person in hearing.participants if person.sent):
        return replace(finding, now=now, trouble=Trouble.READS_ANEW)
    return None


def _held_in(option: OptionRow) -> Finding | None:
    """What today's rules do to the start of an option; None when it is held for when everybody was told."""
    court, remote = option.hearing.court, option.hearing.remote
    ahead = _minutes_ahead(option.starts_at, option.starts_wall)
    finding = Finding(
        reference=option.hearing.reference,
        trouble=Trouble.MOVED,
        wall=option.starts_wall,
        zone=option.zone,
        was=(
            read_as_told(option.starts_at, court.zone, court.city, ahead=ahead),
            read(option.starts_at, remote.zone, remote.city),
        ),
        now=(),
        starts_at=option.starts_at,
        tz_then=option.tz_version,
        option=option.number,
    )
    try:
        starts_at = resolve(option.starts_wall, option.zone)
    except (AmbiguousWallTime, NonexistentWallTime) as doubt:
        return replace(finding, trouble=Trouble.DOUBTFUL, doubt=doubt)
    if starts_at == option.starts_at:
        return None
    now = tuple(read(starts_at, post.zone, post.city) for post in (court, remote))
    return replace(finding, now=now, starts_at=starts_at)


def move_all(units: Units) -> tuple[Outcome, ...]:
    """Move every hearing found to the instant at which its wall time is today, each in a transaction of its own.

    One that clashes is tried again after the others: when all of a court's hearings shift, the next one may only be
    waiting for the room to be left. What still clashes, and what is doubtful, stays and says why.
    """
    with units.reading() as unit:
        waiting = check(unit)
    done: dict[str, Outcome] = {}
    progress = True
    while waiting and progress:
        for finding in waiting:
            done[finding.name] = _one(units, finding)
        left = tuple(one for one in waiting if isinstance(done[one.name].refusal, SlotTaken))
        progress, waiting = len(left) < len(waiting), left
    return tuple(done.values())


def _one(units: Units, finding: Finding) -> Outcome:
    if finding.doubt is not None:
        return Outcome(finding, refusal=finding.doubt)
    try:
        with units.writing() as unit:
            return Outcome(finding, mails=_move(unit, finding) if finding.option is None else _hold_anew(unit, finding))
    except Refusal as refusal:
        return Outcome(finding, refusal=refusal)


def _move(unit: Unit, finding: Finding) -> int:
    """Claim everything at the new instant; the notice was given when the hour was agreed. Returns the mails written.

    Where the instant stays the claims are taken anew as well: at the end whose clock changed the hour may have become
    one at which nobody works.
    """
    hearing = store.by_reference(unit.session, finding.reference)
    if hearing is None or found_in(hearing) != finding:
        return 0  # somebody moved or cancelled it meanwhile
    was_at = hearing.starts_at
    if finding.trouble is Trouble.MOVED:
        slot = claims.take(unit, hearing, starts_at=finding.starts_at, notice_minutes=0)
        hearing.state = moved(hearing.state, Move.RESCHEDULE, reason=RULES_CHANGED)
        hearing.reason, hearing.starts_at = RULES_CHANGED, finding.starts_at
    else:
        slot = claims.retake(unit, hearing)
    choices.apply(unit, hearing, slot, by=SYSTEM)
    hearing.tz_version = finding.tz_now
    journal.write(
        unit,
        _ACTIONS[finding.trouble],
        subject=hearing.reference,
        by=SYSTEM,
        was_at=was_at,
        starts_at=finding.starts_at,
        starts_wall=finding.wall,
        zone=finding.zone,
        tz_then=finding.tz_then,
        tz_now=finding.tz_now,
    )
    checklists.redate(unit, hearing)
    return invitations.announce(unit, hearing, by=SYSTEM)


def _hold_anew(unit: Unit, finding: Finding) -> int:
    """Hold the hours of the whole offer by today's rules, all or none, as long as before but for a part of an hour.

    Returns the mails written: to nobody where nobody was asked, and none again for the second option of an offer.
    """
    hearing = store.by_reference(unit.session, finding.reference)
    if hearing is None:
        return 0
    before = [one for one in options.held(unit.session, hearing.id) if not holding.is_over(unit, one)]
    if finding not in map(_held_in, before):
        return 0  # held anew already, or settled meanwhile
    hours = -((unit.now - max(one.held_until for one in before)) // timedelta(hours=1))
    was_asked = any(one.answers for one in before)
    walls, was_at = [one.starts_wall for one in before], [one.starts_at for one in before]
    anew = holding.hold(unit, hearing, starts=walls, zone=finding.zone, hours=hours)
    flag_modified(hearing, "state")  # what is held is part of what a form of this hearing shows
    journal.write(
        unit,
        "hearing.held_by_clock_rules",
        subject=hearing.reference,
        by=SYSTEM,
        was_at=was_at,
        starts_at=[one.starts_at for one in anew],
        tz_then=finding.tz_then,
        tz_now=finding.tz_now,
    )
    return option_mails.ask(unit, hearing, anew, by=SYSTEM, before=before) if was_asked else 0


def _minutes_ahead(at: datetime, wall: datetime) -> int:
    return round((wall - at.replace(tzinfo=None)).total_seconds()) // 60


def _as_told(hearing: HearingRow, at: datetime, wall: datetime) -> tuple[Reading, ...]:
    """The start on both clocks as people were told: the court's as agreed, the other end's as it stood in the mails."""
    court, remote = hearing.court, hearing.remote
    told = {hearing.zone: _minutes_ahead(at, wall)}
    for person in hearing.participants:
        told |= dict(invited.recall(person).clocks) if person.sent else {}
    return tuple(
        read_as_told(at, post.zone, post.city, ahead=told[post.zone])
        if post.zone in told
        else read(at, post.zone, post.city)
        for post in (court, remote)
    )


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What the command prints: three or more lines a hearing, and one for all."""
    for outcome in outcomes:
        yield from _lines(outcome)
    settled = sum(outcome.mails is not None for outcome in outcomes)
    if not outcomes:
        yield f"Every future hearing begins when it was agreed, by the clock rules of {TZ_VERSION}."
    else:
        yield f"{len(outcomes)} found, {settled} settled, {len(outcomes) - settled} left, by the rules of {TZ_VERSION}."


def _lines(outcome: Outcome) -> Iterator[str]:
    finding, refusal = outcome.finding, outcome.refusal
    head = f"{finding.name}: {finding.wall:%Y-%m-%d %H:%M} {finding.zone}"
    yield f"{head}, agreed by the rules of {finding.tz_then or 'an unknown edition'}"
    yield f"  was {_said(finding.was)}"
    if finding.now:
        yield f"  now {_said(finding.now)}"
    if outcome.mails is not None:
        yield f"  {_DONE[finding.trouble]}; {outcome.mails} mails written"
    if refusal is not None:
        yield f"  stays as it is: {refusal.sentence()}"
    if isinstance(refusal, SlotTaken | TimeRefused):
        yield from (f"  {why.place}: {why.rule} ({', '.join(why.who)})" for why in refusal.whys)


def _said(readings: tuple[Reading, ...]) -> str:
    clocks = ", ".join(f"{one.wall:%Y-%m-%d %H:%M} {one.city} ({one.offset})" for one in readings)
    return f"{readings[0].at:%Y-%m-%dT%H:%MZ}: {clocks}"
