"""The one place that adds to a PDF without touching what is there: empty fields for signatures, and a gap in one."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vctestimony.adapters.pdf_reading import opened
from vctestimony.adapters.signing_frames import Said
from vctestimony.domain.signing import BY_FIELD
from vctestimony.domain.signing_refusals import NotAPdf

ROOM = 32768
"""How many hexadecimal digits a signature may take, its certificates and a time stamp included."""
HASH = "sha256"


def with_fields(pdf: bytes, fields: Sequence[str]) -> bytes:
    """The file itself where it has these fields, else with one increment that adds the missing ones, invisible."""
    writer = IncrementalPdfFileWriter.from_reader(opened(pdf))
    missing = [name for name in fields if name not in _states(writer)]
    if not missing:
        return pdf
    for name in missing:
        label = BY_FIELD[name].label if name in BY_FIELD else name
        append_signature_field(writer, SigFieldSpec(name, on_page=0, box=None, readable_field_name=label))
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # and this one
    return output.getvalue()


async def prepared(pdf: bytes, order: Mapping[str, Any]) -> Said:
    """The file with a gap in the field of the order, the digest of the rest, and where the gap is."""
    writer = IncrementalPdfFileWriter.from_reader(opened(pdf))
    if _states(writer).get(order["field"], "no such field") is not None:
        raise NotAPdf()
    meta = PdfSignatureMetadata(
        field_name=order["field"],
        md_algorithm=HASH,
        subfilter=SigSeedSubFilter.PADES,
        reason=order["reason"],
        location=order["place"],
        certify=order["certifies"],
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko left this one out
    nobody = ExternalSigner(None, known, signature_value=ROOM // 64)
    session = PdfSigner(meta, signer=nobody).init_signing_session(writer, existing_fields_only=True)
    session.system_time = datetime.fromisoformat(order["at"])
    validation = await session.perform_presign_validation(writer)
    document = session.prepare_tbs_document(
        validation_info=validation, bytes_reserved=ROOM, appearance_text_params=None
    )
    output = io.BytesIO()
    digest, _stream = document.digest_tbs_document(output=output)
    content = output.getvalue()
    start, end = digest.reserved_region_start, digest.reserved_region_end
    again = hashlib.sha256(content[:start] + content[end:]).hexdigest()
    if again != digest.document_digest.hex():
        raise NotAPdf()
    return Said({"digest": again, "gap_start": start, "gap_end": end}, (content,))


def _states(writer: IncrementalPdfFileWriter) -> dict[str, Any]:
    """Each signature field by name with what stands in it; None in an empty one."""
    return {name: value for name, value, _reference in enumerate_sig_fields(writer.prev)}
