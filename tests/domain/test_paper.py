"""Sheets of finished words, and the characters that may go on paper."""

from dataclasses import replace

import pytest

from tests.adapters import paper_samples as samples
from vctestimony.domain.documents.checklist import ChecklistStep, PhaseTable, Ticked
from vctestimony.domain.documents.record import FieldRow
from vctestimony.domain.paper import Force, PaperFailed
from vctestimony.domain.printable import Unprintable, clean, printable

KEPT = {
    "Bengali conjunct with zero width joiner": "র\u200d্যাব",
    "Bengali with zero width non-joiner": "উদ্\u200cঘাটন",
    "Devanagari half form": "क्\u200dष",
    "a line break": "one\ntwo",
    "typographic quotes and dashes": "“Yes” – no…",
    "a letter outside the first plane": "𝒜",
}
LEFT_OUT = {
    "NUL": "\x00",
    "a C0 control": "\x1b",
    "a C1 control": "\x9f",
    "delete": "\x7f",
    "soft hyphen": "\u00ad",
    "zero width space": "\u200b",
    "byte order mark": "\ufeff",
    "right-to-left override": "\u202e",
    "left-to-right embedding": "\u202a",
    "first strong isolate": "\u2068",
    "pop directional isolate": "\u2069",
    "Arabic letter mark": "\u061c",
}
REFUSED = {
    "private use": "\ue000",
    "private use of plane 16": "\U0010fffd",
    "half a character": "\ud83d",
    "non-character FFFE": "\ufffe",
    "non-character FDD0": "\ufdd0",
    "last code point": "\U0010ffff",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_text_that_people_write_is_printed_as_they_wrote_it(text: str) -> None:
    assert clean(text, document="record") == text


@pytest.mark.parametrize("mark", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_a_character_without_shape_is_left_out(mark: str) -> None:
    assert clean(f"be{mark}fore", document="record") == "before"


@pytest.mark.parametrize("character", REFUSED.values(), ids=REFUSED.keys())
def test_a_character_nobody_else_can_read_is_refused_by_its_number(character: str) -> None:
    with pytest.raises(Unprintable) as refusal:
        clean(f"before {character} after", document="record.html")

    assert refusal.value.facts == {"document": "record.html", "cause": f"U+{ord(character):04X}"}
    assert isinstance(refusal.value, PaperFailed)


def test_letters_are_composed_so_that_equal_words_have_equal_bytes() -> None:
    assert clean("cafe\u0301 \u09c7\u09be", document="record") == "café \u09cb"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_ending_becomes_a_plain_one(ending: str) -> None:
    assert clean(f"one{ending}two", document="record") == "one\ntwo"


def test_a_sheet_is_cleaned_at_any_depth_and_keeps_its_readings() -> None:
    sheet = samples.record()
    row = replace(sheet.groups[0].rows[0], value="a\u202eb")
    dirty = replace(sheet, groups=(replace(sheet.groups[0], rows=(row,)),))

    cleaned = printable(dirty, document="record")

    assert cleaned.groups[0].rows[0].value == "ab"
    assert cleaned.heading == sheet.heading


def test_a_clean_sheet_stays_equal_to_itself() -> None:
    assert printable(samples.checklist("bn"), document="checklist") == samples.checklist("bn")


@pytest.mark.parametrize(("value", "missing"), [("", True), (" \n", True), ("None", False), ("0", False)])
def test_only_an_empty_value_is_missing(value: str, missing: bool) -> None:
    assert FieldRow(number=25, label="Remarks", authority="", value=value).missing is missing


def test_the_record_lists_what_nobody_has_given_in_the_order_of_the_fields() -> None:
    assert [row.number for row in samples.record().missing][:4] == [2, 4, 5, 6]


def test_the_sample_record_has_all_thirty_five_fields_once() -> None:
    numbers = [row.number for group in samples.record().groups for row in group.rows]

    assert numbers == list(range(1, 36))


def test_waived_steps_count_as_settled_and_open_ones_do_not() -> None:
    steps = tuple(
        ChecklistStep(number=state, text="", who="", force=Force.REQUIRED, authority="", due_words="", state=state)
        for state in Ticked
    )

    assert PhaseTable(title="Close", steps=steps).settled == 2


@pytest.mark.parametrize(("minutes", "same"), [(739, True), (749, True), (750, False), (779, False), (780, True)])
def test_a_date_is_said_twice_only_between_the_two_midnights(minutes: int, same: bool) -> None:
    """18 September ends 750 minutes after the start in Dhaka, 780 minutes after it in Kolkata."""
    assert samples.clocks(minutes).same_day is same


def test_the_file_is_dated_by_the_instant_of_printing() -> None:
    assert samples.imprint().stamp == "2026-09-17T05:30:00Z"
