"""What the pages of procedure show: the rule packs as they are loaded, step by step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from vctestimony.domain import sop
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.errors import Absent
from vctestimony.domain.facts import FACTS
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_making import court_in_a_sentence
from vctestimony.services.checklist_views import GATE_WORDS, force_words, timing_words
from vctestimony.services.unit import Unit

Translate = Callable[[str], str]
ALL_OF, ANY_OF, NONE_OF = N_("all of: {facts}"), N_("at least one of: {facts}"), N_("none of: {facts}")

EVIDENCE_WORDS: Mapping[sop.Mark, str] = {
    sop.Mark.READ: N_("the rule was read"),
    sop.Mark.PARTLY_READ: N_("the rule was read in part"),
    sop.Mark.UNVERIFIED: N_("not verified"),
    sop.Mark.OUR_DESIGN: N_("our own recommendation"),
}


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack in the list."""

    id: str
    title: str
    version: str
    effective_on: date
    draft: bool
    reviewed_by: str
    steps: int
    changes: int
    not_read: str


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of a pack, or a High Court's change to one, with its condition in words."""

    id: str
    text: str
    who: tuple[str, ...]
    timing: str
    force: str
    authority: str
    evidence: str
    condition: tuple[str, ...]
    blocks: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """What a High Court's rules make different in a step."""

    id: str
    difference: str


@dataclass(frozen=True, slots=True)
class PhaseCards:
    """The steps of one phase, in the order of the pack."""

    label: str
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True)
class PackPage:
    """A whole pack, or one duty's share of it."""

    line: PackLine
    applies: tuple[str, ...]
    phases: tuple[PhaseCards, ...]
    changes: tuple[ChangeCard, ...]
    history: tuple[tuple[str, date, str], ...]


def index(unit: Unit, *, language: str) -> tuple[PackLine, ...]:
    """Every pack: those for all courts first, then each High Court's."""
    packs = sorted(unit.ports.packs(), key=lambda pack: (bool(pack.selection.high_court), pack.id))
    return tuple(_line(pack, language) for pack in packs)


def page(unit: Unit, pack_id: str, *, language: str, duty: str = "") -> PackPage:
    """One pack with all its steps, or with those of one duty."""
    pack = next((pack for pack in unit.ports.packs() if pack.id == pack_id), None)
    if pack is None:
        raise Absent()

    def translate(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    court = pack.selection.high_court
    applies = (translate(HIGH_COURTS[court]),) if court else condition_words(pack.selection.when, translate=translate)
    return PackPage(
        line=_line(pack, language),
        applies=applies,
        phases=tuple(
            PhaseCards(
                translate(label), tuple(_card(step, pack, language=language, translate=translate) for step in own)
            )
            for phase, label in sop.PHASE_LABELS.items()
            if (own := [step for step in pack.steps if step.phase is phase and (not duty or duty in step.roles)])
        ),
        changes=tuple(ChangeCard(c.id, c.difference.of(language) if c.difference else "") for c in pack.changes),
        history=tuple((entry.version, entry.made_on, entry.what) for entry in pack.changelog),
    )


def condition_words(condition: sop.Condition, *, translate: Translate) -> tuple[str, ...]:
    """A condition as sentences, one for each kind of demand; empty when it always applies."""
    demands = ((ALL_OF, condition.all), (ANY_OF, condition.any), (NONE_OF, condition.none))
    return tuple(
        translate(pattern).format(facts="; ".join(translate(FACTS[name]) for name in names))
        for pattern, names in demands
        if names
    )


def _line(pack: sop.Pack, language: str) -> PackLine:
    return PackLine(
        id=pack.id,
        title=pack.title.of(language),
        version=pack.version,
        effective_on=pack.effective_on,
        draft=pack.draft,
        reviewed_by=pack.reviewed_by,
        steps=len(pack.steps),
        changes=len(pack.changes),
        not_read=pack.not_read.of(language) if pack.not_read else "",
    )


def _card(step: sop.Step, pack: sop.Pack, *, language: str, translate: Translate) -> StepCard:
    court = court_in_a_sentence(pack.selection.high_court or sop.MODEL, language=language, translate=translate)
    strength = {"force": sop.offset_words(step), "is_law": sop.is_law(step), "evidence": str(step.evidence)}
    return StepCard(
        id=step.id,
        text=step.text.of(language),
        who=tuple(translate(DUTY_LABELS[duty]) for duty in step.roles),
        timing=timing_words(step.offset, translate=translate),
        force=translate(force_words(strength)),
        authority=sop.citation(step, high_court_title=court, language=language, translate=translate),
        evidence=" / ".join(translate(EVIDENCE_WORDS[mark]) for mark in step.evidence.marks),
        condition=condition_words(step.condition, translate=translate),
        blocks=translate(GATE_WORDS[step.blocks.value]) if step.blocks.value in GATE_WORDS else "",
        note=step.note.of(language) if step.note else "",
    )
