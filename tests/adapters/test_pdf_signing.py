"""Signatures as they are made: on printed fields, one after the other, judged by tools of other people too."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from tests.adapters.signed_samples import openssl, order, parts, pdfsig, record_in
from tests.certificates import PASSPHRASE, Authority, Holder, stamping
from tests.fakes import NOW
from vctestimony.adapters.pdf_signing import PdfSignatures
from vctestimony.adapters.time_stamps import asking
from vctestimony.domain.signing import FIELDS, Covers, Inspection, KeyFile, TokenPin, Verdict
from vctestimony.domain.signing_refusals import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOfIssuer,
    NotAPdf,
    SignatureOfOtherBytes,
    SignatureUnbound,
    SignatureUnusable,
    StampUnreachable,
    TokenUnreachable,
    TooLargeToSign,
    UsageNotSigning,
    UsageUnsaid,
    WrongPassphrase,
)

FIVE = ("sig_coordinator", "sig_witness", "sig_magistrate", "sig_mission", "sig_judge")
VERAPDF = os.environ.get("VERAPDF", "")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return record_in(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="module")
def signer(authority: Authority) -> Iterator[PdfSignatures]:
    with stamping(authority) as address:
        yield PdfSignatures(roots=(authority.own.der,), ask=asking(address))


@pytest.fixture(scope="module")
def plain(authority: Authority) -> PdfSignatures:
    """Signs without time stamps."""
    return PdfSignatures(roots=(authority.own.der,))


@pytest.fixture(scope="module")
def holders(authority: Authority) -> dict[str, Holder]:
    return {field: authority.issue(f"Holder of {field}", with_rsa=field == "sig_judge") for field in FIVE}


@pytest.fixture(scope="module")
def states(record: bytes, signer: PdfSignatures, holders: dict[str, Holder]) -> list[bytes]:
    """The record, and the same after each of five signatures."""
    found = [record]
    for field in FIVE:
        made = signer.sign(found[-1], order(field, first=len(found) == 1), holders[field].key_file)
        found.append(made.content)
    return found


def judged(signer: PdfSignatures, pdf: bytes) -> Inspection:
    return signer.inspect(pdf, now=NOW, moments={})


def test_a_record_is_printed_with_an_invisible_field_for_each_signer(record: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(record))
    widgets = reader.get_fields() or {}
    assert set(FIVE) < set(widgets)
    assert set(widgets) == set(FIELDS)
    found = [one.get_object() for one in reader.root_object["/AcroForm"]["/Fields"]]  # type: ignore[index]
    for widget in found:
        assert (widget["/FT"], list(widget["/Rect"]), widget["/F"]) == ("/Sig", [0, 0, 0, 0], 132)
        assert widget["/TU"]


def test_each_signature_only_adds_to_the_file_and_the_earlier_ones_stay_valid(
    states: list[bytes], signer: PdfSignatures, holders: dict[str, Holder]
) -> None:
    assert all(after.startswith(before) for before, after in pairwise(states))
    found = judged(signer, states[-1])
    assert [(one.field, one.verdict) for one in found.signatures] == [(field, Verdict.TRUSTED) for field in FIVE]
    assert [one.covers for one in found.signatures] == [*[Covers.ALLOWED] * 4, Covers.WHOLE]
    assert [one.certificate and one.certificate.sha256 for one in found.signatures] == [
        sha256(holders[field].der).hexdigest() for field in FIVE
    ]
    assert all(one.stamp and one.stamp.trusted and one.stamp.at == NOW == one.claimed_at for one in found.signatures)
    assert found.empty == ("sig_interpreter",)


def test_openssl_verifies_every_signature_over_its_bytes(
    states: list[bytes], authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "root.pem").write_bytes(authority.own.pem)
    found = parts(states[-1])
    assert len(found) == len(FIVE)
    for covered, made in found:
        (tmp_path / "covered").write_bytes(covered)
        (tmp_path / "made").write_bytes(made)
        common = ("cms", "-verify", "-binary", "-inform", "DER", "-in", str(tmp_path / "made"), "-purpose", "any")
        at = ("-attime", str(int(NOW.timestamp())), "-CAfile", str(tmp_path / "root.pem"), "-out", os.devnull)
        said = openssl(*common, "-content", str(tmp_path / "covered"), *at)
        assert said.returncode == 0, said.stderr
        (tmp_path / "covered").write_bytes(covered + b"x")
        assert openssl(*common, "-content", str(tmp_path / "covered"), *at).returncode != 0


def test_poppler_finds_every_signature_intact(states: list[bytes], tmp_path: Path) -> None:
    assert pdfsig(states[-1], tmp_path).count("Signature is Valid") == len(FIVE)


@pytest.mark.skipif(not VERAPDF, reason="no veraPDF: set VERAPDF to a command that takes `3a,ua1 FILE…`")
@pytest.mark.timeout(600)
def test_both_standards_hold_before_and_after_the_signatures(states: list[bytes], tmp_path: Path) -> None:
    files = [tmp_path / f"{count}.pdf" for count in (0, 1, 3, 5)]
    for file in files:
        file.write_bytes(states[int(file.stem)])
    said = subprocess.run([VERAPDF, "3a,ua1", *map(str, files)], capture_output=True, check=False, text=True)
    assert (said.returncode, said.stdout.count("PASS")) == (0, 2 * len(files)), said.stdout


def test_a_scan_gets_its_fields_before_it_is_signed(plain: PdfSignatures, authority: Authority) -> None:
    output = BytesIO()
    Image.new("RGB", (60, 80), "white").save(output, "PDF")
    scan = output.getvalue()
    ready = plain.with_fields(scan, FIELDS)
    assert ready.startswith(scan)
    assert plain.with_fields(ready, FIELDS) == ready
    made = plain.sign(ready, order("sig_coordinator", first=True), authority.issue("Rina Das").key_file)
    assert [one.verdict for one in judged(plain, made.content).signatures] == [Verdict.TRUSTED]


def test_bytes_signed_by_openssl_become_a_signature_of_the_file(
    record: bytes, plain: PdfSignatures, authority: Authority, tmp_path: Path
) -> None:
    holder = authority.issue("Meera Mumbaikar")
    (tmp_path / "key.pem").write_bytes(holder.key_pem)
    (tmp_path / "own.pem").write_bytes(holder.pem)
    gap = plain.prepare(record, order("sig_judge", first=True))
    assert gap.digest == sha256(gap.to_sign).hexdigest()

    def made(content: bytes, *options: str) -> bytes:
        (tmp_path / "bytes").write_bytes(content)
        key = ("-signer", str(tmp_path / "own.pem"), "-inkey", str(tmp_path / "key.pem"), "-md", "sha256")
        out = ("-outform", "DER", "-out", str(tmp_path / "made"))
        said = openssl("cms", "-sign", "-binary", "-in", str(tmp_path / "bytes"), *key, *out, *options)
        assert said.returncode == 0, said.stderr
        return (tmp_path / "made").read_bytes()

    signed = plain.complete(gap, made(gap.to_sign, "-cades"), at=NOW)
    assert signed.certificate.name == "Meera Mumbaikar"
    [found] = judged(plain, signed.content).signatures
    assert (found.verdict, found.covers, found.stamp) == (Verdict.TRUSTED, Covers.WHOLE, None)
    for wrong, refusal in (
        (made(gap.to_sign), SignatureUnbound),
        (made(gap.to_sign + b"x", "-cades"), SignatureOfOtherBytes),
        (b"no signature", SignatureUnusable),
    ):
        with pytest.raises(refusal):
            plain.complete(gap, wrong, at=NOW)


def test_a_key_that_may_not_sign_is_refused_in_its_own_words(
    record: bytes, plain: PdfSignatures, authority: Authority
) -> None:
    good = authority.issue("Anil").key_file
    for means, refusal in (
        (replace(good, passphrase="wrong"), WrongPassphrase),
        (KeyFile(b"no key file", PASSPHRASE), WrongPassphrase),
        (authority.issue("Old", days=10).key_file, CertificateExpired),
        (authority.issue("New", begins=NOW + timedelta(days=1)).key_file, CertificateNotYetValid),
        (authority.issue("Server", usage=("key_encipherment",)).key_file, UsageNotSigning),
        (authority.issue("Bare", usage=None).key_file, UsageUnsaid),
        (authority.own.key_file, CertificateOfIssuer),
    ):
        with pytest.raises(refusal) as refused:
            plain.sign(record, order("sig_judge", first=True), means)
        assert PASSPHRASE not in str(refused.value)
    with pytest.raises(TokenUnreachable):
        plain.sign(record, order("sig_judge", first=True), TokenPin("1234"))


def test_without_an_answer_of_the_authority_nothing_is_signed(record: bytes, authority: Authority) -> None:
    silent = PdfSignatures(ask=asking("http://127.0.0.1:9/tsa"))
    with pytest.raises(StampUnreachable):
        silent.sign(record, order("sig_judge", first=True), authority.issue("Anil").key_file)


def test_what_would_take_for_ever_is_ended(record: bytes, authority: Authority) -> None:
    hasty = PdfSignatures(cpu_s=1, wall_s=20)
    endless = authority.issue("Anil").endless_key
    with pytest.raises(TooLargeToSign):
        hasty.sign(record, order("sig_judge", first=True), KeyFile(endless, PASSPHRASE))
    nested = b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000
    for content in (nested, b"%PDF-1.7\n%%EOF", b"GIF89a", record[: len(record) // 2]):
        with pytest.raises((NotAPdf, TooLargeToSign)):
            judged(hasty, content)
