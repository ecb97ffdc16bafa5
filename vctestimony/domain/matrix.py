"""The one place that reads who_may_what.toml, the matrix of role, action and relation to the hearing, and checks it.

The file lies in the package and is part of the code: no installation changes it, so it is read with the module, and
whoever asks `domain.access` needs nothing handed in. Wrong data gives nobody any right: `FAULTS` says file, key and
reason, the application does not start (composition.py), and `flask check` says it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from vctestimony.domain.people import Role
from vctestimony.domain.shipped import shipped

FILE = "who_may_what.toml"


class Action(StrEnum):
    """Something a page or command lets a person do. Every route names one, or says it is open to all."""

    SEE_HEARINGS = "see_hearings"
    SEE_CHECKLIST = "see_checklist"
    ANSWER = "answer"
    REGISTER = "register"
    PLAN = "plan"
    BOOK = "book"
    OVERLAP = "overlap"
    CONFIRM = "confirm"
    TICK = "tick"
    WAIVE = "waive"
    PRINT = "print"
    READ_RECORD = "read_record"
    CONDUCT = "conduct"
    WAIVE_GATE = "waive_gate"
    CHANGE_IN_SESSION = "change_in_session"
    TRANSCRIBE = "transcribe"
    FILL_RECORD = "fill_record"
    SEAL = "seal"
    REOPEN = "reopen"
    KEEP_CYCLE = "keep_cycle"
    SEE_SIGNED = "see_signed"
    SIGN = "sign"
    KEEP_RECORDINGS = "keep_recordings"
    OPEN_VAULT = "open_vault"
    GIVE_LEAVE = "give_leave"
    ORDER_DESTRUCTION = "order_destruction"
    HOLD_CASE = "hold_case"
    TAKE_OUT = "take_out"
    DESTROY_KEYS = "destroy_keys"
    SEE_RETENTION = "see_retention"
    SEE_NUMBERS = "see_numbers"
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
    """How a person stands to a hearing. Who is SCREENED stands in no other: being kept apart takes from every right."""

    OWN_COURT = "own_court"
    RECEIVING_POST = "receiving_post"
    NAMED = "named"
    SCREENED = "screened"


class Rule(StrEnum):
    """Something a person may do for a post, an official or a court, where no hearing is involved."""

    KEEP_POST = "keep_post"
    HAVE_LISTS = "have_lists"
    KEEP_BUSY_TIMES_OF = "keep_busy_times_of"
    KEEP_MAILS_OF = "keep_mails_of"
    MAKE_FEED_OF = "make_feed_of"
    MAKE_FEED_FOR = "make_feed_for"
    STOP_FEED_OF = "stop_feed_of"
    KNOW_PLACE = "know_place"
    KNOW_POST = "know_post"


class Reach(StrEnum):
    """How far such a right goes."""

    EVERYWHERE = "everywhere"
    OWN_POST = "own_post"
    OWN_PERSON = "own_person"


class StepWeight(StrEnum):
    """What rests on a step of a checklist: our planning or advice only, or the law, or a gate of the hearing."""

    PLANNED = "planned"
    BINDING = "binding"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the file, and under which key."""

    key: str
    reason: str

    def __str__(self) -> str:
        return f"{FILE}: {self.key}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix. `words` says each action and rule as a marked sentence, by its table and name in the file."""

    on_a_hearing: Mapping[Action, Mapping[Role, frozenset[Relation]]] = field(default_factory=dict)
    in_general: Mapping[Action, frozenset[Role]] = field(default_factory=dict)
    reach: Mapping[Rule, Mapping[Role, frozenset[Reach]]] = field(default_factory=dict)
    on_own_word: Mapping[StepWeight, frozenset[Role]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


_Name = TypeVar("_Name", bound=StrEnum)
_Cells = Mapping[str, Mapping[Role, frozenset[_Name]]]
_TABLES = frozenset({"on_a_hearing", "in_general", "reach", "on_own_word"})


def read_matrix(text: str) -> tuple[Matrix, tuple[Fault, ...]]:
    """The matrix in the text and everything that is wrong with it; a matrix that gives nothing where anything is.

    >>> matrix, faults = read_matrix("[on_a_hearing.fly]\\nwords = 'Fly'\\npilot = ['own_court']")
    >>> str(faults[0]), matrix.on_a_hearing
    ('who_may_what.toml: on_a_hearing.fly: no such action', {})
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Matrix(), (Fault("the file", str(error)),)
    reading = _Reading(data)
    matrix = Matrix(
        on_a_hearing={Action(name): cells for name, cells in reading.cells("on_a_hearing", Action, Relation).items()},
        in_general={Action(name): roles for name, roles in reading.roles("in_general", Action).items()},
        reach={Rule(name): cells for name, cells in reading.cells("reach", Rule, Reach).items()},
        on_own_word={StepWeight(name): roles for name, roles in reading.roles("on_own_word", StepWeight).items()},
        words=reading.words,
    )
    faults = (*reading.faults, *_unmatched(matrix), *_blind(matrix))
    return (Matrix() if faults else matrix), faults


class _Reading:
    """Reads the tables one by one and keeps what is wrong; a name that is not known is left out."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self.words: dict[str, str] = {}
        self.faults = [Fault(name, "no such table") for name in data if name not in _TABLES]

    def cells(self, table: str, of: type[StrEnum], values: type[_Name]) -> _Cells[_Name]:
        """Rows with a list for each role."""
        return {
            name: {
                Role(role): self._names(f"{key}.{role}", found, values)
                for role, found in row.items()
                if self._known(f"{key}.{role}", role, Role)
            }
            for name, key, row in self._rows(table, of)
        }

    def roles(self, table: str, of: type[StrEnum]) -> Mapping[str, frozenset[Role]]:
        """Rows with one list, of roles."""
        found = {}
        for name, key, row in self._rows(table, of):
            self.faults += [Fault(f"{key}.{extra}", "no such key") for extra in row if extra != "roles"]
            found[name] = self._names(f"{key}.roles", row.get("roles"), Role)
        return found

    def _rows(self, table: str, of: type[StrEnum]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        rows = self._data.get(table, {})
        if not isinstance(rows, dict):
            self.faults.append(Fault(table, "not a table"))
            return
        for name, row in rows.items():
            key = f"{table}.{name}"
            if not isinstance(row, dict):
                self.faults.append(Fault(key, "not a table"))
            elif self._known(key, name, of):
                yield name, key, self._without_words(key, row)

    def _without_words(self, key: str, row: dict[str, Any]) -> dict[str, Any]:
        words = row.get("words")
        if not isinstance(words, str) or not words.strip():
            self.faults.append(Fault(key, "words are missing"))
        else:
            self.words[key] = words
        return {name: value for name, value in row.items() if name != "words"}

    def _names(self, key: str, found: object, of: type[_Name]) -> frozenset[_Name]:
        """A list of known names, each once; an empty one grants nothing and is a row that nobody uses."""
        if not isinstance(found, list) or not found:
            self.faults.append(Fault(key, "a list with something in it is wanted"))
            return frozenset()
        if len(found) != len({str(one) for one in found}):
            self.faults.append(Fault(key, "a name stands twice"))
        return frozenset(of(name) for name in found if self._known(key, name, of))

    def _known(self, key: str, name: object, of: type[StrEnum]) -> bool:
        if name in {one.value for one in of}:
            return True
        what = {Role: "role", Relation: "relation", Reach: "reach", Action: "action", Rule: "rule"}.get(of, "name")
        self.faults.append(Fault(key, f"no such {what}" if key.endswith(f".{name}") else f"no such {what}: {name}"))
        return False


def _unmatched(matrix: Matrix) -> Iterator[Fault]:
    """Every action, rule and weight has one row, with somebody in it, and an action stands in one table only."""
    for action in Action:
        found = (action in matrix.on_a_hearing) + (action in matrix.in_general)
        if found != 1:
            yield Fault(action.value, "the action has no row" if not found else "the action has a row in two tables")
    for key, rows, names in (("reach", matrix.reach, Rule), ("on_own_word", matrix.on_own_word, StepWeight)):
        yield from (Fault(f"{key}.{name}", "the row is missing") for name in names if name not in rows)
    for action, cells in matrix.on_a_hearing.items():
        if not cells:
            yield Fault(f"on_a_hearing.{action}", "no role may do it: the row is unused")


def _blind(matrix: Matrix) -> Iterator[Fault]:
    """Who may do something to a hearing must be able to see it, else the right is never reached."""
    seen = matrix.on_a_hearing.get(Action.SEE_HEARINGS, {})
    for action, cells in matrix.on_a_hearing.items():
        for role, relations in cells.items():
            for relation in sorted(relations - seen.get(role, frozenset())):
                yield Fault(f"on_a_hearing.{action}.{role}", f"{relation}: the role does not see such a hearing")


MATRIX, FAULTS = read_matrix(shipped(FILE))
