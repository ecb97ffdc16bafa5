"""The use-cases of a person who reads a mail: count the answer it gives, or one given by telephone; set it aside."""

from vctestimony.domain.access import Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.errors import Absent, Conflict, Invalid, Stale
from vctestimony.domain.inbound_words import REASON_TEXTS, Handled
from vctestimony.domain.itip import PartStat, Verdict
from vctestimony.domain.wording import N_
from vctestimony.services import answering, inbox_matching, inbox_views, journal
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, InboundRow, ParticipantRow

CHANNELS = {Handled.ANSWER_READ: Channel.HAND, Handled.TELEPHONED: Channel.TELEPHONE}


class MailSettled(Conflict):
    """Somebody was quicker."""

    text = N_("This mail is dealt with already. Nothing was changed.")


class WhoseAnswer(Invalid):
    """The person chosen is not asked by this hearing."""

    text = N_("Choose somebody who is asked to this hearing.")


class AnswerNotCounted(Conflict):
    """The hearing went on meanwhile."""

    text = N_("The answer could not be counted. Open the hearing and see how it stands now.")


def count_answer(
    unit: Unit,
    reference: str,
    *,
    person: str,
    choice: PartStat,
    how: Handled,
    note: str,
    version: int,
    by: Actor,
) -> str:
    """Count the answer that the mail gives in words, or that was given by telephone; gives the hearing's reference.

    It goes the way of every answer; the note says how the person who read the mail came to it.
    """
    row = _open_mail(unit, reference, version=version, by=by)
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    if hearing is None:
        raise Absent()
    check_unnamed(unit, hearing, note, field="note")
    whose = _asked(unit, hearing, person)
    judged = answering.given_now(unit, hearing, whose, choice, channel=CHANNELS[how], comment=note, by=by)
    if judged.verdict is not Verdict.COUNTS:
        raise AnswerNotCounted()
    row.participant_id = whose.id
    _settle(unit, row, how, subject=hearing.reference, note=note, by=by, duty=whose.duty, answer=choice)
    return hearing.reference


def set_aside(unit: Unit, reference: str, *, note: str, version: int, by: Actor) -> None:
    """Say that nothing is to be done about the mail, and why. It is kept."""
    row = _open_mail(unit, reference, version=version, by=by)
    hearing = hearings.by_id(unit.session, row.hearing_id) if row.hearing_id else None
    if hearing is not None:
        check_unnamed(unit, hearing, note, field="note")
    _settle(unit, row, Handled.SET_ASIDE, subject=hearing.reference if hearing else "mail", note=note, by=by)


def _open_mail(unit: Unit, reference: str, *, version: int, by: Actor) -> InboundRow:
    row = inbox_views.found(unit, reference, by=by)
    if not row.is_open:
        raise MailSettled()
    if row.version != version:
        raise Stale()
    return row


def _asked(unit: Unit, hearing: HearingRow, public_id: str) -> ParticipantRow:
    found = next((one for one in hearing.participants if one.public_id == public_id), None)
    if found is None:
        raise WhoseAnswer(field="person")
    shut = inbox_matching.closed(unit, hearing, found)
    if shut is not None:
        refusal = WhoseAnswer(field="person")
        refusal.text = REASON_TEXTS[shut]
        raise refusal
    return found


def _settle(unit: Unit, row: InboundRow, how: Handled, *, subject: str, note: str, by: Actor, **facts: object) -> None:
    row.is_open, row.handled, row.note = False, how, note
    row.settled_by, row.settled_at = by.name, unit.now
    unit.session.flush()
    journal.write(unit, "inbox.settled", subject=subject, by=by, mail=row.reference, how=how, why=note, **facts)
