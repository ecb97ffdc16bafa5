"""Every event of ours, read by three programs that are not ours, field by field what was written."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.event_readers import READERS, Seen, by_hand
from tests.adapters.letter_examples import CANCEL, INVITATION, MOVE, REMOVED
from tests.adapters.libical import NoLibical
from tests.adapters.test_ical import HOSTILE
from tests.adapters.test_letters import GOLDEN
from vctestimony.adapters.ical import download, many_lines, one_line, scheduling_object
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.adapters.letters import LetterComposer
from vctestimony.domain.letters import Letter

COMPOSER = LetterComposer(Languages(FOLDER))
LETTERS = {"invitation": INVITATION, "move": MOVE, "cancel": CANCEL, "removed": REMOVED}
BACKSLASH_N = "Saal C\\nord, \\\\n, a\\;b\\,c\\"


def read(reader: str, content: bytes) -> Seen:
    try:
        return READERS[reader](content)
    except NoLibical as absent:
        pytest.skip(str(absent))


def checked(reader: str, content: bytes) -> Seen:
    """What the reader saw; it must be what stands there by the letter of the RFC."""
    seen = read(reader, content)
    assert seen == by_hand(content), reader
    return seen


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.ics")), ids=lambda path: path.stem)
def test_the_golden_events_are_read_as_they_are_written(reader: str, path: Path) -> None:
    checked(reader, path.read_bytes())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", ["en", "hi", "bn"])
def test_every_kind_of_letter_in_every_language_is_read_as_it_is_written(reader: str, language: str) -> None:
    for letter in LETTERS.values():
        own = replace(letter, to=replace(letter.to, language=language))
        seen = checked(reader, COMPOSER.preview(own).calendar)
        assert _identity(seen) == _identity_of(own)
        kept = checked(reader, COMPOSER.download(own))
        assert (kept.method, kept.attendees) == ("", ())
        assert (kept.uid, kept.sequence, kept.start_at, kept.end_at) == (
            seen.uid,
            seen.sequence,
            seen.start_at,
            seen.end_at,
        )


def _identity(seen: Seen) -> tuple[object, ...]:
    return (seen.uid, seen.sequence, seen.stamped_at, seen.start_at, seen.end_at, seen.attendees)


def _identity_of(letter: Letter) -> tuple[object, ...]:
    to = letter.to
    return (letter.uid, letter.sequence, letter.dtstamp_at, to.start_at, to.end_at, (f"mailto:{to.address}",))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", [*HOSTILE, BACKSLASH_N])
def test_any_text_arrives_letter_by_letter(reader: str, text: str) -> None:
    if reader == "ics":  # it undoes a backslash before an n twice
        text = text.replace("\\n", "\\m")
    letter = replace(
        INVITATION, to=replace(INVITATION.to, name=text), organizer=replace(INVITATION.organizer, name=text)
    )
    shown = many_lines(text).strip()
    for write in (scheduling_object, download):
        seen = read(reader, write(letter, summary=text, location=text, description=shown))
        assert seen.summary == seen.location == one_line(text)
        assert seen.description == shown
        assert _identity(seen)[:5] == _identity_of(letter)[:5]


@pytest.mark.parametrize("reader", READERS)
def test_instants_are_the_same_in_summer_and_winter(reader: str) -> None:
    for start_at in (datetime(2027, 7, 2, 9, tzinfo=UTC), datetime(2027, 12, 3, 10, 30, tzinfo=UTC)):
        by = start_at - INVITATION.to.start_at
        stretches = tuple(
            replace(one, start_at=one.start_at + by, end_at=one.end_at + by) for one in INVITATION.to.stretches
        )
        letter = replace(INVITATION, to=replace(INVITATION.to, zone="Europe/London", stretches=stretches))
        assert checked(reader, COMPOSER.preview(letter).calendar).start_at == start_at
