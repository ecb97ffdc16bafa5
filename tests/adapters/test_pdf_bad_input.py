"""Whatever people type or send: it is printed as they typed it or refused by name, in bounded time and memory."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters import paper_samples as samples
from tests.adapters.paper_reading import FewLanguages, folded, open_pdf, text_of
from vctestimony.adapters.pdf import PaperPress
from vctestimony.adapters.pdf_frames import Limits
from vctestimony.domain.documents.checklist import ChecklistSheet
from vctestimony.domain.documents.record import DepositionLine, DepositionPart, RecordSheet
from vctestimony.domain.paper import GlyphMissing, PaperTooLarge
from vctestimony.domain.printable import LONGEST_WORD, WordTooLong

TEMPLATES = Path(__file__).parents[2] / "templates" / "pdf"
BAD = {
    "markup": '<h1>x</h1><img src="file:///etc/passwd"><script>alert(1)</script></td></table></body>',
    "a style sheet": "<style>* { display: none } @import url(http://127.0.0.1/x)</style> p { color: red }",
    "addresses": 'file:///etc/passwd http://127.0.0.1:9/x data:text/html,<b>x</b> url("file:///etc/passwd")',
    "entities": "&lt;b&gt; &#60;b&#62; &amp;amp; <!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
    "a template": "{{ sheet.heading }} {% include '/etc/passwd' %} {# x #} ${7*7} <%= 7 %>",
    "depth": "<div>" * 1500 + "(" * 500,
    "a form": "<input type=checkbox name=x checked><form action=http://127.0.0.1/x>",
}
WORDS = tuple(
    folded(
        "evidence offence (s. 63) ST/214 “quoted” 50% 12:30 naïve "
        "কর্তৃপক্ষ ক্ষেত্র স্ত্রী জ্ঞান র‍্যাব রাষ্ট্র উজ্জ্বল দ্বন্দ্ব সূক্ষ্ম হৃদয় প্রশ্ন ১২৩ শ্রীমতী কৃষ্ণ ড়ঢ়য় "
        "क्षेत्र ज्ञान स्त्री राष्ट्र कर्तृत्व श्रीमती विद्यार्थी ज़मीन फ़ैसला १२३ प्रश्न द्वितीय हृदय रूपये ट्रक ङ्क"
    ).split(" ")
)
SCRIPTS = "ԱΩЖאعܐހनবਕકକதతಕമකกກཀကაሀᎠᐁᚁᚠកᠠあ漢한ꦂ𐎠𝄞😀"
spoken = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


def press_with(folder: Path, limits: Limits) -> PaperPress:
    return PaperPress(templates=TEMPLATES, languages=FewLanguages(), fonts=None, instance=folder, limits=limits)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    made = press_with(tmp_path_factory.mktemp("instance"), Limits())
    yield made
    made.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperPress]:
    """A press that may use little, so that a refusal comes soon."""
    made = press_with(tmp_path_factory.mktemp("small"), Limits(cpu_s=3, address_mb=600))
    yield made
    made.close()


def transcript(*lines: tuple[str, str]) -> RecordSheet:
    """A record of a deposition alone: questions and answers."""
    spoken_lines = tuple(
        DepositionLine(number=number, question=asked, answer=said, asked_by="Prosecution", answered_by="PW-3")
        for number, (asked, said) in enumerate(lines, start=1)
    )
    part = DepositionPart(title="Examination in chief", lines=spoken_lines)
    bare = replace(samples.record(sealed=False), groups=(), log=(), documents=(), interruptions=())
    return replace(bare, deposition=(part,))


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD.keys())
def test_what_a_witness_is_said_to_have_said_is_printed_letter_by_letter(press: PaperPress, typed: str) -> None:
    pdf = press.paper("record", transcript(("Q", typed)), lang="en", attachments={})

    assert typed.replace(" ", "") in folded(text_of(pdf)).replace(" ", "").replace("\f", "") or len(typed) > 2000
    assert "root:" not in text_of(pdf)
    assert open_pdf(pdf).attachments == {}


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(lines=st.lists(st.tuples(spoken, spoken), min_size=2, max_size=8), lang=st.sampled_from(("en", "hi", "bn")))
def test_any_transcript_comes_back_word_by_word(press: PaperPress, lines: list[tuple[str, str]], lang: str) -> None:
    pdf = press.paper("record", transcript(*lines), lang=lang, attachments={})
    text = folded(text_of(pdf, "-raw"))
    paragraphs = [paragraph for line in lines for paragraph in line]

    assert [word for paragraph in paragraphs for word in paragraph.split(" ") if word not in text] == []
    cut = [paragraph for paragraph in paragraphs if paragraph not in text]
    assert len(cut) < len(open_pdf(pdf).pages)  # the end of a page may stand within one


def test_letters_of_every_other_script_are_refused_by_number(press: PaperPress) -> None:
    with pytest.raises(GlyphMissing) as refusal:
        press.paper("record", transcript(("Q", SCRIPTS)), lang="en", attachments={})

    named = str(refusal.value.facts["cause"]).split(", ")
    assert {int(one.removeprefix("U+"), 16) for one in named} <= set(map(ord, SCRIPTS))
    assert len(named) == 20


ENDLESS: dict[str, Callable[[], ChecklistSheet | RecordSheet]] = {
    "two thousand steps": lambda: samples.checklist(steps=2000),
    "ten thousand questions": lambda: transcript(*[("What then?", "Nothing more.")] * 10_000),
}


def test_a_word_is_broken_into_lines_and_printed_to_its_last_letter(press: PaperPress) -> None:
    text = text_of(press.paper("record", transcript(("Q", "ab" * (LONGEST_WORD // 2))), lang="en", attachments={}))

    assert sum(map(len, re.findall("[ab]{10,}", text))) == LONGEST_WORD


def test_a_million_letters_without_a_blank_are_refused_before_they_run_off_the_paper(press: PaperPress) -> None:
    with pytest.raises(WordTooLong) as refusal:
        press.paper("record", transcript(("Q", "ab" * 500_000)), lang="en", attachments={})

    assert refusal.value.facts == {"document": "record.html", "cause": 1_000_000}


@pytest.mark.parametrize("endless", ENDLESS)
@pytest.mark.abuse(88)
@pytest.mark.threat("T14", "T25")
@pytest.mark.asvs("15.2.2")
def test_what_has_no_end_is_refused_within_its_limits_and_the_next_document_is_printed(
    small: PaperPress, endless: str
) -> None:
    sheet = ENDLESS[endless]()
    kind = "record" if isinstance(sheet, RecordSheet) else "checklist"

    with pytest.raises(PaperTooLarge) as refusal:
        small.paper(kind, sheet, lang="en")
    text = text_of(small.paper("record", transcript(("Who?", "I.")), lang="en"))

    assert refusal.value.facts["document"] == f"{kind}.html"
    assert "Who?" in text
