"""The one place that says who may do what: role, action, and the relation of the person to the hearing."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.people import Role


class Action(StrEnum):
    """Something a page or command lets a person do. Every route names one, or says it is open to all."""

    SEE_HEARINGS = "see_hearings"
    REGISTER = "register"
    PLAN = "plan"
    BOOK = "book"
    OVERLAP = "overlap"
    CONFIRM = "confirm"
    TICK = "tick"
    WAIVE = "waive"
    PRINT = "print"
    CONDUCT = "conduct"
    WAIVE_GATE = "waive_gate"
    TRANSCRIBE = "transcribe"
    FILL_RECORD = "fill_record"
    SEAL = "seal"
    SIGN = "sign"
    KEEP_RECORDINGS = "keep_recordings"
    OPEN_VAULT = "open_vault"
    GIVE_LEAVE = "give_leave"
    ORDER_DESTRUCTION = "order_destruction"
    DESTROY_KEYS = "destroy_keys"
    SEE_JOINING = "see_joining"
    READ_JOURNAL = "read_journal"
    READ_PROCEDURES = "read_procedures"
    SEE_PLACES = "see_places"
    MANAGE_PLACES = "manage_places"
    ADMINISTER = "administer"
    OWN_ACCOUNT = "own_account"
    KEEP_BUSY_TIMES = "keep_busy_times"
    KEEP_FEEDS = "keep_feeds"
    SEE_OWN_CALENDAR = "see_own_calendar"
    SEE_MAILS = "see_mails"
    TAKE_MAILS = "take_mails"
    KEEP_MAILS = "keep_mails"
    READ_INBOX = "read_inbox"


class Relation(StrEnum):
    """How a person stands to a hearing."""

    OWN_COURT = "own_court"
    RECEIVING_POST = "receiving_post"
    NAMED = "named"


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

_EVERY_RELATION = frozenset(Relation)
_OWN = frozenset({Relation.OWN_COURT})
_OWN_OR_RECEIVING = frozenset({Relation.OWN_COURT, Relation.RECEIVING_POST})
_OWN_OR_NAMED = frozenset({Relation.OWN_COURT, Relation.NAMED})

# For actions on a hearing: which relations suffice, by role. A missing cell is a no.
_ON_A_HEARING: dict[Action, dict[Role, frozenset[Relation]]] = {
    Action.SEE_HEARINGS: {
        Role.COORDINATOR: _EVERY_RELATION,
        Role.PRESIDING_OFFICER: _EVERY_RELATION,
        Role.MISSION_OFFICIAL: _EVERY_RELATION,
        Role.LEGAL_STAFF: _EVERY_RELATION,
        Role.INTERPRETER: frozenset({Relation.NAMED}),
        Role.SUPPORT: frozenset({Relation.NAMED}),
    },
    Action.REGISTER: {Role.COORDINATOR: _OWN, Role.LEGAL_STAFF: _OWN},
    Action.PLAN: {Role.COORDINATOR: _OWN},
    Action.BOOK: {Role.COORDINATOR: _OWN},
    Action.OVERLAP: {Role.PRESIDING_OFFICER: _OWN},
    Action.CONFIRM: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.TICK: {
        Role.COORDINATOR: _OWN,
        Role.PRESIDING_OFFICER: _OWN,
        Role.MISSION_OFFICIAL: frozenset({Relation.RECEIVING_POST, Relation.NAMED}),
        Role.LEGAL_STAFF: _EVERY_RELATION,
    },
    Action.WAIVE: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.PRINT: {
        Role.COORDINATOR: _OWN_OR_RECEIVING,
        Role.PRESIDING_OFFICER: _OWN_OR_RECEIVING,
        Role.MISSION_OFFICIAL: _EVERY_RELATION,
        Role.LEGAL_STAFF: _EVERY_RELATION,
    },
    Action.CONDUCT: {
        Role.COORDINATOR: _OWN,
        Role.PRESIDING_OFFICER: _OWN,
        Role.MISSION_OFFICIAL: frozenset({Relation.RECEIVING_POST, Relation.NAMED}),
    },
    Action.WAIVE_GATE: {Role.PRESIDING_OFFICER: _OWN},
    Action.TRANSCRIBE: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.FILL_RECORD: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.SEAL: {Role.PRESIDING_OFFICER: _OWN, Role.COORDINATOR: _OWN},
    # Whether there is a field for somebody to sign in is a matter of the duty at the hearing (domain/signing.py).
    Action.SIGN: {
        Role.COORDINATOR: _EVERY_RELATION,
        Role.PRESIDING_OFFICER: _EVERY_RELATION,
        Role.MISSION_OFFICIAL: _EVERY_RELATION,
        Role.INTERPRETER: frozenset({Relation.NAMED}),
    },
    Action.KEEP_RECORDINGS: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.OPEN_VAULT: {
        Role.COORDINATOR: _OWN,
        Role.PRESIDING_OFFICER: _OWN,
        Role.MISSION_OFFICIAL: frozenset({Relation.NAMED}),
    },
    # Leave to open the vault; nobody but the presiding officer gives it to himself (services/vault_grants.py).
    Action.GIVE_LEAVE: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    # That a witness's key be destroyed is ordered by the presiding officer and carried out by an administrator.
    Action.ORDER_DESTRUCTION: {Role.PRESIDING_OFFICER: _OWN},
    Action.SEE_JOINING: {
        Role.COORDINATOR: _OWN_OR_NAMED,
        Role.PRESIDING_OFFICER: _OWN_OR_NAMED,
        Role.MISSION_OFFICIAL: frozenset({Relation.RECEIVING_POST, Relation.NAMED}),
        Role.LEGAL_STAFF: frozenset({Relation.NAMED}),
        Role.INTERPRETER: frozenset({Relation.NAMED}),
        Role.SUPPORT: frozenset({Relation.NAMED}),
    },
    Action.READ_JOURNAL: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.SEE_MAILS: {Role.COORDINATOR: _OWN, Role.PRESIDING_OFFICER: _OWN},
    Action.TAKE_MAILS: {Role.COORDINATOR: _OWN},
}


class StepWeight(StrEnum):
    """What rests on a step of a checklist: our planning or advice only, or the law, or a gate of the hearing."""

    PLANNED = "planned"
    BINDING = "binding"


# On whose own word a step need not be done. Anybody else who may waive (WAIVE) names who ordered it.
_WAIVED_ON_OWN_WORD: dict[StepWeight, frozenset[Role]] = {
    StepWeight.PLANNED: frozenset({Role.COORDINATOR, Role.PRESIDING_OFFICER}),
    StepWeight.BINDING: frozenset({Role.PRESIDING_OFFICER}),
}

# Who keeps the rooms, people and calendars of the own post: of a court its coordinator, of a mission its officials.
_KEEPERS = frozenset({Role.COORDINATOR, Role.MISSION_OFFICIAL})

# For actions that no hearing is involved in.
_IN_GENERAL: dict[Action, frozenset[Role]] = {
    Action.READ_PROCEDURES: frozenset(Role),
    Action.OWN_ACCOUNT: frozenset(Role),
    Action.SEE_PLACES: frozenset(Role) - {Role.INTERPRETER, Role.SUPPORT},
    Action.MANAGE_PLACES: _KEEPERS | {Role.ADMINISTRATOR},
    Action.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Action.DESTROY_KEYS: frozenset({Role.ADMINISTRATOR}),
    Action.KEEP_BUSY_TIMES: frozenset(Role),
    Action.KEEP_FEEDS: frozenset(Role),
    Action.SEE_OWN_CALENDAR: frozenset(Role),
    Action.KEEP_MAILS: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Action.READ_INBOX: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
}


def may_ever(role: Role, action: Action) -> bool:
    """Whether the role can do the action to at least some hearing; the first gate of every route."""
    if action in _IN_GENERAL:
        return role in _IN_GENERAL[action]
    return role in _ON_A_HEARING.get(action, {})


def relations_needed(role: Role, action: Action) -> frozenset[Relation]:
    """The relations of which one suffices for the role to do the action to a hearing."""
    return _ON_A_HEARING.get(action, {}).get(role, frozenset())


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
    return role in _WAIVED_ON_OWN_WORD[weight]


def may_manage(actor: Actor, *, post_id: int | None) -> bool:
    """Whether this person keeps the rooms, links and people of that post; None is what all posts share.

    Administrators and the service itself everywhere, a coordinator or mission official at the own post only.
    """
    if actor is SYSTEM or actor.role is Role.ADMINISTRATOR:
        return True
    return actor.role in _KEEPERS and post_id is not None and actor.post_id == post_id


def may_list(actor: Actor, *, post_id: int) -> bool:
    """Whether this person may have lists of what that post has on a day, of whichever court it is.

    Who belongs to the post, and may print every hearing that it has a part in.
    """
    wanted = relations_needed(actor.role, Action.PRINT) if actor.role is not None else frozenset()
    return actor.post_id == post_id and wanted >= _OWN_OR_RECEIVING


def may_administer(actor: Actor) -> bool:
    """Whether this person may enter posts, change what they are, and move people between them."""
    return may_manage(actor, post_id=None)


def may_keep_busy_times(actor: Actor, *, official_id: int, post_id: int) -> bool:
    """Whether this person sees to the own calendars of that official: the official, or who keeps the post."""
    return actor.official_id == official_id or may_manage(actor, post_id=post_id)


def may_keep_mails(actor: Actor, *, court_id: int | None) -> bool:
    """Whether this person sees to mails about that court's hearings which did not arrive; None is those of all courts.

    Administrators of all, a coordinator of the own court.
    """
    if actor.role is Role.ADMINISTRATOR:
        return True
    return actor.role is Role.COORDINATOR and court_id is not None and actor.post_id == court_id


def may_make_feed(actor: Actor, *, official_id: int, post_id: int, signs_in: bool) -> bool:
    """Whether this person may have an address made at which that official's calendar is read without signing in.

    The official; and who keeps the post, for somebody who cannot sign in to do it.
    """
    return actor.official_id == official_id or (not signs_in and may_manage(actor, post_id=post_id))


def may_stop_feed(actor: Actor, *, official_id: int, post_id: int) -> bool:
    """Whether this person may stop such an address: the official, and always who keeps the post."""
    return actor.official_id == official_id or may_manage(actor, post_id=post_id)
