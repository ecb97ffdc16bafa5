"""The one place that keeps and gives out the scans of a signed transcript.

A scan is kept as it came, byte for byte, and sealed with the witness's own key: it shows her own hand. The name that
the file had is kept nowhere, for it may hold a name; what leaves gets a name of our own.
"""

from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.evidence import FileKind, kind_of
from vctestimony.domain.record import scans
from vctestimony.domain.record.scans import NotAScan, NotPdf, ScanKept
from vctestimony.domain.sealing import VaultShut
from vctestimony.services import journal, witness_keys
from vctestimony.services.access import hearing_for
from vctestimony.services.evidence import EvidenceShut, Taken
from vctestimony.services.ports import Ports
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import cycle as store
from vctestimony.store.models import CycleFileRow, HearingRow


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that was looked through before anybody waits for it."""

    content: bytes
    kind: FileKind
    pages: int

    @property
    def sha256(self) -> str:
        """Its fingerprint."""
        return sha256(self.content).hexdigest()


def looked_through(ports: Ports, content: bytes) -> Scan:
    """The file as a scan, or a refusal in words: what it is, is told by what is in it and never by its name."""
    kind = kind_of(content)
    if kind not in scans.KINDS:
        raise NotAScan(field="file")
    if kind is not FileKind.PDF:
        return Scan(content, kind, pages=1)
    found = ports.scans.read(content)
    scans.check(found)
    return Scan(content, kind, found.pages)


def keep(unit: Unit, hearing: HearingRow, scan: Scan, *, by: Actor, to_be_signed: bool) -> CycleFileRow:
    """Keep it with the hearing; refuses the same bytes again, and a picture where an electronic signature is to come.

    The caller holds the hearing's lock and writes the journal.
    """
    if to_be_signed and scan.kind is not FileKind.PDF:
        raise NotPdf(field="file")
    if any(one.sha256 == scan.sha256 for one in store.files(unit.session, hearing.id).values()):
        raise ScanKept(field="file")
    public_id = new_reference(unit, "F")
    place = sealed_place(public_id)
    key_id, sealed = witness_keys.seal_file(unit, hearing.witness, scan.content, bound_to=place)
    row = CycleFileRow(
        public_id=public_id,
        hearing_id=hearing.id,
        kind=scan.kind.value,
        size=len(scan.content),
        pages=scan.pages,
        sha256=scan.sha256,
        key_id=key_id,
        content=sealed,
        added_by=by.name,
        added_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def take(unit: Unit, reference: str, public_id: str, *, by: Actor) -> Taken:
    """The scan as it came, its hash compared; who took it is written down."""
    hearing = hearing_for(unit, reference, by=by, action=Action.KEEP_CYCLE)
    row = store.files(unit.session, hearing.id).get(public_id)
    if row is None:
        raise Absent()
    content = _opened(unit, hearing, row)
    journal.write(unit, "cycle.scan_taken", subject=reference, by=by, scan=public_id, sha256=row.sha256)
    return Taken(content, f"{reference}-{public_id}.{row.kind}")


def _opened(unit: Unit, hearing: HearingRow, row: CycleFileRow) -> bytes:
    place = sealed_place(row.public_id)
    try:
        content = witness_keys.opened_file(unit, hearing.witness, row.content, key_id=row.key_id, bound_to=place)
    except VaultShut as refusal:
        raise EvidenceShut() from refusal
    if sha256(content).hexdigest() != row.sha256:
        raise EvidenceShut()
    return content


def sealed_place(public_id: str) -> str:
    """What the sealed scan is bound to."""
    return f"cycle_file|{public_id}|content"
