"""The one place that judges the signatures of a PDF, by pyHanko and this court's own list of trusted issuers.

Nothing is fetched: whether a certificate was revoked is not known here, and no page says that it was not.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from asn1crypto import x509
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from vctestimony.adapters.pdf_reading import opened
from vctestimony.adapters.signing_frames import Said, found_head
from vctestimony.adapters.signing_keys import certificate_of, may_sign
from vctestimony.domain.signing import Covers, FoundSignature, Stamp, Verdict
from vctestimony.domain.signing_refusals import TooLargeToSign

MOST = 50
_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


async def inspected(
    pdf: bytes, roots: Sequence[x509.Certificate], *, now: datetime, moments: Mapping[str, datetime]
) -> Said:
    """Every signature of the file as plain facts, and the empty fields."""
    reader = opened(pdf)
    signatures = reader.embedded_regular_signatures
    if len(signatures) > MOST:
        raise TooLargeToSign()
    found = [await _judged(one, roots, moment=moments.get(one.field_name, now)) for one in signatures]
    return Said(
        {
            "signatures": [found_head(one) for one in found],
            "empty": [name for name, value, _reference in enumerate_sig_fields(reader) if value is None],
            "knows_issuers": bool(roots),
        }
    )


async def _judged(
    signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], *, moment: datetime
) -> FoundSignature:
    """As of a trusted time stamp where there is one, else as of the moment that is known here."""
    name = signature.field_name
    try:
        status = await _status(signature, roots, at=moment)
        stamp = _stamp(status)
        if stamp and stamp.trusted and stamp.at != moment:
            moment = stamp.at
            status = await _status(signature, roots, at=moment)
    except Exception:  # noqa: BLE001  # what cannot be read as a signature is none; a foreign file can do anything here
        return FoundSignature(field=name, verdict=Verdict.BROKEN, covers=Covers.FORBIDDEN)
    covers = _covers(status)
    return FoundSignature(
        field=name,
        verdict=_verdict(status, covers, at=moment),
        covers=covers,
        certificate=certificate_of(status.signing_cert),
        claimed_at=signature.self_reported_timestamp,
        stamp=stamp,
    )


async def _status(
    signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], *, at: datetime
) -> PdfSignatureStatus:
    trust = ValidationContext(trust_roots=list(roots), moment=at, allow_fetching=False, revocation_mode="soft-fail")
    return await async_validate_pdf_signature(signature, trust, key_usage_settings=_USAGE)


def _covers(status: PdfSignatureStatus) -> Covers:
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Covers.WHOLE
    changed = status.modification_level
    if status.coverage is not SignatureCoverageLevel.ENTIRE_REVISION or changed is None:
        return Covers.FORBIDDEN
    return Covers.ALLOWED if status.docmdp_ok and changed is not ModificationLevel.OTHER else Covers.FORBIDDEN


def _verdict(status: PdfSignatureStatus, covers: Covers, *, at: datetime) -> Verdict:
    own = certificate_of(status.signing_cert)
    if not (status.intact and status.valid):
        return Verdict.BROKEN
    if covers is Covers.FORBIDDEN:
        return Verdict.CHANGED
    if not own.begins_at <= at <= own.ends_at:
        return Verdict.OUT_OF_TIME
    if not may_sign(status.signing_cert):
        return Verdict.NOT_FOR_SIGNING
    return Verdict.TRUSTED if status.trusted else Verdict.UNKNOWN_ISSUER


def _stamp(status: PdfSignatureStatus) -> Stamp | None:
    """The time stamp inside the signature; one that does not fit it is none."""
    found = status.timestamp_validity
    if found is None or not (found.intact and found.valid):
        return None
    return Stamp(at=found.timestamp, by=certificate_of(found.signing_cert).name, trusted=found.trusted)
