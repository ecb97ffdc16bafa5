"""What people said about one hearing, as its page shows it: everybody's answer, the reader's own, and the proposals."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.services import answers, own_answers, people_states, proposal_views
from vctestimony.services.access import may_do
from vctestimony.services.answer_pages import AnswerPage
from vctestimony.services.people_states import PersonView
from vctestimony.services.proposal_views import ProposalView
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class Replies:
    """`own` is what the reader is asked; `proposals`, the newest first, are for whoever books the hearing.

    `stopped_by` are those without whom it cannot go on as it is, and who have declined; of whom an answer is still
    wanted, `asked` holds the ids.
    """

    people: tuple[PersonView, ...]
    own: AnswerPage | None
    proposals: tuple[ProposalView, ...]
    stopped_by: tuple[PersonView, ...]
    asked: frozenset[int]


def replies_of(unit: Unit, row: HearingRow, *, by: Actor) -> Replies:
    """Everything for this reader; what stops the hearing only for those who can do something about it."""
    proposed = store.of_hearing(unit.session, row.id)
    people = people_states.people_of(unit, row, proposed, by=by)
    books = may_do(row, Action.BOOK, by=by)
    stopping = {one.id for one in people_states.who_stop(row)} if books else set()
    return Replies(
        people=people,
        own=own_answers.page_at(unit, row, by=by),
        proposals=proposal_views.views_of(unit, row, proposed) if books else (),
        stopped_by=tuple(one for one in people if one.id in stopping),
        asked=frozenset(one.id for one in row.participants if answers.is_asked(unit, row, one)),
    )
