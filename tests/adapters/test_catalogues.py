"""Every marked text of pages, mails and papers has its Hindi and its Bengali, with the same values in it."""

import re
import string

import pytest
from babel.messages.catalog import Catalog, Message

from vctestimony.adapters.languages import FOLDER, collect, read_catalogue, untranslated
from vctestimony.config import PROJECT

_COUNTED = re.compile(r"{%-?\s*trans\s+([^%]*?)-?%}(?:(?!endtrans).)*?{%-?\s*pluralize\s*(\w*)\s*-?%}", re.DOTALL)
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


@pytest.fixture(scope="module")
def collected() -> Catalog:
    return collect(PROJECT)


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_no_text_is_left_untranslated(language: str, collected: Catalog) -> None:
    assert list(untranslated(read_catalogue(FOLDER, language), collected)) == []


@pytest.mark.parametrize("language", ["hi", "bn"])
def test_a_translation_has_the_values_of_its_text(language: str) -> None:
    assert [message.id for message in read_catalogue(FOLDER, language) if message.id and wrong(message)] == []


def test_a_translation_that_lost_a_value_is_found() -> None:
    assert wrong(Message("Booked at {time}", "বুক করা হয়েছে"))
    assert not wrong(Message("Booked at {time}", "{time}-এ বুক"))


def miscounted(template: str) -> list[str]:
    """Texts of several values that do not say which one is counted: Jinja would count the first, a name perhaps."""
    return [values for values, counted in _COUNTED.findall(template) if values.count("=") > 1 and not counted]


def test_a_text_with_several_values_says_which_one_is_counted() -> None:
    templates = [path for path in (PROJECT / "templates").rglob("*") if path.is_file()]
    found = [(path.name, text) for path in templates for text in miscounted(path.read_text(encoding="utf-8"))]
    assert found == []
    assert miscounted("{% trans who=a, count=b %}x{% pluralize %}y{% endtrans %}")
    assert not miscounted("{% trans who=a, count=b %}x{% pluralize count %}y{% endtrans %}")
