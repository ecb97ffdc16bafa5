"""What the checklist page and its paper show: the steps by phase, in the reader's language, with both clocks."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from vctestimony.domain import sop
from vctestimony.domain.access import Action, Actor, waives_alone
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import STATE_LABELS, End, State
from vctestimony.domain.instants import Reading
from vctestimony.domain.paper import ALLOWED_BY_LAW, DUTY_BY_LAW, FORCE_LABELS, STATED_BY_LAW, BothClocks, Force
from vctestimony.domain.people import DUTY_LABELS, Duty, Role
from vctestimony.domain.wording import N_
from vctestimony.services import edition_moving, hearing_clocks, pack_heads, step_details, step_order, witness_keys
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.checklist_making import end_of
from vctestimony.services.checklists import is_theirs, own_post
from vctestimony.services.step_details import FileView, WaitView
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store import evidence
from vctestimony.store.models import EvidenceRow, HearingRow, StepRow, StepState

GATE_WORDS: dict[str, str] = {
    "book": N_("blocks booking"),
    "confirm": N_("blocks confirming"),
    "start": N_("blocks the start"),
    "seal": N_("blocks the seal"),
}
_FORCES: dict[str, Force] = {
    "required by": Force.REQUIRED,
    "preferably": Force.SUGGESTED,
    "suggested by": Force.SUGGESTED,
    "recommended": Force.RECOMMENDED,
    "confirm locally": Force.CONFIRM,
}
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as shown; words are in the reader's language, `due` is None while the time is not known.

    `done` is when it was done where that is not when it was entered, `third` the due time by the clock of whoever it is
    for where they sit at neither end, `waived_alone` whether the reader's own word would waive it, `is_duty` whether
    the law states it. `mark` is how it binds, not yet translated as in `force_words`.
    """

    id: str
    text: str
    note: str
    differences: tuple[str, ...]
    who: tuple[str, ...]
    duties: tuple[Duty, ...]
    authority: str
    force: Force
    mark: str
    force_words: str
    timing: str
    due: BothClocks | None
    overdue: bool
    yours: bool
    blocks: str
    gate: str
    may_arise: bool
    state: StepState
    acted_by: str
    acted: BothClocks | None
    done: BothClocks | None
    ordered_by: str
    reason: str
    version: int
    pack: str
    third: Reading | None
    waits: tuple[WaitView, ...]
    order_of_law: bool
    waived_alone: bool
    is_duty: bool
    files: tuple[FileView, ...]

    @property
    def waiting(self) -> tuple[WaitView, ...]:
        """What it waits for that is still open."""
        return tuple(one for one in self.waits if one.is_open)


@dataclass(frozen=True, slots=True)
class PhaseView:
    """The steps of one phase that are shown, and how many of all its steps are settled."""

    code: str
    label: str
    steps: tuple[StepView, ...]
    settled: int
    total: int


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """The whole checklist of a hearing. `own_city` is the end by whose clock the reader tells times.

    `loose` are files of steps that no longer apply.
    """

    reference: str
    case_number: str
    pseudonym: str
    state: State
    state_label: str
    phases: tuple[PhaseView, ...]
    packs: tuple[pack_heads.PackHead, ...]
    has_newer_edition: bool
    settled: int
    total: int
    can_tick: bool
    can_waive: bool
    own_city: str
    loose: tuple[FileView, ...]
    zones: tuple[tuple[str, str], ...]


