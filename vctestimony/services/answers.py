"""The use-cases of answering an invitation by its signed link, without signing in. Looking never changes anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.itip import PART_STAT_LABELS, HearingMixedUp, PartStat, Verdict
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services import answering, invited
from vctestimony.services.answering import NotInvited
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow

LINK_LIFE = timedelta(days=400)
LINK = "link"


class AnswerClosed(NotInvited):
    """The hearing is over, called off, or goes on without this person."""


class CalledOff(AnswerClosed):
    """The court called the hearing off. `reference` and `language` are of the hearing and the person asked."""

    text = N_("Hearing {reference} was called off. You need not come, and no answer is needed any more.")


class Over(AnswerClosed):
    """The last part this person was asked for has ended; facts as above."""

    text = N_("Hearing {reference} is over. No answer is needed any more.")


class DeclineReason(Invalid):
    """A refusal sends the coordinator looking for another time; the reason helps."""

    text = N_("Say in a few words why you cannot come, or which other day would do, so that the court can look.")


class MovedMeanwhile(Invalid):
    """The answer was for a time that is no longer the hearing's."""

    text = N_("The hearing moved while this page was open. Nothing was recorded. Answer again for the new time.")


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What the page behind the link shows: this person's times in both clocks, and where the answer stands."""

    hearing_reference: str
    duty: str
    language: str
    court: Reading
    court_ends: Reading
    remote: Reading
    remote_ends: Reading
    own_end: str
    answer: str
    answered: Reading | None
    comment: str
    outdated: bool
    contact_name: str
    contact_phone: str
    contact_email: str


def page(unit: Unit, token: str) -> AnswerPage:
    """The page behind a link. An older link shows the present time and says that it has changed."""
    person, hearing, sequence = _behind(unit, token)
    times = _own_times(hearing, person)
    court, remote = hearing.court, hearing.remote
    zone, city = (court.zone, court.city) if person.end.value == "court" else (remote.zone, remote.city)
    return AnswerPage(
        hearing_reference=hearing.reference,
        duty=DUTY_LABELS[person.duty],
        language=person.official.language,
        court=read(times[0], court.zone, court.city),
        court_ends=read(times[1], court.zone, court.city),
        remote=read(times[0], remote.zone, remote.city),
        remote_ends=read(times[1], remote.zone, remote.city),
        own_end=person.end.value,
        answer=PART_STAT_LABELS[PartStat.read(person.answer)] if person.answered_at else "",
        answered=read(person.answered_at, zone, city) if person.answered_at else None,
        comment=person.answer_comment,
        outdated=sequence < person.asked_since,
        contact_name=court.name,
        contact_phone=court.phone,
        contact_email=court.email,
    )


def give(unit: Unit, token: str, *, choice: PartStat, comment: str, seen_start: str) -> None:
    """Record the answer given on the page. The last answer stands; the same one again changes nothing.

    `seen_start` is the start the page showed: if the hearing moved since, nothing is recorded and the page is shown
    again with the new time.
    """
    person, hearing, _ = _behind(unit, token)
    start_at, _ = _own_times(hearing, person)
    if seen_start != start_at.isoformat():
        raise MovedMeanwhile()
    if choice is PartStat.DECLINED and not comment:
        raise DeclineReason(field="comment")
    if person.answered_at and (person.answer, person.answer_comment) == (choice.value, comment):
        return
    by = Actor(name=f"{person.official.name}, by link")
    judgement = answering.given_now(unit, hearing, person, choice, channel=LINK, comment=comment, by=by)
    if judgement.verdict is not Verdict.COUNTS:
        raise HearingMixedUp()


def _behind(unit: Unit, token: str) -> tuple[ParticipantRow, HearingRow, int]:
    claim = unit.ports.tokens.read(token, max_age=LINK_LIFE, now=unit.now)
    person = hearings.participant(unit.session, claim.participant)
    hearing = hearings.by_id(unit.session, person.hearing_id) if person else None
    if person is None or hearing is None or person.removed_at is not None:
        raise AnswerClosed()
    facts = {"reference": hearing.reference, "language": person.official.language}
    if hearing.state is State.CANCELLED:
        raise CalledOff(**facts)
    if not person.sent:
        raise AnswerClosed()
    if _own_times(hearing, person)[1] <= unit.now:
        raise Over(**facts)
    return person, hearing, claim.sequence


def _own_times(hearing: HearingRow, person: ParticipantRow) -> tuple[datetime, datetime]:
    """From the start of the first to the end of the last part this person attends."""
    if hearing.starts_at is None:
        raise AnswerClosed()
    return invited.own_times(hearing, person, starts_at=hearing.starts_at)
