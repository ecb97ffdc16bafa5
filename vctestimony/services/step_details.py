"""What a page shows of a step beneath its text: what it waits for, its files, when it was done, one more clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.evidence import KIND_LABELS, FileKind
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import Duty
from vctestimony.services import hearing_clocks, step_order
from vctestimony.store.models import EvidenceRow, HearingRow, StepRow, StepState


@dataclass(frozen=True, slots=True)
class WaitView:
    """A step that comes before another, in the reader's language."""

    id: str
    text: str
    state: StepState

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is StepState.OPEN


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that shows what was done; the label of its kind is marked with N_. `gone`: only its hash is left."""

    public_id: str
    kind: str
    size: int
    sha256: str
    description: str
    added_by: str
    added: BothClocks
    taken_back: BothClocks | None
    gone: bool

    @property
    def kilobytes(self) -> int:
        """Its size as people say it."""
        return max(1, round(self.size / 1024))


def waits(row: StepRow, known: Mapping[str, StepRow], *, language: str) -> tuple[WaitView, ...]:
    """What comes before the step, open or settled."""
    found = step_order.before(row, known)
    return tuple(WaitView(one.step_id, step_order.text_of(one, language), one.state) for one in found)


def files(hearing: HearingRow, rows: Sequence[EvidenceRow], *, own: End, gone: bool) -> tuple[FileView, ...]:
    """The files of a step; `gone` where the witness's key was destroyed."""
    return tuple(
        FileView(
            public_id=row.public_id,
            kind=KIND_LABELS[FileKind(row.kind)],
            size=row.size,
            sha256=row.sha256,
            description=row.description,
            added_by=row.added_by,
            added=hearing_clocks.both(hearing, row.added_at, own=own),
            taken_back=hearing_clocks.both(hearing, row.taken_back_at, own=own) if row.taken_back_at else None,
            gone=gone,
        )
        for row in rows
    )


def done(hearing: HearingRow, row: StepRow, *, own: End) -> BothClocks | None:
    """When it was done, where that is another minute than when it was entered."""
    if row.done_at is None or row.acted_at is None or f"{row.done_at:%F %H:%M}" == f"{row.acted_at:%F %H:%M}":
        return None
    return hearing_clocks.both(hearing, row.done_at, own=own)


def third(hearing: HearingRow, row: StepRow, at: datetime) -> Reading | None:
    """The instant by the clock of whoever the step is for, where they work by neither clock of the hearing."""
    duty, ends = Duty(row.roles[0]), {hearing.court.zone, hearing.remote.zone}
    posts = [one.official.post for one in hearing.participants if one.removed_at is None and one.duty is duty]
    away = next((post for post in posts if post.zone not in ends), None)
    return read(at, away.zone, away.city) if away else None
