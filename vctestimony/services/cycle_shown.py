"""What the page of a transcript's way is made of: steps, who is next, the day of the hard copy, the moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.cycle import Path, Rung
from vctestimony.domain.record.dispatch import Watch
from vctestimony.domain.record.kinds import Asked


@dataclass(frozen=True, slots=True)
class ScanView:
    """A scan that is kept; once it is `gone`, its hash alone."""

    public_id: str
    sha256: str
    pages: int
    size: int
    kind: str
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RungView:
    """One step as it reads. `state` is done, next or ahead; `code` names the file that is signed electronically."""

    rung: Rung
    state: str
    label: str
    who: str
    end: str
    by: str = ""
    began: BothClocks | None = None
    happened: BothClocks | None = None
    details: tuple[tuple[str, str], ...] = ()
    scan: ScanView | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextView:
    """What is to be done now, by whom, since when they have it; `signed` tells whether the signature is there that the
    step asks for, in the `field` of the file `code`.

    `for_other`: the reader may enter it, but it is the other end that does it. `log_kind`: the entry of the running log
    that tells the same, from which the form is filled once it is `logged`; empty where the log has no such entry.
    """

    rung: Rung
    to_do: str
    duty: str
    end: str
    name: str
    since: BothClocks | None
    asks: tuple[Asked, ...]
    filled: Mapping[str, str]
    scan: bool
    timed: bool
    mails: bool
    code: str
    field: str
    field_label: str
    signed: bool
    can_do: bool
    for_other: bool
    log_kind: str
    logged: bool
    own_city: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Steps that rest on the same rules."""

    title: str
    authority: str
    rungs: tuple[RungView, ...]


@dataclass(frozen=True, slots=True)
class DueView:
    """Until when the hard copy is to be sent, and how that stands."""

    until: BothClocks
    is_preferred: bool
    watch: Watch
    label: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """One move as it was made, counting or not."""

    number: int
    what: str
    label: str
    happened: BothClocks
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleView:
    """The way of one transcript. `number` is how many moves it has seen; a form carries it back.

    `ended`: the seal came before the signatures were finished, so that no step can be entered any more.
    """

    reference: str
    case_number: str
    pseudonym: str
    number: int
    opened: bool
    fixed: bool
    changed: bool
    sealed: bool
    ended: bool
    can_add: bool
    path: Path
    path_label: str
    groups: tuple[GroupView, ...]
    next: NextView | None
    due: DueView | None
    back_to: tuple[tuple[str, str], ...] = ()
    other_path: tuple[str, str] | None = None
    moves: tuple[MoveView, ...] = field(default=())
    zones: tuple[tuple[str, str], ...] = field(default=())
