"""What the pages of accounts show: lists of accounts, and what a form of an account can offer."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.one_time_codes import is_required
from vctestimony.domain.people import Role
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store.models import AccountRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One account without anything secret."""

    id: int
    email: str
    name: str
    role: Role
    post: str
    official: str
    language: str
    is_active: bool
    must_change: bool
    is_invited: bool
    has_second_step: bool
    waits_for_link: bool
    lacks_second_step: bool
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form of a new account can offer: numbers with their labels."""

    posts: tuple[tuple[int, str], ...]
    officials: tuple[tuple[int, str], ...]


def all_accounts(unit: Unit) -> tuple[AccountLine, ...]:
    """Every account, active ones first."""
    return tuple(_line(row) for row in accounts.listed(unit.session))


def own_account(unit: Unit, *, by: Actor) -> AccountLine:
    """The account of the person asking."""
    return one_account(unit, by.account_id)


def one_account(unit: Unit, account_id: int | None) -> AccountLine:
    """One account, or Absent."""
    row = accounts.by_id(unit.session, account_id) if account_id is not None else None
    if row is None:
        raise Absent()
    return _line(row)


def offered(unit: Unit) -> Offered:
    """Posts and officials to choose from."""
    return Offered(
        posts=tuple((row.id, f"{row.name}, {row.city}") for row in accounts.posts(unit.session)),
        officials=tuple(
            (row.id, f"{row.name}, {row.designation} ({row.post.name})") for row in accounts.officials(unit.session)
        ),
    )


def _line(row: AccountRow) -> AccountLine:
    return AccountLine(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        post=row.post.name if row.post else "",
        official=row.official.name if row.official else "",
        language=row.language,
        is_active=row.is_active,
        must_change=row.must_change,
        is_invited=not row.password_hash,
        has_second_step=row.second_step_at is not None,
        waits_for_link=row.set_up_by_link,
        lacks_second_step=row.second_step_at is None and is_required(row.role),
        created_at=row.created_at,
        version=row.version,
    )
