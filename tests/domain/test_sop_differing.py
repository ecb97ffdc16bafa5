"""What a change makes of a step, in words: exactly the fields that differ, each before and after."""

from dataclasses import replace

from tests.domain.sop_examples import MODEL_RULES, SANHITA, step, text
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import Authority, Basis, Change, Condition, FieldChange, Gate, Text, difference, differences
from vctestimony.domain.sop import parse_evidence as evidence
from vctestimony.domain.sop import parse_offset as offset

UNDER_THE_SANHITA = "Sanhita, s. 54 (only if: The case is governed by the Bharatiya Nagarik Suraksha Sanhita)"
BEFORE = step("T01", offset="T-30m", rule="12.1")


def fields(**replaces: object) -> list[tuple[str, str, str]]:
    change = Change(id="T01", difference=text("Otherwise."), replaces=replaces)
    return [(one.field, one.before, one.after) for one in difference(BEFORE, change)]


def test_every_field_is_told_before_and_after_in_words() -> None:
    court = Authority(source=SANHITA, rule="54", only_if="bnss")
    assert fields(
        roles=(Duty.JUDGE,),
        offset=offset("T-2h"),
        basis=Basis.PLANNING,
        preferably=True,
        condition=Condition(all=("child",), none=("recorded",)),
        blocks=Gate.START,
        after=("C01",),
        authority=(court, replace(BEFORE.authority[0], compare=True)),
        evidence=evidence("R/D"),
        source="a manual",
    ) == [
        ("Who", "Court Point Coordinator", "Presiding officer"),
        ("When", "30 minutes before the start of the hearing", "2 hours before the start of the hearing"),
        ("Basis of the time", "stated in the law", "our own planning"),
        ("What the law leaves open", "nothing", "the law says “preferably”"),
        ("Applies", "always", "all of: The witness is a child; none of: The court records the hearing"),
        ("What waits for it", "nothing", "the start"),
        ("Comes after", "nothing", "C01"),
        (
            "Authority",
            "Model Rules, as adopted by the High Court of the case, r. 12.1",
            f"{UNDER_THE_SANHITA}; compare Model Rules, as adopted by the High Court of the case, r. 12.1",
        ),
        ("Evidence", "the rule was read", "the rule was read / our own recommendation"),
        ("Where it comes from", "nothing", "a manual"),
    ]


def test_an_authority_that_is_added_stands_before_those_that_stay() -> None:
    change = Change(id="T01", difference=text("Also."), also=(Authority(source=MODEL_RULES, rule="3"),))
    (found,) = difference(BEFORE, change, court="Kerala")
    assert found.after == "Model Rules, as adopted by Kerala, r. 3; Model Rules, as adopted by Kerala, r. 12.1"


def test_a_change_that_repeats_what_is_there_makes_no_difference() -> None:
    assert fields(basis=Basis.LAW, roles=BEFORE.roles) == []


def test_a_text_is_compared_in_the_readers_language_and_else_in_the_others() -> None:
    corrected = replace(BEFORE, text=replace(BEFORE.text, bn="পরীক্ষা"), note=Text("Now.", "अब।", "এখন।"))
    assert differences(BEFORE, corrected) == (
        FieldChange("Text in Bengali", "Step T01 (bn)", "পরীক্ষা"),
        FieldChange("Note", "nothing", "Now."),
    )
    assert differences(BEFORE, corrected, language="bn")[0] == FieldChange("Text", "Step T01 (bn)", "পরীক্ষা")


def test_words_are_translated_on_the_way() -> None:
    after = replace(BEFORE, blocks=Gate.SEAL)
    hindi = {"nothing": "कुछ नहीं", "the seal of the record": "अभिलेख की मुहर"}
    (found,) = differences(BEFORE, after, translate=lambda words: hindi.get(words, words))
    assert (found.field, found.before, found.after) == ("What waits for it", "कुछ नहीं", "अभिलेख की मुहर")
