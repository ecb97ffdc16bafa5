"""The tests' own certificate authority, and a time-stamping authority behind a real HTTP server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.fakes import NOW
from vctestimony.domain.signing import KeyFile

PASSPHRASE = "a passphrase for one act"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def key_file(self) -> KeyFile:
        """Both in one file, as an officer would upload them."""
        sealed = BestAvailableEncryption(PASSPHRASE.encode())
        return KeyFile(
            pkcs12.serialize_key_and_certificates(b"key", self.key, self.certificate, None, sealed), PASSPHRASE
        )

    @property
    def endless_key(self) -> bytes:
        """A file that says that its passphrase must be stirred two thousand million times."""
        whole = asn1_pkcs12.Pfx.load(self.key_file.content)
        whole["mac_data"]["iterations"] = 2**31 - 1
        content: bytes = whole.dump(force=True)
        return content

    @property
    def pem(self) -> bytes:
        """The certificate as text."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        """The certificate as bytes."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key_pem(self) -> bytes:
        """The key as text, for other tools."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass(slots=True)
class Authority:
    """Issues certificates. Keys on P-256 are made in no time; RSA where a test asks for it."""

    name: str = "Test CA"
    own: Holder = field(init=False)

    def __post_init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        self.own = Holder(
            _certificate(self.name, key, issuer=self.name, by=key, usage=("key_cert_sign",), ca=True), key
        )

    def issue(
        self,
        name: str,
        *,
        with_rsa: bool = False,
        begins: datetime = NOW - timedelta(days=30),
        days: int = 700,
        usage: tuple[str, ...] | None = ("digital_signature", "content_commitment"),
        stamps: bool = False,
    ) -> Holder:
        """A certificate for that name; without any `usage` it does not say what its key is for."""
        key: Key = rsa.generate_private_key(65537, 2048) if with_rsa else ec.generate_private_key(ec.SECP256R1())
        made = _certificate(
            name, key, issuer=self.name, by=self.own.key, usage=usage, begins=begins, days=days, stamps=stamps
        )
        return Holder(made, key)


def _certificate(
    name: str,
    key: Key,
    *,
    issuer: str,
    by: Key,
    usage: tuple[str, ...] | None,
    begins: datetime = datetime(2020, 1, 1, tzinfo=UTC),
    days: int = 7300,
    ca: bool = False,
    stamps: bool = False,
) -> x509.Certificate:
    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if usage is not None:
        builder = builder.add_extension(x509.KeyUsage(**{one: one in usage for one in _USAGES}), critical=True)
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(by, hashes.SHA256())


@contextmanager
def stamping(authority: Authority, *, at: datetime = NOW) -> Iterator[str]:
    """The address of a time-stamping authority whose clock shows that instant."""
    own = authority.issue("Test time stamps", with_rsa=True, stamps=True)
    stamper = DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(own.der),
        tsa_key=keys.PrivateKeyInfo.load(own.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        certs_to_embed=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko left this one out
        fixed_dt=at,
    )

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
