"""The one place that puts a reminding mail together: from the notices that leave to what the mail says."""

from dataclasses import dataclass, replace
from functools import partial

from vctestimony.domain.hearing import End
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.people import Duty
from vctestimony.domain.reminders.due import answer_by
from vctestimony.domain.reminders.letters import Callee, Matter, ReminderLetter, ReminderReader, StepLine
from vctestimony.domain.reminders.notices import Notice, Rule
from vctestimony.domain.reminders.sending import Group, by_matter
from vctestimony.services import whereabouts
from vctestimony.services.reminder_facts import Remindable, lacking, own_start
from vctestimony.services.reminder_readers import Person
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow
from vctestimony.store.reminders import Steps

OF_STEPS = frozenset({Rule.STEP_DUE, Rule.STEP_OVERDUE})
_PATHS = {
    Rule.NOT_READY: "/checklist",
    Rule.STEP_DUE: "/checklist",
    Rule.STEP_OVERDUE: "/checklist",
    Rule.HARD_COPY: "/record",
    Rule.PAPER_WAITS: "/cycle",
}


@dataclass(frozen=True, slots=True)
class _About:
    """One matter with the rows it is about; `seat` is the reader's own, of somebody who is named on the hearing."""

    found: Remindable
    person: Person
    group: Group
    hearing: HearingRow
    seat: ParticipantRow | None
    steps: Steps

    @property
    def rule(self) -> Rule:
        """Why."""
        return self.group[0].rule


def letter_of(unit: Unit, found: Remindable, person: Person, group: Group, *, steps: Steps) -> ReminderLetter:
    """The mail to this person about these notices."""
    addresses = unit.ports.addresses
    token = unit.ports.reminder_tokens.issue(person.key, sequence=0, now=unit.now)
    matters = tuple(_matter(unit, _about(found, person, one, steps)) for one in by_matter(group))
    return ReminderLetter(
        to=matters[0].to,
        written_at=unit.now.replace(microsecond=0),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        matters=matters,
        choices_url=f"{addresses.public_url}/reminders/{token}",
    )


def seat_of(hearing: HearingRow, person: Person) -> ParticipantRow | None:
    """The person's own place on the hearing, if they are named on it."""
    theirs = (one for one in hearing.participants if one.removed_at is None and person.official_id == one.official_id)
    return next(theirs, None)


def _about(found: Remindable, person: Person, group: Group, steps: Steps) -> _About:
    hearing = found.hearings[group[0].reference]
    return _About(found, person, group, hearing, seat_of(hearing, person), steps)


def _matter(unit: Unit, about: _About) -> Matter:
    hearing, person, seat = about.hearing, about.person, about.seat
    court, remote = hearing.court, hearing.remote
    plain = Matter(
        rule=about.rule,
        reference=hearing.reference,
        to=ReminderReader(
            name=person.name,
            address=person.address,
            language=person.language,
            end=seat.end if seat is not None else End.COURT,
            city=person.post.city,
            zone=person.post.zone,
        ),
        court=Point(court.city, court.zone),
        remote=Point(remote.city, remote.zone),
        start_at=own_start(hearing, seat) if seat is not None else about.found.facts[hearing.reference].starts_at,
        url=f"{unit.ports.addresses.public_url}/hearings/{hearing.reference}{_PATHS.get(about.rule, '')}",
        contact=Contact(court.name, court.phone, court.email),
        duty=seat.duty if seat is not None else None,
    )
    if about.rule in OF_STEPS:
        return replace(plain, steps=tuple(_step(about, notice) for notice in about.group))
    if about.rule is Rule.NOT_READY:
        duties = tuple(one.duty for one in lacking(hearing) or ())
        return replace(plain, lacking=duties, open_steps=about.found.gate.get(hearing.id, 0))
    if about.rule is Rule.ANSWER and seat is not None:
        return _asking(unit, about, plain, seat)
    return replace(plain, callees=_callees(unit, about))


def _asking(unit: Unit, about: _About, plain: Matter, seat: ParticipantRow) -> Matter:
    """With the link that answers, and until when."""
    named = next(one for one in about.found.facts[plain.reference].people if one.participant == seat.public_id)
    token = unit.ports.tokens.issue(seat.public_id, sequence=seat.sent_sequence or 0, now=unit.now)
    by = None
    if named.asked_at is not None:
        by = answer_by(named.reader.days, asked_at=named.asked_at, starts_at=named.starts_at)
    return replace(plain, answer_by=by, url=f"{unit.ports.addresses.public_url}/answer/{token}")


def _step(about: _About, notice: Notice) -> StepLine:
    row = about.steps[about.hearing.id, notice.about]
    text = row.content["text"]
    if not isinstance(text, dict) or row.due_at is None:
        raise TypeError(text)
    return StepLine(str(text.get(about.person.language, text["en"])), row.due_at)


def _callees(unit: Unit, about: _About) -> tuple[Callee, ...]:
    """Whom to telephone: who has not answered, or who sends the signed copy."""
    people = [one for one in about.hearing.participants if one.removed_at is None]
    if about.rule is Rule.NO_ANSWER:
        silent = {notice.about for notice in about.group}
        return tuple(callee_of(one) for one in people if one.public_id in silent)
    if about.rule is Rule.HARD_COPY:
        senders = tuple(callee_of(one) for one in people if one.duty is Duty.REMOTE_COORDINATOR)
        remote = about.hearing.remote
        word = partial(unit.ports.words.gettext, about.person.language)
        office = Callee(whereabouts.called(remote, word=word), Duty.REMOTE_COORDINATOR, whereabouts.phone_of(remote))
        return senders or (office,)
    return ()


def callee_of(person: ParticipantRow) -> Callee:
    """Somebody named, with their own number or that of their post."""
    official = person.official
    return Callee(official.name, person.duty, official.phone or whereabouts.phone_of(official.post))
