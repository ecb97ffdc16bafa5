"""The one place that says to OR-Tools that nobody is in two places: of those who would do, no more are taken at any
moment than there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from vctestimony.domain.backlog.problem import Job, Need, Problem
from vctestimony.domain.intervals import Span


@dataclass(frozen=True, slots=True)
class Use:
    """Some one of these is taken for that span if the literal holds."""

    members: frozenset[str]
    span: Span
    here: cp_model.IntVar


def uses_of(problem: Problem, job: Job, at: Mapping[int, cp_model.IntVar]) -> Iterator[Use]:
    """What the job takes at each of these starts, the corridor of its case among it."""
    corridor: Sequence[Need] = ()
    if problem.apart_minutes and job.case:
        where = f"|{job.case}|{job.place}"
        corridor = (Need("", (where,), ((0, job.minutes + problem.apart_minutes),)),)
    for need in (*job.needs, *corridor):
        for start, here in at.items():
            yield from of_need(need, start, here)


def of_need(need: Need, start: int, here: cp_model.IntVar) -> Iterator[Use]:
    """What the need takes at that start."""
    members = free_at(need, start)
    for span in spans_at(need, start):
        yield Use(members, span, here)


def spans_at(need: Need, start: int) -> list[Span]:
    """When the need takes somebody, started then."""
    return [(start + begin, start + end) for begin, end in need.spans]


def free_at(need: Need, start: int) -> frozenset[str]:
    """Who would do for the need at that start."""
    if not need.is_choice:
        return frozenset(need.members)
    return frozenset(who for who, free in zip(need.members, need.free, strict=True) if start in free)


def at_most_as_many(model: cp_model.CpModel, uses: Iterable[Use]) -> None:
    """Of every set that must serve by itself no more are taken at a moment than there are; it is enough to look
    whenever something begins."""
    by_set: dict[frozenset[str], list[Use]] = {}
    for use in uses:
        by_set.setdefault(use.members, []).append(use)
    known: set[tuple[int, ...]] = set()
    for members in _joined(by_set):
        sets = [frozenset({one}) for one in members] if len(members) > 1 else []
        sets += [some for some in by_set if len(some) > 1 and some <= members] if len(members) > 1 else [members]
        together = [use for some in sets for use in by_set.get(some, ())]
        for here in _at_once(together):
            indices = tuple(one.index for one in here)
            if len(here) <= len(members) or indices in known:
                continue
            known.add(indices)
            if len(members) == 1:
                model.add_at_most_one(here)
            else:
                model.add(cp_model.LinearExpr.sum(here) <= len(members))


def _joined(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets, and what two or more of them that share somebody make together."""
    found = dict.fromkeys(sets)
    for one in [some for some in found if len(some) > 1]:
        for other in list(found):
            if len(other) > 1 and one & other:
                found[one | other] = None
    return sorted(found, key=len)


def _at_once(uses: Sequence[Use]) -> Iterator[list[cp_model.IntVar]]:
    """What is taken at every moment at which something begins and after which something ends."""
    changes = sorted(
        [(use.span[0], 1, number) for number, use in enumerate(uses)]
        + [(use.span[1], 0, number) for number, use in enumerate(uses)]
    )
    running: dict[int, cp_model.IntVar] = {}
    has_begun = False
    for _, begins, number in changes:
        if begins:
            running[number], has_begun = uses[number].here, True
        else:
            if has_begun:
                yield list(running.values())
            has_begun = False
            del running[number]
