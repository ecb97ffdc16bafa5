"""The one place that says what differs between two states of a step, field by field, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vctestimony.domain.facts import FACTS
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.sop.marks import BASIS_LABELS, CHANGED_COURT, GATE_LABELS, MARK_LABELS
from vctestimony.domain.sop.values import Change, Step, Text
from vctestimony.domain.sop.wording import Translate, cited, condition_words, timing_words
from vctestimony.domain.wording import LANGUAGES, N_

NOTHING, ALWAYS = N_("nothing"), N_("always")
_TEXT_LABELS = {"en": N_("Text in English"), "hi": N_("Text in Hindi"), "bn": N_("Text in Bengali")}
_NOTE_LABELS = {"en": N_("Note in English"), "hi": N_("Note in Hindi"), "bn": N_("Note in Bengali")}
_LEFT_OPEN = {
    "preferably": N_("the law says “preferably”"),
    "day_suggested": N_("the day is suggested"),
    "permitted": N_("the law allows it and does not demand it"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One part of a step that is not as it was: its label, to be translated, and what it said and says, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    language: str
    translate: Translate
    court: str


def _as_given(text: str) -> str:
    return text


def difference(
    step: Step, change: Change, *, language: str = "en", translate: Translate = _as_given, court: str = CHANGED_COURT
) -> tuple[FieldChange, ...]:
    """What a High Court's change makes of a step; empty when it leaves every field as it was."""
    return differences(step, change.applied_to(step), language=language, translate=translate, court=court)


def differences(
    before: Step, after: Step, *, language: str = "en", translate: Translate = _as_given, court: str = CHANGED_COURT
) -> tuple[FieldChange, ...]:
    """Every field in which two states of a step differ. `court` names the High Court that adopted the Model Rules.

    A text is compared as the reader sees it; where only another language's wording changed, that one is shown.
    """
    reader = _Reader(language=language, translate=translate, court=translate(court))
    return (
        *_text_changes(before.text, after.text, label=N_("Text"), labels=_TEXT_LABELS, language=language),
        *_note_changes(before.note, after.note, reader=reader),
        *_word_changes(before, after, reader=reader),
    )


def _note_changes(before: Text | None, after: Text | None, *, reader: _Reader) -> Iterator[FieldChange]:
    nothing = reader.translate(NOTHING)
    absent = Text(en=nothing, hi=nothing, bn=nothing)
    return _text_changes(
        before or absent, after or absent, label=N_("Note"), labels=_NOTE_LABELS, language=reader.language
    )


def _text_changes(
    before: Text, after: Text, *, label: str, labels: dict[str, str], language: str
) -> Iterator[FieldChange]:
    if before.of(language) != after.of(language):
        yield FieldChange(label, before.of(language), after.of(language))
        return
    for other in LANGUAGES:
        if before.of(other) != after.of(other):
            yield FieldChange(labels[other], before.of(other), after.of(other))


def _word_changes(before: Step, after: Step, *, reader: _Reader) -> Iterator[FieldChange]:
    for label, worded in _FIELDS:
        old, new = worded(before, reader), worded(after, reader)
        if old != new:
            yield FieldChange(label, old, new)


def _who(step: Step, reader: _Reader) -> str:
    return ", ".join(reader.translate(DUTY_LABELS[duty]) for duty in step.roles)


def _when(step: Step, reader: _Reader) -> str:
    return timing_words(step.offset, translate=reader.translate)


def _basis(step: Step, reader: _Reader) -> str:
    return reader.translate(BASIS_LABELS[step.basis])


def _left_open(step: Step, reader: _Reader) -> str:
    words = [reader.translate(label) for name, label in _LEFT_OPEN.items() if getattr(step, name)]
    return "; ".join(words) or reader.translate(NOTHING)


def _condition(step: Step, reader: _Reader) -> str:
    return "; ".join(condition_words(step.condition, translate=reader.translate)) or reader.translate(ALWAYS)


def _blocks(step: Step, reader: _Reader) -> str:
    return reader.translate(GATE_LABELS[step.blocks])


def _after(step: Step, reader: _Reader) -> str:
    return ", ".join(step.after) or reader.translate(NOTHING)


def _authority(step: Step, reader: _Reader) -> str:
    lines = []
    for item in step.authority:
        line = cited(item, high_court_title=reader.court, language=reader.language, translate=reader.translate)
        fact = reader.translate(FACTS.get(item.only_if, item.only_if))
        lines.append(f"{line} ({reader.translate(N_('only if: {fact}')).format(fact=fact)})" if item.only_if else line)
    return "; ".join(lines) or reader.translate(NOTHING)


def _evidence(step: Step, reader: _Reader) -> str:
    return " / ".join(reader.translate(MARK_LABELS[mark]) for mark in step.evidence.marks)


def _source(step: Step, reader: _Reader) -> str:
    return step.source or reader.translate(NOTHING)


_FIELDS: tuple[tuple[str, Callable[[Step, _Reader], str]], ...] = (
    (N_("Who"), _who),
    (N_("When"), _when),
    (N_("Basis of the time"), _basis),
    (N_("What the law leaves open"), _left_open),
    (N_("Applies"), _condition),
    (N_("What waits for it"), _blocks),
    (N_("Comes after"), _after),
    (N_("Authority"), _authority),
    (N_("Evidence"), _evidence),
    (N_("Where it comes from"), _source),
)
