"""The one place that reads where the transcript of a hearing stands: its moves as values, its text, its three days."""

from collections.abc import Iterable, Mapping, Sequence

from vctestimony.domain import sop
from vctestimony.domain.casework import Signing
from vctestimony.domain.record.cycle import Made, Path, Standing, standing
from vctestimony.domain.record.dispatch import WITHIN, Due
from vctestimony.services.checklist_making import anchors_of
from vctestimony.services.facts import HOME
from vctestimony.services.unit import Unit
from vctestimony.store import cycle as store
from vctestimony.store import depositions
from vctestimony.store.models import CycleMoveRow, HearingRow

KERALA = "kerala"
_PATHS = {Signing.DIGITAL: Path.DIGITAL, Signing.PAPER: Path.PAPER}


def moves(unit: Unit, hearing: HearingRow) -> tuple[Made, ...]:
    """Every move, the first first."""
    return made_of(store.moves(unit.session, hearing.id))


def made_of(rows: Iterable[CycleMoveRow]) -> tuple[Made, ...]:
    """Rows without their storage."""
    return tuple(
        Made(
            number=row.number,
            move=row.move,
            rung=row.rung,
            path=row.path,
            happened_at=row.happened_at,
            by=row.by,
            facts=dict(row.facts),
            reason=row.reason,
            text_sha256=row.text_sha256,
        )
        for row in rows
    )


def stands(hearing: HearingRow, made: Sequence[Made]) -> Standing:
    """Where the transcript stands after these moves. What the first move went by holds, whatever the order says now."""
    first = made[0].path if made else usual_path(hearing)
    return standing(made, path=first, abroad=is_abroad(hearing))


def standings_of(unit: Unit, hearings: Iterable[HearingRow]) -> Mapping[int, Standing]:
    """Where the transcripts of many hearings stand; without those of which nothing was entered yet."""
    known = {row.id: row for row in hearings}
    return {
        hearing_id: stands(known[hearing_id], made_of(rows))
        for hearing_id, rows in store.moves_of(unit.session, known).items()
    }


def usual_path(hearing: HearingRow) -> Path:
    """By the order: digital where it says that both points have digital signatures (Model Rules 8.8.1)."""
    return _PATHS[hearing.order.signing]


def both_digital(hearing: HearingRow) -> bool:
    """Whether the order says that both points have digital signatures."""
    return hearing.order.signing is Signing.DIGITAL


def is_abroad(hearing: HearingRow) -> bool:
    """Whether the Remote Point is in another country."""
    return hearing.remote.country != HOME


def fixed_text(unit: Unit, hearing: HearingRow) -> str:
    """The SHA-256 of the deposition as it was fixed; empty while lines can change."""
    last = depositions.last_fixing(unit.session, hearing.id)
    return last.sha256 if last is not None and last.fixed else ""


def due_of(hearing: HearingRow) -> Due | None:
    """Until when the hard copy is to be sent, by the calendar of the Remote Point; None without a time.

    Only the Kerala rules say three days plainly, of a document that the witness produced.
    """
    at = sop.instant_of(sop.parse_offset(WITHIN), anchors=anchors_of(hearing), zone=hearing.remote.zone)
    produced = bool(hearing.witness.facts.get("documents_remote"))
    return Due(at, not (produced and hearing.case.rule_pack == KERALA)) if at is not None else None
