"""Builds single rows for tests, with everything filled in that a test does not care about."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from tests.fakes import NOW, cheap_passwords
from vctestimony.domain.casework import IdentityDocument, Instance, Regime, Route, Signing
from vctestimony.domain.hearing import End, State
from vctestimony.domain.one_time_codes import is_required
from vctestimony.domain.people import Duty, PostKind, Role
from vctestimony.store.models import (
    AccountRow,
    CaseRow,
    HearingRow,
    OfficialRow,
    OrderRow,
    ParticipantRow,
    PostRow,
    ResourceKind,
    ResourceRow,
    WitnessRow,
)

PASSWORD = "velvet cactus nine rivers"


@cache
def password_hash() -> str:
    """The hash of PASSWORD, made once."""
    return cheap_passwords().hash(PASSWORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """One court's part of the world: numbers and references of its rows."""

    post_id: int
    room_id: int
    judge_id: int
    coordinator_id: int
    prosecutor_id: int
    defence_id: int
    case_id: int
    case: str
    order_id: int
    witness_id: int
    witness: str
    hearing_id: int = 0
    hearing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """The mission in Dhaka."""

    post_id: int
    room_id: int
    coordinator_id: int
    interpreter_id: int
    support_id: int


def add_resource(session: Session, kind: ResourceKind, name: str, *, post_id: int | None) -> ResourceRow:
    """Something that can be booked."""
    row = ResourceRow(kind=kind, name=name, post_id=post_id, is_active=True)
    session.add(row)
    session.flush()
    return row


def add_post(session: Session, code: str, *, kind: PostKind, city: str, country: str, zone: str) -> PostRow:
    """A place whose calendar has the same name as its code."""
    row = PostRow(
        code=code,
        name=f"{city}: {code}",
        kind=kind,
        address=f"1 High Road, {city}",
        city=city,
        country=country,
        zone=zone,
        calendar_id=code,
        high_court="bombay" if kind is PostKind.TRIAL_COURT else None,
        phone="+91 22 0000 0000",
        email=f"office@{city.casefold()}.example",
    )
    session.add(row)
    session.flush()
    return row


def add_official(session: Session, name: str, *, post: PostRow, duty: Duty, language: str = "en") -> OfficialRow:
    """Somebody with that duty at the post; mail goes to name@city.example."""
    resource = add_resource(session, ResourceKind.PERSON, name, post_id=post.id)
    row = OfficialRow(
        name=name,
        designation=f"{duty} of {post.city}",
        post_id=post.id,
        resource_id=resource.id,
        email=f"{name.casefold().replace(' ', '.')}@{post.city.casefold()}.example",
        phone="+91 22 0000 0001",
        language=language,
        duties=[duty.value],
        is_active=True,
    )
    session.add(row)
    session.flush()
    return row


def add_account(
    session: Session, role: Role, email: str, *, post_id: int | None = None, official_id: int | None = None
) -> AccountRow:
    """Somebody who signs in with PASSWORD, and a second step where the role needs one (tests/second_steps.py)."""
    row = AccountRow(
        email=email,
        name=f"{role.replace('_', ' ').capitalize()} {email.partition('@')[2]}",
        role=role,
        post_id=post_id,
        official_id=official_id,
        password_hash=password_hash(),
        language="en",
        is_active=True,
        must_change=False,
        created_at=NOW,
        second_step_at=NOW if is_required(role) else None,
    )
    session.add(row)
    session.flush()
    return row


def add_casework(session: Session, city: str, post: PostRow) -> tuple[CaseRow, OrderRow, WitnessRow]:
    """A sessions case of the court, its order and its witness."""
    name = city.upper()
    case = CaseRow(
        reference=f"C-{name}1",
        number="Sessions Case 12/2025",
        court_id=post.id,
        cause_title=f"State v. Example ({city})",
        sections="BNS 143, 144",
        stage="Prosecution evidence",
        instance=Instance.SESSIONS,
        regime=Regime.BNSS,
        instituted_on=date(2025, 3, 3),
        rule_pack="bombay",
        facts={},
        created_at=NOW,
    )
    order = OrderRow(
        case=case,
        made_on=date(2026, 8, 20),
        reference="Exh. 41",
        conditions="",
        route=Route.A,
        signing=Signing.PAPER,
        facts={},
        created_at=NOW,
    )
    witness = WitnessRow(
        reference=f"W-{name}1",
        case=case,
        resource=add_resource(session, ResourceKind.WITNESS, f"W-{name}1", post_id=None),
        pseudonym="PW-7",
        languages="bn",
        nationality="BD",
        identity_document=IdentityDocument.PASSPORT,
        facts={},
        created_at=NOW,
    )
    session.add_all((case, order, witness))
    session.flush()
    return case, order, witness


def add_hearing(
    session: Session, court: Court, mission: Mission, link_id: int, *, reference: str, state: State = State.REQUESTED
) -> HearingRow:
    """A hearing of the court's case without a time, 30, 120 and 30 minutes; its people are theirs."""
    row = HearingRow(
        reference=reference,
        case_id=court.case_id,
        order_id=court.order_id,
        witness_id=court.witness_id,
        court_id=court.post_id,
        remote_id=mission.post_id,
        court_room_id=court.room_id,
        remote_room_id=mission.room_id,
        link_id=link_id,
        state=state,
        pre_minutes=30,
        main_minutes=120,
        post_minutes=30,
        zone="Asia/Kolkata",
        uid=f"{reference.casefold()}@court.example",
        created_at=NOW,
    )
    session.add(row)
    for duty, end, official_id in (
        (Duty.JUDGE, End.COURT, court.judge_id),
        (Duty.COURT_COORDINATOR, End.COURT, court.coordinator_id),
        (Duty.PROSECUTION, End.COURT, court.prosecutor_id),
        (Duty.DEFENCE, End.COURT, court.defence_id),
        (Duty.REMOTE_COORDINATOR, End.REMOTE, mission.coordinator_id),
        (Duty.INTERPRETER, End.REMOTE, mission.interpreter_id),
        (Duty.SUPPORT_PERSON, End.REMOTE, mission.support_id),
    ):
        row.participants.append(_participant(reference, duty, end, official_id))
    session.flush()
    return row


def _participant(reference: str, duty: Duty, end: End, official_id: int) -> ParticipantRow:
    return ParticipantRow(
        public_id=f"{reference}-{duty}",
        official_id=official_id,
        duty=duty,
        end=end,
        is_required=True,
        attends_pre=True,
        attends_main=True,
        attends_post=True,
    )
