"""The one place that signs and reads answer tokens: the part of a mailed link that says whose answer it is.

A token holds an id, a SEQUENCE and the second it was made: no name, no address, no case. Its text is readable by
anyone; only the signature protects it. Following the link shows a page; only a posted form answers.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadData, URLSafeSerializer

from vctestimony.domain.errors import Absent
from vctestimony.domain.wording import N_

LONGEST = 512
SHORTEST_KEY = 32
LIFETIME = timedelta(days=400)
CLOCK_SLACK = timedelta(seconds=60)


class TokenForged(Absent):
    """Not made by this service, altered, or made for another purpose."""

    text = N_("This link does not work. Open the newest mail about the hearing and follow the link there.")


class TokenExpired(Absent):
    """Genuine, but too old to be honoured."""

    text = N_("This link is no longer in use. Open the newest mail about the hearing and follow the link there.")


class AnswerTokens:
    """Signs with the last key, reads with any: put a new key at the end to rotate, drop the first to revoke."""

    SALT = "vctestimony.answer"

    def __init__(
        self, secret_keys: Sequence[str], *, clock: Callable[[], datetime], max_age: timedelta = LIFETIME
    ) -> None:
        if not secret_keys or any(len(key) < SHORTEST_KEY for key in secret_keys):
            raise ValueError(f"answer tokens need at least one key, each of {SHORTEST_KEY} characters or more")
        self._clock, self._max_age = clock, max_age
        self._serializer: URLSafeSerializer = URLSafeSerializer(
            list(secret_keys),
            salt=self.SALT,
            signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
        )

    def issue(self, subject: str, sequence: int) -> str:
        """A URL-safe token for one participant (his public id) and one SEQUENCE of his invitation."""
        return str(self._serializer.dumps([subject, sequence, int(self._clock().timestamp())]))

    def read(self, token: str, *, now: datetime) -> tuple[str, int]:
        """Subject and SEQUENCE; TokenForged for anything this service did not sign, TokenExpired when too old.

        Whether the SEQUENCE is still the newest, and the hearing still to come, is for the caller to see.
        """
        subject, sequence, issued_at = self._opened(token)
        if issued_at - now > CLOCK_SLACK or now - issued_at > self._max_age:
            raise TokenExpired
        return subject, sequence

    def _opened(self, token: str) -> tuple[str, int, datetime]:
        if len(token) > LONGEST or not token.isascii():
            raise TokenForged
        try:
            subject, sequence, issued = self._serializer.loads(token)
            return str(subject), int(sequence), datetime.fromtimestamp(issued, tz=UTC)
        except (BadData, TypeError, ValueError, OverflowError, OSError) as broken:
            raise TokenForged from broken
