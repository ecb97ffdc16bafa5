"""The one place that makes a hearing's checklist from the rule packs and keeps its due instants right."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from vctestimony.domain import sop
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import HIGH_COURTS, MAY_ARISE
from vctestimony.domain.facts import Facts
from vctestimony.domain.hearing import End, State
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import editions, journal, pack_heads
from vctestimony.services.facts import facts_of
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store import hearings
from vctestimony.store.models import ChecklistRow, HearingRow, StepRow, StepState

# A hearing that has begun keeps the checklist under which it began.
NOT_BEGUN = frozenset({State.REQUESTED, State.PROPOSED, State.BOOKED, State.CONFIRMED})
_AT_THE_REMOTE_END = frozenset(
    {
        Duty.REMOTE_COORDINATOR,
        Duty.MAGISTRATE,
        Duty.HOST_CENTRAL_AUTHORITY,
        Duty.HOST_PROSECUTOR,
        Duty.WITNESS,
        Duty.SUPPORT_PERSON,
    }
)


def compose_for(unit: Unit, hearing: HearingRow, *, by: Actor) -> None:
    """Make the checklist of a new hearing from the newest packs, or make it anew after its facts changed.

    What was done stays done by id. A checklist made anew is made from the editions it had, not from newer ones.
    """
    row = store.of_hearing(unit.session, hearing.id)
    packs = editions.for_checklist(unit, row, high_court=hearing.case.rule_pack)
    make(unit, hearing, row or ChecklistRow(hearing_id=hearing.id), packs=packs, action="checklist.composed", by=by)


def make(
    unit: Unit, hearing: HearingRow, row: ChecklistRow, *, packs: Sequence[sop.Pack], action: str, by: Actor
) -> None:
    """Write the checklist as these packs have it and journal `action`, with every settled step that goes away."""
    facts, court = facts_of(hearing), hearing.case.rule_pack
    steps = sop.compose(packs, facts=facts, high_court=court)
    row.composed_at, row.facts, row.collection = unit.now, dict(facts), editions.keep(unit, packs)
    row.packs = [_pack(pack) for pack in sop.selected(packs, facts=facts, high_court=court)]
    kept: dict[str, StepRow] = {step.step_id: step for step in row.steps}
    row.steps = [
        _written(unit, hearing, _taken(kept, step.id), step, place=place, facts=facts)
        for place, step in enumerate(steps)
    ]
    unit.session.add(row)
    for gone in kept.values():
        unit.session.delete(gone)
    unit.session.flush()
    said: dict[str, object] = {
        "packs": {pack["id"]: pack["version"] for pack in row.packs},
        "steps": len(steps),
        "dropped": sorted(kept),
        "settled_of_these": [_settled(step) for _, step in sorted(kept.items()) if step.state is not StepState.OPEN],
    }
    journal.write(unit, action, subject=hearing.reference, by=by, **said)


def _taken(kept: dict[str, StepRow], step_id: str) -> StepRow:
    return kept.pop(step_id) if step_id in kept else StepRow(step_id=step_id)


def _settled(step: StepRow) -> dict[str, str]:
    """What was done about a step that is no longer on the list."""
    at = step.acted_at.isoformat() if step.acted_at else ""
    return {"step": step.step_id, "state": step.state.value, "by": step.acted_by, "at": at, "note": step.note}


def recompose(unit: Unit, *, case_id: int, by: Actor, witness_id: int | None = None) -> None:
    """Make the checklists anew of every hearing of the case, or of one witness, that has not begun."""
    for hearing in hearings.of_case(unit.session, case_id):
        is_meant = hearing.state in NOT_BEGUN and witness_id in (None, hearing.witness_id)
        if is_meant and store.of_hearing(unit.session, hearing.id) is not None:
            compose_for(unit, hearing, by=by)


def redate(unit: Unit, hearing: HearingRow) -> None:
    """Count the due instants again from the hearing's present time; none while it has no time."""
    row = store.of_hearing(unit.session, hearing.id)
    if row is None:
        return
    anchors = anchors_of(hearing)
    for step in row.steps:
        offset = sop.parse_offset(str(step.content["offset"]))
        step.due_at = sop.instant_of(offset, anchors=anchors, zone=_zone(hearing, step.roles))


def anchors_of(hearing: HearingRow) -> sop.Anchors:
    """T is the scheduled start at the Court Point: the examination, when the part before it is over."""
    if hearing.starts_at is None:
        return sop.Anchors()
    start = hearing.starts_at + timedelta(minutes=hearing.pre_minutes)
    end = start + timedelta(minutes=hearing.main_minutes + hearing.post_minutes)
    return sop.Anchors(starts_at=start, ends_at=end)


def end_of(hearing: HearingRow, roles: list[str]) -> End:
    """Whose clock counts: the end where the first responsible person sits, or would ordinarily sit."""
    first = Duty(roles[0])
    seated = {person.duty: person.end for person in hearing.participants if person.removed_at is None}
    return seated.get(first, End.REMOTE if first in _AT_THE_REMOTE_END else End.COURT)


def _written(unit: Unit, hearing: HearingRow, row: StepRow, step: sop.Step, *, place: int, facts: Facts) -> StepRow:
    row.place, row.phase, row.blocks = place, step.phase.value, step.blocks.value
    row.roles = [duty.value for duty in step.roles]
    row.content = _content(unit, hearing, step, facts=facts)
    row.due_at = sop.due_at(step, anchors=anchors_of(hearing), zone=_zone(hearing, row.roles))
    row.state = row.state or StepState.OPEN
    return row


def _zone(hearing: HearingRow, roles: list[str]) -> str:
    return hearing.court.zone if end_of(hearing, roles) is End.COURT else hearing.remote.zone


def _content(unit: Unit, hearing: HearingRow, step: sop.Step, *, facts: Facts) -> dict[str, object]:
    """The step as it was when the checklist was made, in every language, so that later packs do not change it."""
    return {
        "text": _texts(step.text),
        "note": _texts(step.note) if step.note else {},
        "differences": [_texts(text) for text in step.overrides],
        "authority": {language: _citation(unit, hearing, step, language) for language in LANGUAGES},
        "force": sop.offset_words(step),
        "is_law": sop.is_law(step),
        "evidence": str(step.evidence),
        "basis": step.basis.value,
        "offset": step.offset.written,
        "after": list(step.after),
        "pack": step.pack_id,
        "version": step.pack_version,
        "draft": step.draft,
        "may_arise": any(name in MAY_ARISE and facts[name] for name in (*step.condition.all, *step.condition.any)),
    }


def _citation(unit: Unit, hearing: HearingRow, step: sop.Step, language: str) -> str:
    def translate(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    court = court_in_a_sentence(hearing.case.rule_pack, language=language, translate=translate)
    return sop.citation(step, high_court_title=court, language=language, translate=translate)


def court_in_a_sentence(rule_pack: str, *, language: str, translate: Callable[[str], str]) -> str:
    """The High Court as it is named within a sentence; English wants an article, Hindi and Bengali have none."""
    name = translate(HIGH_COURTS[rule_pack])
    return f"the {name}" if language == "en" and not name.startswith("the ") else name


def _texts(text: sop.Text) -> dict[str, str]:
    return {language: text.of(language) for language in LANGUAGES}


def _pack(pack: sop.Pack) -> dict[str, str]:
    titles: Mapping[str, str] = {f"title_{language}": pack.title.of(language) for language in LANGUAGES}
    return {
        "id": pack.id,
        "not_read": pack.not_read.en if pack.not_read else "",
        **pack_heads.as_row(pack.head),
        **titles,
    }
