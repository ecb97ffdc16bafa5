"""The one place for anchors of the journal: how far it had come at an instant, kept where its database does not reach.

Whoever owns the database can write the whole chain anew so that it holds. What was written down elsewhere says then
that it is another one. An anchor is one line of JSON; a line that says `restored` has the end of the journal that was
put back, and what stood above its number is given up by it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.errors import Invalid
from vctestimony.domain.journal import canonical
from vctestimony.domain.wording import N_

_TYPED = re.compile(r"([0-9]{1,12}):([0-9a-f]{64})")


class NoAnchor(Invalid):
    """What was typed is none."""

    text = N_("An anchor is typed as NUMBER:HASH, a hash being 64 of the characters 0 to 9 and a to f.")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last entry there was, by number and hash. `at` is None for one that was typed from paper."""

    number: int
    hash: str
    at: datetime | None = None
    is_restored: bool = False

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of holding the journal against its anchors: `other` has what the journal says there now, empty where
    it says nothing; `missing` are those that the journal names and nobody has."""

    held: int
    given_up: int
    other: tuple[tuple[Anchor, str], ...]
    missing: tuple[Anchor, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing is other than it was."""
        return not self.other and not self.missing


def line_of(anchor: Anchor) -> str:
    """As it is kept.

    >>> line_of(Anchor(7, "ab"))
    '{"at":"","hash":"ab","number":7}'
    """
    at = anchor.at.isoformat(timespec="seconds") if anchor.at else ""
    facts: dict[str, object] = {"number": anchor.number, "hash": anchor.hash, "at": at}
    return canonical(facts | ({"restored": True} if anchor.is_restored else {}))


def anchors_in(lines: Iterable[str]) -> tuple[tuple[Anchor, ...], tuple[int, ...]]:
    """Every anchor in order, and the numbers of lines that are none: one may be torn, where the machine died."""
    found, unread = [], []
    for place, line in enumerate(lines, start=1):
        try:
            raw = json.loads(line)
            at = datetime.fromisoformat(raw["at"])
            anchor = Anchor(int(raw["number"]), str(raw["hash"]), at, is_restored=bool(raw.get("restored")))
        except (ValueError, TypeError, KeyError):
            unread.append(place)
            continue
        found.append(anchor)
    return tuple(found), tuple(unread)


def typed(text: str) -> Anchor:
    """One that somebody read from paper or a mail.

    >>> typed("7:" + "ab" * 32).number
    7
    """
    match = _TYPED.fullmatch(text.strip().lower())
    if match is None:
        raise NoAnchor()
    return Anchor(int(match[1]), match[2])


def standing(anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """Those that count: a restore gives up what came after the state that was put back."""
    lowest = None
    kept = []
    for anchor in reversed(anchors):
        if anchor.number and (lowest is None or anchor.number <= lowest):
            kept.append(anchor)
        if anchor.is_restored:
            lowest = anchor.number if lowest is None else min(lowest, anchor.number)
    return reversed(kept)


def compared(
    kept: Sequence[Anchor], by_hand: Sequence[Anchor], *, named: Iterable[Anchor], hashes: Mapping[int, str]
) -> Compared:
    """Hold what the journal says at these numbers (`hashes`) against the anchors; `named` are in the journal itself."""
    counted = (*standing(kept), *by_hand)
    other = tuple((one, hashes.get(one.number, "")) for one in counted if hashes.get(one.number) != one.hash)
    had = {(one.number, one.hash) for one in (*kept, *by_hand)}
    missing = tuple(one for one in named if (one.number, one.hash) not in had)
    return Compared(len(counted) - len(other), len(kept) + len(by_hand) - len(counted), other, missing)
