"""The one place for a hearing's life: its parts, its ends, its states and the only table by which they change."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class Part(StrEnum):
    """A stretch of the hearing with its own rooms and people, in this order."""

    PRE = "pre"
    MAIN = "main"
    POST = "post"


class End(StrEnum):
    """Which of the two points."""

    COURT = "court"
    REMOTE = "remote"


class State(StrEnum):
    """Where a hearing stands."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    IN_SESSION = "in_session"
    COMPLETED = "completed"
    ADJOURNED = "adjourned"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Move(StrEnum):
    """What can be done to a hearing's state."""

    HOLD = "hold"
    RELEASE = "release"
    BOOK = "book"
    RESCHEDULE = "reschedule"
    CONFIRM = "confirm"
    START = "start"
    COMPLETE = "complete"
    ADJOURN = "adjourn"
    CANCEL = "cancel"
    LAPSE = "lapse"


MOVES: dict[tuple[State, Move], State] = {
    (State.REQUESTED, Move.HOLD): State.PROPOSED,
    (State.REQUESTED, Move.BOOK): State.BOOKED,
    (State.REQUESTED, Move.CANCEL): State.CANCELLED,
    (State.REQUESTED, Move.LAPSE): State.LAPSED,
    (State.PROPOSED, Move.HOLD): State.PROPOSED,
    (State.PROPOSED, Move.RELEASE): State.REQUESTED,
    (State.PROPOSED, Move.BOOK): State.BOOKED,
    (State.PROPOSED, Move.CANCEL): State.CANCELLED,
    (State.PROPOSED, Move.LAPSE): State.LAPSED,
    (State.BOOKED, Move.RESCHEDULE): State.BOOKED,
    (State.BOOKED, Move.CONFIRM): State.CONFIRMED,
    (State.BOOKED, Move.CANCEL): State.CANCELLED,
    (State.CONFIRMED, Move.RESCHEDULE): State.BOOKED,
    (State.CONFIRMED, Move.START): State.IN_SESSION,
    (State.CONFIRMED, Move.CANCEL): State.CANCELLED,
    (State.IN_SESSION, Move.COMPLETE): State.COMPLETED,
    (State.IN_SESSION, Move.ADJOURN): State.ADJOURNED,
}

REASON_NEEDED = frozenset({Move.RESCHEDULE, Move.CANCEL, Move.ADJOURN})

STATE_LABELS: dict[State, str] = {
    State.REQUESTED: N_("Requested"),
    State.PROPOSED: N_("Time held"),
    State.BOOKED: N_("Booked"),
    State.CONFIRMED: N_("Confirmed"),
    State.IN_SESSION: N_("In session"),
    State.COMPLETED: N_("Completed"),
    State.ADJOURNED: N_("Adjourned, part-heard"),
    State.CANCELLED: N_("Cancelled"),
    State.LAPSED: N_("Lapsed"),
}
MOVE_LABELS: dict[Move, str] = {
    Move.HOLD: N_("hold a time"),
    Move.RELEASE: N_("release the held time"),
    Move.BOOK: N_("book"),
    Move.RESCHEDULE: N_("move"),
    Move.CONFIRM: N_("confirm"),
    Move.START: N_("start"),
    Move.COMPLETE: N_("complete"),
    Move.ADJOURN: N_("adjourn"),
    Move.CANCEL: N_("cancel"),
    Move.LAPSE: N_("let lapse"),
}
PART_LABELS: dict[Part, str] = {
    Part.PRE: N_("Before: identity, room check, private talk"),
    Part.MAIN: N_("Examination"),
    Part.POST: N_("After: read-over and signature"),
}
END_LABELS: dict[End, str] = {End.COURT: N_("Court Point"), End.REMOTE: N_("Remote Point")}


class IllegalMove(Conflict):
    """The table has no such move from this state."""

    text = N_(
        "A hearing that is “{state}” cannot be changed in this way ({move}). "
        "Open the hearing to see what can be done now."
    )


class ReasonMissing(Invalid):
    """The move is recorded for good and must say why."""

    text = N_("Write a reason. It goes into the hearing's journal and cannot be changed later.")


def moved(state: State, move: Move, *, reason: str = "") -> State:
    """The state after `move`, or IllegalMove; moves of REASON_NEEDED refuse an empty reason."""
    after = MOVES.get((state, move))
    if after is None:
        raise IllegalMove(state=STATE_LABELS[state], move=MOVE_LABELS[move])
    if move in REASON_NEEDED and not reason.strip():
        raise ReasonMissing(field="reason")
    return after


@dataclass(frozen=True, slots=True)
class RequiredDuty:
    """A duty the law or the order asks to be filled, at which end, and why."""

    duty: Duty
    end: End
    why: str
    authority: str
    required: bool


@dataclass(frozen=True, slots=True)
class Lengths:
    """Minutes of the three parts; the main part is never empty."""

    pre: int
    main: int
    post: int

    def __post_init__(self) -> None:
        if self.main < 1 or self.pre < 0 or self.post < 0 or self.total > 600:
            raise LengthsRefused(field="main_minutes")

    @property
    def total(self) -> int:
        """Minutes from the start of the first part to the end of the last."""
        return self.pre + self.main + self.post

    def of(self, part: Part) -> int:
        """Minutes of one part."""
        return {Part.PRE: self.pre, Part.MAIN: self.main, Part.POST: self.post}[part]


class LengthsRefused(Invalid):
    """A hearing without an examination, or longer than a working day."""

    text = N_(
        "The examination needs at least one minute, no part can be negative, "
        "and all parts together at most 600 minutes."
    )


ATTENDANCE: dict[Duty, tuple[Part, ...]] = {
    Duty.JUDGE: (Part.MAIN, Part.POST),
    Duty.PROSECUTION: (Part.MAIN, Part.POST),
    Duty.DEFENCE: (Part.MAIN, Part.POST),
    Duty.PRISON: (Part.MAIN, Part.POST),
    Duty.LEGAL_STAFF: (Part.PRE, Part.MAIN),
}


def attendance(duty: Duty) -> tuple[Part, ...]:
    """The parts a duty ordinarily attends; who is not listed attends all three."""
    return ATTENDANCE.get(duty, (Part.PRE, Part.MAIN, Part.POST))
