"""A passkey shows once more who sits there: one's own, for this very question, and if it knows whose hand it is in."""

from collections.abc import Callable

import pytest

from tests.conftest import FindActor
from tests.soft_key import PRESENT, SoftKey
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.services import fresh_proof, journal, passkeys, sessions
from vctestimony.services.fresh_proof import ProofWrong
from vctestimony.services.limits import TooManyTries
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Units
from vctestimony.store.models import PasskeyRow, WebSessionRow

pytestmark = [pytest.mark.asvs("7.5.1", "7.5.3"), pytest.mark.abuse(29)]


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


@pytest.fixture
def administrator(actor: FindActor) -> Actor:
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def session_id(units: Units, world: World, administrator: Actor, key: SoftKey) -> int:
    """A session of the administrator, whose account has the key; its last proof is long ago."""
    known = key.known()
    with units.writing() as unit:
        unit.session.add(
            PasskeyRow(
                account_id=administrator.account_id,
                credential=known.credential,
                public_key=known.public_key,
                sign_count=0,
                name="ring",
                made_at=unit.now,
            )
        )
        return sessions.start(
            unit, token="t" * 43, account_id=administrator.account_id, content={}, browser="", lifetime=Lifetime()
        )


def asked(units: Units, by: Actor) -> str:
    with units.reading() as unit:
        assert by.account_id is not None
        question = passkeys.ask_to_show(unit, by.account_id, alone=True)
    assert question is not None
    assert '"userVerification": "required"' in question.options
    return question.challenge


def show(units: Units, answer: str, *, challenge: str, session_id: int, by: Actor) -> None:
    fresh_proof.prove_by_passkey(units, answer, challenge=challenge, session_id=session_id, token="n" * 43, by=by)


def told(units: Units, by: Actor) -> list[str]:
    with units.reading() as unit:
        entries = [entry.action for entry in journal.history(unit, f"account:{by.account_id}")]
    return [action for action in entries if "pro" in action]


def test_ones_own_passkey_is_enough_and_the_session_gets_another_token(
    units: Units, administrator: Actor, session_id: int, key: SoftKey
) -> None:
    with units.reading() as unit:
        before = unit.session.get_one(WebSessionRow, session_id).token_hash
    challenge = asked(units, administrator)
    show(units, key.answer(challenge), challenge=challenge, session_id=session_id, by=administrator)
    with units.reading() as unit:
        row = unit.session.get_one(WebSessionRow, session_id)
        assert (row.proved_at, row.token_hash != before) == (unit.now, True)
    assert told(units, administrator) == ["account.proved"]


@pytest.mark.parametrize(
    "wrong", ["touched only", "another question", "another site", "copied", "another's", "nonsense"]
)
def test_anything_else_shows_nothing(
    units: Units, actor: FindActor, administrator: Actor, session_id: int, key: SoftKey, wrong: str
) -> None:
    challenge, by = asked(units, administrator), administrator
    answers: dict[str, Callable[[], str]] = {
        "touched only": lambda: key.answer(challenge, flags=PRESENT),
        "another question": lambda: key.answer("bm90IHRoaXMgb25l"),
        "another site": lambda: key.answer(challenge, origin="http://localhost.evil.example"),
        "copied": lambda: SoftKey().answer(challenge),
        "another's": lambda: key.answer(challenge),
        "nonsense": lambda: "{}",
    }
    if wrong == "another's":
        by = actor(Role.COORDINATOR)
    with pytest.raises(ProofWrong):
        show(units, answers[wrong](), challenge=challenge, session_id=session_id, by=by)
    assert told(units, by) == ["account.proof_failed"]


def test_tries_are_counted_with_those_of_passwords(
    units: Units, administrator: Actor, session_id: int, key: SoftKey
) -> None:
    for _ in range(fresh_proof.TRIES):
        with pytest.raises(ProofWrong):
            show(units, "{}", challenge="", session_id=session_id, by=administrator)
    challenge = asked(units, administrator)
    with pytest.raises(TooManyTries):
        show(units, key.answer(challenge), challenge=challenge, session_id=session_id, by=administrator)
