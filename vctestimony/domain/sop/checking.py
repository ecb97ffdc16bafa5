"""The one place that says what is wrong with a set of packs, beyond what their format can show.

`check_order`: circles and times · `check_reach`: what can never apply or changes nothing · `check_texts`: translations.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.facts import FACTS
from vctestimony.domain.sop import check_order, check_reach, check_texts
from vctestimony.domain.sop.check_reach import together
from vctestimony.domain.sop.editions import SOURCES_ID
from vctestimony.domain.sop.heads import faults
from vctestimony.domain.sop.marks import Basis, Gate, Mark, Phase
from vctestimony.domain.sop.problems import Finding
from vctestimony.domain.sop.values import Authority, Change, Condition, Pack, Step
from vctestimony.domain.wording import N_


def check(packs: Sequence[Pack]) -> tuple[Finding, ...]:
    """Every fault found in the packs taken together, pack by pack."""
    findings = [*_repeated_packs(packs), *_inheritance(packs), *_targets(packs), *_clashes(packs)]
    findings += [*check_order.faults(packs), *check_reach.faults(packs)]
    steps = {step.id: step for pack in packs for step in pack.steps}
    for pack in packs:
        findings += [*_head(pack), *check_texts.faults(pack)]
        findings += _names(pack.selection.when, pack_id=pack.id, step_id="", key="selects")
        for step in pack.steps:
            findings += [*_step(step, pack=pack), *_authorities(step.authority, step=step, pack=pack)]
        for change in pack.changes:
            findings += [*_change(change, pack=pack), *_weakened(change, pack=pack, steps=steps)]
    return tuple(findings)


def _head(pack: Pack) -> Iterator[Finding]:
    for key, text in faults(pack.head):
        yield Finding(pack_id=pack.id, key=key, text=text)
    if pack.changelog and pack.version not in {entry.version for entry in pack.changelog}:
        text = N_("The changelog says nothing of version {version}.")
        yield Finding(pack_id=pack.id, key="version", text=text, values={"version": pack.version})
    court = pack.selection.high_court
    if court and court not in HIGH_COURTS:
        text = N_("“{court}” is not a High Court that a case can name. Use one of: {courts}.")
        values = {"court": court, "courts": ", ".join(HIGH_COURTS)}
        yield Finding(pack_id=pack.id, key="selects.high_court", text=text, values=values)
    if pack.id == SOURCES_ID:
        yield Finding(pack_id=pack.id, key="id", text=N_("This id is kept for the list of legal sources."))


def _repeated_packs(packs: Sequence[Pack]) -> Iterator[Finding]:
    seen: set[str] = set()
    for pack in packs:
        if pack.id in seen:
            yield Finding(
                pack_id=pack.id, key="id", text=N_("Another pack already has the id {id}."), values={"id": pack.id}
            )
        seen.add(pack.id)


def _inheritance(packs: Sequence[Pack]) -> Iterator[Finding]:
    parents = {pack.id: pack.inherits for pack in packs}
    for pack in packs:
        for parent in pack.inherits:
            if parent not in parents:
                text = N_("There is no pack {parent} to inherit from.")
                yield Finding(pack_id=pack.id, key="inherits", text=text, values={"parent": parent})
        if pack.id in _ancestors(pack.id, parents=parents):
            yield Finding(pack_id=pack.id, key="inherits", text=N_("The pack inherits from itself."))


def _ancestors(pack_id: str, *, parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(parents.get(pack_id, ()))
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += parents.get(parent, ())
    return frozenset(found)


def _targets(packs: Sequence[Pack]) -> Iterator[Finding]:
    known = {step.id for pack in packs for step in pack.steps}
    for pack in packs:
        for change in pack.changes:
            if change.id not in known:
                text = N_("No pack has a step {step} that could be changed.")
                yield Finding(pack_id=pack.id, step_id=change.id, key="id", text=text, values={"step": change.id})
        for step in pack.steps:
            for name in step.after:
                yield from _after(name, step=step, pack=pack, known=known)
        for change in pack.changes:
            for name in change.replaces.get("after", ()):
                yield from _after(name, step=change, pack=pack, known=known)


def _after(name: str, *, step: Step | Change, pack: Pack, known: set[str]) -> Iterator[Finding]:
    if name not in known:
        text = N_("The step comes after {name}, which no pack has.")
        yield Finding(pack_id=pack.id, step_id=step.id, key="after", text=text, values={"name": name})
    elif list(Phase).index(Phase(name[0])) > list(Phase).index(Phase(step.id[0])):
        text = N_("The step comes after {name}, which belongs to a later phase.")
        yield Finding(pack_id=pack.id, step_id=step.id, key="after", text=text, values={"name": name})


def _clashes(packs: Sequence[Pack]) -> Iterator[Finding]:
    owners: dict[str, list[Pack]] = {}
    for pack in packs:
        for step_id in dict.fromkeys(step.id for step in pack.steps):
            rivals = [other for other in owners.get(step_id, []) if together(pack, other)]
            owners.setdefault(step_id, []).append(pack)
            for rival in rivals:
                text = N_("The pack {other} already gives the step {step}. Write it as a change instead.")
                values = {"other": rival.id, "step": step_id}
                yield Finding(pack_id=pack.id, step_id=step_id, key="id", text=text, values=values)
        yield from _doubled(pack)


def _doubled(pack: Pack) -> Iterator[Finding]:
    for kind in (pack.steps, pack.changes):
        times = Counter(item.id for item in kind)
        for step_id in sorted(name for name, number in times.items() if number > 1):
            text = N_("The pack gives {step} twice.")
            yield Finding(pack_id=pack.id, step_id=step_id, key="id", text=text, values={"step": step_id})


def _names(condition: Condition, *, pack_id: str, step_id: str, key: str) -> list[Finding]:
    unknown = [name for name in (*condition.all, *condition.any, *condition.none) if name not in FACTS]
    text = N_("“{fact}” is not a fact that steps know.")
    return [Finding(pack_id=pack_id, step_id=step_id, key=key, text=text, values={"fact": name}) for name in unknown]


def _step(step: Step, *, pack: Pack) -> Iterator[Finding]:
    yield from _names(step.condition, pack_id=pack.id, step_id=step.id, key="when")
    yield from _strength(step, pack=pack)


def _strength(step: Step, *, pack: Pack) -> Iterator[Finding]:
    if step.basis in (Basis.LAW, Basis.SEQUENCE) and not any(item.binds for item in step.authority):
        text = N_("The time is said to come from the law, but no provision that binds here is cited.")
        yield Finding(pack_id=pack.id, step_id=step.id, key="basis", text=text)
    if step.blocks is not Gate.NONE and step.evidence.rule in (Mark.UNVERIFIED, Mark.OUR_DESIGN):
        text = N_("A step nobody has found in the law cannot hold a hearing back.")
        yield Finding(pack_id=pack.id, step_id=step.id, key="blocks", text=text)


def _change(change: Change, *, pack: Pack) -> Iterator[Finding]:
    condition = change.replaces.get("condition", Condition())
    yield from _names(condition, pack_id=pack.id, step_id=change.id, key="when")
    cited = (*change.also, *change.replaces.get("authority", ()))
    yield from _authorities(cited, step=change, pack=pack)
    if change.difference is None:
        text = N_("Say in “difference” what this High Court does differently.")
        yield Finding(pack_id=pack.id, step_id=change.id, key="difference", text=text)


def _weakened(change: Change, *, pack: Pack, steps: Mapping[str, Step]) -> Iterator[Finding]:
    """What is wrong with a step only once the change is made."""
    step = steps.get(change.id)
    if step is not None and not any(_strength(step, pack=pack)):
        yield from _strength(change.applied_to(step), pack=pack)


def _authorities(cited: Iterable[Authority], *, step: Step | Change, pack: Pack) -> Iterator[Finding]:
    condition = step.condition if isinstance(step, Step) else step.replaces.get("condition", Condition())
    settled = {*condition.all, *pack.selection.when.all}
    for item in cited:
        problem = _overclaims(item, settled=settled, high_court=pack.selection.high_court)
        if problem:
            values = {"code": item.source.code, "fact": item.source.only_if or item.only_if}
            yield Finding(pack_id=pack.id, step_id=step.id, key="authority", text=problem, values=values)


def _overclaims(item: Authority, *, settled: set[str], high_court: str) -> str:
    source = item.source
    if item.only_if and item.only_if not in FACTS:
        return N_("“{fact}” is not a fact that steps know.")
    if source.never:
        return N_("{code} governs another country's own hearings. It is no authority for a hearing of an Indian court.")
    if item.compare:
        return ""
    if source.only_in and source.only_in != high_court:
        return N_("{code} is another High Court's instrument. It may only be compared here.")
    if source.only_if and source.only_if not in {*settled, item.only_if}:
        return N_("{code} may be cited only where this is so: {fact}.")
    return ""
