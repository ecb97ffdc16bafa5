"""The one place that turns a hearing's checklist into its printed sheet."""

from dataclasses import replace

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.documents.checklist import ChecklistSheet, ChecklistStep, PhaseTable, Ticked
from vctestimony.domain.errors import Conflict
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import Heading, PackLine
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, pack_heads, whereabouts
from vctestimony.services.checklist_views import PhaseView, StepView, phases_of
from vctestimony.services.part_rooms import rooms_in_words
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store.models import HearingRow, ParticipantRow, StepState

_TICKED = {StepState.DONE: Ticked.DONE, StepState.WAIVED: Ticked.WAIVED}


class NoTimeYet(Conflict):
    """Paper without the two times would be filled in by hand, and wrongly."""

    text = N_("This hearing has no time yet. Book a time first, then print.")


def sheet(unit: Unit, hearing: HearingRow, *, language: str) -> ChecklistSheet:
    """The checklist as it stands now, in one language."""
    return ChecklistSheet(
        heading=heading(unit, hearing, language=language, with_packs=True),
        phases=tuple(_table(phase) for phase in phases_of(unit, hearing, language=language)),
    )


def sheet_for(unit: Unit, hearing: HearingRow, person: ParticipantRow, *, language: str) -> ChecklistSheet:
    """The steps of one person's duty, with the clock of that person's end first; no phase where there is none."""
    own = (
        (phase.label, tuple(step for step in phase.steps if person.duty in step.duties))
        for phase in phases_of(unit, hearing, language=language)
    )
    return ChecklistSheet(
        heading=heading(unit, hearing, language=language, with_packs=True),
        duty=unit.ports.words.gettext(language, DUTY_LABELS[person.duty]),
        name=f"{person.official.name}, {person.official.designation}",
        phases=tuple(
            PhaseTable(title=title, steps=tuple(_own_clock(_line(step), person.end) for step in steps))
            for title, steps in own
            if steps
        ),
    )


def _own_clock(step: ChecklistStep, end: End) -> ChecklistStep:
    """The step with the clock of that end first, whoever else it is for."""
    return replace(
        step,
        due=step.due and step.due.seen_from(end),
        acted=step.acted and step.acted.seen_from(end),
        entered=step.entered and step.entered.seen_from(end),
    )


def heading(
    unit: Unit, hearing: HearingRow, *, language: str, with_packs: bool = False, names_place: bool = False
) -> Heading:
    """What stands at the head of a paper of the hearing; the rule packs only where it was made from them.

    A confidential place is named only on the paper that calls the witness there.
    """
    ends_at = hearing_clocks.ends_at(hearing)
    if hearing.starts_at is None or ends_at is None:
        raise NoTimeYet()

    def translate(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    return Heading(
        hearing_reference=hearing.reference,
        case_number=hearing.case.number,
        witness=hearing.witness.pseudonym,
        court=f"{hearing.court.name} · {translate(HIGH_COURTS[hearing.case.rule_pack])}",
        court_point=f"{hearing.court.name}, {rooms_in_words(hearing, End.COURT, word=translate)}",
        remote_point=whereabouts.remote_point(hearing, word=translate, is_known=names_place),
        starts=hearing_clocks.both(hearing, hearing.starts_at),
        ends=hearing_clocks.both(hearing, ends_at),
        packs=packs_of(unit, hearing, language=language) if with_packs else (),
    )


def packs_of(unit: Unit, hearing: HearingRow, *, language: str) -> tuple[PackLine, ...]:
    """The rule packs from which the hearing's checklist was made, each with how it stands."""
    heads = pack_heads.of_checklist(unit, store.of_hearing(unit.session, hearing.id), language=language)
    return tuple(
        PackLine(title=head.title, version=head.version, status=head.standing, stage=head.stage) for head in heads
    )


def _table(phase: PhaseView) -> PhaseTable:
    return PhaseTable(title=phase.label, steps=tuple(_line(step) for step in phase.steps))


def _line(step: StepView) -> ChecklistStep:
    text = " ".join(part for part in (step.text, *step.differences, step.note) if part)
    line = ChecklistStep(
        number=step.id,
        text=text,
        who=", ".join(step.who),
        force=step.force,
        mark=step.mark,
        authority=step.authority,
        due_words=step.timing,
        due=step.due,
        blocks=step.blocks,
    )
    return line if step.state is StepState.OPEN else _settled(line, step)


def _settled(line: ChecklistStep, step: StepView) -> ChecklistStep:
    """The line with who settled it, when it was done, and when that was entered where it was not at once."""
    return replace(
        line,
        state=_TICKED[step.state],
        acted_by=step.acted_by,
        acted=step.done or step.acted,
        entered=step.acted if step.done else None,
        ordered_by=step.ordered_by,
        reason=step.reason,
    )
