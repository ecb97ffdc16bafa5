"""The one place that writes the deposition as plain text, for readers and programs without PDF."""

from vctestimony.domain.record.speech_writing import written
from vctestimony.services.record_basis import Basis
from vctestimony.store.models import HearingRow


def plain_text(basis: Basis, *, language: str = "en") -> str:
    """Whose it is, then stage by stage as it can be read in again; UTF-8, lines end with a newline."""
    return f"{head(basis.hearing)}\n\n" + written(
        ((stage.stage, stage.lines) for stage in basis.stages), language=language
    )


def head(hearing: HearingRow) -> str:
    """The first line, which is no part of the deposition."""
    return f"{hearing.case.number} · {hearing.witness.pseudonym} · {hearing.reference}"
