"""What the pages of rights show: the matrix of who may do what, in words, for one person or for all roles."""

from dataclasses import dataclass
from typing import TypeVar

from vctestimony.domain.access import Actor
from vctestimony.domain.matrix import MATRIX, Action, Reach, Relation, Rule
from vctestimony.domain.people import Role
from vctestimony.domain.wording import N_
from vctestimony.services.unit import Unit
from vctestimony.store import places

RELATION_LABELS: dict[Relation, str] = {
    Relation.OWN_COURT: N_("of your own court"),
    Relation.RECEIVING_POST: N_("that your post receives"),
    Relation.NAMED: N_("on which you are named"),
    Relation.SCREENED: N_("on which you are named and kept apart from somebody"),
}
REACH_LABELS: dict[Reach, str] = {
    Reach.EVERYWHERE: N_("everywhere"),
    Reach.OWN_POST: N_("at your own post"),
    Reach.OWN_PERSON: N_("for yourself"),
}
_Kind = TypeVar("_Kind", Relation, Reach)
_OTHER_ROLE = N_("Not in your role.")
_NO_POST = N_("Your account belongs to no post.")
_NO_OFFICIAL = N_("Your account is joined to nobody who could be named on a hearing.")


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the page: the marked sentence, to which hearings or how far, and why not; all empty: simply yes.

    `reach` are marked texts, one of which suffices.
    """

    words: str
    is_given: bool
    reach: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class OwnRights:
    """What one person may do: to hearings, and otherwise."""

    role: Role
    post: str
    hearings: tuple[Right, ...]
    otherwise: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One action with what each role may: for a hearing the relations, else the reach; None is no, () is yes."""

    words: str
    cells: tuple[tuple[Role, tuple[str, ...] | None], ...]


def own(unit: Unit, *, by: Actor) -> OwnRights:
    """The row of this person, with a reason for every no."""
    post = next((one for one in places.posts(unit.session) if one.id == by.post_id), None)
    role = by.role or Role.SUPPORT
    return OwnRights(
        role=role,
        post=post.name if post else "",
        hearings=tuple(_of_hearing(action, role, by) for action in MATRIX.on_a_hearing),
        otherwise=tuple(_in_general(action, role) for action in MATRIX.in_general)
        + tuple(_of_reach(rule, role) for rule in MATRIX.reach),
    )


def whole() -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The whole matrix: actions on a hearing, and the others."""
    on_hearings = tuple(
        Row(_words("on_a_hearing", action), tuple((role, _labels(cells.get(role), RELATION_LABELS)) for role in Role))
        for action, cells in MATRIX.on_a_hearing.items()
    )
    general = tuple(
        Row(_words("in_general", action), tuple((role, () if role in roles else None) for role in Role))
        for action, roles in MATRIX.in_general.items()
    )
    reach = tuple(
        Row(_words("reach", rule), tuple((role, _labels(cells.get(role), REACH_LABELS)) for role in Role))
        for rule, cells in MATRIX.reach.items()
    )
    return on_hearings, (*general, *reach)


def _words(table: str, name: str) -> str:
    return MATRIX.words[f"{table}.{name}"]


def _labels(found: frozenset[_Kind] | None, labels: dict[_Kind, str]) -> tuple[str, ...] | None:
    return None if found is None else tuple(text for one, text in labels.items() if one in found)


def _of_hearing(action: Action, role: Role, by: Actor) -> Right:
    found = MATRIX.on_a_hearing[action].get(role)
    words = _words("on_a_hearing", action)
    if found is None:
        return Right(words, is_given=False, why_not=_OTHER_ROLE)
    of_post, of_person = {Relation.OWN_COURT, Relation.RECEIVING_POST}, {Relation.NAMED, Relation.SCREENED}
    reached = found - (of_post if by.post_id is None else set()) - (of_person if by.official_id is None else set())
    if not reached:
        return Right(words, is_given=False, why_not=_NO_POST if by.post_id is None else _NO_OFFICIAL)
    return Right(words, is_given=True, reach=_labels(frozenset(reached), RELATION_LABELS) or ())


def _in_general(action: Action, role: Role) -> Right:
    is_given = role in MATRIX.in_general[action]
    return Right(_words("in_general", action), is_given=is_given, why_not="" if is_given else _OTHER_ROLE)


def _of_reach(rule: Rule, role: Role) -> Right:
    found = MATRIX.reach[rule].get(role)
    words = _words("reach", rule)
    if found is None:
        return Right(words, is_given=False, why_not=_OTHER_ROLE)
    return Right(words, is_given=True, reach=_labels(found, REACH_LABELS) or ())
