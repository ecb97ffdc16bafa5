"""The use-cases of answering when signed in: what waits for one's answer, and the same page as behind the link."""

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.errors import Absent
from vctestimony.services import answer_pages, answers, court_tasks, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.answer_pages import AnswerPage, Said
from vctestimony.services.answering import NotInvited
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow

MOST_SHOWN = 20


def page(unit: Unit, reference: str, *, by: Actor) -> AnswerPage:
    """What the person who is signed in is asked at this hearing; AnswerClosed says why nothing is asked any more."""
    hearing = hearing_for(unit, reference, by=by, action=Action.ANSWER)
    person = _self(hearing, by)
    if person is None:
        raise Absent()
    answers.check_asked(unit, hearing, person)
    return answer_pages.page_of(unit, hearing, person, outdated=False)


def page_at(unit: Unit, hearing: HearingRow, *, by: Actor) -> AnswerPage | None:
    """The same for a hearing one has before oneself; None where nothing is asked."""
    person = _self(hearing, by)
    if person is None or not _is_asked(unit, hearing, person):
        return None
    return answer_pages.page_of(unit, hearing, person, outdated=False)


def give(unit: Unit, reference: str, said: Said, *, by: Actor) -> None:
    """Record what was said on the page; the rules are those of the link."""
    journal.queue(unit)
    hearing = hearing_for(unit, reference, by=by, action=Action.ANSWER)
    person = _self(hearing, by)
    if person is None:
        raise Absent()
    answers.check_asked(unit, hearing, person)
    answer_pages.take(unit, hearing, person, said, channel=Channel.PAGE.value, by=by)


def waiting(unit: Unit, *, by: Actor) -> tuple[tuple[HearingRow, ...], int]:
    """The hearings that ask this person and have neither an answer nor a proposal of theirs, the earliest first; and
    how many more there are than these. Of those that have begun the own part may be over."""
    open_ones = court_tasks.unanswered(unit, by=by)
    begun = hearings.listed(unit.session, open_ones & (HearingRow.starts_at <= unit.now))
    ahead = open_ones & (HearingRow.starts_at > unit.now)
    first = hearings.listed(unit.session, ahead, most=MOST_SHOWN)
    asked = [row for row in (*begun, *first) if (person := _self(row, by)) and _is_asked(unit, row, person)]
    return tuple(asked), max(0, hearings.count(unit.session, ahead) - len(first)) if first else 0


def _self(hearing: HearingRow, by: Actor) -> ParticipantRow | None:
    """The person's own place in the hearing."""
    if by.official_id is None:
        return None
    own = (one for one in hearing.participants if one.official_id == by.official_id and one.removed_at is None)
    return next(own, None)


def _is_asked(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> bool:
    try:
        answers.check_asked(unit, hearing, person)
    except NotInvited:
        return False
    return True
