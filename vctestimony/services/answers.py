"""The use-cases of answering an invitation by its signed link, without signing in. Looking never changes anything."""

from vctestimony.domain.access import Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.hearing import State
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import answer_pages, journal
from vctestimony.services.answer_pages import AnswerPage, DeclineReason, MovedMeanwhile, Said
from vctestimony.services.answering import NotInvited
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow

__all__ = ["AnswerPage", "DeclineReason", "MovedMeanwhile", "Said"]


class AnswerClosed(NotInvited):
    """The hearing is over, called off, or goes on without this person."""


class CalledOff(AnswerClosed):
    """The court called the hearing off. `reference` and `language` are of the hearing and the person asked."""

    text = N_("Hearing {reference} was called off. You need not come, and no answer is needed any more.")


class Over(AnswerClosed):
    """The last part this person was asked for has ended; facts as above."""

    text = N_("Hearing {reference} is over. No answer is needed any more.")


def page(unit: Unit, token: str) -> AnswerPage:
    """The page behind a link. An older link shows the present time and says that it has changed."""
    person, hearing, sequence = _behind(unit, token)
    return answer_pages.page_of(unit, hearing, person, outdated=sequence < person.asked_since)


def give(unit: Unit, token: str, said: Said) -> None:
    """Record what was said on the page. The last word stands; the same one again changes nothing.

    If the hearing moved since the page was shown, nothing is recorded and the page is shown again with the new time.
    """
    journal.queue(unit)
    person, hearing, _ = _behind(unit, token)
    by = Actor(name=f"{person.official.name}, by link")
    answer_pages.take(unit, hearing, person, said, channel=Channel.LINK.value, by=by)


def is_asked(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> bool:
    """Whether an answer of this person is wanted."""
    try:
        check_asked(unit, hearing, person)
    except AnswerClosed:
        return False
    return True


def check_asked(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> None:
    """Pass while an answer of this person is wanted; else AnswerClosed, CalledOff or Over says why not."""
    facts = {"reference": hearing.reference, "language": person.official.language}
    if person.removed_at is not None:
        raise AnswerClosed()
    if hearing.state is State.CANCELLED:
        raise CalledOff(**facts)
    if not person.sent or hearing.starts_at is None:
        raise AnswerClosed()
    if answer_pages.times_of(hearing, person)[1] <= unit.now:
        raise Over(**facts)


def _behind(unit: Unit, token: str) -> tuple[ParticipantRow, HearingRow, int]:
    claim = unit.ports.tokens.read(token, max_age=unit.ports.lasts(Held.LINKS), now=unit.now)
    person = hearings.participant(unit.session, claim.participant)
    hearing = hearings.by_id(unit.session, person.hearing_id) if person else None
    if person is None or hearing is None:
        raise AnswerClosed()
    check_asked(unit, hearing, person)
    return person, hearing, claim.sequence
