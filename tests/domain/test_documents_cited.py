"""What printed forms rest on: rules as adopted, marks, and the words of the oath."""

import pytest

from vctestimony.domain.documents import oaths
from vctestimony.domain.documents.citing import Citing
from vctestimony.domain.paper import Force

BOMBAY, PUNJAB, KERALA = "the High Court of Bombay", "the High Court of Punjab and Haryana", "the High Court of Kerala"


def citing(pack: str, high_court: str, *, alike: bool = False) -> Citing:
    return Citing(rule_pack=pack, high_court=high_court, numbers_alike=alike, translate=str)


def test_a_model_rule_is_cited_only_as_adopted_and_its_number_is_to_be_checked_where_it_may_differ() -> None:
    adopted = "Model Rules, as adopted by the High Court of {court}, r. 5.6.3"
    assert citing("bombay", BOMBAY).model("5.6.3") == f"{adopted.format(court='Bombay')} (check its number there)"
    same = citing("punjab-haryana", PUNJAB, alike=True).model("5.6.3")
    assert same == adopted.format(court="Punjab and Haryana")


def test_the_rule_of_kerala_is_cited_in_kerala_alone() -> None:
    assert citing("kerala", KERALA).model("8.2", kerala="8(7)") == "Kerala Video Linkage Rules 2021, r. 8(7)"
    assert "Kerala" not in citing("bombay", BOMBAY).model("8.2", kerala="8(7)")


def test_only_a_provision_that_states_duty_and_time_prints_as_required() -> None:
    cite = citing("bombay", BOMBAY)
    made = (cite.duty, cite.preferred, cite.allowed, cite.stated)
    assert cite.required("a", "s. 1").force is Force.REQUIRED
    assert {make("a", "s. 1").force for make in made} == {Force.SUGGESTED}
    assert (cite.recommended("a").force, cite.recommended("a").authority) == (Force.RECOMMENDED, "")
    assert cite.unread("a", "somewhere").mark == "Confirm locally"


@pytest.mark.parametrize(
    "formula",
    [oaths.WITNESS_SWEARS, oaths.WITNESS_AFFIRMS, oaths.INTERPRETER_SWEARS, oaths.INTERPRETER_AFFIRMS],
)
def test_an_oath_is_there_in_three_languages_a_line_at_a_time(formula: oaths.Formula) -> None:
    assert set(formula.lines) == {"en", "hi", "bn"}
    assert all(0 < len(line) <= 40 for lines in formula.lines.values() for line in lines)


def test_the_governing_text_is_that_of_form_three() -> None:
    assert oaths.INTERPRETER_SWEARS.original == (
        "I do swear in the name of God that I will well and truly interpret and explain all questions put to and "
        "evidence given by witnesses and translate correctly and accurately all documents given to me for translation."
    )
