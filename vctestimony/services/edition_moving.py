"""The use-case of moving a hearing to the newest edition of the rule packs: is there one, what changes, move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vctestimony.domain import sop
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.errors import Conflict, Stale
from vctestimony.domain.wording import N_
from vctestimony.services import checklist_making, editions
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.facts import facts_of
from vctestimony.services.unit import Unit
from vctestimony.store import checklists as store
from vctestimony.store.models import ChecklistRow, HearingRow, StepRow, StepState

IN_FULL = 40
"""Steps of each kind that the page shows in full, the settled first; the rest by id, so that it stays light."""


class HasBegun(Conflict):
    """A hearing that has begun is judged by the list under which it began."""

    text = N_("This hearing has begun. It keeps the checklist under which it began.")


class NothingNewer(Conflict):
    """Somebody else moved the hearing, or the packs are the same again."""

    text = N_("There is no newer edition of the rule packs for this hearing.")


@dataclass(frozen=True, slots=True)
class MovedStep:
    """A step that comes, goes or changes. `settled` says whether it is ticked or waived already."""

    id: str
    text: str
    settled: StepState | None
    acted_by: str
    fields: tuple[sop.FieldChange, ...] = ()
    is_reworded: bool = False


@dataclass(frozen=True, slots=True)
class MovedSteps:
    """Steps of one kind: those shown in full, and the rest."""

    in_full: tuple[MovedStep, ...]
    rest: tuple[MovedStep, ...]


@dataclass(frozen=True, slots=True)
class MovedPack:
    """A pack in its two editions; a version is empty where the hearing has the pack in one of them only."""

    title: str
    before: str
    after: str
    log: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage:
    """What the newest edition would make of a hearing's checklist. `seen` is what the button refers to."""

    reference: str
    case_number: str
    pseudonym: str
    packs: tuple[MovedPack, ...]
    coming: MovedSteps
    going: MovedSteps
    changing: MovedSteps
    staying: int
    may_move: bool
    seen: str


def has_newer(unit: Unit, hearing: HearingRow, row: ChecklistRow | None) -> bool:
    """Whether packs of this hearing were changed since, and it can still move.

    A checklist whose editions were not kept, or cannot be read any more, has nothing to compare with.
    """
    if row is None or not row.collection or hearing.state not in checklist_making.NOT_BEGUN:
        return False
    newest = unit.ports.packs()
    if row.collection == sop.collection_of(newest).digest:
        return False
    try:
        own = editions.read(unit, row.collection)
    except (sop.EditionUnknown, sop.BrokenPack):
        return False
    return _editions(hearing, own) != _editions(hearing, newest)


def page(unit: Unit, reference: str, *, language: str, by: Actor) -> MovePage:
    """What would change for this hearing, in the reader's language."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_CHECKLIST)
    row = _movable(unit, hearing)
    own, newest = editions.read(unit, row.collection), unit.ports.packs()
    compared = _compared(unit, hearing, own, newest, language=language)
    done = {step.step_id: step for step in row.steps}
    return MovePage(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        packs=_packs(hearing, own, newest, language=language),
        coming=_cut(_moved(step, done, language=language) for step in compared.added),
        going=_cut(_moved(step, done, language=language) for step in compared.removed),
        changing=_cut(_changed(found, done, language=language) for found in compared.changed),
        staying=len(done) - len(compared.removed) - len(compared.changed),
        may_move=may_do(hearing, Action.PLAN, by=by),
        seen=_seen(row, newest),
    )


def move(unit: Unit, reference: str, *, seen: str, by: Actor) -> None:
    """Make the checklist from the newest edition, if both are still those that the page compared; ticks stay by id."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    row, newest = _movable(unit, hearing), unit.ports.packs()
    if seen != _seen(row, newest):
        raise Stale()
    checklist_making.make(unit, hearing, row, packs=newest, action="checklist.moved", by=by)


def _movable(unit: Unit, hearing: HearingRow) -> ChecklistRow:
    row = store.of_hearing(unit.session, hearing.id)
    if hearing.state not in checklist_making.NOT_BEGUN:
        raise HasBegun()
    if row is None or not has_newer(unit, hearing, row):
        raise NothingNewer()
    return row


def _seen(row: ChecklistRow, newest: Sequence[sop.Pack]) -> str:
    return f"{row.collection[:16]}.{sop.collection_of(newest).digest[:16]}.{row.composed_at.timestamp():.6f}"


def _editions(hearing: HearingRow, packs: Sequence[sop.Pack]) -> dict[str, str]:
    """The editions that apply to the hearing, and that of the sources they cite."""
    return dict(sop.collection_of(_chosen(hearing, packs)).members)


def _chosen(hearing: HearingRow, packs: Sequence[sop.Pack]) -> tuple[sop.Pack, ...]:
    return sop.selected(packs, facts=facts_of(hearing), high_court=hearing.case.rule_pack)


def _compared(
    unit: Unit, hearing: HearingRow, own: Sequence[sop.Pack], newest: Sequence[sop.Pack], *, language: str
) -> sop.StepsCompared:
    facts, court = facts_of(hearing), hearing.case.rule_pack
    before, after = (sop.compose(packs, facts=facts, high_court=court) for packs in (own, newest))

    def translate(text: str) -> str:
        return unit.ports.words.gettext(language, text)

    return sop.compare_steps(before, after, language=language, translate=translate, court=HIGH_COURTS[court])


def _packs(
    hearing: HearingRow, own: Sequence[sop.Pack], newest: Sequence[sop.Pack], *, language: str
) -> tuple[MovedPack, ...]:
    old = {pack.id: pack for pack in _chosen(hearing, own)}
    new = {pack.id: pack for pack in _chosen(hearing, newest)}
    both = [(old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new))]
    return tuple(
        _moved_pack(was, now, language=language)
        for was, now in both
        if was is None or now is None or was.edition.digest != now.edition.digest
    )


def _moved_pack(was: sop.Pack | None, now: sop.Pack | None, *, language: str) -> MovedPack:
    known = was.changelog if was else ()
    named = now or was
    return MovedPack(
        title=named.title.of(language) if named else "",
        before=was.version if was else "",
        after=now.version if now else "",
        log=tuple(entry.what for entry in (now.changelog if now else ()) if entry not in known),
    )


def _cut(steps: Iterable[MovedStep]) -> MovedSteps:
    ordered = sorted(steps, key=lambda step: (not (step.settled and step.is_reworded), step.settled is None))
    return MovedSteps(tuple(ordered[:IN_FULL]), tuple(ordered[IN_FULL:]))


def _moved(step: sop.Step, done: dict[str, StepRow], *, language: str) -> MovedStep:
    row = done.get(step.id)
    settled = row.state if row and row.state is not StepState.OPEN else None
    return MovedStep(step.id, step.text.of(language), settled, row.acted_by if row and settled else "")


def _changed(found: sop.StepDifference, done: dict[str, StepRow], *, language: str) -> MovedStep:
    bare = _moved(found.after, done, language=language)
    return MovedStep(bare.id, bare.text, bare.settled, bare.acted_by, found.fields, found.reworded)
