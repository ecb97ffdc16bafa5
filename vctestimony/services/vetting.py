"""The use-case of vetting a file: it is looked through for malware before it is read or kept, where that is set up."""

from vctestimony.domain.access import Actor
from vctestimony.domain.vetting import FileInfected
from vctestimony.services import journal
from vctestimony.services.accounts import subject_of
from vctestimony.services.unit import Units


def vet(units: Units, content: bytes, *, field: str, by: Actor) -> None:
    """FileInfected, with an entry of who sent it and what was found; ScannerUnreachable where nobody can say."""
    scanner = units.ports.vetting.scanner
    found = scanner.found(content) if scanner is not None and content else ""
    if found and by.account_id is not None:
        with units.writing() as unit:
            journal.write(unit, "account.file_refused", subject=subject_of(by.account_id), by=by, found=found)
    if found:
        raise FileInfected(field=field, found=found)
