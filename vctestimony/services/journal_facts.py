"""The one place that puts the facts of an entry of the journal into words; what is kept stays as it was written."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Actor
from vctestimony.domain.instants import Reading
from vctestimony.domain.wording import N_
from vctestimony.services.clocks import both_clocks

LABELS: Mapping[str, str] = {
    "case": N_("case"),
    "changed": N_("changed"),
    "destroyed_at": N_("destroyed at"),
    "duty": N_("duty"),
    "ended_at": N_("ended at"),
    "ends_at": N_("ends at"),
    "entered": N_("entered"),
    "fields": N_("fields"),
    "form": N_("form"),
    "found": N_("found"),
    "gate": N_("gate"),
    "held": N_("held"),
    "kind": N_("kind"),
    "language": N_("language"),
    "looks": N_("who looks"),
    "name": N_("name"),
    "number": N_("number"),
    "order": N_("order"),
    "pseudonym": N_("pseudonym"),
    "reason": N_("reason"),
    "second": N_("second person"),
    "started_at": N_("started at"),
    "starts_at": N_("begins at"),
    "step": N_("step"),
    "to": N_("to"),
    "until": N_("until"),
    "until_at": N_("until"),
    "why": N_("why"),
}
_ONLY_FOR_MACHINES = frozenset({"leave"})
"""Names by which rows find each other and which say nothing to anybody; person, reason and time stand beside them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words: `label` is marked with N_ where there is one; an instant has its two clocks and no `text`."""

    label: str
    text: str
    at: tuple[Reading, Reading] | None = None


def in_words(facts: Mapping[str, object], *, by: Actor) -> tuple[Fact, ...]:
    """The facts in their order; a list gives a fact for each instant in it."""
    return tuple(
        fact for name, value in facts.items() if name not in _ONLY_FOR_MACHINES for fact in _facts(name, value, by=by)
    )


def _facts(name: str, value: object, *, by: Actor) -> Iterator[Fact]:
    label = LABELS.get(name, name.replace("_", " "))
    items = value if isinstance(value, list) else [value]
    instants = [at for at in map(_instant, items) if at is not None]
    if instants and len(instants) == len(items):
        yield from (Fact(label, "", both_clocks(at, by=by)) for at in instants)
    else:
        yield Fact(label, ", ".join(map(_text, items)))


def _instant(value: object) -> datetime | None:
    """An instant as `canonical` writes it; a date alone, or a number, is none.

    >>> _instant("2026-11-26T16:26:00+00:00") is not None, _instant("2026-11-26"), _instant("20261126")
    (True, None, None)
    """
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
