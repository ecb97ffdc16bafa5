"""The one place for an archive as it is read: what its files are, and when it is none at all."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_


class NotAnArchive(Refusal):
    """What was given cannot even be looked at as an archive of a hearing."""

    text = N_("This is not an archive of a hearing: {why}")


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive that was opened safely: size and SHA-256 of each file, and two ways to look into one.

    `attached` gives the files inside a PDF; a refusal of it is a problem of that file.
    """

    digests: Mapping[str, tuple[int, str]]
    read: Callable[[str], bytes]
    attached: Callable[[bytes], Mapping[str, bytes]]


def as_object(content: bytes) -> Mapping[str, object] | None:
    """A JSON object, or None for whatever else the bytes are.

    >>> as_object(b'{"a":1}'), as_object(b"[1]"), as_object(b"{")
    ({'a': 1}, None, None)
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
