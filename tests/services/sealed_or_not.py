"""What must hold whatever happens to a record while it is sealed: it is sealed whole, or not at all."""

import sqlalchemy as sa

from vctestimony.domain.record.content import digest
from vctestimony.services import comparing, journal, verification
from vctestimony.services.unit import Units
from vctestimony.store import hearings
from vctestimony.store.models import SealedRecordRow


class HalfSealed(Exception):
    """Something of a seal is there, and something is not."""


def is_sealed(units: Units, reference: str) -> bool:
    """Whether the hearing's record is sealed, with its row and its entry; HalfSealed for anything in between."""
    with units.reading() as unit:
        hearing = hearings.by_reference(unit.session, reference)
        number = hearing.id if hearing else 0
        rows = unit.session.scalars(sa.select(SealedRecordRow).where(SealedRecordRow.hearing_id == number)).all()
        entries = [entry for entry in journal.history(unit, reference) if entry.action == verification.SEALED]
        if (len(rows), len(entries)) == (0, 0):
            return False
        if (len(rows), len(entries)) != (1, 1):
            raise HalfSealed(reference, len(rows), len(entries))
        (row,), (entry,) = rows, entries
        whole = verification.verify(unit, row.code).unchanged and comparing.compare(unit, row.pdf).holds
        if not whole or row.journal_head != entry.hash or digest(row.pdf) != row.pdf_sha256:
            raise HalfSealed(reference, row.code)
        return True


def check_chain(units: Units) -> None:
    """The journal holds."""
    with units.reading() as unit:
        broken = journal.verify(unit)[1]
    if broken is not None:
        raise HalfSealed(broken.problem)
