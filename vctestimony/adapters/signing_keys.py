"""The one place that opens a key for one act, refuses one that may not sign, and reads signatures made elsewhere."""

from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, pem, x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PinLocked, PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1, translate_pyca_cryptography_key_to_asn1
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer, SimpleSigner
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vctestimony.domain.signing import Certificate
from vctestimony.domain.signing_refusals import (
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOfIssuer,
    NoKey,
    SignatureNotDetached,
    SignatureOfOtherBytes,
    SignatureUnbound,
    SignatureUnusable,
    TokenUnreachable,
    UsageNotSigning,
    UsageUnsaid,
    WrongPassphrase,
    WrongPin,
)

HASH = "sha256"
_PIN_TROUBLE = (PinIncorrect, PinInvalid, PinLenRange, PinLocked)
_SIGNING = {"digital_signature", "non_repudiation"}


def from_file(content: bytes, passphrase: bytes, *, at: datetime) -> Signer:
    """What signs with the key of a PKCS#12 file."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase)
    except Exception as error:  # a wrong passphrase and a broken file look alike, and no word of either may get out
        raise WrongPassphrase() from error
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise NoKey()
    own = translate_pyca_cryptography_cert_to_asn1(certificate)
    _check_may_sign(own, at=at)
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko left this one out
    known.register_multiple([translate_pyca_cryptography_cert_to_asn1(one) for one in others])
    return SimpleSigner(own, signing_key=translate_pyca_cryptography_key_to_asn1(key), cert_registry=known)


def from_token(token: dict[str, str], pin: str, *, at: datetime) -> Signer:
    """What signs with the token that the service reaches."""
    try:
        session = open_pkcs11_session(token["module"], token_criteria=TokenCriteria(label=token["name"]), user_pin=pin)
        signer = PKCS11Signer(session, cert_label=token["label"], key_label=token["label"])
        own = own_certificate(signer)
    except _PIN_TROUBLE as error:
        raise WrongPin() from error
    except PKCS11Error as error:
        raise TokenUnreachable() from error
    _check_may_sign(own, at=at)
    return signer


def own_certificate(signer: Signer) -> x509.Certificate:
    """The signer's own certificate; every signer of this module has one."""
    own = signer.signing_cert
    if own is None:
        raise NoKey()
    return own


async def signed(signer: Signer, digest: bytes) -> bytes:
    """A detached signature over the digest as PAdES asks for it: with the certificate bound in, and no time claimed."""
    made = await signer.async_sign(digest, HASH, use_pades=True, signed_attr_settings=PdfCMSSignedAttributes())
    content: bytes = made.dump()
    return content


def checked(content: bytes, *, digest: bytes, at: datetime) -> cms.ContentInfo:
    """A signature from elsewhere; SignatureUnusable where it is not one over that digest, or lacks what PAdES needs."""
    made = _content_info(content)
    try:
        signed_data = made["content"]
        signer_info = extract_signer_info(signed_data)
        own = signer_of(made)
        intact, valid = validate_sig_integrity(signer_info, own, expected_content_type="data", actual_digest=digest)
    except SignatureUnusable:
        raise
    except Exception as error:
        raise SignatureUnusable() from error
    if signed_data["encap_content_info"]["content"].native is not None:
        raise SignatureNotDetached()
    if not (intact and valid):
        raise SignatureOfOtherBytes()
    if "signing_certificate_v2" not in {one["type"].native for one in signer_info["signed_attrs"]}:
        raise SignatureUnbound()
    _check_may_sign(own, at=at)
    return made


def signer_of(made: cms.ContentInfo) -> x509.Certificate:
    """The certificate of the one who signed, from among those that came with it."""
    signed_data = made["content"]
    wanted = extract_signer_info(signed_data)["sid"]
    for one in signed_data["certificates"]:
        found = one.chosen
        if isinstance(found, x509.Certificate) and _is(found, wanted):
            return found
    raise SignatureUnusable()


def certificate_of(found: x509.Certificate) -> Certificate:
    """What a certificate says of itself."""
    validity = found["tbs_certificate"]["validity"]
    return Certificate(
        name=_name(found.subject),
        issuer=_name(found.issuer),
        sha256=found.sha256.hex(),
        begins_at=validity["not_before"].native.astimezone(UTC),
        ends_at=validity["not_after"].native.astimezone(UTC),
    )


def may_sign(found: x509.Certificate) -> bool:
    """Whether its issuer made it for signing, and said so; never an issuer's own."""
    usage = found.key_usage_value
    return not found.ca and usage is not None and bool(usage.native & _SIGNING)


def _check_may_sign(found: x509.Certificate, *, at: datetime) -> None:
    own = certificate_of(found)
    if at > own.ends_at:
        raise CertificateExpired(name=own.name, when=f"{own.ends_at:%d %B %Y}")
    if at < own.begins_at:
        raise CertificateNotYetValid(name=own.name, when=f"{own.begins_at:%d %B %Y}")
    if found.ca:
        raise CertificateOfIssuer(name=own.name)
    usage = found.key_usage_value
    if usage is None:
        raise UsageUnsaid(name=own.name)
    if not may_sign(found):
        said = ", ".join(sorted(one.replace("_", " ") for one in usage.native))
        raise UsageNotSigning(name=own.name, usage=said)


def _name(name: x509.Name) -> str:
    """The common name, or all of the name where it has none."""
    said: Any = name.native.get("common_name") or name.human_friendly
    return str(said)[:300]


def _is(found: x509.Certificate, wanted: cms.SignerIdentifier) -> bool:
    if wanted.name == "issuer_and_serial_number":
        same = wanted.chosen
        return bool(found.issuer == same["issuer"] and found.serial_number == same["serial_number"].native)
    return bool(found.key_identifier == wanted.native)


def _content_info(content: bytes) -> cms.ContentInfo:
    try:
        raw = pem.unarmor(content)[2] if pem.detect(content) else content
        made = cms.ContentInfo.load(raw)
        if made["content_type"].native != "signed_data" or len(made["content"]["signer_infos"]) != 1:
            raise ValueError
    except Exception as error:
        raise SignatureUnusable() from error
    return made
