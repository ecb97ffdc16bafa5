"""The one place that puts into letters until when they want to be answered, by the reader's own working days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vctestimony.domain.letters import Letter
from vctestimony.domain.reminders.due import answer_by
from vctestimony.services.reminder_readers import as_readers, of_official
from vctestimony.services.unit import Unit
from vctestimony.store.models import ParticipantRow


def with_deadlines(unit: Unit, letters: Sequence[Letter], people: Mapping[str, ParticipantRow]) -> tuple[Letter, ...]:
    """The letters, those that ask anew with their day; `people` are the participants by public id."""
    asking = {one.to.participant: of_official(people[one.to.participant].official) for one in letters if _asks(one)}
    readers = as_readers(unit, asking.values()) if asking else {}
    return tuple(
        replace(
            one,
            answer_by=answer_by(
                readers[asking[one.to.participant].key].days, asked_at=unit.now, starts_at=one.to.start_at
            ),
        )
        if _asks(one)
        else one
        for one in letters
    )


def _asks(letter: Letter) -> bool:
    return letter.asks_for_answer and letter.voids_answers
