"""The use-cases of one signature: with a certificate file, with the service's token, or made on the officer's machine.

Nothing of a key is kept, journalled or logged. The signature is made and examined outside any transaction; then either
its increment is kept with its line in the journal, or nothing is. Whoever signs a file that somebody else has signed
meanwhile is told so, and signs the newer one.
"""

from datetime import datetime
from hashlib import sha256

from vctestimony.domain.access import Actor
from vctestimony.domain.signing import (
    Certificate,
    Inspection,
    KeyFile,
    Method,
    Prepared,
    Signed,
    TokenPin,
    Verdict,
)
from vctestimony.domain.signing_refusals import (
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    IssuerNotTrusted,
    NotAnExtension,
    NothingPrepared,
    NotOneSignature,
    SignatureBad,
    SignedMeanwhile,
    TooLargeToSign,
)
from vctestimony.services import journal, signing
from vctestimony.services.signing_begun import Begun, begin, found, still_open
from vctestimony.services.signing_certificates import Confirmation, account_of, check_own
from vctestimony.services.unit import Unit, Units
from vctestimony.store import records
from vctestimony.store import signing as store
from vctestimony.store.models import SignatureRow, SigningCopyRow, SigningDraftRow

GROWTH = 1024 * 1024
"""How much one signature may add to a file."""


def sign(
    units: Units, reference: str, code: str, name: str, means: KeyFile | TokenPin, *, confirmed: Confirmation, by: Actor
) -> None:
    """Sign in that field, with a key that is used for this once."""
    begun = begin(units, reference, code, name, by=by)
    made = units.ports.signatures.sign(begun.content, begun.order, means)
    method = Method.FILE if isinstance(means, KeyFile) else Method.TOKEN
    _keep(units, begun, made, method, confirmed=confirmed, by=by)


def upload(
    units: Units, reference: str, code: str, name: str, content: bytes, *, confirmed: Confirmation, by: Actor
) -> None:
    """Take back the file that was signed elsewhere: the latest one, with one more signature in that field."""
    begun = begin(units, reference, code, name, by=by)
    if not content.startswith(begun.content):
        raise NotAnExtension(field="file")
    if len(content) > len(begun.content) + GROWTH:
        raise TooLargeToSign(field="file")
    found_there = {one.field: one.certificate for one in _examined(units, content).signatures}
    certificate = found_there.get(name)
    if certificate is None:
        raise NotOneSignature(field="file", place=name)
    _keep(units, begun, Signed(content, certificate), Method.UPLOAD, confirmed=confirmed, by=by)


def prepare(units: Units, reference: str, code: str, name: str, *, by: Actor) -> None:
    """Make a gap for a signature whose bytes are signed elsewhere; an earlier one of this person is forgotten."""
    begun = begin(units, reference, code, name, by=by)
    gap = units.ports.signatures.prepare(begun.content, begun.order)
    with units.writing() as unit:
        row = _unchanged(unit, begun, by=by)
        store.drop_draft(unit.session, copy_id=row.id, account_id=account_of(by))
        unit.session.add(
            SigningDraftRow(
                copy_id=row.id,
                account_id=account_of(by),
                field=name,
                base_sha256=sha256(begun.content).hexdigest(),
                increment=gap.content[len(begun.content) :],
                digest=gap.digest,
                gap_start=gap.gap_start,
                gap_end=gap.gap_end,
                made_at=unit.now,
            )
        )
        unit.session.flush()
        journal.write(unit, "signing.prepared", subject=reference, by=by, code=code, field=name, sha256=gap.digest)


def awaited(unit: Unit, reference: str, code: str, *, by: Actor) -> tuple[str, Prepared] | None:
    """The field and the gap that wait for this person's signature; None where nothing does, or the file went on."""
    row, _hearing = found(unit, reference, code, by=by)
    draft = store.draft(unit.session, copy_id=row.id, account_id=account_of(by))
    if draft is None:
        return None
    latest = signing.copy(unit, code).latest
    if draft.base_sha256 != sha256(latest).hexdigest():
        return None
    return draft.field, Prepared(latest + draft.increment, draft.digest, draft.gap_start, draft.gap_end)


