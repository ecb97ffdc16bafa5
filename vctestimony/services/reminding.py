"""The worker's use-case of reminding: computes what is due, once a minute, and gives each notice once.

Any number of workers may. What leaves is drawn up by reading; then, person by person and each in a transaction of its
own, the keys of the notices and the mail are written together. Whoever comes second finds the keys and leaves it; a
worker that dies has written both or neither. A hearing that changed meanwhile is thought over again the next minute.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import IntegrityError

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Stale
from vctestimony.domain.reminders.letters import ReminderLetter
from vctestimony.domain.reminders.notices import Notice, Rule
from vctestimony.domain.reminders.sending import Group, Leaving, leaving
from vctestimony.services import journal, outgoing
from vctestimony.services.reminder_facts import Remindable, remindable
from vctestimony.services.reminder_letters import OF_STEPS, letter_of, seat_of
from vctestimony.services.reminder_readers import Person
from vctestimony.services.unit import Crossed, NotSaved, Unit, Units
from vctestimony.store import reminders as store
from vctestimony.store.models import HearingRow, How, NoticeRow, OutboxRow, ParticipantRow

_SAME_DAY = timedelta(days=2)

log = logging.getLogger(__name__)


class Overtaken(Exception):
    """A hearing changed while its reminder was drawn up."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One mail, or what only the page shows: its notices, and the numbers of the rows it is laid down with."""

    how: How
    notices: Group
    letter: ReminderLetter | None
    hearing_id: int | None
    participant_id: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """Everything that leaves now to one person, and what must still be so when it is written."""

    key: str
    official_id: int | None
    account_id: int | None
    drafts: tuple[Draft, ...]
    hearing_ids: Mapping[str, int]
    versions: Mapping[int, int]
    mailed_at: datetime | None


def remind(units: Units) -> int:
    """Give whatever is due; returns how many people were reminded."""
    with units.reading() as unit:
        found = remindable(unit)
        outdated = _outdated(unit, found)
        rounds = tuple(_rounds(unit, found))
    if outdated:
        with units.writing(wakes=False) as unit:
            store.take_back(unit.session, outdated)
    return sum(_given(units, one) for one in rounds)


def take_back(unit: Unit, hearing: HearingRow) -> None:
    """Let no reminder of the hearing leave that was written before it changed; what is still due is written anew."""
    waiting = store.unsent_mails(unit.session, hearing.id)
    if waiting:
        store.take_back(unit.session, waiting)


def _outdated(unit: Unit, found: Remindable) -> frozenset[int]:
    """The mails that wait to leave although something in them is no longer so, or no longer worth saying."""
    live = {notice.key for notice in found.notices if notice.until_at > unit.now}
    return frozenset(mail for mail, key in store.pending(unit.session) if key not in live)


def _rounds(unit: Unit, found: Remindable) -> Iterator[Round]:
    given = store.given(unit.session, [row.id for row in found.hearings.values()])
    open_now: dict[str, list[Notice]] = {}
    for notice in found.notices:
        if notice.key not in given and notice.due_at <= unit.now < notice.until_at:
            open_now.setdefault(notice.reader, []).append(notice)
    mailed = store.last_together(unit.session, since_at=unit.now - _SAME_DAY)
    leaves: list[tuple[Person, Leaving, datetime | None]] = []
    for key, notices in open_now.items():
        person, reader = found.readers.people[key], found.readers.readers[key]
        mailed_at = mailed.get((person.official_id, person.account_id))
        mailed_on = reader.days.on(mailed_at) if mailed_at else None
        leaves.append((person, leaving(notices, reader, now=unit.now, mailed_on=mailed_on), mailed_at))
    steps = _steps(unit, found, [what for _, what, _ in leaves])
    for person, what, mailed_at in leaves:
        if what:
            yield _round(unit, found, person, what, steps=steps, mailed_at=mailed_at)


def _steps(unit: Unit, found: Remindable, leaves: list[Leaving]) -> store.Steps:
    wanted = {
        (found.hearings[notice.reference].id, notice.about)
        for what in leaves
        for group in (*what.alone, *what.together)
        for notice in group
        if notice.rule in OF_STEPS
    }
    return store.steps_named(unit.session, wanted)


