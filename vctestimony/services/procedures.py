"""What the pages of procedure show: the rule packs as they are loaded, step by step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from vctestimony.domain import sop
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.errors import Absent
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.services import pack_cards, pack_heads
from vctestimony.services.pack_cards import InheritedLine, PackLink, Reader, StepCard
from vctestimony.services.unit import Unit

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack in the list."""

    id: str
    title: str
    version: str
    effective_on: date
    draft: bool
    status: str
    standing: str
    steps: int
    changes: int
    not_read: str


@dataclass(frozen=True, slots=True)
class PhaseCards:
    """The steps of one phase: those the pack gives or changes by id, then those it takes over as they are."""

    code: str
    label: str
    steps: tuple[StepCard, ...]
    inherited: tuple[InheritedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPage:
    """A whole pack, or the share of one duty or one phase. `duties` and `all_phases` are what one can ask for."""

    line: PackLine
    applies: tuple[str, ...]
    parents: tuple[PackLink, ...]
    sources: tuple[str, ...]
    cited: tuple[tuple[str, str], ...]
    phases: tuple[PhaseCards, ...]
    duties: tuple[tuple[str, str], ...]
    all_phases: tuple[tuple[str, str], ...]
    history: tuple[tuple[str, date, str], ...]


def index(unit: Unit, *, language: str) -> tuple[PackLine, ...]:
    """Every pack: those for all courts first, then each High Court's."""
    packs = sorted(unit.ports.packs(), key=lambda pack: (bool(pack.selection.high_court), pack.id))
    return tuple(_line(unit, pack, language) for pack in packs)


def page(unit: Unit, pack_id: str, *, language: str, duty: str = "", phase: str = "") -> PackPage:
    """One pack with all its steps, or with those of one duty, of one phase, or both; an unknown one narrows nothing."""
    packs = unit.ports.packs()
    pack = next((pack for pack in packs if pack.id == pack_id), None)
    if pack is None:
        raise Absent()
    reader = Reader(language=language, translate=lambda text: unit.ports.words.gettext(language, text))
    court = pack.selection.high_court
    words = sop.condition_words(pack.selection.when, translate=reader.translate)
    steps = [(step, pack_cards.own(pack, step, reader)) for step in pack.steps]
    shown = [*steps, *pack_cards.changed(pack, packs, reader)]
    taken = list(pack_cards.inherited(pack, packs, reader))
    return PackPage(
        line=_line(unit, pack, language),
        applies=(reader.translate(HIGH_COURTS[court]),) if court else words,
        parents=tuple(pack_cards.link(parent, reader) for parent in pack_cards.ancestors(pack, packs)),
        sources=pack.sources,
        cited=_cited((step for step, _ in shown), language),
        phases=_phases(_asked(shown, duty, phase), _asked(taken, duty, phase), reader),
        duties=_duties((step for step, _ in (*shown, *taken)), reader),
        all_phases=tuple((code.value, reader.translate(label)) for code, label in sop.PHASE_LABELS.items()),
        history=tuple((entry.version, entry.made_on, entry.what) for entry in pack.changelog),
    )


def _asked(pairs: Iterable[tuple[sop.Step, Shown]], duty: str, phase: str) -> dict[sop.Phase, tuple[Shown, ...]]:
    """What belongs to the duty and the phase that were asked for; a step for everybody is every duty's."""
    wanted = {duty, Duty.EVERYONE} if duty in set(Duty) else set(Duty)
    kept = [(step, shown) for step, shown in pairs if wanted & set(step.roles)]
    return {
        one: tuple(shown for step, shown in sorted(kept, key=lambda pair: pair[0].id) if step.phase is one)
        for one in sop.Phase
        if phase not in set(sop.Phase) or phase == one
    }


def _phases(
    steps: dict[sop.Phase, tuple[StepCard, ...]], taken: dict[sop.Phase, tuple[InheritedLine, ...]], reader: Reader
) -> tuple[PhaseCards, ...]:
    return tuple(
        PhaseCards(phase.value, reader.translate(label), steps[phase], taken[phase])
        for phase, label in sop.PHASE_LABELS.items()
        if steps.get(phase) or taken.get(phase)
    )


def _cited(steps: Iterable[sop.Step], language: str) -> tuple[tuple[str, str], ...]:
    """Every legal instrument the pack's own steps cite, and how far it was read."""
    found = {item.source.code: item.source for step in steps for item in step.authority}
    return tuple((source.title.of(language), source.where) for _, source in sorted(found.items()))


def _duties(steps: Iterable[sop.Step], reader: Reader) -> tuple[tuple[str, str], ...]:
    acting = {duty for step in steps for duty in step.roles}
    return tuple((duty.value, reader.translate(label)) for duty, label in DUTY_LABELS.items() if duty in acting)


def _line(unit: Unit, pack: sop.Pack, language: str) -> PackLine:
    return PackLine(
        id=pack.id,
        title=pack.title.of(language),
        version=pack.version,
        effective_on=pack.effective_on,
        draft=pack.draft,
        status=sop.STATUS_LABELS[pack.head.status],
        standing=pack_heads.standing(unit, pack.head, language=language),
        steps=len(pack.steps),
        changes=len(pack.changes),
        not_read=pack.not_read.of(language) if pack.not_read else "",
    )
