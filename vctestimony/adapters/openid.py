"""The one place that speaks OpenID Connect: discovery, the code flow with PKCE, and judging what the provider says.

Nothing of it is kept between two sign-ins, so a key that the provider changed counts at once.
"""

import logging
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from vctestimony.adapters.openid_wire import IssuersHost, NoAnswer
from vctestimony.adapters.outbound import THIS_MACHINE, Outbound
from vctestimony.domain.sign_in_providers import ROUND_LIVES, ProviderRefused, ProviderUnreachable, Round, Told

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Those by which only the provider can sign: neither none nor a secret that both know."""
LEEWAY_S = 60
_OK, _BROKEN = 200, 500
_LONGEST_SUBJECT = 255
_NAMES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_FAULTS = (JoseError, ValueError, TypeError, KeyError, AttributeError)
log = logging.getLogger(__name__)


class OpenIDProvider:
    """One provider that people may sign in by."""

    def __init__(
        self,
        *,
        issuer: str,
        client: tuple[str, str],
        name: str,
        scopes: tuple[str, ...],
        passed_by: frozenset[str],
        outbound: Outbound = THIS_MACHINE,
    ) -> None:
        self.name, self._issuer = name, issuer
        self._client_id, self._secret = client
        self._scopes, self._passed_by = scopes, passed_by
        self._wire = IssuersHost(issuer, outbound)

    def way_there(self, found: Round) -> str:
        """Where the browser goes, with everything that must travel (OpenID Connect Core 3.1.2.1; RFC 7636 4.3)."""
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": found.back_to,
            "scope": " ".join(self._scopes),
            "state": found.state,
            "nonce": found.nonce,
            "code_challenge": create_s256_code_challenge(found.verifier),
            "code_challenge_method": "S256",
        }
        place = self._described()["authorization_endpoint"]
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def told(self, code: str, found: Round, *, now: datetime) -> Told:
        """Take the code to the provider and judge what comes for it; ProviderRefused, or ProviderUnreachable."""
        places = self._described()
        id_token = self._exchanged(places["token_endpoint"], code, found)
        try:
            keys = KeySet.import_key_set(self._fetched(places["jwks_uri"]))  # type: ignore[arg-type]  # it judges
            claims = self._judged(id_token, keys, nonce=found.nonce, now=now)
        except _FAULTS as error:
            raise self._refused(f"the token does not hold: {_why(error)}") from error
        used = claims.get("amr")
        words = {str(word) for word in used} if isinstance(used, list) else set()
        has_passed = bool(self._passed_by & {*words, str(claims.get("acr", ""))})
        return Told(issuer=self._issuer, subject=str(claims["sub"]), has_passed=has_passed)

    def problem(self) -> str:
        """What keeps people from signing in by it, in plain words; empty when nothing does."""
        try:
            self._read_description()
        except NoAnswer as error:
            return str(error)
        return ""

    def _described(self) -> Mapping[str, str]:
        try:
            return self._read_description()
        except NoAnswer as error:
            raise self._unreachable(error) from error

    def _read_description(self) -> Mapping[str, str]:
        """What the issuer says of itself (OpenID Connect Discovery 4.3): it must be the issuer that was set."""
        status, found = self._wire.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if status != _OK:
            raise NoAnswer(f"its description is answered with {status}")
        if found.get("issuer") != self._issuer:
            raise NoAnswer("it calls itself by another name than VCT_OIDC_ISSUER; write exactly what it says")
        places = {name: str(found.get(name, "")) for name in _NAMES}
        elsewhere = [name for name, place in places.items() if not self._wire.is_home(place)]
        if elsewhere:
            raise NoAnswer(f"its {', '.join(elsewhere)} is at another host than the issuer's")
        return places

    def _fetched(self, place: str) -> dict[str, object]:
        try:
            status, found = self._wire.get(place)
        except NoAnswer as error:
            raise self._unreachable(error) from error
        if status != _OK:
            raise self._unreachable(NoAnswer(f"its keys are answered with {status}"))
        return found

    def _exchanged(self, place: str, code: str, found: Round) -> str:
        form = urlencode(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": found.back_to,
                "code_verifier": found.verifier,
            }
        )
        pair = b64encode(f"{quote(self._client_id, safe='')}:{quote(self._secret, safe='')}".encode()).decode()
        try:
            status, answer = self._wire.post(place, form, {"Authorization": f"Basic {pair}"})
        except NoAnswer as error:
            raise self._unreachable(error) from error
        if status >= _BROKEN:
            raise self._unreachable(NoAnswer(f"it answers the code with {status}"))
        token = answer.get("id_token")
        if status != _OK or not isinstance(token, str):
            raise self._refused(f"the code is answered with {status}")
        return token

    def _judged(self, id_token: str, keys: KeySet, *, nonce: str, now: datetime) -> CodeIDToken:
        """OpenID Connect Core 3.1.3.7: signature, issuer, audience, authorized party, times, nonce."""
        read = jwt.decode(id_token, keys, algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            read.claims,
            read.header,
            options={
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
            },
            params={"client_id": self._client_id, "nonce": nonce},
        )
        at = int(now.timestamp())
        claims.validate(now=at, leeway=LEEWAY_S)
        subject, issued = claims["sub"], claims["iat"]
        if claims["iss"] != self._issuer:
            raise ValueError("iss")
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise ValueError("sub")
        if at - issued > ROUND_LIVES.total_seconds() + LEEWAY_S:
            raise ValueError("iat")
        return claims

    def _refused(self, why: str) -> ProviderRefused:
        log.warning("sign-in by the provider refused: %s", why)
        return ProviderRefused(provider=self.name)

    def _unreachable(self, error: NoAnswer) -> ProviderUnreachable:
        log.warning("provider unreachable: %s", error)
        return ProviderUnreachable(provider=self.name)


def _why(error: Exception) -> str:
    """The kind of fault and the claim it is about: never the token, nor what stands in it."""
    claim = getattr(error, "claim", "") or (str(error) if type(error) is ValueError and len(str(error)) < 5 else "")
    return f"{type(error).__name__} {claim}".strip()
