"""The one place that gathers what the certificate for an electronic record prints: files, and what each part says."""

from vctestimony.domain.documents.closing import BLANK, CertifiedPart, Recording
from vctestimony.domain.recordings.description import length_of
from vctestimony.domain.recordings.entries import EntryKind
from vctestimony.services.recording_entries import standing
from vctestimony.services.recordings import logged, title_of
from vctestimony.services.unit import Unit
from vctestimony.store import recordings as store
from vctestimony.store.models import HearingRow

_AS_TYPED = (
    *("name", "parent", "residence", "source", "other", "make", "colour", "serial", "identifier", "produced"),
    *("control", "fault", "designation"),
)


def recordings(unit: Unit, hearing: HearingRow) -> tuple[Recording, ...]:
    """Each recording by our own number as it is described, and what the log says of one that is not described yet."""
    rows = store.newest(unit.session, hearing.id).values()
    taken = {row.log_number for row in rows}
    described = (
        Recording(
            file_id=title_of(hearing, row.number),
            sha256=row.digest,
            duration=length_of(row.seconds),
            custodian=f"{row.custodian}; {row.encryption}",
            algorithm=row.algorithm.upper(),
        )
        for row in rows
    )
    named = ("file_id", "sha256", "duration", "custodian")
    others = (entry for entry in logged(unit, hearing) if entry.number not in taken)
    return (*described, *(Recording(**{name: entry.facts[name] for name in named}) for entry in others))


def part(unit: Unit, hearing: HearingRow, kind: EntryKind) -> CertifiedPart:
    """What the person stated last; nothing where nobody has yet."""
    found = standing(store.entries(unit.session, hearing.id), kind)
    if not found:
        return BLANK
    facts = found[-1].facts
    typed = {name: facts[name] for name in _AS_TYPED if name in facts}
    return CertifiedPart(**typed, agrees=facts.get("agrees") == "yes")
