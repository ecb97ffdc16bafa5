"""The one place that says what the record states of the court's recordings: never the file's own name or its key."""

from collections.abc import Mapping

from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.entries import details
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.recordings.description import ALGORITHM_LABELS, Algorithm, length_of
from vctestimony.domain.wording import N_
from vctestimony.services.record_basis import Basis
from vctestimony.services.recordings import title_of
from vctestimony.store import recordings as store
from vctestimony.store import records
from vctestimony.store.models import RecordingRow

_ONE = N_(
    "{title}: from {began} to {ended}; length {length}; {size} bytes; {algorithm} {digest}. Custodian: {custodian}. "
    "Encryption: {encryption}. Copies: {copies}."
)


def said(basis: Basis) -> Mapping[str, str]:
    """Each recording as it is described now, and what the log says of one that nobody has described."""
    rows = recordings_of(basis)
    taken = {row.log_number for row in rows}
    logged = [_logged(basis, entry) for entry in basis.of(Kind.RECORDING_STOPPED) if entry.number not in taken]
    return {"recording": "\n".join((*(_described(basis, row) for row in rows), *logged))}


def recordings_of(basis: Basis) -> tuple[RecordingRow, ...]:
    """What is said of each recording now; of a sealed record, what was said when it was sealed."""
    session, hearing = basis.unit.session, basis.hearing
    sealed = records.sealed(session, hearing.id)
    rows = [row for row in store.revisions(session, hearing.id) if sealed is None or row.written_at <= sealed.sealed_at]
    return tuple({row.number: row for row in rows}.values())


def _described(basis: Basis, row: RecordingRow) -> str:
    return basis.word(_ONE).format(
        title=title_of(basis.hearing, row.number),
        began=basis.day(row.began_at),
        ended=basis.day(row.ended_at),
        length=length_of(row.seconds),
        size=row.size,
        algorithm=ALGORITHM_LABELS[Algorithm(row.algorithm)],
        digest=row.digest,
        custodian=row.custodian.rstrip("."),
        encryption=row.encryption.rstrip("."),
        copies=row.copies.rstrip("."),
    )


def _logged(basis: Basis, entry: Logged) -> str:
    pairs = details(entry.kind, entry.facts, translate=basis.word)
    words = "; ".join(f"{label}: {value}" for label, value in pairs)
    return f"{basis.clock(entry.happened_at)}: {words}" + (f". {entry.note}" if entry.note else "")
