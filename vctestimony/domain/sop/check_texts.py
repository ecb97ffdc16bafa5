"""The one place that finds texts of a pack that somebody forgot to translate."""

from collections.abc import Iterator

from vctestimony.domain.sop.problems import Finding
from vctestimony.domain.sop.values import Pack, Text
from vctestimony.domain.wording import N_

_NAMES = {"en": N_("English"), "hi": N_("Hindi"), "bn": N_("Bengali")}


def faults(pack: Pack) -> Iterator[Finding]:
    """Every text that is the same in two languages."""
    for step_id, key, text in _texts(pack):
        for one, other in (("en", "hi"), ("en", "bn"), ("hi", "bn")):
            if text is not None and text.of(one).strip() == text.of(other).strip():
                said = N_("The text is the same in {one} and {other}. Translate it.")
                values = {"one": _NAMES[one], "other": _NAMES[other]}
                yield Finding(pack_id=pack.id, step_id=step_id, key=f"{key}.{other}", text=said, values=values)
                break


def _texts(pack: Pack) -> Iterator[tuple[str, str, Text | None]]:
    yield "", "title", pack.title
    yield "", "not_read", pack.not_read
    for step in pack.steps:
        yield step.id, "text", step.text
        yield step.id, "note", step.note
    for change in pack.changes:
        yield change.id, "difference", change.difference
        yield change.id, "text", change.replaces.get("text")
        yield change.id, "note", change.replaces.get("note")
