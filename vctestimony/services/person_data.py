"""The use-cases of giving away all that is held about somebody who takes part by office: to themselves, or by an
administrator who was asked. Nothing of anybody else is in it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from vctestimony.domain.access import Actor, may_administer
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.instants import from_min
from vctestimony.domain.person_data import FILE_NAME, Rows, of_official
from vctestimony.services import accounts, journal, officials, screening
from vctestimony.services.bundle_files import zipped
from vctestimony.services.printing import Printed
from vctestimony.services.unit import Unit
from vctestimony.store import accounts as account_store
from vctestimony.store import hearings, places
from vctestimony.store import persons as store
from vctestimony.store.models import (
    AccountRow,
    AuthenticatorRow,
    BundleRow,
    BusySourceRow,
    FeedRow,
    NoticeRow,
    OfficialRow,
    ParticipantRow,
    PasskeyRow,
    RecoveryCodeRow,
    ReminderChoiceRow,
    SignatureRow,
    SigningCertificateRow,
    VaultGrantRow,
    WebSessionRow,
)

TAKEN_OUT = "held.taken_out"
_SAID = ("role", "post", "language", "kind", "changed", "hearings", "mails")
"""Which facts of an entry of the journal are the person's own; others may be about somebody else."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is about: somebody with an account, an official, or both. `subject` is what the journal says."""

    accounts: tuple[AccountRow, ...]
    official: OfficialRow | None
    subject: str

    @property
    def name(self) -> str:
        """How they are called here."""
        return self.official.name if self.official is not None else self.accounts[0].name

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where they are written to."""
        own = (self.official.email,) if self.official is not None else ()
        return tuple(dict.fromkeys((*own, *(one.email for one in self.accounts))))


def own(unit: Unit, *, by: Actor) -> Printed:
    """All that is held about whoever asks."""
    if by.account_id is None:
        raise Absent()
    return _given(unit, of_account(unit, by.account_id), reason="", by=by)


def by_administrator(unit: Unit, person: Person, *, reason: str, by: Actor) -> Printed:
    """The same for somebody else, by whoever keeps accounts; why stands in the journal."""
    if not may_administer(by):
        raise NotAllowed()
    return _given(unit, person, reason=reason, by=by)


def of_account(unit: Unit, account_id: int) -> Person:
    """The person of an account, with the official behind it."""
    row = accounts.row_of(unit, account_id)
    return Person((row,), row.official, accounts.subject_of(row.id))


def of_official_number(unit: Unit, official_id: int) -> Person:
    """The person of the directory, with every account."""
    row = account_store.official(unit.session, official_id)
    if row is None:
        raise Absent()
    return Person(tuple(places.accounts_of(unit.session, row.id)), row, officials.subject_of(row.id))


def _given(unit: Unit, person: Person, *, reason: str, by: Actor) -> Printed:
    content = zipped((one.name, one.content) for one in of_official(_parts(unit, person), made_at=unit.now.isoformat()))
    facts = {"sha256": sha256(content).hexdigest(), "size": len(content)} | ({"reason": reason} if reason else {})
    journal.write(unit, TAKEN_OUT, subject=person.subject, by=by, **facts)
    return Printed(FILE_NAME, content)


def _parts(unit: Unit, person: Person) -> Mapping[str, Rows]:
    of_account = [part for row in person.accounts for part in (_of_account(unit, row),)]
    joined: dict[str, list[Mapping[str, object]]] = {}
    for part in (*of_account, _of_official(unit, person.official), _of_both(unit, person)):
        for name, rows in part.items():
            joined.setdefault(name, []).extend(rows)
    return joined


def _of_account(unit: Unit, row: AccountRow) -> Mapping[str, Rows]:
    def rows(column: Any, *names: str) -> Rows:  # noqa: ANN401 - a column of any table
        return _told(store.rows_of(unit.session, column, row.id), names)

    return {
        "account": _told((row,), ("email", "name", "role", "language", "is_active", "created_at", "second_step_at")),
        "sessions": rows(WebSessionRow.account_id, "browser", "created_at", "seen_at"),
        "apps": rows(AuthenticatorRow.account_id, "made_at"),
        "passkeys": rows(PasskeyRow.account_id, "name", "made_at", "used_at"),
        "recovery-codes": rows(RecoveryCodeRow.account_id, "used_at"),
        "reminders-chosen": rows(ReminderChoiceRow.account_id, "way", "hour", "changed_at"),
        "reminders-given": rows(NoticeRow.account_id, "rule", "how", "due_at", "made_at"),
        "papers-asked-for": rows(BundleRow.account_id, "reference", "created_at", "expires_at"),
        "certificates": rows(SigningCertificateRow.account_id, "name", "issuer", "sha256", "confirmed_at"),
        "signatures": rows(SignatureRow.account_id, "duty", "method", "certificate_name", "sha256", "signed_at"),
        "leave-to-look": rows(VaultGrantRow.account_id, "public_id", "asked_at", "given_at", "until_at", "ended_at"),
    }


def _of_official(unit: Unit, row: OfficialRow | None) -> Mapping[str, Rows]:
    number, resource = (row.id, row.resource_id) if row is not None else (None, None)
    sources = store.rows_of(unit.session, BusySourceRow.official_id, number)
    times = store.own_times(unit.session, resource) if resource is not None else ()
    names = ("name", "designation", "email", "phone", "language", "duties", "is_active")
    return {
        "directory": _told((row,) if row is not None else (), names),
        "hearings": [_seat(one) for one in (store.named_on(unit.session, number) if number is not None else ())],
        "calendars": _told(sources, ("reference", "kind", "host", "created_at", "read_at")),
        "own-times": [
            {"kind": one.kind.value, "from": _plain(from_min(one.start_min)), "until": _plain(from_min(one.end_min))}
            for one in times
        ],
        "feeds": _told(store.rows_of(unit.session, FeedRow.resource_id, resource), ("kind", "made_at", "read_at")),
        "reminders-chosen": _told(
            store.rows_of(unit.session, ReminderChoiceRow.official_id, number), ("way", "hour", "changed_at")
        ),
        "reminders-given": _told(
            store.rows_of(unit.session, NoticeRow.official_id, number), ("rule", "how", "due_at", "made_at")
        ),
    }


def _of_both(unit: Unit, person: Person) -> Mapping[str, Rows]:
    number = person.official.id if person.official is not None else None
    mails = store.mails_to(unit.session, official_id=number, addresses=person.addresses)
    subjects = [accounts.subject_of(one.id) for one in person.accounts]
    subjects += [officials.subject_of(number)] if number is not None else []
    names = ("kind", "to_address", "message_id", "created_at", "state", "sent_at", "wiped_at", "body_sha256")
    return {
        "mails": _told(mails, names),
        "journal": [
            {
                "number": entry.number,
                "at": entry.at.isoformat(),
                "action": entry.action,
                "by": "you" if entry.actor == person.name else "somebody else",
                "facts": {name: said for name, said in json.loads(entry.facts).items() if name in _SAID},
            }
            for subject in subjects
            for entry in journal.history(unit, subject)
        ],
    }


def _seat(row: ParticipantRow) -> Mapping[str, object]:
    """Their place on a hearing. The time is their own; who was taken off reads nothing of what became of it since."""
    names = ("duty", "end", "is_required", "removed_at", "answer", "answer_channel", "answered_at")
    hearing, is_on = row.hearing, row.removed_at is None
    reader = row if is_on and hearings.kept_apart(hearing, row) else None
    about = {
        "reference": hearing.reference,
        "state": hearing.state.value if is_on else None,
        "starts_at": _plain(screening.shown_start(hearing, reader)) if is_on else None,
    }
    return about | {name: _plain(getattr(row, name)) for name in names}


def _told(rows: Iterable[object], names: Iterable[str]) -> list[Mapping[str, object]]:
    wanted = tuple(names)
    return [{name: _plain(getattr(row, name)) for name in wanted} for row in rows]


def _plain(value: object) -> object:
    """What JSON knows: an instant as text, an own word as its value."""
    return value.isoformat() if isinstance(value, datetime) else getattr(value, "value", value)
