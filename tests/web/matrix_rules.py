"""What the table says of every cell of the walk: whether it is allowed, and whether the object may even be known of.

It is worked out here anew from the data file, with none of the code that decides in the running application.
"""

from collections.abc import Mapping
from enum import Enum

from tests.web.matrix_walk import Object, Step, Walker
from vctestimony.domain.access import Action, Relation, may_ever, relations_needed
from vctestimony.domain.matrix import MATRIX, Reach, Rule
from vctestimony.domain.people import Role


class Cell(Enum):
    """What must come of asking."""

    NEVER = "the role may do this to nothing"
    ALLOWED = "allowed"
    FORBIDDEN = "not allowed, though known"
    HIDDEN = "not to be told from what is absent"


# How far a role reaches, where an official, a room, a post or a mail of the court in Mumbai is meant. The official is
# nobody who asks, and cannot sign in.
_REACHES: Mapping[tuple[Object, Action], Rule] = {
    (Object.OFFICIAL, Action.MANAGE_PLACES): Rule.KEEP_POST,
    (Object.OFFICIAL, Action.KEEP_BUSY_TIMES): Rule.KEEP_BUSY_TIMES_OF,
    (Object.OFFICIAL, Action.KEEP_FEEDS): Rule.STOP_FEED_OF,
    (Object.OFFICIAL, Action.SEE_OWN_CALENDAR): Rule.KEEP_POST,
    (Object.POST, Action.MANAGE_PLACES): Rule.KEEP_POST,
    (Object.POST, Action.PRINT): Rule.HAVE_LISTS,
    (Object.ROOM, Action.MANAGE_PLACES): Rule.KEEP_POST,
    (Object.ROOM, Action.KEEP_FEEDS): Rule.KEEP_POST,
    (Object.MAIL_OUT, Action.KEEP_MAILS): Rule.KEEP_MAILS_OF,
}
_OF_A_HEARING = frozenset({Object.HEARING, Object.CASE, Object.WITNESS})
# Of one court, and known to nobody elsewhere.
_OF_ONE_COURT = frozenset({Object.CASE, Object.WITNESS, Object.PLAN, Object.MAIL_IN, Object.MAIL_OUT})
# Somebody else's, or not there: whoever asks.
_OF_NOBODY_HERE = frozenset({Object.BUNDLE, Object.SESSION, Object.PASSKEY, Object.KEY, Object.MAILBOX})


def cell(step: Step, walker: Walker) -> Cell:
    """What the table says."""
    if not may_ever(walker.role, step.action):
        return Cell.NEVER
    if _is_allowed(step, walker):
        return Cell.ALLOWED
    return Cell.HIDDEN if _is_hidden(step, walker) else Cell.FORBIDDEN


def _is_allowed(step: Step, walker: Walker) -> bool:
    if step.object in _OF_A_HEARING:
        return step.action in MATRIX.in_general or walker.relation in relations_needed(walker.role, step.action)
    if step.object in _OF_NOBODY_HERE:
        return False
    if step.object in {Object.PLAN, Object.MAIL_IN}:
        return walker.role is Role.COORDINATOR and walker.relation is Relation.OWN_COURT
    rule = _REACHES.get((step.object, step.action)) if step.object else None
    return rule is None or _reaches(rule, walker)


def _reaches(rule: Rule, walker: Walker) -> bool:
    found = MATRIX.reach.get(rule, {}).get(walker.role, frozenset())
    return Reach.EVERYWHERE in found or (Reach.OWN_POST in found and walker.relation is Relation.OWN_COURT)


def _is_hidden(step: Step, walker: Walker) -> bool:
    if step.object is Object.HEARING:
        return walker.relation not in relations_needed(walker.role, Action.SEE_HEARINGS)
    if step.object in {Object.CASE, Object.WITNESS}:
        return walker.relation is None
    return step.object in _OF_ONE_COURT | {Object.BUNDLE, Object.SESSION}
