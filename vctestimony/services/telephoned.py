"""The use-case of writing down what somebody said by telephone; the journal names who wrote it down."""

from dataclasses import dataclass

from vctestimony.domain.access import Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.itip import PART_STAT_LABELS, HearingMixedUp, PartStat, Verdict
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.services import answering, answers, booking_views, journal
from vctestimony.services.answer_pages import DeclineReason
from vctestimony.services.booking_views import Subject
from vctestimony.services.replacing import person_at
from vctestimony.services.unit import Unit


@dataclass(frozen=True, slots=True)
class TelephonePage:
    """Whom to telephone, and what stands so far."""

    subject: Subject
    participant_id: int
    name: str
    duty: str
    phone: str
    answer: str
    answer_code: str
    seen: str


def open_page(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> TelephonePage:
    """The form, for whoever books the hearing; AnswerClosed where nothing is asked any more."""
    hearing, person = person_at(unit, reference, participant_id, by=by)
    answers.check_asked(unit, hearing, person)
    return TelephonePage(
        subject=booking_views.subject_for(hearing, person),
        participant_id=person.id,
        name=person.official.name,
        duty=DUTY_LABELS[person.duty],
        phone=person.official.phone,
        answer=PART_STAT_LABELS[PartStat.read(person.answer)],
        answer_code=person.answer if person.answered_at else "",
        seen=hearing.starts_at.isoformat() if hearing.starts_at else "",
    )


def write_down(
    unit: Unit, reference: str, participant_id: int, *, choice: PartStat, comment: str, seen: str, by: Actor
) -> None:
    """Take the answer for the person, to the time that the page showed. The same again changes nothing."""
    journal.queue(unit)
    hearing, person = person_at(unit, reference, participant_id, by=by)
    answers.check_asked(unit, hearing, person)
    if hearing.starts_at is None or seen != hearing.starts_at.isoformat():
        raise answers.MovedMeanwhile()
    if choice is PartStat.DECLINED and not comment:
        raise DeclineReason(field="comment")
    if person.answered_at and (person.answer, person.answer_comment) == (choice.value, comment):
        return
    channel = Channel.TELEPHONE.value
    judgement = answering.given_now(unit, hearing, person, choice, channel=channel, comment=comment, by=by)
    if judgement.verdict is not Verdict.COUNTS:
        raise HearingMixedUp()