def _round(
    unit: Unit, found: Remindable, person: Person, what: Leaving, *, steps: store.Steps, mailed_at: datetime | None
) -> Round:
    mails = [(How.ALONE, group) for group in what.alone] + [(How.TOGETHER, group) for group in what.together]
    drafts = [_draft(unit, found, person, group, how=how, steps=steps) for how, group in mails]
    if what.page:
        drafts.append(Draft(How.PAGE, what.page, None, None, None))
    rows = [found.hearings[notice.reference] for draft in drafts for notice in draft.notices]
    return Round(
        key=person.key,
        official_id=person.official_id,
        account_id=person.account_id,
        drafts=tuple(drafts),
        hearing_ids={row.reference: row.id for row in rows},
        versions={row.id: row.version for row in rows},
        mailed_at=mailed_at,
    )


def _draft(unit: Unit, found: Remindable, person: Person, group: Group, *, how: How, steps: store.Steps) -> Draft:
    letter = letter_of(unit, found, person, group, steps=steps)
    references = {notice.reference for notice in group}
    hearing = found.hearings[group[0].reference] if len(references) == 1 else None
    seat = seat_of(hearing, person) if hearing is not None and len(letter.matters) == 1 else None
    is_told = seat is not None and bool(seat.thread)
    return Draft(how, group, letter, hearing.id if hearing else None, seat.id if seat and is_told else None)


def _given(units: Units, one: Round) -> bool:
    """Write the round; False when somebody else has given some of it, or a hearing has changed since it was drawn.

    Whatever is wrong with one person's mail, the others are reminded.
    """
    try:
        with units.writing(wakes=False) as unit:
            return _written(unit, one)
    except (Overtaken, Stale, Crossed, IntegrityError):
        log.info("reminders of %s are thought over again", one.key)
    except NotSaved:
        raise
    except Exception:
        log.exception("%s cannot be reminded", one.key)
    return False


def _written(unit: Unit, one: Round) -> bool:
    store.lock_reader(unit.session, one.key)
    keys = [notice.key for draft in one.drafts for notice in draft.notices]
    mailed = store.last_together(
        unit.session, since_at=unit.now - _SAME_DAY, official_id=one.official_id, account_id=one.account_id
    )
    if store.keys_given(unit.session, keys) or mailed.get((one.official_id, one.account_id)) != one.mailed_at:
        return False
    for draft in one.drafts:
        mail = _laid_down(unit, draft)
        unit.session.add_all(_row(unit, one, draft, notice, mail) for notice in draft.notices)
    unit.session.flush()
    _note(unit, one)
    # The journal's end is ours now: who changed one of the hearings has done so before, or will find what was written.
    if store.versions(unit.session, one.hearing_ids.values()) != one.versions:
        raise Overtaken
    return True


def _laid_down(unit: Unit, draft: Draft) -> OutboxRow | None:
    if draft.letter is None:
        return None
    session = unit.session
    hearing = session.get_one(HearingRow, draft.hearing_id) if draft.hearing_id is not None else None
    person = session.get_one(ParticipantRow, draft.participant_id) if draft.participant_id is not None else None
    mail = outgoing.lay_down(
        unit,
        kind=draft.letter.kind.value,
        to=draft.letter.to.address,
        compose=partial(unit.ports.letters.compose_reminder, draft.letter),
        hearing=hearing,
        person=person,
    )
    session.flush()
    return mail


def _row(unit: Unit, one: Round, draft: Draft, notice: Notice, mail: OutboxRow | None) -> NoticeRow:
    return NoticeRow(
        key=notice.key,
        hearing_id=one.hearing_ids[notice.reference],
        official_id=one.official_id,
        account_id=one.account_id,
        rule=notice.rule,
        revision=notice.revision,
        about=notice.about,
        due_at=notice.due_at,
        made_at=unit.now,
        how=draft.how,
        outbox_id=mail.id if mail is not None else None,
    )


def _note(unit: Unit, one: Round) -> None:
    """One entry about the person, and one for each hearing that was escalated."""
    for draft in one.drafts:
        notices = [f"{notice.rule} {notice.reference}" for notice in draft.notices]
        facts = {"how": draft.how, "notices": sorted(set(notices))}
        journal.write(unit, "reminder.given", subject=one.key, by=SYSTEM, **facts)
    silent = [notice for draft in one.drafts for notice in draft.notices if notice.rule is Rule.NO_ANSWER]
    for reference in sorted({notice.reference for notice in silent}):
        people = sorted(notice.about for notice in silent if notice.reference == reference)
        journal.write(unit, "reminder.escalated", subject=reference, by=SYSTEM, to=one.key, silent=people)
