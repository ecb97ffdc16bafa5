"""Every question of the running log that is answered in free words is decided: left out, searched, or harmless."""

import pytest

from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Answer, Kind
from vctestimony.domain.record.redaction import HARMLESS, SEARCHED, WHOLE_ANSWERS, whole_answers


@pytest.mark.parametrize("kind", Kind)
def test_each_question_in_free_words_is_decided_once(kind: Kind) -> None:
    free = sorted(one.name for one in ENTRIES[kind].asks if one.answer in {Answer.LINE, Answer.TEXT})
    whole = [name for asked_of, name in WHOLE_ANSWERS if asked_of == kind]
    assert sorted([*whole, *SEARCHED.get(kind, ()), *HARMLESS.get(kind, ())]) == free


def test_what_puts_an_answer_right_is_left_out_whole() -> None:
    log = (
        (1, Kind.COERCION_CHECKED, {"question": "Who is with you?", "answer": "Nobody"}),
        (2, Kind.CORRECTION, {"text": "It is Selina, not Salma", "effect": "stands"}),
    )
    assert [(one.entry, one.value) for one in whole_answers(log)] == [(2, "It is Selina, not Salma")]


def test_what_ails_the_witness_is_left_out_whole_where_an_adjournment_tells_it() -> None:
    log = ((1, Kind.ADJOURNED, {"cause": "witness", "about": "Fever, says Dr Sen"}),)
    assert [(one.statement, one.value) for one in whole_answers(log)] == [(35, "Fever, says Dr Sen")]
