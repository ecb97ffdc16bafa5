"""The walk over the matrix: an account for every role and relation, and what the arguments of every route name.

`OBJECTS` says for each beginning of an address which object its argument names; `PARTS` what stands behind it. A route
with an argument that neither knows is a route whose rights nobody has looked at.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.builders import add_account, add_official, add_post
from tests.web.staged import Stage
from tests.world import World
from vctestimony.domain.access import Action, Relation
from vctestimony.domain.hearing import End
from vctestimony.domain.people import Duty, PostKind, Role
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.recordings.entries import EntryKind
from vctestimony.services import sessions
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow

LIFETIME = Lifetime(idle=timedelta(minutes=30), whole=timedelta(hours=8))
ABSENT, NO_PART, NO_ROW = "ZZZZZZZ", "YYYYYYY", "987654"


class Object(StrEnum):
    """What an argument in an address can name."""

    HEARING = "hearing"
    CASE = "case"
    WITNESS = "witness"
    PLAN = "plan"
    MAIL_IN = "mail that came in"
    BUNDLE = "bundle of papers"
    POST = "post"
    OFFICIAL = "official"
    ROOM = "room or link"
    MAIL_OUT = "mail that was sent"
    ACCOUNT = "account"
    SESSION = "session"
    MAILBOX = "mail in the mailbox of the demonstration"
    PACK = "pack"
    KEY = "key of a witness"
    PASSKEY = "passkey"


OBJECTS: Mapping[str, Object] = {
    "/hearings/<reference>": Object.HEARING,
    "/hearings/new": Object.CASE,
    "/cases/<reference>": Object.CASE,
    "/witnesses/<reference>": Object.WITNESS,
    "/backlog/<reference>": Object.PLAN,
    "/inbox/<reference>": Object.MAIL_IN,
    "/papers/<reference>": Object.BUNDLE,
    "/posts/<code>": Object.POST,
    "/officials/<int:official_id>": Object.OFFICIAL,
    "/rooms/<int:room_id>": Object.ROOM,
    "/rooms/<int:resource_id>": Object.ROOM,
    "/mails/<int:mail_id>": Object.MAIL_OUT,
    "/admin/accounts/<int:account_id>": Object.ACCOUNT,
    "/admin/mailbox/<name>": Object.MAILBOX,
    "/account/sessions/<int:session_id>": Object.SESSION,
    "/procedures/<pack>": Object.PACK,
    "/admin/keys/<key>": Object.KEY,
    "/account/second-step/passkey/<int:passkey_id>": Object.PASSKEY,
}

# What stands in an address behind the object: something of it, that is there if it can be, or a word.
PARTS: Mapping[str, str] = {
    "participant": "{participant}",
    "number": "1",
    "kind": "closed",
    "code": NO_PART,
    "public_id": NO_PART,
    "name": "x",
    "form": "pdf",
    "source_id": "1",
    "entry_id": "1",
    "leave_id": "1",
    "leave": "x",
    "mail_id": "1",
    "step_id": "A1",
    "gate": next(iter(GateKey)),
    "place": "new",
    "on": "2026-09-14",
    "key": "x",
    "rung": "x",
    "hold": NO_PART,
    "passkey_id": "999999",
}

_KINDS = {
    "/hearings/<reference>/addenda/new/<kind>": "correction",
    "/hearings/<reference>/day/log/<kind>": next(kind for kind in Kind if ENTRIES[kind].key),
    "/hearings/<reference>/papers/<kind>": "oath-witness",
    "/hearings/<reference>/recordings/enter/<kind>": EntryKind.ACCESS,
}
# What an address asks besides: of which case the hearing is to be.
_ASKED = {"/hearings/new": "?case=<reference>"}
# By which duty somebody in that role is named on a hearing: signing asks for it.
_DUTIES = {
    Role.COORDINATOR: Duty.COURT_COORDINATOR,
    Role.PRESIDING_OFFICER: Duty.JUDGE,
    Role.MISSION_OFFICIAL: Duty.REMOTE_COORDINATOR,
    Role.INTERPRETER: Duty.INTERPRETER,
}
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Walker:
    """One account: its role, how it stands to the hearing in Mumbai (None: in no way), and its cookie."""

    role: Role
    relation: Relation | None
    token: str
    account_id: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One route by one method."""

    rule: Rule
    method: str
    action: Action
    object: Object | None

    def address(self, known: Mapping[str, str], **instead: str) -> str:
        """Where it leads with these values."""
        path = self.rule.rule + _ASKED.get(self.rule.rule, "")
        for start, kind in _KINDS.items():
            path = path.replace(start, start.replace("<kind>", kind))
        values = {**PARTS, **known, **instead}
        return _ARGUMENT.sub(lambda found: _value(found, values).format(**known), path)


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    value = values[found[1]]
    return value if value.isdigit() or not found[0].startswith("<int:") else "1"


