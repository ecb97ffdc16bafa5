"""The one place that says what standing a pack has: draft, reviewed or adopted, by whom, when, and in which words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vctestimony.domain.wording import N_


class Status(StrEnum):
    """How far a pack may be relied on."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ADOPTED = "adopted"


STATUS_LABELS: dict[Status, str] = {
    Status.DRAFT: N_("Draft"),
    Status.REVIEWED: N_("Reviewed"),
    Status.ADOPTED: N_("Adopted"),
}
DRAFT = N_("draft, not signed off by a lawyer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a pack says of itself. `adopted_under` is the notification or order by which a court adopted it."""

    version: str
    effective_on: date
    status: Status
    reviewed_by: str = ""
    reviewed_on: date | None = None
    adopted_by: str = ""
    adopted_on: date | None = None
    adopted_under: str = ""


_NEEDED: dict[Status, dict[str, str]] = {
    Status.DRAFT: {},
    Status.REVIEWED: {
        "reviewed_by": N_("Say who reviewed the pack."),
        "reviewed_on": N_("Say on what date the pack was reviewed."),
    },
    Status.ADOPTED: {
        "adopted_by": N_("Say which court or authority adopted the pack."),
        "adopted_on": N_("Say on what date the pack was adopted."),
        "adopted_under": N_("Say by what notification or order the pack was adopted."),
    },
}
_OUT_OF_PLACE = {
    Status.DRAFT: N_("A draft was reviewed or adopted by nobody. Raise the status, or remove this."),
    Status.REVIEWED: N_("A pack that is only reviewed was adopted by nobody. Raise the status, or remove this."),
}


def faults(head: Head) -> Iterator[tuple[str, str]]:
    """What its status needs and the head does not say, or says too much: key and sentence."""
    review, adoption = _NEEDED[Status.REVIEWED], _NEEDED[Status.ADOPTED]
    needed = dict(_NEEDED[head.status])
    if head.status is Status.ADOPTED and any(getattr(head, key) for key in review):
        needed |= review
    for key in (*review, *adoption):
        is_said = bool(getattr(head, key))
        if key in needed and not is_said:
            yield key, needed[key]
        elif is_said and key not in needed:
            yield key, _OUT_OF_PLACE[head.status]


def _as_given(text: str) -> str:
    return text


def head_words(
    head: Head, *, translate: Callable[[str], str] = _as_given, day: Callable[[date], str] = date.isoformat
) -> str:
    """Version, effective date and status in one line; what every page and paper made from the pack prints.

    >>> head_words(Head(version="1.0", effective_on=date(2026, 11, 23), status=Status.DRAFT))
    'version 1.0, in effect from 2026-11-23; draft, not signed off by a lawyer'
    """
    version = translate(N_("version {version}")).format(version=head.version)
    return f"{version}, {standing_words(head, translate=translate, day=day)}"


def standing_words(
    head: Head, *, translate: Callable[[str], str] = _as_given, day: Callable[[date], str] = date.isoformat
) -> str:
    """The same without the version, for a line that names it already."""
    since = translate(N_("in effect from {day}")).format(day=day(head.effective_on))
    return "; ".join((since, *(_said(head, translate=translate, day=day) or [translate(DRAFT)])))


def _said(head: Head, *, translate: Callable[[str], str], day: Callable[[date], str]) -> list[str]:
    words = []
    if head.reviewed_by and head.reviewed_on:
        pattern = translate(N_("reviewed by {who} on {day}"))
        words.append(pattern.format(who=head.reviewed_by, day=day(head.reviewed_on)))
    if head.adopted_by and head.adopted_on:
        pattern = translate(N_("adopted by {who} on {day} ({under})"))
        words.append(pattern.format(who=head.adopted_by, day=day(head.adopted_on), under=head.adopted_under))
    return words
