"""The small world of the tests: two courts, a mission, their people and accounts, and a hearing of each court.

The court in Pune mirrors the one in Mumbai, so that a test can ask for the other court's twin of everything.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.builders import Court, Mission, add_account, add_casework, add_hearing, add_official, add_post, add_resource
from vctestimony.domain.people import Duty, PostKind, Role
from vctestimony.store.models import METADATA, ResourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that `build` made. Accounts sign in with `email_of(role)` and PASSWORD."""

    mumbai: Court
    pune: Court
    dhaka: Mission
    link_id: int
    accounts: dict[str, int]

    def account_id(self, role: Role, at: str = "") -> int:
        """The account of that role; coordinators and presiding officers are at "mumbai" or "pune"."""
        return self.accounts[email_of(role, at)]


def email_of(role: Role, at: str = "") -> str:
    """With which address that role signs in: `email_of(Role.COORDINATOR, "pune")`."""
    home = "mumbai" if role in {Role.COORDINATOR, Role.PRESIDING_OFFICER, Role.LEGAL_STAFF} else "dhaka"
    return f"{role}@{at or home}.example"


def build(session: Session) -> World:
    """Write the world's rows; the caller commits. They are made once; later databases of that kind take the same rows
    as they are, which is quicker by far, unless something stands where they would."""
    kind = session.get_bind().dialect.name
    if kind in _BUILT and not _filled(session, _BUILT[kind][1]):
        world, rows = _BUILT[kind]
        for table, values in rows.items():
            session.execute(sa.insert(table), values)
        if kind == "postgresql":
            session.execute(_numbers_go_on(rows))
        return world
    was_empty = kind not in _BUILT and not _filled(session, METADATA.sorted_tables)
    world = _made(session)
    if was_empty:
        _BUILT[kind] = (world, {table: _rows(session, table) for table in _filled(session, METADATA.sorted_tables)})
    return world


_Rows = dict[sa.Table, list[dict[str, Any]]]
_BUILT: dict[str, tuple[World, _Rows]] = {}


def _filled(session: Session, tables: Collection[sa.Table]) -> list[sa.Table]:
    """Those with rows in them."""
    any_row = {table: sa.select(sa.literal(1)).select_from(table) for table in tables}
    some = [sa.select(sa.literal(table.name)).where(sa.exists(row)) for table, row in any_row.items()]
    found = set(session.scalars(sa.union_all(*some)))
    return [table for table in tables if table.name in found]


def _rows(session: Session, table: sa.Table) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(sa.select(table)).mappings()]


def _numbers_go_on(tables: Collection[sa.Table]) -> sa.Select[Any]:
    """What PostgreSQL must be told when rows brought their own numbers."""
    numbered = [table for table in tables if "id" in table.c]
    highest = [(table.name, sa.select(sa.func.max(table.c.id)).scalar_subquery()) for table in numbered]
    return sa.select(*(sa.func.setval(sa.func.pg_get_serial_sequence(name, "id"), top) for name, top in highest))


def _made(session: Session) -> World:
    link = add_resource(session, ResourceKind.LINK, "Link 1", post_id=None)
    dhaka = _mission(session)
    courts = {city: _court(session, city, dhaka, link.id) for city in ("mumbai", "pune")}
    accounts: dict[str, int] = {}
    for city, court in courts.items():
        for role, official_id in (
            (Role.COORDINATOR, court.coordinator_id),
            (Role.PRESIDING_OFFICER, court.judge_id),
            (Role.LEGAL_STAFF, None),
        ):
            row = add_account(session, role, email_of(role, city), post_id=court.post_id, official_id=official_id)
            accounts[row.email] = row.id
    for role, official_id in (
        (Role.MISSION_OFFICIAL, dhaka.coordinator_id),
        (Role.INTERPRETER, dhaka.interpreter_id),
        (Role.SUPPORT, dhaka.support_id),
    ):
        row = add_account(session, role, email_of(role), post_id=dhaka.post_id, official_id=official_id)
        accounts[row.email] = row.id
    administrator = add_account(session, Role.ADMINISTRATOR, email_of(Role.ADMINISTRATOR))
    accounts[administrator.email] = administrator.id
    return World(mumbai=courts["mumbai"], pune=courts["pune"], dhaka=dhaka, link_id=link.id, accounts=accounts)


def _mission(session: Session) -> Mission:
    post = add_post(session, "dhaka-mission", kind=PostKind.MISSION, city="Dhaka", country="BD", zone="Asia/Dhaka")
    return Mission(
        post_id=post.id,
        room_id=add_resource(session, ResourceKind.ROOM, "Conference room", post_id=post.id).id,
        coordinator_id=add_official(session, "Rina Das", post=post, duty=Duty.REMOTE_COORDINATOR).id,
        interpreter_id=add_official(session, "Nasrin Alam", post=post, duty=Duty.INTERPRETER, language="bn").id,
        support_id=add_official(session, "Salma Khatun", post=post, duty=Duty.SUPPORT_PERSON, language="bn").id,
    )


def _court(session: Session, city: str, dhaka: Mission, link_id: int) -> Court:
    name = city.capitalize()
    post = add_post(session, f"{city}-court", kind=PostKind.TRIAL_COURT, city=name, country="IN", zone="Asia/Kolkata")
    room = add_resource(session, ResourceKind.ROOM, "Courtroom 1", post_id=post.id)
    people = {
        duty: add_official(session, f"{first} {name}kar", post=post, duty=duty).id
        for duty, first in (
            (Duty.JUDGE, "Meera"),
            (Duty.COURT_COORDINATOR, "Anil"),
            (Duty.PROSECUTION, "Leela"),
            (Duty.DEFENCE, "Farhan"),
        )
    }
    case, order, witness = add_casework(session, city, post)
    court = Court(
        post_id=post.id,
        room_id=room.id,
        judge_id=people[Duty.JUDGE],
        coordinator_id=people[Duty.COURT_COORDINATOR],
        prosecutor_id=people[Duty.PROSECUTION],
        defence_id=people[Duty.DEFENCE],
        case_id=case.id,
        case=case.reference,
        order_id=order.id,
        witness_id=witness.id,
        witness=witness.reference,
    )
    hearing = add_hearing(session, court, dhaka, link_id, reference=f"H-{name.upper()}1")
    return replace(court, hearing_id=hearing.id, hearing=hearing.reference)
