"""The one place that checks what was answered about a log entry."""

import re
from collections.abc import Mapping

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Invalid
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Answer, Asked, Kind
from vctestimony.domain.wording import N_

LAST_CHARACTERS = 4
_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotAHash(Invalid):
    """The value cannot be a SHA-256."""

    text = N_("This is not a SHA-256. It has 64 characters, 0-9 and a-f; copy it from the court's record of the file.")


class NotAnAnswer(Invalid):
    """The question has other answers."""

    text = N_("Choose one of the answers offered.")


class TooMuchOfTheNumber(Invalid):
    """The whole number of an identity document would give the witness away."""

    text = N_(
        "Give at most the last {most} characters of the number. The number itself belongs in the sealed identity."
    )


def checked(kind: Kind, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that the kind asks for, each fit to be kept; refuses what is missing or cannot be right."""
    found = {}
    for asked in ENTRIES[kind].asks:
        value = answers.get(asked.name, "").strip()
        if ENTRIES[kind].needs(asked, answers) and not value:
            raise Missing(field=asked.name)
        if value:
            found[asked.name] = _fit(asked, value)
    return found


def _fit(asked: Asked, value: str) -> str:
    if asked.answer is Answer.CHOICE and value not in asked.choices:
        raise NotAnAnswer(field=asked.name)
    if asked.answer is Answer.ENTRY:
        if not value.isdecimal():
            raise NotAnAnswer(field=asked.name)
        value = str(int(value))
    if asked.answer is Answer.HASH:
        value = re.sub(r"[\s:]", "", value).casefold()
        if not _SHA256.fullmatch(value):
            raise NotAHash(field=asked.name)
    if asked.name == "ending" and len(value) > LAST_CHARACTERS:
        raise TooMuchOfTheNumber(field=asked.name, most=LAST_CHARACTERS)
    return value
