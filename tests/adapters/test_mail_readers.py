"""Every mail of ours, taken apart by three programs that are not ours: part by part the same."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.letter_examples import INVITATION
from tests.adapters.mail_readers import NoReader, Part, by_mblaze, by_perl, by_python
from tests.adapters.test_event_readers import COMPOSER, LETTERS
from tests.adapters.test_ical import HOSTILE
from tests.adapters.test_letters import FIRST_ID, GOLDEN

Reader = Callable[[Sequence[Path]], list[list[Part]]]
READERS: dict[str, Reader] = {"perl": by_perl, "mblaze": by_mblaze}


def read(reader: str, paths: Sequence[Path]) -> list[list[Part]]:
    try:
        return READERS[reader](paths)
    except NoReader as absent:
        pytest.skip(str(absent))


def unified(part: Part) -> Part:
    """The line ends of decoded words are each program's own matter; of the calendar every byte counts."""
    is_words = part.type in {"text/plain", "text/html"}
    return replace(part, content=part.content.replace(b"\r\n", b"\n")) if is_words else part


@pytest.fixture
def mails(tmp_path: Path) -> list[Path]:
    """The golden ones, every kind in every language, and one with whatever a person can write."""
    written = {path.name: path.read_bytes() for path in sorted(GOLDEN.glob("*.eml"))}
    for name, letter in LETTERS.items():
        for language in ("en", "hi", "bn"):
            own = replace(letter, to=replace(letter.to, language=language))
            written[f"{name}-{language}.eml"] = COMPOSER.compose(own, message_id=FIRST_ID)
    for number, text in enumerate(HOSTILE):
        own = replace(
            INVITATION,
            to=replace(INVITATION.to, name=text),
            organizer=replace(INVITATION.organizer, name=text),
            court=replace(INVITATION.court, city=text),
        )
        written[f"hostile-{number}.eml"] = COMPOSER.compose(own, message_id=FIRST_ID)
    for name, mail in written.items():
        (tmp_path / name).write_bytes(mail)
    return sorted(tmp_path.glob("*.eml"))


@pytest.mark.parametrize("reader", READERS)
def test_every_part_is_what_pythons_library_finds(reader: str, mails: list[Path]) -> None:
    found = read(reader, mails)
    assert len(found) == len(mails)
    for path, theirs, pythons in zip(mails, found, by_python(mails), strict=True):
        assert [unified(part) for part in theirs] == [unified(part) for part in pythons], path.name


def test_the_calendar_is_the_third_alternative_and_the_attachment(mails: list[Path]) -> None:
    for path, parts in zip(mails, by_python(mails), strict=True):
        if "text/calendar" not in [part.type for part in parts]:
            assert [part.type for part in parts] == ["text/plain", "text/html"], path.name
            continue
        assert [part.type for part in parts] == ["text/plain", "text/html", "text/calendar", "application/ics"]
        assert parts[2].content == parts[3].content
        assert f"METHOD:{parts[2].method}\r\n".encode() in parts[2].content