def page(unit: Unit, reference: str, *, language: str, by: Actor) -> ChecklistView:
    """The checklist for a person who may see the hearing."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_CHECKLIST)
    phases = phases_of(unit, hearing, language=language, role=by.role)
    row = store.of_hearing(unit.session, hearing.id)
    return ChecklistView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        state=hearing.state,
        state_label=STATE_LABELS[hearing.state],
        phases=phases,
        packs=pack_heads.of_checklist(unit, row, language=language),
        has_newer_edition=edition_moving.has_newer(unit, hearing, row),
        settled=sum(phase.settled for phase in phases),
        total=sum(len(phase.steps) for phase in phases),
        can_tick=may_do(hearing, Action.TICK, by=by),
        can_waive=may_do(hearing, Action.WAIVE, by=by),
        own_city=own_post(hearing, by).city,
        zones=hearing_clocks.zones_of(hearing),
        loose=_loose(unit, hearing, known={step.id for phase in phases for step in phase.steps}),
    )


def _loose(unit: Unit, hearing: HearingRow, *, known: Collection[str]) -> tuple[FileView, ...]:
    """The files of steps that the checklist had before the facts of the case changed."""
    found = evidence.of_hearing(unit.session, hearing.id)
    rows = [row for step_id, own in found.items() if step_id not in known for row in own]
    return step_details.files(hearing, rows, own=End.COURT, gone=_are_gone(unit, hearing, rows))


def _are_gone(unit: Unit, hearing: HearingRow, kept: Collection[object]) -> bool:
    return bool(kept) and witness_keys.is_destroyed(unit, hearing.witness)


def one_step(view: ChecklistView, step_id: str) -> StepView:
    """The step of that id, or Absent."""
    found = next((step for phase in view.phases for step in phase.steps if step.id == step_id), None)
    if found is None:
        raise Absent()
    return found


def phases_of(unit: Unit, hearing: HearingRow, *, language: str, role: Role | None = None) -> tuple[PhaseView, ...]:
    """The steps by phase, in the order of the procedure; phases without a step are left out.

    `role` is the reader's, to say which steps are his to settle; paper has no reader.
    """
    row = store.of_hearing(unit.session, hearing.id)
    steps = list(row.steps) if row else []

    def translate(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    files = evidence.of_hearing(unit.session, hearing.id)
    reader = _Reader(
        language=language,
        translate=translate,
        now=unit.now,
        role=role,
        known={step.step_id: step for step in steps},
        files=files,
        gone=_are_gone(unit, hearing, files),
    )
    return tuple(
        _phase(hearing, phase, own, reader)
        for phase in sop.Phase
        if (own := [step for step in steps if step.phase == phase.value])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """For whom a step is written out and when, and what else of the hearing that takes: all its steps, its files."""

    language: str
    translate: Translate
    now: datetime
    role: Role | None
    known: Mapping[str, StepRow]
    files: Mapping[str, Sequence[EvidenceRow]]
    gone: bool


def _phase(hearing: HearingRow, phase: sop.Phase, rows: Iterable[StepRow], reader: _Reader) -> PhaseView:
    steps = tuple(_step(hearing, row, reader) for row in rows)
    settled = sum(step.state is not StepState.OPEN for step in steps)
    return PhaseView(phase.value, reader.translate(sop.PHASE_LABELS[phase]), steps, settled, len(steps))


def _step(hearing: HearingRow, row: StepRow, reader: _Reader) -> StepView:
    language, translate = reader.language, reader.translate
    content = cast("dict[str, Any]", row.content)
    own = end_of(hearing, row.roles)
    duties = tuple(Duty(role) for role in row.roles)
    return StepView(
        id=row.step_id,
        text=_in(content["text"], language),
        note=_in(content["note"], language),
        differences=tuple(_in(text, language) for text in content["differences"]),
        who=tuple(translate(DUTY_LABELS[duty]) for duty in duties),
        duties=duties,
        authority=_in(content["authority"], language),
        force=force_of(content),
        mark=force_words(content),
        force_words=translate(force_words(content)),
        timing=sop.timing_words(sop.parse_offset(content["offset"]), translate=translate),
        due=hearing_clocks.both(hearing, row.due_at, own=own) if row.due_at else None,
        overdue=row.state is StepState.OPEN and row.due_at is not None and row.due_at < reader.now,
        yours=is_theirs(reader.role, duties),
        blocks=translate(GATE_WORDS[row.blocks]) if row.blocks in GATE_WORDS else "",
        gate=row.blocks,
        may_arise=bool(content["may_arise"]),
        state=row.state,
        acted_by=row.acted_by,
        acted=hearing_clocks.both(hearing, row.acted_at, own=own) if row.acted_at else None,
        done=step_details.done(hearing, row, own=own),
        ordered_by=row.ordered_by,
        reason=row.note,
        version=row.version,
        pack=f"{content['pack']} {content['version']}",
        third=step_details.third(hearing, row, row.due_at) if row.due_at else None,
        waits=step_details.waits(row, reader.known, language=language),
        order_of_law=step_order.is_order_of_law(row),
        waived_alone=waives_alone(reader.role, step_order.weight(row)),
        is_duty=step_order.is_duty_of_law(row),
        files=step_details.files(hearing, reader.files.get(row.step_id, ()), own=own, gone=reader.gone),
    )


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en", "")


def force_of(content: dict[str, Any]) -> Force:
    """How strongly the step binds: "required" only where the law, read in full, gives the duty and any time shown."""
    force = _FORCES.get(content["force"], Force.SUGGESTED)
    was_read = str(content["evidence"]).partition("/")[0] == sop.Mark.READ
    return Force.SUGGESTED if force is Force.REQUIRED and not (content["is_law"] and was_read) else force


def force_words(content: dict[str, Any]) -> str:
    """The force in words, to be translated: that a time is only suggested must not make a duty look optional."""
    force = force_of(content)
    if content["force"] == step_order.ALLOWED:
        return ALLOWED_BY_LAW
    if force is Force.SUGGESTED and content["is_law"]:
        return DUTY_BY_LAW if content["force"] else STATED_BY_LAW
    return FORCE_LABELS[force]
