"""The use-cases of answering when signed in: what waits for one's answer, and the same page as behind the link."""

from collections.abc import Iterable

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import State
from vctestimony.services import answer_pages, answers, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.answer_pages import AnswerPage, Said
from vctestimony.services.answering import NotInvited
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow, ParticipantRow

_ASKED = frozenset({State.BOOKED, State.CONFIRMED, State.IN_SESSION})


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


def waiting(unit: Unit, rows: Iterable[HearingRow], *, by: Actor) -> tuple[HearingRow, ...]:
    """Those of the hearings that ask this person and have neither an answer nor a proposal of theirs."""
    asked = [(row, person) for row in rows if row.state in _ASKED and (person := _self(row, by)) is not None]
    open_ones = [(row, person) for row, person in asked if person.answered_at is None and _is_asked(unit, row, person)]
    proposed = store.open_by(unit.session, [person.id for _, person in open_ones])
    return tuple(row for row, person in open_ones if person.id not in proposed)


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
