"""What trying the packs on facts shows: which steps a case has, which it has not, and why, fact by fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vctestimony.domain import sop
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.casework import ASKED_OF_CASE, ASKED_OF_ORDER, ASKED_OF_WITNESS, HIGH_COURTS, MAY_ARISE
from vctestimony.domain.facts import FACTS, Facts
from vctestimony.domain.wording import N_
from vctestimony.services.access import hearing_for, hearings_of
from vctestimony.services.checklist_making import court_in_a_sentence
from vctestimony.services.facts import facts_of
from vctestimony.services.pack_cards import PackLink, Reader, Translate, link
from vctestimony.services.unit import Unit

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("The case"): ("bnss", "crpc", "sessions", "magistrate", *ASKED_OF_CASE, "bangladesh_victim"),
    N_("The place"): (
        *("in_india", "overseas", "host_bangladesh", "host_nepal", "host_uk", "at_mission", "other_place"),
        *("route_a", "route_b", "officer_abroad_bound"),
    ),
    N_("The order"): (*ASKED_OF_ORDER, "digital_signatures", "video_declined"),
    N_("The witness"): (*ASKED_OF_WITNESS, "no_recognised_id"),
    N_("What may arise"): MAY_ARISE,
}
"""Every fact once, as one would ask for them."""

_SENTENCES: Mapping[tuple[sop.Need, bool], str] = {
    (sop.Need.ALL, True): N_("It must be so, and it is: {fact}"),
    (sop.Need.ALL, False): N_("It must be so, and it is not: {fact}"),
    (sop.Need.NONE, True): N_("It must not be so, and it is: {fact}"),
    (sop.Need.NONE, False): N_("It must not be so, and it is not: {fact}"),
}
ONE_IS, NONE_IS = (
    N_("One of several is enough, and this is so: {facts}"),
    N_("One of these must be so, and none is: {facts}"),
)
MAY_COME = N_("{fact} (taken to be so, because it may arise)")
ANY_CASE, OTHER_COURT = N_("It belongs to every case."), N_("It belongs to another court: {court}")


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why; `against` where this is what keeps the step out."""

    words: str
    against: bool


@dataclass(frozen=True, slots=True)
class TriedStep:
    """A step of one pack on these facts."""

    id: str
    text: str
    pack: PackLink
    reasons: tuple[Reason, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TriedPhase:
    """A phase to choose, with how many steps the case has of it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One phase of the procedure on given facts: what is so, the steps inside and those left out, with reasons."""

    court: str
    known: tuple[str, ...]
    total: int
    phases: tuple[TriedPhase, ...]
    phase: TriedPhase
    inside: tuple[TriedStep, ...]
    outside: tuple[TriedStep, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a hearing: how it is called, the court's pack and its facts."""

    reference: str
    case_number: str
    pseudonym: str
    court: str
    facts: Facts


def hearings(unit: Unit, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """The hearings a reader can choose among, as reference and words."""
    rows = hearings_of(unit, by=by)
    return tuple((row.reference, f"{row.reference}: {row.case.number}, {row.witness.pseudonym}") for row in rows)


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> Known:
    """The facts of a hearing this person may see, as they stand now."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    case = hearing.case
    return Known(hearing.reference, case.number, hearing.witness.pseudonym, case.rule_pack, facts_of(hearing))


def tried(unit: Unit, *, facts: Facts, court: str, phase: str, language: str, ahead: bool = False) -> Trial:
    """The steps of one phase on these facts, the first phase where none is named.

    `ahead`: the hearing is still to come, so that what can only arise on the day is not said to have happened.
    """
    packs = unit.ports.packs()
    reader = Reader(language=language, translate=lambda text: unit.ports.words.gettext(language, text))
    labels = _labels(reader.translate, ahead=ahead)
    steps = {step.id: step for step in sop.compose(packs, facts=facts, high_court=court)}
    phases = tuple(
        TriedPhase(one.value, reader.translate(label), sum(step.phase is one for step in steps.values()))
        for one, label in sop.PHASE_LABELS.items()
    )
    chosen = next((one for one in phases if one.code == phase), phases[0])
    answers = _explained(packs, phase=chosen.code, facts=facts, court=court)
    lines = [(answer.included, _line(answer, packs, steps=steps, labels=labels, reader=reader)) for answer in answers]
    return Trial(
        court=court_in_a_sentence(court, language=language, translate=reader.translate),
        known=tuple(label for name, label in labels.items() if facts[name]),
        total=len(steps),
        phases=phases,
        phase=chosen,
        inside=tuple(line for included, line in lines if included),
        outside=tuple(line for included, line in lines if not included),
    )


def _labels(translate: Translate, *, ahead: bool) -> dict[str, str]:
    """Every fact in words, in its order."""
    words = {name: translate(label) for name, label in FACTS.items()}
    arising = {name: translate(MAY_COME).format(fact=words[name]) for name in MAY_ARISE} if ahead else {}
    return words | arising


def _explained(packs: Sequence[sop.Pack], *, phase: str, facts: Facts, court: str) -> list[sop.Explanation]:
    ids = sorted({step.id for pack in packs for step in pack.steps if step.phase.value == phase})
    return [answer for step_id in ids for answer in sop.explain(packs, step_id, facts=facts, high_court=court)]


def _line(
    answer: sop.Explanation,
    packs: Sequence[sop.Pack],
    *,
    steps: Mapping[str, sop.Step],
    labels: Mapping[str, str],
    reader: Reader,
) -> TriedStep:
    pack = next(pack for pack in packs if pack.id == answer.pack_id)
    step = next(step for step in pack.steps if step.id == answer.step_id)
    shown = steps[step.id] if answer.included else step
    return TriedStep(
        id=step.id,
        text=shown.text.of(reader.language),
        pack=link(pack, reader),
        reasons=_reasons(answer, selects=pack.selection.when, labels=labels, translate=reader.translate),
        differences=tuple(text.of(reader.language) for text in shown.overrides),
    )


def _reasons(
    answer: sop.Explanation, *, selects: sop.Condition, labels: Mapping[str, str], translate: Translate
) -> tuple[Reason, ...]:
    """Why a step is in or out, one sentence for each fact that was looked at: for its pack first, then for itself."""
    cut = len((*selects.all, *selects.any, *selects.none))
    found = [*_read(answer.readings[:cut], labels, translate), *_read(answer.readings[cut:], labels, translate)]
    if answer.included:
        found = [replace(reason, against=False) for reason in found]
    if answer.wrong_court:
        court = translate(HIGH_COURTS[answer.wrong_court])
        found.insert(0, Reason(translate(OTHER_COURT).format(court=court), against=True))
    return tuple(found) or (Reason(translate(ANY_CASE), against=False),)


def _read(readings: Sequence[sop.Reading], labels: Mapping[str, str], translate: Translate) -> list[Reason]:
    single = [item for item in readings if item.need is not sop.Need.ANY]
    several = [item for item in readings if item.need is sop.Need.ANY]
    found = [
        Reason(
            translate(_SENTENCES[item.need, item.value]).format(fact=labels[item.name]),
            against=item.value is (item.need is sop.Need.NONE),
        )
        for item in single
    ]
    if several:
        so = [item for item in several if item.value]
        words = "; ".join(labels[item.name] for item in so or several)
        found.append(Reason(translate(ONE_IS if so else NONE_IS).format(facts=words), against=not so))
    return found
