"""The one place where an answer is taken into account, whichever way it came: by link, by mail, or on a page."""

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.itip import Answer, Asked, Judgement, PartStat, Revision, Verdict, judged
from vctestimony.domain.proposals import Mooted
from vctestimony.domain.wording import N_
from vctestimony.services import invited, journal, proposal_endings
from vctestimony.services.pseudonymity import without_name
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow

LONGEST_COMMENT = 2000
_OF_THE_HEARING = ("starts_at", "state", "sequence")
_OF_THE_PERSON = (
    "removed_at",
    "sent",
    "sent_sequence",
    "sent_dtstamp_at",
    "asked_since",
    "answer",
    "answer_sequence",
    "answer_dtstamp_at",
    "answered_at",
    "answer_comment",
)


class NotInvited(Absent):
    """Nothing was ever sent to this person that could be answered."""

    text = N_("This hearing no longer asks for your answer. Your newest mail about it says what changed.")


def take(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, answer: Answer, *, channel: str, comment: str, by: Actor
) -> Judgement:
    """Judge the answer and, when it counts, store it with its way and time; anything else changes nothing.

    The one order rule for all channels is `domain.itip.judged`; what it does not let count is for the caller to keep.
    After the end of the person's last part every answer is outdated; NotInvited where they need not come any more.
    """
    reread(unit, hearing, person)
    judgement = judged(answer, asked_of(hearing, person), now=unit.now)
    if hearing.starts_at is None or invited.own_times(hearing, person, starts_at=hearing.starts_at)[1] <= unit.now:
        return Judgement(Verdict.OUTDATED)
    if judgement.verdict is not Verdict.COUNTS or judgement.answered is None:
        return judgement
    person.answer, person.answer_channel = judgement.part_stat.value, channel
    person.answer_comment = without_name(unit, hearing, comment)[:LONGEST_COMMENT]
    person.answer_sequence, person.answer_dtstamp_at = judgement.answered.sequence, judgement.answered.dtstamp_at
    person.answered_at = unit.now
    journal.write(
        unit,
        "answer.given",
        subject=hearing.reference,
        by=by,
        duty=person.duty,
        answer=judgement.part_stat,
        sequence=judgement.answered.sequence,
        channel=channel,
    )
    proposal_endings.end_open(unit, hearing, person, Mooted.ANSWERED, by=by)
    return judgement


def reread(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> None:
    """Wait for whoever is changing the hearing now, and see what stands afterwards: an answer is to that, or none."""
    journal.queue(unit)
    unit.session.refresh(hearing, _OF_THE_HEARING)
    unit.session.refresh(person, _OF_THE_PERSON)


def given_now(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, choice: PartStat, *, channel: str, comment: str, by: Actor
) -> Judgement:
    """The same for an answer given this moment on a page of ours, to what was sent last."""
    reread(unit, hearing, person)
    asked = asked_of(hearing, person)
    answer = Answer(
        uid=hearing.uid,
        address=person.official.email,
        part_stat=choice,
        sequence=asked.sent.sequence,
        dtstamp_at=asked.answered.later(unit.now) if asked.answered else unit.now.replace(microsecond=0),
    )
    return take(unit, hearing, person, answer, channel=channel, comment=comment, by=by)


def asked_of(hearing: HearingRow, person: ParticipantRow) -> Asked:
    """What this person was asked last and answered last; NotInvited where nothing was sent, or they need not come."""
    if not person.sent or person.sent_sequence is None or person.sent_dtstamp_at is None:
        raise NotInvited()
    answered = None
    if person.answer_sequence is not None and person.answer_dtstamp_at is not None:
        answered = Revision(person.answer_sequence, person.answer_dtstamp_at)
    return Asked(
        uid=hearing.uid,
        address=person.official.email,
        since=person.asked_since,
        sent=Revision(person.sent_sequence, person.sent_dtstamp_at),
        answered=answered,
        part_stat=PartStat.read(person.answer),
    )
