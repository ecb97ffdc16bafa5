"""A long number never survives, however it is written; numbers of cases, sections, days and hours do."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vctestimony.domain.record.long_numbers import is_of_dates, long_numbers
from vctestimony.domain.record.masking import Hidden, Left, Masks

SCRIPTS = "0123456789", "০১২৩৪৫৬৭৮৯", "०१२३४५६७८९"
BETWEEN = "", " ", "-", "\u2013", "\u2014", "\u2011", "\u2012", ".", " - ", ") ", "\u200d", "\u00a0"
BEFORE = "", "BX", "No", "P", "নং", "+", "Tel:", "No. ", "/", "_", "("
AFTER = "", ".", "/", " there", "এ", "x", ")"


def masked(text: str, *, public: tuple[str, ...] = ()) -> str:
    masks = Masks((Hidden(Left.NAME, "Rahima Khatun"),), public=public)
    return masks.apply(text, mark=lambda _what: "[]", numbers=True)[0]


@st.composite
def dressed(draw: st.DrawFn) -> str:
    digits = draw(st.lists(st.integers(0, 9), min_size=7, max_size=14))
    script = draw(st.sampled_from(SCRIPTS))
    gaps = draw(st.lists(st.sampled_from(BETWEEN), min_size=len(digits) - 1, max_size=len(digits) - 1))
    written = script[digits[0]] + "".join(gap + script[one] for gap, one in zip(gaps, digits[1:], strict=True))
    assume(not is_of_dates("".join(str(script.index(one)) if one in script else one for one in written)))
    return written


@given(dressed(), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_no_long_number_survives(number: str, before: str, after: str) -> None:
    left = masked(f"She said {before}{number}{after}")
    assert "[]" in left
    assert not any(letter.isdecimal() for letter in left)


@given(dressed(), dressed())
def test_nor_two_with_a_slash_between(one: str, another: str) -> None:
    assert not any(letter.isdecimal() for letter in masked(f"{one}/{another}"))


@pytest.mark.parametrize(
    "text",
    [
        "Sessions Case 501/2025",
        "Cr. Case 12345/2025 of 2025",
        "IPC, s. 370 (2013), r. 8.8.2, BNSS 308 or CrPC 273",
        "ধারা ৩৭০ (২০১৩)",
        "2026-09-14 10:30 and 14.09.2026 09:05:10",
        "১৪.০৯.২০২৬ ১০:৩০",
        "2026-09-14\u20132026-09-15, 10:30\u201311:45, 2019\u20132020",
        "14/09/2026",
        "501/2025 14.09.2026",
        "ab" * 32,
        "Exh. 12 and 13",
    ],
)
def test_what_is_no_such_number_stays(text: str) -> None:
    assert masked(text) == text


def test_what_the_paper_says_anyway_stays() -> None:
    text = "Case RC-1234567/2026; his number is 7654321."
    assert masked(text, public=("RC-1234567/2026",)) == "Case RC-1234567/2026; his number is []."
    assert not list(long_numbers(""))
