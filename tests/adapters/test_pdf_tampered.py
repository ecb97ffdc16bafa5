"""What became of a signed file: a byte, a drawing, another signature, another issuer, another time; each told apart."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from tests.adapters.signed_samples import drawn_over, order, pdfsig, record_in
from tests.certificates import Authority, Holder
from tests.fakes import NOW
from vctestimony.adapters.pdf_signing import PdfSignatures
from vctestimony.domain.signing import Covers, Verdict
from vctestimony.domain.signing_refusals import NotExaminable

WHOLE, ALLOWED, FORBIDDEN = Covers.WHOLE, Covers.ALLOWED, Covers.FORBIDDEN


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def holder(authority: Authority) -> Holder:
    return authority.issue("Meera Mumbaikar", days=100)


@pytest.fixture(scope="module")
def ours(authority: Authority) -> PdfSignatures:
    return PdfSignatures(roots=(authority.own.der,))


@pytest.fixture(scope="module")
def signed(ours: PdfSignatures, holder: Holder, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    record = record_in(tmp_path_factory.mktemp("instance"))
    return ours.sign(record, order("sig_judge", first=True), holder.key_file).content


def found(signer: PdfSignatures, pdf: bytes, **later: int) -> list[tuple[Verdict, Covers]]:
    told = signer.inspect(pdf, now=NOW + timedelta(**later), moments={})
    return [(one.verdict, one.covers) for one in told.signatures]


def test_the_true_file_is_trusted(ours: PdfSignatures, signed: bytes) -> None:
    assert found(ours, signed) == [(Verdict.TRUSTED, WHOLE)]


def test_one_flipped_byte_is_found_wherever_it_lies(ours: PdfSignatures, signed: bytes, tmp_path: Path) -> None:
    end = signed.index(b"/ByteRange")
    changed = bytearray(signed)
    changed[end // 5] ^= 1
    assert found(ours, bytes(changed)) == [(Verdict.BROKEN, WHOLE)]
    assert "Signature is Valid" not in pdfsig(bytes(changed), tmp_path)
    changed = bytearray(signed)
    changed[end // 2] ^= 1  # among the objects without which the file cannot be read
    with pytest.raises(NotExaminable):
        found(ours, bytes(changed))


def test_a_drawing_over_the_page_is_found_though_poppler_calls_the_signature_valid(
    ours: PdfSignatures, signed: bytes, tmp_path: Path
) -> None:
    forged = drawn_over(signed)
    assert forged.startswith(signed)
    assert "Signature is Valid" in pdfsig(forged, tmp_path)
    assert found(ours, forged) == [(Verdict.CHANGED, FORBIDDEN)]


def test_another_signature_is_an_allowed_change_and_spoils_nothing(
    ours: PdfSignatures, signed: bytes, authority: Authority
) -> None:
    more = ours.sign(signed, order("sig_mission"), authority.issue("Rina Das").key_file).content
    assert found(ours, more) == [(Verdict.TRUSTED, ALLOWED), (Verdict.TRUSTED, WHOLE)]
    assert found(ours, drawn_over(more)) == [(Verdict.CHANGED, FORBIDDEN)] * 2


def test_an_issuer_that_nobody_trusts_is_never_trusted(signed: bytes) -> None:
    same_name = Authority()
    assert found(PdfSignatures(roots=(same_name.own.der,)), signed) == [(Verdict.UNKNOWN_ISSUER, WHOLE)]
    none = PdfSignatures().inspect(signed, now=NOW, moments={})
    assert (none.signatures[0].verdict, none.knows_issuers) == (Verdict.UNKNOWN_ISSUER, False)


def test_an_expired_certificate_counts_as_of_when_the_file_was_kept(
    ours: PdfSignatures, signed: bytes, authority: Authority
) -> None:
    assert found(ours, signed, days=200) == [(Verdict.OUT_OF_TIME, WHOLE)]
    kept = ours.inspect(signed, now=NOW + timedelta(days=200), moments={"sig_judge": NOW})
    assert kept.signatures[0].verdict is Verdict.TRUSTED


def test_a_new_field_is_no_forbidden_change_and_no_signature(ours: PdfSignatures, signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    append_signature_field(writer, SigFieldSpec("sig_another", on_page=0, box=None))
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko left this one out
    assert found(ours, output.getvalue())[0][0] in {Verdict.TRUSTED, Verdict.CHANGED}
    assert len(found(ours, output.getvalue())) == 1
