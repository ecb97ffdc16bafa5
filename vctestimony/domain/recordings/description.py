"""The one place for what a recording of the court is: its bounds, length, size and hash, and where its key is not."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.entered import latin_digits
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

_MINUTE = timedelta(minutes=1)
_LENGTH = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
_RUN = re.compile(r"\S+")
_SHORTEST_KEY = 24
_SPACED = re.compile(r"[\s:,.]+")


class Algorithm(StrEnum):
    """How the hash of a file was computed."""

    SHA256 = "sha256"
    SHA512 = "sha512"


ALGORITHM_LABELS: dict[Algorithm, str] = {Algorithm.SHA256: "SHA-256", Algorithm.SHA512: "SHA-512"}
LENGTHS: dict[Algorithm, int] = {Algorithm.SHA256: 64, Algorithm.SHA512: 128}


class NotThatHash(Invalid):
    """The value cannot come from the algorithm that was chosen."""

    text = N_(
        "This is not a {algorithm}. It has {length} characters, 0-9 and a-f; copy it from the court's own report."
    )


class NotALength(Invalid):
    """No length can be read from the text."""

    text = N_("This is not a length. Write hours, minutes and seconds, for example 01:12:40.")


class NotASize(Invalid):
    """No size in bytes can be read from the text."""

    text = N_("This is not a size. Write the number of bytes in digits, as the file's own properties show it.")


class EndsBeforeItBegins(Invalid):
    """A recording has a length."""

    text = N_("The recording would end before it began. Correct one of the two times.")


class LongerThanItsTime(Invalid):
    """A recording may pause; it cannot be longer than the time between its bounds."""

    text = N_("Between begin and end lie {minutes} minutes; the recording cannot be longer. Correct one of the three.")


class StillToCome(Invalid):
    """What is kept here has happened already."""

    text = N_("This time is still to come. Enter what has happened, at the time it happened.")


class LooksLikeAKey(Invalid):
    """Somebody typed the key itself. It must not be kept beside the description of what it opens."""

    text = N_(
        "This looks like the key or the password itself. Write only where it is kept and who has it, for example "
        "“sealed envelope 7 in the safe of the presiding officer”. Nothing was saved."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of one recording. `name` is the file's name as the recorder gave it; `digest` its hash."""

    name: str
    began_at: datetime
    ended_at: datetime
    seconds: int
    size: int
    algorithm: Algorithm
    digest: str
    custodian: str
    encryption: str
    key_place: str
    copies: str


def digest_of(text: str, algorithm: Algorithm) -> str:
    """The hash as it is compared: without blanks or colons, in small letters.

    >>> digest_of("AB:" * 32, Algorithm.SHA256) == "ab" * 32
    True
    """
    plain = re.sub(r"[\s:]", "", text).casefold()
    if not re.fullmatch(rf"[0-9a-f]{{{LENGTHS[algorithm]}}}", plain):
        raise NotThatHash(field="digest", algorithm=ALGORITHM_LABELS[algorithm], length=LENGTHS[algorithm])
    return plain


def seconds_of(text: str) -> int:
    """A length in seconds.

    >>> seconds_of("01:12:40")
    4360
    """
    found = _LENGTH.fullmatch(latin_digits(text).strip())
    if found is None:
        raise NotALength(field="length")
    hours, minutes, seconds = (int(part) for part in found.groups())
    if minutes > 59 or seconds > 59 or hours + minutes + seconds == 0:
        raise NotALength(field="length")
    return hours * 3600 + minutes * 60 + seconds


def length_of(seconds: int) -> str:
    """A length as it is typed and printed.

    >>> length_of(4360)
    '01:12:40'
    """
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def size_of(text: str) -> int:
    """A number of bytes, however its digits are grouped.

    >>> size_of("1,48,300,200"), size_of("148 300 200")
    (148300200, 148300200)
    """
    plain = _SPACED.sub("", latin_digits(text))
    if not re.fullmatch(r"[0-9]{1,15}", plain) or int(plain) == 0:
        raise NotASize(field="size")
    return int(plain)


def checked(found: Description, *, now: datetime) -> Description:
    """The same, if a court could have made it. Clocks are typed to the minute, so a minute either way is no lie."""
    for name, at in (("began_on", found.began_at), ("ended_on", found.ended_at)):
        if at > now:
            raise StillToCome(field=name)
    if found.ended_at < found.began_at:
        raise EndsBeforeItBegins(field="ended_on")
    within = found.ended_at - found.began_at
    if timedelta(seconds=found.seconds) > within + _MINUTE:
        raise LongerThanItsTime(field="length", minutes=int(within.total_seconds()) // 60)
    check_no_key(found.key_place, field="key_place")
    check_no_key(found.encryption, field="encryption")
    return found


def check_no_key(text: str, *, field: str) -> None:
    """Refuse what is a key: a run of letters and digits that nobody would write in words, or a key file's own head."""
    if "-----BEGIN" in text or any(_is_key(run) for run in _RUN.findall(text)):
        raise LooksLikeAKey(field=field)


def _is_key(run: str) -> bool:
    letters, digits = any(c.isalpha() for c in run), any(c.isdigit() for c in run)
    return len(run) >= _SHORTEST_KEY and letters and digits
