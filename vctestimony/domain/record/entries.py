"""The one place that puts all kinds of log entries together: in the order of the run sheet, and by kind."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import reduce
from types import MappingProxyType

from vctestimony.domain.record.closing import CLOSING, UNPROMPTED
from vctestimony.domain.record.kinds import Answer, Asked, Entry, Kind
from vctestimony.domain.record.opening import OPENING
from vctestimony.domain.record.sitting import SITTING
from vctestimony.domain.wording import N_

Translate = Callable[[str], str]
STOPS = ".।"
GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (N_("Before the examination"), tuple(kind for kind, _ in OPENING)),
    (N_("During the examination"), tuple(kind for kind, _ in SITTING)),
    (N_("Close"), tuple(kind for kind, _ in CLOSING)),
)
ENTRIES: Mapping[Kind, Entry] = MappingProxyType(dict((*OPENING, *SITTING, *CLOSING, *UNPROMPTED)))


def details(kind: Kind, facts: Mapping[str, str], *, translate: Translate) -> tuple[tuple[str, str], ...]:
    """What was answered about an entry, as pairs of words in the order of the questions."""
    return tuple(
        (translate(asked.label), translate(asked.choices[value]) if value in asked.choices else _written(asked, value))
        for asked in ENTRIES[kind].asks
        if (value := facts.get(asked.name, ""))
    )


def _written(asked: Asked, value: str) -> str:
    """A day as days are typed here: day, month, year."""
    if asked.answer is not Answer.DAY:
        return value
    day = date.fromisoformat(value)
    return f"{day.day}/{day.month}/{day.year}"


def sentence(kind: Kind, facts: Mapping[str, str], *, note: str = "", translate: Translate) -> str:
    """The whole entry in one line.

    >>> sentence(Kind.LINK_LOST, {"cause": "power cut in Dhaka"}, translate=str)
    'Link lost. Cause: power cut in Dhaka'
    """
    said = "; ".join(f"{label}: {value}" for label, value in details(kind, facts, translate=translate))
    return sentences((translate(ENTRIES[kind].label), said, note), translate=translate).rstrip(STOPS)


def sentences(parts: Iterable[str], *, translate: Translate) -> str:
    """Those that say something, one after the other, with the full stop of the language between them.

    >>> sentences(("Power cut.", "", "The lamp was replaced"), translate=str)
    'Power cut. The lamp was replaced'
    """
    joint = translate(N_("{sentence}. {next}"))

    def joined(before: str, after: str) -> str:
        return joint.format(sentence=before.rstrip(STOPS), next=after)

    return reduce(joined, [part for part in parts if part] or [""])
