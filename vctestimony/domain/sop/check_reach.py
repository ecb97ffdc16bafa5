"""The one place that finds steps and changes that never apply, and changes that change nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vctestimony.domain.sop.problems import Finding
from vctestimony.domain.sop.values import Change, Condition, Pack, Step
from vctestimony.domain.wording import N_

NEVER = N_("The condition contradicts itself, so the step can never apply.")
_KEYS = {"condition": "when"}


@dataclass(frozen=True, slots=True)
class _Owned:
    """A step, and the pack that gives it."""

    pack: Pack
    step: Step


def together(one: Pack, other: Pack) -> bool:
    """Whether any case could have both packs."""
    courts = {one.selection.high_court, other.selection.high_court} - {""}
    return len(courts) < 2 and one.selection.when.possible(with_=other.selection.when)


def faults(packs: Sequence[Pack]) -> Iterator[Finding]:
    """What no case can meet, given the selection of its pack, of those that build on it, and which facts exclude."""
    owners: defaultdict[str, list[_Owned]] = defaultdict(list)
    heirs = _heirs(packs)
    for pack in packs:
        selections = [pack.selection.when, *(heir.selection.when for heir in heirs[pack.id])]
        for step in pack.steps:
            owners[step.id].append(_Owned(pack, step))
            if not any(step.condition.possible(with_=when) for when in selections):
                yield Finding(pack_id=pack.id, step_id=step.id, key="when", text=NEVER)
    for pack in packs:
        for change in pack.changes:
            if owners[change.id]:
                yield from _change(change, pack=pack, owners=owners[change.id])


def _heirs(packs: Sequence[Pack]) -> Mapping[str, Sequence[Pack]]:
    """The packs that bring a pack in with them, whatever its own selection says."""
    found: defaultdict[str, list[Pack]] = defaultdict(list)
    parents = {pack.id: pack.inherits for pack in packs}
    for pack in packs:
        waiting, seen = list(pack.inherits), set[str]()
        while waiting:
            parent = waiting.pop()
            if parent not in seen:
                seen.add(parent)
                found[parent].append(pack)
                waiting += parents.get(parent, ())
    return found


def _change(change: Change, *, pack: Pack, owners: Sequence[_Owned]) -> Iterator[Finding]:
    met = [owned for owned in owners if owned.pack.id in pack.inherits or together(owned.pack, pack)]
    if not met:
        text = N_("The pack {other}, which has this step, never applies together with this one.")
        values = {"other": owners[0].pack.id}
        yield Finding(pack_id=pack.id, step_id=change.id, key="id", text=text, values=values)
        return
    if not any(_reaches(change, owned, pack=pack) for owned in met):
        is_own = "condition" in change.replaces
        text = NEVER if is_own else N_("The step never applies where this pack does, so the change never takes place.")
        yield Finding(pack_id=pack.id, step_id=change.id, key="when" if is_own else "id", text=text)
    yield from _idle(change, pack=pack, steps=[owned.step for owned in met])


def _reaches(change: Change, owned: _Owned, *, pack: Pack) -> bool:
    condition: Condition = change.replaces.get("condition", owned.step.condition)
    joined = replace(
        pack.selection.when,
        all=(*pack.selection.when.all, *owned.pack.selection.when.all),
        none=(*pack.selection.when.none, *owned.pack.selection.when.none),
    )
    return condition.possible(with_=joined)


def _idle(change: Change, *, pack: Pack, steps: Sequence[Step]) -> Iterator[Finding]:
    """The parts of a change that leave every step they could meet as it is."""
    for name, value in change.replaces.items():
        if all(getattr(step, name) == value for step in steps):
            key = _KEYS.get(name, name)
            text = N_("The step has this “{key}” already, so the change changes nothing. Remove it.")
            yield Finding(pack_id=pack.id, step_id=change.id, key=key, text=text, values={"key": key})
    if change.also and all(set(change.also) <= set(step.authority) for step in steps):
        text = N_("The step cites this already, so the change changes nothing. Remove it.")
        yield Finding(pack_id=pack.id, step_id=change.id, key="also", text=text)
    if change.difference and not (change.replaces or change.also):
        text = N_("The change names no part of the step that is different. Name one, or remove it.")
        yield Finding(pack_id=pack.id, step_id=change.id, key="id", text=text)
