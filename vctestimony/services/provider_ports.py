"""The shape of whatever knows how people sign in by a provider (OpenID Connect)."""

from datetime import datetime
from typing import Protocol

from vctestimony.domain.sign_in_providers import Round, Told


class Provider(Protocol):
    """A provider that people may sign in by."""

    @property
    def name(self) -> str:
        """What people call it."""

    def way_there(self, found: Round) -> str:
        """The address to which the browser goes, or a ProviderUnreachable."""

    def told(self, code: str, found: Round, *, now: datetime) -> Told:
        """Whom the provider knows by this code; ProviderRefused, or ProviderUnreachable, in bounded time."""

    def problem(self) -> str:
        """What keeps people from signing in by it, in plain words; empty when nothing does."""
