"""The one place for what an OpenID provider tells about a person, and for the refusals of signing in by one."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from vctestimony.domain.errors import Invalid, Unavailable
from vctestimony.domain.wording import N_

ROUND_LIVES = timedelta(minutes=10)
"""How long somebody may take from our page to the provider's and back."""


class ProviderUnreachable(Unavailable):
    """No answer, no trusted certificate, an answer that is not one, or addresses at another host than the issuer's."""

    text = N_("{provider} does not answer as it should. Sign in with your password, or try again in a minute.")


class ProviderRefused(Invalid):
    """The provider said no, or what it said does not hold. Which of the two stands in the log, not on the page."""

    text = N_("Signing in by {provider} did not work. Begin again, or sign in with your password.")


class RoundOver(Invalid):
    """Nobody began this here, it was used already, or it took too long."""

    text = N_("This sign-in was not begun in this browser, was used already, or took longer than ten minutes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One way to the provider and back: all secrets of it stay on the server but what must travel."""

    state: str
    nonce: str
    verifier: str
    back_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whom the provider knows, by its own name for the person; whether it took a second step itself."""

    issuer: str
    subject: str
    has_passed: bool

    @property
    def kept_as(self) -> str:
        """By what an account remembers the person; another issuer's person of the same name is another.

        >>> one = Told(issuer="https://a.example", subject="7", has_passed=False)
        >>> one.kept_as == Told(issuer="https://a.example/", subject="7", has_passed=True).kept_as
        False
        """
        return sha256(f"{self.issuer}\n{self.subject}".encode()).hexdigest()
