"""The one place that says what differs between two editions: steps that come, go and change, and the heads."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.sop.differing import NOTHING, FieldChange, differences
from vctestimony.domain.sop.heads import Head, standing_words
from vctestimony.domain.sop.marks import CHANGED_COURT
from vctestimony.domain.sop.values import Change, LogEntry, Pack, Step, Text
from vctestimony.domain.sop.wording import Translate, condition_words
from vctestimony.domain.wording import LANGUAGES, N_


@dataclass(frozen=True, slots=True)
class StepDifference:
    """A step that both editions have, with every field in which they differ."""

    before: Step
    after: Step
    fields: tuple[FieldChange, ...]

    @property
    def reworded(self) -> bool:
        """Whether the step now says something else, not only with other commas."""
        return any(_words(self.before.text.of(one)) != _words(self.after.text.of(one)) for one in LANGUAGES)


@dataclass(frozen=True, slots=True)
class StepsCompared:
    """Steps of two editions by id."""

    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    changed: tuple[StepDifference, ...]

    @property
    def are_same(self) -> bool:
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class ChangeDifference:
    """What becomes of a High Court's change of a step: `kind` is "added", "removed" or "changed"."""

    id: str
    kind: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacksCompared:
    """Two editions of one pack."""

    before: Pack
    after: Pack
    head: tuple[FieldChange, ...]
    steps: StepsCompared
    changes: tuple[ChangeDifference, ...]
    log: tuple[LogEntry, ...]

    @property
    def are_same(self) -> bool:
        return not (self.head or self.changes) and self.steps.are_same


def _as_given(text: str) -> str:
    return text


def _words(text: str) -> str:
    """Letters, their signs and digits alone, in small letters."""
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in text.casefold())
    return " ".join("".join(kept).split())


def compare_steps(
    before: Iterable[Step],
    after: Iterable[Step],
    *,
    language: str = "en",
    translate: Translate = _as_given,
    court: str = CHANGED_COURT,
) -> StepsCompared:
    """What comes, goes and changes, in the order of the newer edition."""
    old, new = {step.id: step for step in before}, {step.id: step for step in after}
    both = [(old[step_id], step) for step_id, step in new.items() if step_id in old]
    told = [
        StepDifference(was, now, differences(was, now, language=language, translate=translate, court=court))
        for was, now in both
    ]
    return StepsCompared(
        added=tuple(step for step in new.values() if step.id not in old),
        removed=tuple(step for step in old.values() if step.id not in new),
        changed=tuple(found for found in told if found.fields),
    )


def compare_packs(
    before: Pack, after: Pack, *, steps_before: Mapping[str, Step], steps_after: Mapping[str, Step]
) -> PacksCompared:
    """Two editions of a pack, in English. The steps its changes refer to are those of the packs it stood among."""
    return PacksCompared(
        before=before,
        after=after,
        head=tuple(_head_changes(before, after)),
        steps=compare_steps(before.steps, after.steps),
        changes=tuple(_changes(before, after, steps_before=steps_before, steps_after=steps_after)),
        log=tuple(entry for entry in after.changelog if entry not in before.changelog),
    )


def _head_changes(before: Pack, after: Pack) -> Iterable[FieldChange]:
    for label, old, new in (
        (N_("Title"), before.title.en, after.title.en),
        (N_("Version"), before.version, after.version),
        (N_("In effect from"), _on(before.head.effective_on), _on(after.head.effective_on)),
        (N_("Status"), _status(before.head), _status(after.head)),
        (N_("For cases"), _selection(before), _selection(after)),
        (N_("Builds on"), ", ".join(before.inherits) or NOTHING, ", ".join(after.inherits) or NOTHING),
        (N_("Numbering"), before.numbering.value, after.numbering.value),
        (N_("What was read"), "; ".join(before.sources), "; ".join(after.sources)),
        (N_("What was not read"), _in_english(before.not_read), _in_english(after.not_read)),
    ):
        if old != new:
            yield FieldChange(label, old, new)


def _on(day: date) -> str:
    return day.isoformat()


def _status(head: Head) -> str:
    return standing_words(head).partition("; ")[2]


def _selection(pack: Pack) -> str:
    words = "; ".join(condition_words(pack.selection.when))
    return "; ".join(part for part in (pack.selection.high_court, words) if part) or N_("every case")


def _in_english(text: Text | None) -> str:
    return text.en if text else NOTHING


def _changes(
    before: Pack, after: Pack, *, steps_before: Mapping[str, Step], steps_after: Mapping[str, Step]
) -> Iterable[ChangeDifference]:
    old, new = {change.id: change for change in before.changes}, {change.id: change for change in after.changes}
    for change in (*new.values(), *(change for change in old.values() if change.id not in new)):
        if change.id not in old:
            yield ChangeDifference(change.id, "added", _of_one(change, steps_after))
        elif change.id not in new:
            yield ChangeDifference(change.id, "removed", _of_one(change, steps_before))
        elif fields := tuple(_between(old[change.id], change, steps_before, steps_after)):
            yield ChangeDifference(change.id, "changed", fields)


def _of_one(change: Change, steps: Mapping[str, Step]) -> tuple[FieldChange, ...]:
    said = FieldChange(N_("What is different here"), NOTHING, _in_english(change.difference))
    step = steps.get(change.id)
    return (said, *(differences(step, change.applied_to(step)) if step else ()))


def _between(
    old: Change, new: Change, steps_before: Mapping[str, Step], steps_after: Mapping[str, Step]
) -> Iterable[FieldChange]:
    if old.difference != new.difference:
        yield FieldChange(N_("What is different here"), _in_english(old.difference), _in_english(new.difference))
    was, now = steps_before.get(old.id), steps_after.get(new.id)
    if was and now:
        # On one and the same step, so that a change of the step itself is told where it stands.
        yield from differences(old.applied_to(now), new.applied_to(now))
    elif (old.replaces, old.also) != (new.replaces, new.also):
        yield FieldChange(N_("The parts it changes"), ", ".join(old.replaces), ", ".join(new.replaces))
