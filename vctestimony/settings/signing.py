"""The one place that reads how this installation signs: whom it trusts, who stamps the time, which token it reaches."""

from dataclasses import dataclass
from pathlib import Path
from re import compile as pattern
from urllib.parse import urlsplit

from vctestimony.settings.environment import Environment, SettingsRefused

_ADDRESS = pattern(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?&=%-]*)?")
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSettings:
    """A token that the service itself reaches: its module (PKCS#11), its name, the label of key and certificate."""

    module: Path
    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSettings:
    """The folder of trusted issuers, the address of the time-stamping authority, the token; each may be missing."""

    roots: Path | None = None
    stamps_from: str = ""
    token: TokenSettings | None = None


def signing_settings(env: Environment) -> SigningSettings:
    """The settings of signing."""
    stamps_from = env.text("VCT_TSA_URL")
    if stamps_from and not _is_address(stamps_from):
        raise SettingsRefused(f"VCT_TSA_URL is {stamps_from!r}; write it like https://stamps.example/tsa")
    roots = env.folder("VCT_TRUSTED_ROOTS", default=Path()) if env.text("VCT_TRUSTED_ROOTS") else None
    return SigningSettings(roots=roots, stamps_from=stamps_from, token=_token(env))


def _is_address(text: str) -> bool:
    """Whether something could answer there: a host without empty parts, and a port that exists.

    >>> [_is_address(f"https://{one}/tsa") for one in ("stamps.example", "stamps..example", "stamps.example:70000")]
    [True, False, False]
    """
    if not _ADDRESS.fullmatch(text):
        return False
    host, _, port = urlsplit(text).netloc.partition(":")
    return all(host.split(".")) and (not port or 0 < int(port) <= _HIGHEST_PORT)


def _token(env: Environment) -> TokenSettings | None:
    if not env.text("VCT_PKCS11_MODULE"):
        return None
    module = env.path("VCT_PKCS11_MODULE", default=Path())
    name, label = env.text("VCT_PKCS11_TOKEN"), env.text("VCT_PKCS11_LABEL")
    if not module.is_file():
        raise SettingsRefused(f"VCT_PKCS11_MODULE names {module}, which is not a file.")
    if not name or not label:
        raise SettingsRefused("VCT_PKCS11_MODULE needs VCT_PKCS11_TOKEN and VCT_PKCS11_LABEL beside it; set all three.")
    return TokenSettings(module=module, name=name, label=label)
