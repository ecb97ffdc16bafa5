"""What is believed of an OpenID provider, against a real one on loopback; and what its faults are called."""

import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests import openid_provider
from tests.canary_server import CanaryServer
from tests.fakes import FrozenClock
from tests.openid_provider import CLIENT, SECRET, STRANGERS_KEY, Claims, FakeProvider, signed
from vctestimony.adapters.openid import OpenIDProvider
from vctestimony.domain.sign_in_providers import ProviderRefused, ProviderUnreachable, Round, Told
from vctestimony.settings.environment import Environment, SettingsRefused
from vctestimony.settings.provider import provider_settings

BACK = "http://127.0.0.1:8000/sign-in/provider/back"
ROUND = Round(state="s" * 43, nonce="n" * 43, verifier="v" * 64, back_to=BACK)
FULL = {"VCT_OIDC_ISSUER": "https://a.example", "VCT_OIDC_CLIENT_ID": CLIENT, "VCT_OIDC_CLIENT_SECRET": SECRET}


@pytest.fixture
def provider(clock: FrozenClock) -> Iterator[FakeProvider]:
    with openid_provider.running(clock) as running:
        yield running


def ours(issuer: str, *passed_by: str) -> OpenIDProvider:
    return OpenIDProvider(
        issuer=issuer,
        client=(CLIENT, SECRET),
        name="Court login",
        scopes=("openid",),
        passed_by=frozenset(passed_by),
    )


def told(provider: FakeProvider, clock: FrozenClock, *passed_by: str) -> Told:
    own = ours(provider.issuer, *passed_by)
    back = provider.let_in(own.way_there(ROUND))
    return own.told(back.partition("code=")[2].partition("&")[0], ROUND, now=clock.now())


def test_the_person_is_told_and_the_code_came_with_secret_and_verifier(
    provider: FakeProvider, clock: FrozenClock
) -> None:
    assert told(provider, clock) == Told(issuer=provider.issuer, subject="person-7", has_passed=False)


@pytest.mark.parametrize(
    ("claims", "passed"), [({"amr": ["pwd"]}, False), ({"amr": ["pwd", "mfa"]}, True), ({"acr": "gold"}, True)]
)
@pytest.mark.asvs("6.8.4")
def test_a_second_step_counts_only_by_the_words_that_are_set(
    provider: FakeProvider, clock: FrozenClock, claims: Claims, passed: bool
) -> None:
    provider.claims = claims
    assert not told(provider, clock).has_passed
    assert told(provider, clock, "mfa", "gold").has_passed is passed


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"azp": "another-client"},
        {"exp": 1},
        {"exp": None},
        {"exp": "soon"},
        {"iat": 1},
        {"iat": 2**40},
        {"iat": None},
        {"nbf": 2**40},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"amr": "mfa"},
    ],
    ids=str,
)
@pytest.mark.asvs("9.2.1", "9.2.3", "9.2.4")
def test_a_claim_that_does_not_hold_is_refused(provider: FakeProvider, clock: FrozenClock, claims: Claims) -> None:
    provider.claims = claims
    with pytest.raises(ProviderRefused):
        told(provider, clock)


@pytest.mark.parametrize(
    "sign",
    [
        openid_provider.unsigned,
        openid_provider.signed_with_the_public_key,
        lambda claims: signed(claims, key=STRANGERS_KEY),
        lambda claims: signed(claims)[:-6] + "AAAAAA",
        lambda _: "no token at all",
        lambda _: "a.b.c",
    ],
    ids=["none", "public key as secret", "another key", "changed", "text", "dots"],
)
@pytest.mark.asvs("9.1.1", "9.1.2")
def test_a_signature_that_does_not_hold_is_refused_and_no_token_is_logged(
    provider: FakeProvider,
    clock: FrozenClock,
    sign: Callable[[Claims], str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    provider.sign = sign
    caplog.set_level(logging.DEBUG, logger="vctestimony")
    with pytest.raises(ProviderRefused):
        told(provider, clock)
    assert "does not hold" in caplog.text
    assert "eyJ" not in caplog.text
    assert "person-7" not in caplog.text


def test_an_unknown_code_another_verifier_and_another_secret_are_refused(
    provider: FakeProvider, clock: FrozenClock
) -> None:
    own = ours(provider.issuer)
    code = provider.let_in(own.way_there(ROUND)).partition("code=")[2].partition("&")[0]
    with pytest.raises(ProviderRefused):
        own.told(code, replace(ROUND, verifier="w" * 64), now=clock.now())
    with pytest.raises(ProviderRefused):
        own.told("never given", ROUND, now=clock.now())


@pytest.mark.asvs("1.3.6", "13.2.4")
def test_what_is_at_another_host_is_never_asked(
    provider: FakeProvider, clock: FrozenClock, canary: CanaryServer
) -> None:
    own, home = ours(provider.issuer), provider.issuer.removesuffix("/realm")
    elsewhere = ("http://169.254.169.254/latest", canary.address, f"{home}@169.254.169.254/x", f"https{home[4:]}/x", "")
    code = provider.let_in(own.way_there(ROUND)).partition("code=")[2].partition("&")[0]
    for name in openid_provider.PLACES:
        for place in elsewhere:
            provider.described = {name: place}
            with pytest.raises(ProviderUnreachable):
                own.way_there(ROUND)
            with pytest.raises(ProviderUnreachable):
                own.told(code, ROUND, now=clock.now())
            assert "another host" in own.problem()
    assert set(provider.heard) == {"/realm/.well-known/openid-configuration"}
    assert canary.asked == []
    provider.described = {"issuer": f"{provider.issuer}/"}
    assert "another name" in ours(provider.issuer).problem()


def test_a_provider_that_is_down_or_talks_nonsense_is_unreachable(provider: FakeProvider) -> None:
    assert ours(provider.issuer).problem() == ""
    provider.status = 503
    assert "answered with 503" in ours(provider.issuer).problem()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ProviderUnreachable):
        ours(f"http://127.0.0.1:{port}").way_there(ROUND)


@pytest.mark.parametrize(
    "change",
    [
        {"VCT_OIDC_ISSUER": "http://a.example"},
        {"VCT_OIDC_ISSUER": "https://user@a.example"},
        {"VCT_OIDC_CLIENT_ID": ""},
        {"VCT_OIDC_CLIENT_SECRET": ""},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_used_refuses_the_start(change: dict[str, str]) -> None:
    with pytest.raises(SettingsRefused, match="VCT_OIDC"):
        provider_settings(Environment({**FULL, **change}))


def test_no_provider_is_set_by_itself_and_a_name_and_scopes_may_be() -> None:
    assert provider_settings(Environment({})) is None
    found = provider_settings(Environment({**FULL, "VCT_OIDC_SCOPES": "email", "VCT_OIDC_SECOND_STEP": "mfa otp"}))
    assert found is not None
    assert (found.name, found.scopes) == ("a.example", ("openid", "email"))
    assert found.passed_by == {"mfa", "otp"}
    assert SECRET not in repr(found)
