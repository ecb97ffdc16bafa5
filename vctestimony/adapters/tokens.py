"""The one place that signs and reads answer tokens: the part of a mailed link that says whose answer it is.

A token holds an id, a SEQUENCE and the second it was made: no name, no address, no case. Its text is readable by
anyone; only the signature protects it. Following the link shows a page; only a posted form answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

from vctestimony.domain.errors import Absent
from vctestimony.domain.wording import N_

LONGEST = 512
SHORTEST_KEY = 32
CLOCK_SLACK = timedelta(seconds=60)


class TokenForged(Absent):
    """Not made by this service, altered, or made for another purpose."""

    text = N_("This link does not work. Open the newest mail about the hearing and follow the link there.")


class TokenExpired(Absent):
    """Genuine, but too old to be honoured."""

    text = N_("This link is no longer in use. Open the newest mail about the hearing and follow the link there.")


@dataclass(frozen=True, slots=True)
class AnswerClaim:
    """What a genuine token says: which participant (a public id), and which SEQUENCE of the invitation he was sent."""

    participant: str
    sequence: int


class AnswerTokens:
    """Signs with the last key, reads with any: put a new key at the end to rotate, drop the first to revoke."""

    SALT = "vctestimony.answer"

    def __init__(self, secret_keys: Sequence[str]) -> None:
        if not secret_keys or any(len(key) < SHORTEST_KEY for key in secret_keys):
            raise ValueError(f"answer tokens need at least one key, each of {SHORTEST_KEY} characters or more")
        self._serializer: URLSafeSerializer = URLSafeSerializer(
            list(secret_keys),
            salt=self.SALT,
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    def issue(self, participant: str, *, sequence: int, now: datetime) -> str:
        """A URL-safe token; the same arguments give the same token."""
        return str(self._serializer.dumps([participant, sequence, int(now.timestamp())]))

    def read(self, token: str, *, max_age: timedelta, now: datetime) -> AnswerClaim:
        """The claim; TokenForged for anything this service did not sign, TokenExpired when older than `max_age`.

        Whether the SEQUENCE is still the newest, and the hearing still to come, is for the caller to see.
        """
        participant, sequence, issued_at = self._opened(token)
        if issued_at - now > CLOCK_SLACK or now - issued_at > max_age:
            raise TokenExpired
        return AnswerClaim(participant=participant, sequence=sequence)

    def _opened(self, token: str) -> tuple[str, int, datetime]:
        if len(token) > LONGEST or not token.isascii():
            raise TokenForged
        try:
            participant, sequence, issued = self._serializer.loads(token)
            return str(participant), int(sequence), datetime.fromtimestamp(issued, tz=UTC)
        except (BadData, TypeError, ValueError, OverflowError, OSError) as broken:
            raise TokenForged from broken


class OptionTokens(AnswerTokens):
    """The links that ask about options: which participant, and which offer. One kind never opens the other's page."""

    SALT = "vctestimony.options"


class ReminderTokens(AnswerTokens):
    """The links to a person's choices about reminders: which person. They open nothing else."""

    SALT = "vctestimony.reminders"


class FieldTokens(AnswerTokens):
    """The links to a person's own checklist of one hearing: which participant, and which link of theirs."""

    SALT = "vctestimony.field"
