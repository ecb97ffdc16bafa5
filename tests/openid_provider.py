"""A real small OpenID provider on loopback: it describes itself, lets in whom the test names, signs, and can lie."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from tests.fakes import FrozenClock

CLIENT, SECRET = "hearing-desk", "a secret between two"  # no secret of anybody
BASIC = "Basic aGVhcmluZy1kZXNrOmElMjBzZWNyZXQlMjBiZXR3ZWVuJTIwdHdv"
PLACES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
DOOR = b"<!doctype html><link rel=icon href=data:,><title>x</title><form method=post><button>It is me</button></form>"
Claims = dict[str, object]


def _key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})


KEY, STRANGERS_KEY = _key(), _key()


def signed(claims: Claims, *, key: RSAKey = KEY) -> str:
    """As an honest provider signs."""
    return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)


@dataclass(slots=True)
class FakeProvider:
    """What it says can be changed by a test: the person, single claims, the key, the kind of signature, the places."""

    clock: FrozenClock
    issuer: str = ""
    person: str = "person-7"
    claims: Claims = field(default_factory=dict)
    sign: Callable[[Claims], str] = signed
    status: int = 200
    described: Claims = field(default_factory=dict)
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    def let_in(self, way: str) -> str:
        """What a browser would send that came by this address, signed in there: the query of the way back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"?code={code}&state={asked['state']}"

    def answer(self, path: str, form: Mapping[str, list[str]], credentials: str) -> tuple[int, Claims]:
        """The status and object for a request."""
        self.heard.append(path)
        if path.endswith("/.well-known/openid-configuration"):
            places = {
                name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
            }
            return self.status, {"issuer": self.issuer, **places, **self.described}
        if path.endswith("/jwks_uri"):
            return 200, {**KeySet([KEY]).as_dict(private=False)}
        asked = self.codes.pop(form.get("code", [""])[0], None)
        held = asked is not None and credentials == BASIC
        if asked is None or not held or not _proves(asked, form):
            return 400, {"error": "invalid_grant"}
        at = int(self.clock.now().timestamp())
        told: Claims = {"iss": self.issuer, "sub": self.person, "aud": CLIENT, "iat": at, "exp": at + 300}
        claims = {**told, "nonce": asked["nonce"], **self.claims}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)}


def unsigned(claims: Claims) -> str:
    """With alg none, and no signature (RFC 7519 6)."""
    _, body, _ = signed(claims).split(".")
    return f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}."


def signed_with_the_public_key(claims: Claims) -> str:
    """By HMAC with what everybody can fetch, in the hope that it is taken for a shared secret."""
    shared = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
    return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, shared)


def _proves(asked: Mapping[str, str], form: Mapping[str, list[str]]) -> bool:
    same = form["redirect_uri"][0] == asked["redirect_uri"] and asked["code_challenge_method"] == "S256"
    return same and create_s256_code_challenge(form["code_verifier"][0]) == asked["code_challenge"]


class _Handler(BaseHTTPRequestHandler):
    """What browsers and the service ask; `provider` says what is answered."""

    provider: FakeProvider

    def do_GET(self) -> None:
        if self._is_at_the_door():
            self._send(200, {"Content-Type": "text/html"}, DOOR)
        else:
            self._say({})

    def do_POST(self) -> None:
        if self._is_at_the_door():
            (back,) = parse_qs(urlsplit(self.path).query)["redirect_uri"]
            self._send(303, {"Location": f"{back}{self.provider.let_in(self.path)}"}, b"")
        else:
            self._say(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def _is_at_the_door(self) -> bool:
        return urlsplit(self.path).path.endswith("/authorization_endpoint")

    def _say(self, form: Mapping[str, list[str]]) -> None:
        status, told = self.provider.answer(self.path, form, self.headers.get("Authorization", ""))
        self._send(status, {}, json.dumps(told).encode())

    def _send(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class calls it
        """Nothing on the screen."""


@contextmanager
def running(clock: FrozenClock) -> Iterator[FakeProvider]:
    """The provider at a port of this machine."""
    provider = FakeProvider(clock)
    handler = type("Handler", (_Handler,), {"provider": provider})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}/realm"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
