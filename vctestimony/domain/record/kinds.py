"""The one place for what can happen on the day of a hearing: each kind of log entry, its key and what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain.wording import N_


class Kind(StrEnum):
    """What an entry of the running log says happened."""

    OPENED = "opened"
    READY_REMOTE = "ready_remote"
    LINK_TESTED = "link_tested"
    ROOM_SWEPT = "room_swept"
    LOBBY_LOCKED = "lobby_locked"
    LINK_CONNECTED = "link_connected"
    SEEN_AND_HEARD = "seen_and_heard"
    PHONES_OFF = "phones_off"
    PRESENCE_COURT = "presence_court"
    ACCUSED = "accused"
    PRESENCE_REMOTE = "presence_remote"
    IDENTITY_SEEN = "identity_seen"
    COERCION_CHECKED = "coercion_checked"
    INTERPRETER_SWORN = "interpreter_sworn"
    OATH = "oath"
    STAGE_BEGAN = "stage_began"
    LINK_LOST = "link_lost"
    LINK_RESTORED = "link_restored"
    BREAK_BEGAN = "break_began"
    BREAK_ENDED = "break_ended"
    DOCUMENT_SHOWN = "document_shown"
    IDENTIFIED = "identified"
    OBJECTION = "objection"
    RULING = "ruling"
    DEMEANOUR = "demeanour"
    PERSON_ENTERED = "person_entered"
    PERSON_LEFT = "person_left"
    SOFTWARE_CHANGED = "software_changed"
    GRIEVANCE = "grievance"
    GRIEVANCE_DECIDED = "grievance_decided"
    READ_OVER = "read_over"
    ADMITTED_CORRECT = "admitted_correct"
    QUALITY_SATISFIED = "quality_satisfied"
    QUALITY_ASKED = "quality_asked"
    REMOTE_CLOSING = "remote_closing"
    RECORDING_STOPPED = "recording_stopped"
    NOTE = "note"
    GATE_PASSED = "gate_passed"
    CORRECTION = "correction"
    CLOSED = "closed"
    ADJOURNED = "adjourned"


class Answer(StrEnum):
    """How a question about an entry is answered."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    HASH = "hash"
    ENTRY = "entry"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question about an entry. What is `needed` keeps the entry from being written until it is answered.

    `needed_if` makes it needed only where another question was answered so: {"found": ("removed", "left")}.
    """

    name: str
    label: str
    answer: Answer = Answer.LINE
    needed: bool = True
    needed_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A kind of entry: its words, the key that logs it, what it asks, and who may write it.

    `key` is empty for entries that other actions write. `by_remote`: the Remote Point may log it too. `before_start`:
    it may happen, and be logged, before the court opens the hearing. `after_end`: it may happen when that is over.
    `of_remote`: a statement of the Remote Point, which the court writes down only with who reported it.
    """

    label: str
    key: str = ""
    asks: tuple[Asked, ...] = ()
    by_remote: bool = False
    before_start: bool = False
    after_end: bool = False
    of_remote: bool = False

    @property
    def at_once(self) -> bool:
        """Whether one press is enough: nothing has to be answered first."""
        return bool(self.key) and not any(asked.needed for asked in self.asks)

    def needs(self, asked: Asked, answers: Mapping[str, str]) -> bool:
        """Whether this question must be answered, going by the other answers."""
        return asked.needed or any(answers.get(name) in values for name, values in asked.needed_if.items())


REPORTED_BY = Asked(
    name="reported_by",
    label=N_("As reported by"),
    needed=False,
    hint=N_("Needed where the court writes it: who at the Remote Point said so, and how."),
)
YES_NO: Mapping[str, str] = MappingProxyType({"yes": N_("yes"), "no": N_("no")})
POINTS: Mapping[str, str] = MappingProxyType({"court": N_("the Court Point"), "remote": N_("the Remote Point")})
STANDS, WITHDRAWN = "stands", "withdrawn"
REFUSED, RESERVED = "refused", "reserved"


def yes_no(name: str, label: str) -> Asked:
    """A question that is answered yes or no."""
    return Asked(name=name, label=label, answer=Answer.CHOICE, choices=YES_NO)
