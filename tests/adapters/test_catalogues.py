"""Every marked text of pages, mails and papers has its Hindi and its Bengali, with the same values in it."""

import re
import string

import pytest
from babel.messages.catalog import Message

from vctestimony.adapters.languages import FOLDER, collect, read_catalogue, untranslated
from vctestimony.config import PROJECT

_PERCENT = re.compile(r"%\(\w+\)[sd]")


def values_in(text: str) -> list[str]:
    """The places where values go, of both kinds."""
    braces = [] if _PERCENT.search(text) else [name for _, name, _, _ in string.Formatter().parse(text) if name]
    return sorted({*_PERCENT.findall(text), *braces})


def forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def wrong(message: Message) -> bool:
    wanted = {tuple(values_in(text)) for text in forms(message.id)}
    return any(tuple(values_in(text)) not in wanted for text in forms(message.string))


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_no_text_is_left_untranslated(language: str) -> None:
    assert list(untranslated(read_catalogue(FOLDER, language), collect(PROJECT))) == []


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_a_translation_has_the_values_of_its_text(language: str) -> None:
    assert [message.id for message in read_catalogue(FOLDER, language) if message.id and wrong(message)] == []


def test_a_translation_that_lost_a_value_is_found() -> None:
    assert wrong(Message("Booked at {time}", "বুক করা হয়েছে"))
    assert not wrong(Message("Booked at {time}", "{time}-এ বুক"))
