"""A signature by a token (PKCS#11), here a soft one; skipped, visibly, where there is none."""

import subprocess
from pathlib import Path

import pkcs11
import pytest
from pkcs11.util.x509 import decode_x509_certificate

from tests.adapters.signed_samples import order, record_in
from tests.certificates import Authority, Holder
from tests.fakes import NOW
from vctestimony.adapters.pdf_signing import PdfSignatures, TokenPlace
from vctestimony.domain.signing import TokenPin, Verdict
from vctestimony.domain.signing_refusals import TokenUnreachable, WrongPin

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, NAME, LABEL = "271828", "court", "judge"
pytestmark = pytest.mark.skipif(not MODULE.exists(), reason=f"no soft token: install softhsm2 ({MODULE})")


@pytest.fixture
def holder() -> Holder:
    return Authority().issue("Meera Mumbaikar", with_rsa=True)


@pytest.fixture
def place(holder: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TokenPlace:
    """A token with that certificate and its key."""
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    (tmp_path / "key.pem").write_bytes(holder.key_pem)
    for arguments in (
        ("--init-token", "--free", "--label", NAME, "--pin", PIN, "--so-pin", "31415926"),
        ("--import", str(tmp_path / "key.pem"), "--token", NAME, "--label", LABEL, "--id", "01", "--pin", PIN),
    ):
        subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)
    token = pkcs11.lib(str(MODULE)).get_token(token_label=NAME)
    with token.open(user_pin=PIN, rw=True) as session:
        told = {**decode_x509_certificate(holder.der), pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: LABEL}
        session.create_object({**told, pkcs11.Attribute.ID: b"\x01"})
    return TokenPlace(module=MODULE, name=NAME, label=LABEL)


def test_a_token_signs_with_its_pin_and_says_what_is_wrong(place: TokenPlace, holder: Holder, tmp_path: Path) -> None:
    record = record_in(tmp_path / "instance")
    signer = PdfSignatures(place=place)
    assert signer.token == NAME
    signed = signer.sign(record, order("sig_judge", first=True), TokenPin(PIN))
    [found] = signer.inspect(signed.content, now=NOW, moments={}).signatures
    assert found.certificate == signed.certificate
    assert (signed.certificate.name, found.verdict) == ("Meera Mumbaikar", Verdict.UNKNOWN_ISSUER)
    with pytest.raises(WrongPin):
        signer.sign(record, order("sig_judge", first=True), TokenPin("000000"))
    with pytest.raises(TokenUnreachable):
        absent = TokenPlace(module=MODULE, name="another", label=LABEL)
        PdfSignatures(place=absent).sign(record, order("sig_judge", first=True), TokenPin(PIN))
