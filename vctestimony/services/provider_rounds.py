"""The use-case of the way to the provider and back: each round once, in the browser that began it, within minutes."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Absent, Refusal
from vctestimony.domain.sign_in_providers import (
    ROUND_LIVES,
    ProviderRefused,
    ProviderUnreachable,
    Round,
    RoundOver,
    Told,
)
from vctestimony.services import journal, limits
from vctestimony.services.provider_ports import Provider
from vctestimony.services.references import new_secret
from vctestimony.services.unit import Unit, Units
from vctestimony.store import accounts

TRIES, WINDOW_MINUTES = 20, 15
BACK = "/sign-in/provider/back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A round as the browser's session keeps it; `account_id` is whose account is to be linked, None to sign in."""

    found: Round
    began_at: datetime
    wanted: str
    account_id: int | None

    def kept(self) -> dict[str, object]:
        """What goes into the session on the server."""
        return {
            "state": self.found.state,
            "nonce": self.found.nonce,
            "verifier": self.found.verifier,
            "back_to": self.found.back_to,
            "began_at": self.began_at.isoformat(),
            "wanted": self.wanted,
            "account_id": self.account_id,
        }


def read(kept: object) -> Begun:
    """The round that a session keeps, or RoundOver."""
    if not isinstance(kept, Mapping):
        raise RoundOver()
    words = {name: str(kept[name]) for name in ("state", "nonce", "verifier", "back_to")}
    account_id = kept["account_id"]
    return Begun(
        found=Round(**words),
        began_at=datetime.fromisoformat(str(kept["began_at"])),
        wanted=str(kept["wanted"]),
        account_id=account_id if isinstance(account_id, int) else None,
    )


def provider_of(unit: Unit | Units) -> Provider:
    """The provider, or Absent where none is set."""
    if unit.ports.provider is None:
        raise Absent()
    return unit.ports.provider


def begin(units: Units, *, wanted: str, account_id: int | None, address: str) -> tuple[str, Begun]:
    """Where the browser goes, and what its session keeps until it comes back."""
    provider = provider_of(units)
    with units.writing() as unit:
        limits.count(unit, f"provider-from:{address}", most=TRIES, within_minutes=WINDOW_MINUTES)
        now, public_url = unit.now, unit.ports.addresses.public_url
    found = Round(
        state=new_secret(), nonce=new_secret(), verifier=secrets.token_urlsafe(48), back_to=f"{public_url}{BACK}"
    )
    try:
        way = provider.way_there(found)
    except Refusal as refusal:
        _note(units, refusal)
        raise
    return way, Begun(found=found, began_at=now, wanted=wanted, account_id=account_id)


def end(units: Units, begun: Begun, *, state: str, code: str) -> Told:
    """Whom the provider knows; RoundOver, ProviderRefused, ProviderUnreachable. Either way the round is used up."""
    provider = provider_of(units)
    try:
        now = _used_up(units, begun, state=state)
        if not code:
            raise ProviderRefused(provider=provider.name)
        return provider.told(code, begun.found, now=now)
    except (RoundOver, ProviderRefused, ProviderUnreachable) as refusal:
        _note(units, refusal)
        raise


def _used_up(units: Units, begun: Begun, *, state: str) -> datetime:
    """In the database and not in the session alone, for the same answer may come twice at once."""
    bucket = f"provider-state:{sha256(begun.found.state.encode()).hexdigest()}"
    with units.writing() as unit:
        accounts.lock_name(unit.session, bucket)
        is_own = hmac.compare_digest(begun.found.state.encode(), state.encode())
        if not is_own or limits.noted(unit, bucket) or not unit.now - begun.began_at < ROUND_LIVES:
            raise RoundOver()
        limits.note(unit, bucket)
        return unit.now


def _note(units: Units, refusal: Refusal) -> None:
    with units.writing() as unit:
        journal.write(unit, "account.provider_failed", subject="account:unknown", by=SYSTEM, why=refusal.code)
