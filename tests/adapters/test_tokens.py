"""Answer tokens: what is signed comes back, everything else is refused."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from vctestimony.adapters.tokens import AnswerClaim, AnswerTokens, TokenExpired, TokenForged

NOW = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
OLD_KEY = "the first key of the service, long enough"
NEW_KEY = "the second key of the service, long enough"


def tokens(*keys: str) -> AnswerTokens:
    return AnswerTokens(keys or (OLD_KEY,))


def test_a_token_says_whose_answer_it_is_and_to_which_revision() -> None:
    token = tokens().issue("p4T9xQ", sequence=3, now=NOW)
    assert tokens().read(token, max_age=WEEK, now=NOW) == AnswerClaim("p4T9xQ", 3)


def test_a_token_is_safe_in_a_link_and_the_same_for_the_same_facts() -> None:
    token = tokens().issue("p4T9xQ", sequence=3, now=NOW)
    assert token == tokens().issue("p4T9xQ", sequence=3, now=NOW)
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
    assert len(token) < 120


@pytest.mark.parametrize("seconds", [-1, 0])
def test_a_token_is_read_until_its_age_is_reached(seconds: int) -> None:
    token = tokens().issue("p4T9xQ", sequence=0, now=NOW)
    assert tokens().read(token, max_age=WEEK, now=NOW + WEEK + timedelta(seconds=seconds)) == AnswerClaim("p4T9xQ", 0)


def test_a_token_is_refused_one_second_after_its_age() -> None:
    token = tokens().issue("p4T9xQ", sequence=0, now=NOW)
    with pytest.raises(TokenExpired):
        tokens().read(token, max_age=WEEK, now=NOW + WEEK + timedelta(seconds=1))


@pytest.mark.parametrize("seconds", [59, 60])
def test_two_clocks_may_differ_by_a_minute(seconds: int) -> None:
    token = tokens().issue("p4T9xQ", sequence=0, now=NOW + timedelta(seconds=seconds))
    assert tokens().read(token, max_age=WEEK, now=NOW) == AnswerClaim("p4T9xQ", 0)


def test_a_token_from_the_future_is_refused() -> None:
    token = tokens().issue("p4T9xQ", sequence=0, now=NOW + timedelta(seconds=61))
    with pytest.raises(TokenExpired):
        tokens().read(token, max_age=WEEK, now=NOW)


@pytest.mark.threat("T15")
@pytest.mark.asvs("9.1.1")
def test_every_changed_character_makes_the_token_forged() -> None:
    token = tokens().issue("p4T9xQ", sequence=3, now=NOW)
    for place, letter in enumerate(token):
        # The last sextet of a Base64 text may hold unused bits; a change of the first bit always counts.
        other = token[:place] + ("A" if letter not in "ABCDEFGH" else "z") + token[place + 1 :]
        with pytest.raises(TokenForged):
            tokens().read(other, max_age=WEEK, now=NOW)


@given(st.text(max_size=600))
def test_no_text_that_was_not_issued_is_read(text: str) -> None:
    with pytest.raises(TokenForged):
        tokens().read(text, max_age=WEEK, now=NOW)


@pytest.mark.threat("T15")
@pytest.mark.asvs("9.2.2")
def test_a_token_made_for_another_purpose_is_forged_here() -> None:
    def made_with(salt: str, payload: object) -> str:
        other = URLSafeSerializer(
            OLD_KEY,
            salt=salt,
            signer_kwargs={
                "digest_method": sha256,
                "key_derivation": "hmac",
            },
        )
        return str(other.dumps(payload))

    issued = int(NOW.timestamp())
    same_purpose = made_with(AnswerTokens.SALT, ["p4T9xQ", 3, issued])
    assert tokens().read(same_purpose, max_age=WEEK, now=NOW) == AnswerClaim("p4T9xQ", 3)
    for salt, payload in [
        ("vctestimony.feed", ["p4T9xQ", 3, issued]),
        (AnswerTokens.SALT, ["p4T9xQ", 3]),
        (AnswerTokens.SALT, {"id": 1}),
        (AnswerTokens.SALT, None),
        (AnswerTokens.SALT, ["p", "x", 1]),
    ]:
        with pytest.raises(TokenForged):
            tokens().read(made_with(salt, payload), max_age=WEEK, now=NOW)


def test_a_token_signed_with_sha1_is_forged() -> None:
    weak = URLSafeSerializer(OLD_KEY, salt=AnswerTokens.SALT)
    with pytest.raises(TokenForged):
        tokens().read(str(weak.dumps(["p4T9xQ", 3, int(NOW.timestamp())])), max_age=WEEK, now=NOW)


def test_a_new_key_signs_and_the_old_one_is_still_read_until_it_is_dropped() -> None:
    old = tokens(OLD_KEY).issue("p4T9xQ", sequence=1, now=NOW)
    new = tokens(OLD_KEY, NEW_KEY).issue("p4T9xQ", sequence=1, now=NOW)
    assert tokens(NEW_KEY).read(new, max_age=WEEK, now=NOW) == AnswerClaim("p4T9xQ", 1)
    assert tokens(OLD_KEY, NEW_KEY).read(old, max_age=WEEK, now=NOW) == AnswerClaim("p4T9xQ", 1)
    with pytest.raises(TokenForged):
        tokens(NEW_KEY).read(old, max_age=WEEK, now=NOW)


@pytest.mark.parametrize("keys", [(), ("short",), (OLD_KEY, "short")])
def test_no_key_and_short_keys_stop_the_start(keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="at least one key"):
        AnswerTokens(keys)
