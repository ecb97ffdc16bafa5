"""The one place for the rules of reminding: from the facts of a hearing to every notice it calls for as things stand.

What is no longer so calls for nothing: an answer that came, a step that was settled, a time that was changed. Nobody is
reminded of what they were told a moment before: a notice that would have been due before somebody was asked is none.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from vctestimony.domain.reminders import thresholds as table
from vctestimony.domain.reminders.days import OwnDays
from vctestimony.domain.reminders.notices import DueStep, HearingFacts, Named, Notice, Reader, Rule, stamp

_NOT_READY = (table.NOT_READY_FIRST.amount, table.NOT_READY_SECOND.amount, table.NOT_READY_LAST.amount)


@lru_cache(maxsize=1024)
def due_notices(hearing: HearingFacts) -> tuple[Notice, ...]:
    """Every notice of the hearing, past and to come, the earliest first, each key once; remembered while facts stay."""
    found = [*_of_steps(hearing), *_of_copy(hearing), *_of_paper(hearing)]
    if hearing.is_ahead:
        found += [notice for person in hearing.people for notice in _of_person(hearing, person)]
        found += [notice for reader in hearing.coordinators for notice in _of_coordinator(hearing, reader)]
    once = {notice.key: notice for notice in sorted(found, key=lambda one: one.due_at, reverse=True)}
    return tuple(sorted(once.values(), key=lambda one: (one.due_at, one.key)))


def answer_by(days: OwnDays, *, asked_at: datetime, starts_at: datetime) -> datetime:
    """Until when the answer is wanted: the end of an own working day.

    The fifth after the invitation or the third before the hearing, whichever is earlier, but never before the end of
    the next own working day; where the hearing begins before even that, two hours before it.
    """
    asked_on, hearing_on = days.on(asked_at), days.on(starts_at)
    before_hearing = days.before(hearing_on, table.ANSWER_BEFORE_HEARING.amount)
    soonest = days.after(asked_on, table.SHORTEST_TO_ANSWER.amount)
    on = min(days.after(asked_on, table.ANSWER_AFTER_INVITATION.amount), max(before_hearing, soonest))
    at = days.evening(on)
    return at if at < starts_at else max(asked_at, starts_at - _two_hours())


def reminder_days(days: OwnDays, *, asked_at: datetime, by: datetime) -> tuple[date, ...]:
    """The own working days on which an unanswered invitation is called to mind: at most two, the second on the last."""
    asked_on, last_on = days.on(asked_at), days.on(by)
    first = min(days.after(asked_on, table.FIRST_REMINDER.amount), days.before(last_on, 1))
    second = min(days.after(asked_on, table.SECOND_REMINDER.amount), last_on)
    return tuple(on for on in dict.fromkeys((first, second)) if on > asked_on and days.works(on))


def _of_person(hearing: HearingFacts, person: Named) -> Iterator[Notice]:
    if person.asked_at is None or person.declined:
        return
    if not person.has_answered:
        yield from _unanswered(hearing, person, person.asked_at)
    yield from (one for one in _of_time(hearing, person) if one.due_at > person.asked_at)


def _unanswered(hearing: HearingFacts, person: Named, asked_at: datetime) -> Iterator[Notice]:
    days, revision = person.reader.days, str(person.asked_since)
    by = answer_by(days, asked_at=asked_at, starts_at=person.starts_at)
    for number, on in enumerate(reminder_days(days, asked_at=asked_at, by=by), start=1):
        due_at = days.morning(on)
        if asked_at < due_at < by:
            yield _notice(hearing, Rule.ANSWER, person.reader, revision, due_at, by, occurrence=number)
    for reader in _in_time(hearing, person, by) if person.is_required else ():
        due_at = reader.days.next_moment(by)
        yield _notice(hearing, Rule.NO_ANSWER, reader, revision, due_at, person.starts_at, about=person.participant)


def _in_time(hearing: HearingFacts, person: Named, by: datetime) -> tuple[Reader, ...]:
    """Who can still telephone: the coordinator, or the others of the court where she is away or silent herself."""
    found = (
        tuple(one for one in those if one.key != person.reader.key and one.days.next_moment(by) < person.starts_at)
        for those in (hearing.coordinators, hearing.deputies)
    )
    return next(filter(None, found), ())


def _of_time(hearing: HearingFacts, person: Named) -> Iterator[Notice]:
    days, revision = person.reader.days, stamp(person.starts_at)
    on = days.on(person.starts_at)
    eve = days.morning(days.before(on, table.TOMORROW.amount))
    week = days.morning(days.until(on - timedelta(days=table.IN_A_WEEK.amount)))
    soon = person.starts_at - _two_hours()
    if week < eve:
        yield _notice(hearing, Rule.IN_A_WEEK, person.reader, revision, week, eve)
    yield _notice(hearing, Rule.TOMORROW, person.reader, revision, eve, days.midnight(on))
    yield _notice(hearing, Rule.IN_TWO_HOURS, person.reader, revision, soon, soon + timedelta(hours=1))


def _of_coordinator(hearing: HearingFacts, reader: Reader) -> Iterator[Notice]:
    days, revision = reader.days, stamp(hearing.starts_at)
    on = days.on(hearing.starts_at)
    if not hearing.has_link:
        due_at = _not_before_told(hearing, days, days.morning(days.before(on, table.LINK_MISSING.amount)))
        yield _notice(hearing, Rule.LINK_MISSING, reader, revision, due_at, hearing.starts_at)
    if not hearing.is_ready:
        mornings = [days.morning(days.before(on, amount)) for amount in _NOT_READY]
        mornings[-1] = _not_before_told(hearing, days, mornings[-1])
        ends = [*mornings[1:], hearing.starts_at]
        for number, (due_at, until_at) in enumerate(zip(mornings, ends, strict=True), start=1):
            if hearing.told_at is None or due_at > hearing.told_at:
                yield _notice(hearing, Rule.NOT_READY, reader, revision, due_at, until_at, occurrence=number)


def _of_steps(hearing: HearingFacts) -> Iterator[Notice]:
    """To whoever they are for; also to the coordinators where none of them can tick it."""
    for step in hearing.steps:
        theirs = [one for one in hearing.people if one.duty in step.duties and not one.declined]
        can_tick = any(one.signs_in for one in theirs)
        for reader in (*(one.reader for one in theirs), *(() if can_tick else hearing.coordinators)):
            yield from _of_step(hearing, reader, step)


def _of_step(hearing: HearingFacts, reader: Reader, step: DueStep) -> Iterator[Notice]:
    """Before its day and after it; where that was over before the time was set, on the morning after."""
    days, revision = reader.days, stamp(step.due_at)
    on = days.on(step.due_at)
    eve = _not_before_told(hearing, days, days.morning(days.before(on, table.STEP_DUE.amount)))
    if eve < step.due_at:
        yield _notice(hearing, Rule.STEP_DUE, reader, revision, eve, step.due_at, about=step.id)
    after = _not_before_told(hearing, days, days.morning(days.after(on, table.STEP_OVERDUE.amount)))
    until_at = after + timedelta(days=table.OVERDUE_DAYS)
    yield _notice(hearing, Rule.STEP_OVERDUE, reader, revision, after, until_at, about=step.id)


def _of_copy(hearing: HearingFacts) -> Iterator[Notice]:
    since_at = hearing.copy_owed_since
    if since_at is None:
        return
    for reader in hearing.coordinators:
        last_on = reader.days.on(since_at) + timedelta(days=table.HARD_COPY.amount)
        due_at = reader.days.morning(reader.days.after(last_on, 1))
        until_at = due_at + timedelta(days=table.COPY_DAYS)
        yield _notice(hearing, Rule.HARD_COPY, reader, stamp(since_at), due_at, until_at)


def _of_paper(hearing: HearingFacts) -> Iterator[Notice]:
    """To whoever has the paper, on the morning after a day on which nothing was done; to the court where nobody is."""
    paper = hearing.paper
    if paper is None:
        return
    theirs = [one.reader for one in hearing.people if one.duty is paper.duty]
    for reader in theirs or hearing.coordinators:
        days = reader.days
        due_at = days.morning(days.after(days.on(paper.since_at), table.PAPER_WAITS.amount))
        until_at = due_at + timedelta(days=table.COPY_DAYS)
        yield _notice(hearing, Rule.PAPER_WAITS, reader, f"{paper.number}", due_at, until_at)


def _not_before_told(hearing: HearingFacts, days: OwnDays, due_at: datetime) -> datetime:
    """The moment, or the morning after the people were asked where that is later."""
    told_at = hearing.told_at
    if told_at is None or due_at > told_at:
        return due_at
    return days.morning(days.after(days.on(told_at), 1))


def _two_hours() -> timedelta:
    return timedelta(hours=table.IN_TWO_HOURS.amount)


def _notice(
    hearing: HearingFacts,
    rule: Rule,
    reader: Reader,
    revision: str,
    due_at: datetime,
    until_at: datetime,
    *,
    about: str = "",
    occurrence: int = 1,
) -> Notice:
    return Notice(
        rule=rule,
        reference=hearing.reference,
        revision=revision,
        reader=reader.key,
        due_at=due_at,
        until_at=until_at,
        about=about,
        occurrence=occurrence,
    )
