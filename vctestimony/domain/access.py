"""The one place that says who may do what: role, action, and the relation of the person to the hearing.

The answers stand in who_may_what.toml (domain/matrix.py); here is how they are asked for.
"""

from dataclasses import dataclass

from vctestimony.domain.matrix import MATRIX, Action, Reach, Relation, Rule, StepWeight
from vctestimony.domain.people import Role

__all__ = ["SYSTEM", "Action", "Actor", "Relation", "StepWeight"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `account_id` is None for the service itself and for a person who came by a signed link."""

    name: str
    account_id: int | None = None
    role: Role | None = None
    post_id: int | None = None
    official_id: int | None = None
    language: str = "en"
    city: str = ""
    zone: str = ""


SYSTEM = Actor(name="vctestimony")


def may_ever(role: Role, action: Action) -> bool:
    """Whether the role can do the action to at least some hearing; the first gate of every route."""
    if action in MATRIX.in_general:
        return role in MATRIX.in_general[action]
    return role in MATRIX.on_a_hearing.get(action, {})


def relations_needed(role: Role, action: Action) -> frozenset[Relation]:
    """The relations of which one suffices for the role to do the action to a hearing."""
    return MATRIX.on_a_hearing.get(action, {}).get(role, frozenset())


def may(actor: Actor, action: Action, relations: frozenset[Relation]) -> bool:
    """Whether this person, standing in these relations to a hearing, may do the action to it."""
    return actor.role is not None and bool(relations_needed(actor.role, action) & relations)


def weight_of(*, is_law: bool, is_optional: bool, holds_gate: bool) -> StepWeight:
    """The weight of a step: what the law only allows binds nobody, unless it holds a gate.

    >>> weight_of(is_law=True, is_optional=True, holds_gate=False).value
    'planned'
    """
    binds = holds_gate or (is_law and not is_optional)
    return StepWeight.BINDING if binds else StepWeight.PLANNED


def waives_alone(role: Role | None, weight: StepWeight) -> bool:
    """Whether somebody in this role waives such a step on their own word; else the order is named with the waiver."""
    return role in MATRIX.on_own_word.get(weight, frozenset())


def reaches(actor: Actor, rule: Rule, *, post_id: int | None = None, official_id: int | None = None) -> bool:
    """Whether the rule lets this person reach that post or official; None is what all posts share."""
    if actor.role is None:
        return False
    found = MATRIX.reach.get(rule, {}).get(actor.role, frozenset())
    stands = {
        Reach.EVERYWHERE: True,
        Reach.OWN_POST: post_id is not None and actor.post_id == post_id,
        Reach.OWN_PERSON: official_id is not None and actor.official_id == official_id,
    }
    return any(stands[reach] for reach in found)


def may_manage(actor: Actor, *, post_id: int | None) -> bool:
    """Whether this person keeps the rooms, links and people of that post; None is what all posts share.

    The service itself does everywhere.
    """
    return actor is SYSTEM or reaches(actor, Rule.KEEP_POST, post_id=post_id)


def knows_post(actor: Actor, *, post_id: int) -> bool:
    """Whether this person may know that there is such a confidential place."""
    return actor is SYSTEM or reaches(actor, Rule.KNOW_POST, post_id=post_id)


def knows_place(actor: Actor, *, court_id: int, remote_id: int, sits_there: bool) -> bool:
    """Whether this person may know at which confidential place a witness of that court testifies.

    Who is to be there, who belongs to the place, and for the court its coordinator and its presiding officer.
    """
    return sits_there or actor.post_id == remote_id or reaches(actor, Rule.KNOW_PLACE, post_id=court_id)


def may_list(actor: Actor, *, post_id: int) -> bool:
    """Whether this person may have lists of what that post has on a day, of whichever court it is."""
    return reaches(actor, Rule.HAVE_LISTS, post_id=post_id)


def may_administer(actor: Actor) -> bool:
    """Whether this person may enter posts, change what they are, and move people between them."""
    return may_manage(actor, post_id=None)


def may_keep_busy_times(actor: Actor, *, official_id: int, post_id: int) -> bool:
    """Whether this person sees to the own calendars of that official: the official, or who keeps the post."""
    return actor is SYSTEM or reaches(actor, Rule.KEEP_BUSY_TIMES_OF, post_id=post_id, official_id=official_id)


def may_keep_mails(actor: Actor, *, court_id: int | None) -> bool:
    """Whether this person sees to mails about that court's hearings which did not arrive; None is those of all courts.

    Administrators of all, a coordinator of the own court.
    """
    return reaches(actor, Rule.KEEP_MAILS_OF, post_id=court_id)


def may_make_feed(actor: Actor, *, official_id: int, post_id: int, signs_in: bool) -> bool:
    """Whether this person may have an address made at which that official's calendar is read without signing in.

    The official; and who keeps the post, for somebody who cannot sign in to do it.
    """
    if reaches(actor, Rule.MAKE_FEED_OF, official_id=official_id):
        return True
    return not signs_in and (actor is SYSTEM or reaches(actor, Rule.MAKE_FEED_FOR, post_id=post_id))


def may_stop_feed(actor: Actor, *, official_id: int, post_id: int) -> bool:
    """Whether this person may stop such an address: the official, and always who keeps the post."""
    return actor is SYSTEM or reaches(actor, Rule.STOP_FEED_OF, post_id=post_id, official_id=official_id)
