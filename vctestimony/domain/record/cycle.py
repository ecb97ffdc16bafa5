"""The one place for the way of a transcript to its signatures and back: both paths, what comes after what, what stands.

Model Rules 8.8.1 (digital signatures at both points) and 8.8.2 (on paper), as adopted, after BNSS 313 or CrPC 278.
Nothing is ever taken out of the history: a step back and a change of path are moves like any other, and what stands is
told from all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.wording import N_


class Path(StrEnum):
    """How the transcript is signed."""

    DIGITAL = "digital"
    PAPER = "paper"


class Rung(StrEnum):
    """One step of the way; the value stands in the journal."""

    READ_OVER = "read_over"
    CORRECTED = "corrected"
    ADMITTED = "admitted"
    OFFERED = "offered"
    JUDGE_E_SIGNED = "judge_e_signed"
    JUDGE_SIGNED = "judge_signed"
    PARTIES_SIGNED = "parties_signed"
    SCANNED_AT_COURT = "scanned_at_court"
    SENT = "sent"
    WITNESS_SIGNED = "witness_signed"
    COUNTERSIGNED = "countersigned"
    HOST_SIGNED = "host_signed"
    SCANNED_AT_REMOTE = "scanned_at_remote"
    COORDINATOR_E_SIGNED = "coordinator_e_signed"
    SENT_BACK = "sent_back"
    RECEIVED = "received"
    DISPATCHED = "dispatched"
    COPY_RECEIVED = "copy_received"


class Move(StrEnum):
    """What can be done to the way of a transcript."""

    DONE = "done"
    BACK = "back"
    CHANGE = "change"


READING: tuple[Rung, ...] = (Rung.READ_OVER, Rung.CORRECTED, Rung.ADMITTED)
HARD_COPY: tuple[Rung, ...] = (Rung.DISPATCHED, Rung.COPY_RECEIVED)
LADDERS: Mapping[Path, tuple[Rung, ...]] = {
    Path.DIGITAL: (
        *READING,
        Rung.OFFERED,
        Rung.JUDGE_E_SIGNED,
        Rung.SENT,
        Rung.WITNESS_SIGNED,
        Rung.HOST_SIGNED,
        Rung.SCANNED_AT_REMOTE,
        Rung.COORDINATOR_E_SIGNED,
        Rung.SENT_BACK,
        Rung.RECEIVED,
        *HARD_COPY,
    ),
    Path.PAPER: (
        *READING,
        Rung.JUDGE_SIGNED,
        Rung.PARTIES_SIGNED,
        Rung.SCANNED_AT_COURT,
        Rung.SENT,
        Rung.WITNESS_SIGNED,
        Rung.COUNTERSIGNED,
        Rung.HOST_SIGNED,
        Rung.SCANNED_AT_REMOTE,
        Rung.SENT_BACK,
        Rung.RECEIVED,
        *HARD_COPY,
    ),
}
"""The only table by which a transcript goes on: each step follows the one before it, and none is left out."""

PATH_LABELS: dict[Path, str] = {
    Path.DIGITAL: N_("Digital signatures at both points"),
    Path.PAPER: N_("On paper: printed, signed, scanned"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One move as it was made. `path` is the one that holds after it, `rung` the step done or gone back to.

    `text_sha256` is of the deposition as it stood when the move was made.
    """

    number: int
    move: Move
    rung: Rung
    path: Path
    happened_at: datetime
    by: str
    facts: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a transcript stands: its path, every step of it in order, and the moves that did those that count."""

    path: Path
    ladder: tuple[Rung, ...]
    done: Mapping[Rung, Made]

    @property
    def next(self) -> Rung | None:
        """What is to be done now; None when the hard copy has come."""
        return next((rung for rung in self.ladder if rung not in self.done), None)

    @property
    def latest(self) -> Made | None:
        """What was done last of what counts."""
        return self.done[self.ladder[len(self.done) - 1]] if self.done else None

    @property
    def admitted_text(self) -> str:
        """Of which text the signatures are: that which stood after the corrections. Empty before."""
        return self.done[Rung.CORRECTED].text_sha256 if Rung.CORRECTED in self.done else ""

    def before(self, rung: Rung) -> tuple[Rung, ...]:
        """What is still missing before that step."""
        return tuple(one for one in self.ladder[: self.ladder.index(rung)] if one not in self.done)


def ended_by_seal(stands: Standing, *, sealed: bool) -> bool:
    """Whether the seal came while the transcript was still on its way: only the hard copy travels on after it."""
    return sealed and stands.next is not None and stands.next not in HARD_COPY


def ladder_of(path: Path, *, abroad: bool) -> tuple[Rung, ...]:
    """The steps of a path, in order; a signature of the host's magistrate or the mission is asked for only abroad."""
    return tuple(rung for rung in LADDERS[path] if abroad or rung is not Rung.HOST_SIGNED)


def standing(moves: Iterable[Made], *, path: Path, abroad: bool) -> Standing:
    """What stands after all these moves; `path` is the one it begins with.

    Whoever goes back takes with the step all that came after it. Whoever changes the path begins it anew: a signature
    on one path is none on the other.
    """
    ladder, done = ladder_of(path, abroad=abroad), dict[Rung, Made]()
    for made in moves:
        if made.path is not path:
            path, ladder = made.path, ladder_of(made.path, abroad=abroad)
        if made.move is Move.DONE:
            done[made.rung] = made
        else:
            kept = READING if made.move is Move.CHANGE else ladder[: ladder.index(made.rung)]
            done = {rung: one for rung, one in done.items() if rung in kept}
    return Standing(path, ladder, done)
