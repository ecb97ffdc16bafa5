"""The use-cases of browser sessions: start, find, keep, list, end. One that has ended here is dead everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from vctestimony.domain import browsers
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.instants import Reading
from vctestimony.domain.one_time_codes import is_required
from vctestimony.services import journal
from vctestimony.services.accounts import actor_of, row_of, subject_of
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit
from vctestimony.store import accounts
from vctestimony.store.models import AccountRow, WebSessionRow

SEEN_EVERY = timedelta(minutes=1)
PROVED_FOR = timedelta(minutes=10)
"""How long an act that asks for it is let through after somebody showed who they are."""
BROWSER_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """How long a session lives unused, and how long at most."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A session that can be used now. `actor` is None before sign-in; uses are written down once a minute at most.

    `waiting_id` is the account whose password was given, while its second step is still to be taken: nobody yet.
    `has_passed` says that a second step was taken, here or at a provider.
    """

    id: int
    content: Mapping[str, object]
    actor: Actor | None
    waiting_id: int | None
    must_change: bool
    must_set_up: bool
    has_passed: bool
    is_proved: bool
    is_worth_noting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One of a person's sessions, as the list shows it; program and system are empty where nobody knows them."""

    id: int
    browser: str
    program: str
    system: str
    started: tuple[Reading, Reading]
    seen: tuple[Reading, Reading]
    is_this: bool


def start(
    unit: Unit,
    *,
    token: str,
    account_id: int | None,
    content: Mapping[str, object],
    browser: str,
    lifetime: Lifetime,
    has_passed: bool = False,
) -> int:
    """A new session, known by the hash of its token: 256 random bits that only the browser keeps. Drops dead ones.

    `has_passed` says that the second step was taken already, in the session that this one follows.
    """
    accounts.drop_sessions(unit.session, unseen_since=unit.now - lifetime.idle, older_than=unit.now - lifetime.whole)
    row = WebSessionRow(
        token_hash=_hash(token),
        account_id=account_id,
        content=dict(content),
        browser=browser[:BROWSER_LENGTH],
        created_at=unit.now,
        seen_at=unit.now,
        proved_at=unit.now if account_id is not None else None,
        passed_at=unit.now if has_passed else None,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def find(unit: Unit, token: str, *, lifetime: Lifetime) -> Live | None:
    """The session of this token; None when it ended, lay unused too long, is too old, or its account was disabled."""
    found = accounts.session_by_hash(unit.session, _hash(token))
    if found is None:
        return None
    row, account = found
    if unit.now - row.seen_at >= lifetime.idle or unit.now - row.created_at >= lifetime.whole:
        return None
    if row.account_id is not None and (account is None or not account.is_active):
        return None
    passed = row.passed_at is not None
    waits = account is not None and not passed and (account.second_step_at is not None or account.set_up_by_link)
    return Live(
        id=row.id,
        content=dict(row.content),
        actor=actor_of(account) if account and not waits else None,
        waiting_id=row.account_id if waits else None,
        must_set_up=account is not None and _must_set_up(account, passed=passed),
        has_passed=passed,
        must_change=account is not None and account.must_change,
        is_proved=row.proved_at is not None and unit.now - row.proved_at < PROVED_FOR,
        is_worth_noting=unit.now - row.seen_at >= SEEN_EVERY,
    )


def _must_set_up(account: AccountRow, *, passed: bool) -> bool:
    """Who needs a second step and has none here; one that a provider took will do, where none was taken away."""
    return is_required(account.role) and account.second_step_at is None and (account.set_up_by_link or not passed)


def keep(unit: Unit, session_id: int, *, content: Mapping[str, object] | None) -> None:
    """Write down that the session was used, and its new content if there is any. One that has ended stays ended."""
    row = accounts.session_by_id(unit.session, session_id)
    if row is None:
        return
    row.seen_at = unit.now
    if content is not None:
        row.content = dict(content)


def prove(unit: Unit, session_id: int, *, token: str) -> None:
    """Write down that whoever sits there has just shown who it is. From now on the session has another token."""
    row = accounts.session_by_id(unit.session, session_id)
    if row is None:
        raise Absent()
    row.proved_at, row.token_hash = unit.now, _hash(token)


def pass_step(unit: Unit, session_id: int, *, token: str) -> None:
    """Write down that the second step was taken. From now on the session has another token."""
    prove(unit, session_id, token=token)
    row = accounts.session_by_id(unit.session, session_id)
    if row is not None:
        row.passed_at = unit.now


def end(unit: Unit, session_id: int) -> None:
    """End one session, whatever it is used for."""
    row = accounts.session_by_id(unit.session, session_id)
    if row is not None:
        unit.session.delete(row)
        unit.session.flush()


def sign_out(unit: Unit, session_id: int, *, by: Actor) -> None:
    """End the session in which this is asked."""
    end(unit, session_id)
    journal.write(unit, "account.signed_out", subject=f"account:{by.account_id}", by=by)


def own(unit: Unit, *, by: Actor, this_id: int | None) -> tuple[SessionLine, ...]:
    """The person's own sessions, the one last used first."""
    if by.account_id is None:
        return ()
    return tuple(
        SessionLine(
            id=row.id,
            browser=row.browser,
            program=browsers.named(row.browser)[0],
            system=browsers.named(row.browser)[1],
            started=both_clocks(row.created_at, by=by),
            seen=both_clocks(row.seen_at, by=by),
            is_this=row.id == this_id,
        )
        for row in accounts.sessions_of(unit.session, by.account_id)
    )


def end_own(unit: Unit, session_id: int, *, by: Actor) -> None:
    """End another of one's own sessions; somebody else's is not there."""
    row = accounts.session_by_id(unit.session, session_id)
    if row is None or by.account_id is None or row.account_id != by.account_id:
        raise Absent()
    end(unit, session_id)
    journal.write(unit, "account.session_ended", subject=f"account:{by.account_id}", by=by)


def end_others(unit: Unit, *, by: Actor, this_id: int | None) -> None:
    """End every session of this person except the one in which this is asked."""
    if by.account_id is None:
        raise Absent()
    accounts.end_sessions(unit.session, by.account_id, except_id=this_id)
    journal.write(unit, "account.sessions_ended", subject=f"account:{by.account_id}", by=by)


def end_all_of(unit: Unit, account_id: int, *, by: Actor) -> None:
    """End every session of somebody else's account; password and second step stay."""
    row = row_of(unit, account_id)
    accounts.end_sessions(unit.session, row.id, except_id=None)
    journal.write(unit, "account.sessions_ended_for", subject=subject_of(row.id), by=by)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
