"""The one place that reads by which OpenID provider people may sign in. Off unless an issuer is set."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from vctestimony.settings.environment import Environment, SettingsRefused

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """A provider: its issuer, what it calls this service, the secret between the two, how people call it.

    `passed_by` are words of `amr` or `acr` that say that a second step was taken there; without any, ours is asked.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    scopes: tuple[str, ...] = ("openid",)
    passed_by: frozenset[str] = frozenset()


def provider_settings(env: Environment) -> ProviderSettings | None:
    """The provider, or none."""
    issuer = env.text("VCT_OIDC_ISSUER")
    if not issuer:
        return None
    if not is_safe(issuer):
        raise SettingsRefused(
            f"VCT_OIDC_ISSUER is {issuer!r}; write the issuer as the provider does: https://login.example/realm"
        )
    client_id, client_secret = env.text("VCT_OIDC_CLIENT_ID"), env.secret("VCT_OIDC_CLIENT_SECRET")
    if not client_id or not client_secret:
        raise SettingsRefused(
            "VCT_OIDC_ISSUER needs VCT_OIDC_CLIENT_ID and VCT_OIDC_CLIENT_SECRET (or …_FILE) beside it; set all three."
        )
    name = env.text("VCT_OIDC_NAME") or str(urlsplit(issuer).hostname)
    return ProviderSettings(
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        name=name[:_LONGEST_NAME],
        scopes=tuple(dict.fromkeys(("openid", *env.words("VCT_OIDC_SCOPES")))),
        passed_by=frozenset(env.words("VCT_OIDC_SECOND_STEP")),
    )


def is_safe(address: str) -> bool:
    """Whether nobody reads along on the way there: https, or this very machine. No query, no user, no fragment.

    >>> [is_safe(f"{one}/realm") for one in ("https://a.example", "http://127.0.0.1:9000", "http://a.example")]
    [True, True, False]
    >>> is_safe("https://a.example/?x=1"), is_safe("https://u@a.example"), is_safe("https://a.example:x")
    (False, False, False)
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.query or parts.fragment or "@" in parts.netloc or not address.isascii():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