def unknown_arguments(app: Flask) -> list[str]:
    """Routes with an argument of which nobody has said what it names."""
    return sorted({rule.rule for rule in guarded(app) if not _is_known(rule)})


def _is_known(rule: Rule) -> bool:
    start = object_at(rule)
    behind = rule.rule.removeprefix(start) if start else rule.rule
    return all(name in PARTS for name in _ARGUMENT.findall(behind)) and (bool(start) or not _ARGUMENT.search(rule.rule))


def object_at(rule: Rule) -> str:
    """The beginning of the address that names an object; empty where it names none."""
    return next(
        (start for start in OBJECTS if rule.rule == start or rule.rule.startswith((f"{start}/", f"{start}."))), ""
    )


def action_of(app: Flask, rule: Rule) -> Action | None:
    """What the view says that it asks for; None where it is open to all."""
    found: Action | None = getattr(app.view_functions[rule.endpoint], "action", None)
    return found


def guarded(app: Flask) -> Iterator[Rule]:
    """Routes that ask who is there."""
    for rule in app.url_map.iter_rules():
        if action_of(app, rule) is not None:
            yield rule


def steps(app: Flask) -> list[Step]:
    """Every guarded route by every method it has a view for."""
    return [
        Step(rule, method, action, OBJECTS.get(object_at(rule)))
        for rule in sorted(guarded(app), key=lambda rule: (rule.rule, rule.endpoint))
        if (action := action_of(app, rule)) is not None
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def walkers(unit: Unit, world: World) -> list[Walker]:
    """An account for every role and relation, each signed in."""
    kind, zone = PostKind.OTHER, "Asia/Kolkata"
    elsewhere = add_post(unit.session, "delhi-office", kind=kind, city="Delhi", country="IN", zone=zone)
    posts = {
        Relation.OWN_COURT: world.mumbai.post_id,
        Relation.RECEIVING_POST: world.dhaka.post_id,
        None: world.pune.post_id,
    }
    found = []
    for role in Role:
        for relation in (*Relation, None):
            official = None
            if relation in {Relation.NAMED, Relation.SCREENED}:
                official = add_official(unit.session, f"{role} {relation}", post=elsewhere, duty=Duty.INVESTIGATOR).id
                for hearing in _hearings(unit.session, world.mumbai.post_id):
                    _name(unit.session, hearing, official, role, is_apart=relation is Relation.SCREENED)
            where = f"{role}@{relation or 'other'}.example"
            post_id = posts.get(relation, elsewhere.id)
            account = add_account(unit.session, role, where, post_id=post_id, official_id=official)
            token = f"{role}-{relation or 'other'}".ljust(43, "x")
            sessions.start(
                unit, token=token, account_id=account.id, content={}, browser="walk", lifetime=LIFETIME, has_passed=True
            )
            found.append(Walker(role, relation, token, account.id))
    return found


def _hearings(session: Session, court_id: int) -> list[HearingRow]:
    return list(session.scalars(sa.select(HearingRow).where(HearingRow.court_id == court_id)))


def _name(session: Session, hearing: HearingRow, official_id: int, role: Role, *, is_apart: bool) -> None:
    """With the duty by which such a role signs, where the record is sealed; invited as the first one there was."""
    first = min(hearing.participants, key=lambda one: one.id)
    signs = hearing.reference == Stage.SEALED and not is_apart
    session.add(
        ParticipantRow(
            public_id=f"walk-{official_id}-{hearing.id}",
            hearing_id=hearing.id,
            official_id=official_id,
            duty=_DUTIES.get(role, Duty.INVESTIGATOR) if signs else Duty.INVESTIGATOR,
            sent=first.sent,
            sent_sequence=first.sent_sequence,
            sent_dtstamp_at=first.sent_dtstamp_at,
            end=End.COURT,
            is_required=False,
            attends_pre=False,
            attends_main=True,
            attends_post=False,
            side="accused" if is_apart else None,
        )
    )


def ask(client: FlaskClient, base: str, step: Step, address: str, token: str = "") -> TestResponse:
    """What the route answers to whom the cookie belongs."""
    headers = {"Sec-Fetch-Site": "same-origin", **({"Cookie": f"vct={token}"} if token else {})}
    answer = client.open(address, method=step.method, base_url=base, headers=headers, buffered=True)
    answer.close()
    return answer


def looks(answer: TestResponse, reference: str) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that an answer tells, without what differs from answer to answer and the reference that was asked for."""
    body = answer.data.replace(answer.request.path.encode(), b"@").replace(reference.encode(), b"@")
    body = re.sub(rb'name="csrf_token" value="[^"]*"|content="[^"]{43,}"', b"", body)
    own = {"date", "set-cookie", "content-length"}
    told = ((name, value.replace(reference, "@")) for name, value in answer.headers if name.lower() not in own)
    return answer.status_code, body, tuple(sorted(told))
