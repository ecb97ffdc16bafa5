"""The one place that puts a pack's steps into words for its page: own steps, changed ones, and those inherited."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vctestimony.domain import sop
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.sop.marks import CHANGED_COURT
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_making import court_in_a_sentence
from vctestimony.services.checklist_views import GATE_WORDS, force_words

Translate = Callable[[str], str]

STANDINGS: Mapping[sop.Mark, str] = {
    sop.Mark.READ: N_("Rule read"),
    sop.Mark.PARTLY_READ: N_("Check the full text"),
    sop.Mark.UNVERIFIED: N_("Confirm locally"),
    sop.Mark.OUR_DESIGN: N_("Recommended"),
}
"""What a reader is told of a step's evidence at a glance; colour never stands for it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom a pack is put into words."""

    language: str
    translate: Translate


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field that a change makes different: its label, what it says elsewhere and what it says here."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PackLink:
    """A pack to be followed."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """One step with everything a reviewer needs. `changed` is set where the pack changes another pack's step.

    Where two packs that exclude each other give the step, it stands twice and only the first is the `anchor` of links.
    """

    id: str
    text: str
    who: tuple[str, ...]
    timing: str
    force: str
    authority: str
    marks: str
    evidence: str
    mark: str
    standing: str
    condition: tuple[str, ...]
    blocks: str
    after: tuple[str, ...]
    note: str
    source: str
    owner: PackLink
    anchor: bool = True
    changed: bool = False
    difference: str = ""
    fields: tuple[FieldLine, ...] = ()


@dataclass(frozen=True, slots=True)
class InheritedLine:
    """A step that the pack takes over as another pack gives it."""

    id: str
    text: str
    mark: str
    owner: PackLink


def link(pack: sop.Pack, reader: Reader) -> PackLink:
    """The pack by its title."""
    return PackLink(pack.id, pack.title.of(reader.language))


def own(pack: sop.Pack, step: sop.Step, reader: Reader) -> StepCard:
    """A step the pack itself gives."""
    return _card(replace(step, numbering=pack.numbering), pack, owner=link(pack, reader), reader=reader)


def changed(pack: sop.Pack, packs: Sequence[sop.Pack], reader: Reader) -> Iterator[tuple[sop.Step, StepCard]]:
    """Each step of another pack that this one changes: as it stands here, with the fields that differ."""
    owners = [(owner, step) for owner in packs for step in owner.steps]
    court = HIGH_COURTS.get(pack.selection.high_court, CHANGED_COURT)
    for change in pack.changes:
        given = [(owner, step) for owner, step in owners if step.id == change.id]
        for place, (owner, step) in enumerate(given):
            there = replace(change.applied_to(step), numbering=pack.numbering)
            found = sop.difference(step, change, language=reader.language, translate=reader.translate, court=court)
            card = _card(there, pack, owner=link(owner, reader), reader=reader)
            lines = tuple(FieldLine(reader.translate(one.field), one.before, one.after) for one in found)
            words = change.difference.of(reader.language) if change.difference else ""
            yield there, replace(card, anchor=place == 0, changed=True, difference=words, fields=lines)


def inherited(pack: sop.Pack, packs: Sequence[sop.Pack], reader: Reader) -> Iterator[tuple[sop.Step, InheritedLine]]:
    """Each step taken over unchanged from the packs this one builds on."""
    touched = {change.id for change in pack.changes}
    for parent in ancestors(pack, packs):
        for step in parent.steps:
            if step.id not in touched:
                text = step.text.of(reader.language)
                yield step, InheritedLine(step.id, text, step.evidence.rule.value, link(parent, reader))


def ancestors(pack: sop.Pack, packs: Iterable[sop.Pack]) -> tuple[sop.Pack, ...]:
    """The packs this one builds on, and those they build on, each once."""
    by_id = {one.id: one for one in packs}
    waiting, found = list(pack.inherits), dict[str, sop.Pack]()
    while waiting:
        parent = by_id[waiting.pop(0)]
        if parent.id not in found:
            found[parent.id] = parent
            waiting += parent.inherits
    return tuple(found.values())


def _card(step: sop.Step, pack: sop.Pack, *, owner: PackLink, reader: Reader) -> StepCard:
    language, translate = reader.language, reader.translate
    court = court_in_a_sentence(pack.selection.high_court or sop.MODEL, language=language, translate=translate)
    strength = {"force": sop.offset_words(step), "is_law": sop.is_law(step), "evidence": str(step.evidence)}
    return StepCard(
        id=step.id,
        text=step.text.of(language),
        who=tuple(translate(DUTY_LABELS[duty]) for duty in step.roles),
        timing=sop.timing_words(step.offset, translate=translate),
        force=translate(force_words(strength)),
        authority=sop.citation(step, high_court_title=court, language=language, translate=translate),
        marks=str(step.evidence),
        evidence=" / ".join(translate(sop.MARK_LABELS[mark]) for mark in step.evidence.marks),
        mark=step.evidence.rule.value,
        standing=translate(STANDINGS[step.evidence.rule]),
        condition=sop.condition_words(step.condition, translate=translate),
        blocks=translate(GATE_WORDS[step.blocks.value]) if step.blocks.value in GATE_WORDS else "",
        after=step.after,
        note=step.note.of(language) if step.note else "",
        source=step.source,
        owner=owner,
    )