def complete(
    units: Units, reference: str, code: str, name: str, made: bytes, *, confirmed: Confirmation, by: Actor
) -> None:
    """Put what was made elsewhere (CMS) into the gap that waits for it."""
    with units.reading() as unit:
        waiting, now = awaited(unit, reference, code, by=by), unit.now
    if waiting is None or waiting[0] != name:
        raise NothingPrepared()
    gap = waiting[1]
    begun = begin(units, reference, code, name, by=by)
    if not gap.content.startswith(begun.content):
        raise SignedMeanwhile()
    signed = units.ports.signatures.complete(gap, made, at=now)
    _keep(units, begun, signed, Method.DIGEST, confirmed=confirmed, by=by)


def take(unit: Unit, reference: str, code: str, *, by: Actor) -> bytes:
    """The file as it is now, to be signed elsewhere or kept; who took it is written down."""
    found(unit, reference, code, by=by)
    latest = signing.copy(unit, code).latest
    facts = {"code": code, "sha256": sha256(latest).hexdigest()}
    journal.write(unit, "signing.taken", subject=reference, by=by, **facts)
    return latest


def _examined(units: Units, content: bytes) -> Inspection:
    """As of now; the moment of the signature that is being made."""
    return units.ports.signatures.inspect(content, now=units.ports.clock.now(), moments={})


def _check(inspection: Inspection, begun: Begun, made: Signed) -> None:
    """Exactly one more signature, in the field that was meant and by that certificate, and every one holds."""
    found_there = {one.field: one for one in inspection.signatures}
    new = found_there.get(begun.order.field)
    if new is None or len(inspection.signatures) != begun.signed + 1:
        raise NotOneSignature(place=begun.order.field)
    broken = {Verdict.BROKEN, Verdict.CHANGED}
    if new.certificate != made.certificate or any(one.verdict in broken for one in inspection.signatures):
        raise SignatureBad()
    _check_certificate(new.verdict, made.certificate, at=begun.order.at)
    if inspection.knows_issuers and new.verdict is not Verdict.TRUSTED:
        raise IssuerNotTrusted(issuer=made.certificate.issuer)


def _check_certificate(verdict: Verdict, certificate: Certificate, *, at: datetime) -> None:
    """A certificate with which nobody may sign now, whatever made the signature: said as for a key of one's own."""
    if verdict is Verdict.NOT_FOR_SIGNING:
        raise CertificateNotForSigning(name=certificate.name)
    if verdict is Verdict.OUT_OF_TIME and at > certificate.ends_at:
        raise CertificateExpired(name=certificate.name, when=f"{certificate.ends_at:%d %B %Y}")
    if verdict is Verdict.OUT_OF_TIME:
        raise CertificateNotYetValid(name=certificate.name, when=f"{certificate.begins_at:%d %B %Y}")


def _keep(units: Units, begun: Begun, made: Signed, method: Method, *, confirmed: Confirmation, by: Actor) -> None:
    """The increment and its line in the journal, together or not at all."""
    _check(_examined(units, made.content), begun, made)
    with units.writing() as unit:
        row = _unchanged(unit, begun, by=by)
        check_own(unit, made.certificate, confirmed=confirmed, by=by, subject=begun.reference)
        added = _row(unit, row, begun, made, method, by=by)
        unit.session.add(added)
        store.drop_draft(unit.session, copy_id=row.id, account_id=account_of(by))
        unit.session.flush()
        journal.write(
            unit,
            "signing.signed",
            subject=begun.reference,
            by=by,
            code=begun.code,
            field=added.field,
            method=method.value,
            certificate=added.certificate_sha256,
            name=added.certificate_name,
            sha256=added.sha256,
        )


def _unchanged(unit: Unit, begun: Begun, *, by: Actor) -> SigningCopyRow:
    """The copy, if it is still the file that was signed; nobody else changes it until this unit ends."""
    records.lock(unit.session, begun.reference)
    row, _duty = still_open(unit, begun.reference, begun.code, begun.order.field, by=by)
    added = store.signatures(unit.session, row.id)
    last = added[-1].sha256 if added else row.original_sha256
    if last != sha256(begun.content).hexdigest():
        raise SignedMeanwhile()
    return row


def _row(unit: Unit, row: SigningCopyRow, begun: Begun, made: Signed, method: Method, *, by: Actor) -> SignatureRow:
    start = len(begun.content)
    return SignatureRow(
        copy_id=row.id,
        number=len(store.signatures(unit.session, row.id)) + 1,
        field=begun.order.field,
        start=start,
        increment=made.content[start:],
        sha256=sha256(made.content).hexdigest(),
        method=method,
        duty=begun.duty.value,
        account_id=by.account_id,
        signed_by=by.name,
        certificate_name=made.certificate.name,
        certificate_sha256=made.certificate.sha256,
        signed_at=unit.now,
    )
