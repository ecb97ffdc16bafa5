"""Gives the witnesses of the demonstration identities that are canaries, and conferences such addresses.

Besides, what opens doors without a way there: sessions of people of every role, links and feeds as mails tell them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.canaries.searching import CANARIES
from tests.web.browsing import seated
from vctestimony.domain.access import Actor
from vctestimony.domain.feeds import FeedKind
from vctestimony.domain.grants import Length
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Role
from vctestimony.services import feed_addresses, joining_changes, vault, vault_grants
from vctestimony.services.accounts import actor_of
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, HearingRow, ParticipantRow, PostRow, WitnessRow

PEOPLE = {
    "parentage": CANARIES["parent"],
    "address": CANARIES["street"],
    "contact": CANARIES["telephone"],
    "identity_number": CANARIES["identity number"],
}
REASON = f"to compare {CANARIES['name']}, that is {CANARIES['name, Bengali']}, with the passport"
MOST_LINKS, MOST_FEEDS = 12, 6
_SOON = (State.BOOKED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Planted:
    """The sessions of people, by e-mail address, and addresses that open without one."""

    cookies: dict[str, str]
    open_addresses: tuple[str, ...]


def plant(units: Units) -> Planted:
    """Every identity is a canary afterwards, every conference to come has its link and passcode; each is looked at."""
    with units.reading() as unit:
        witnesses = list(unit.session.scalars(sa.select(WitnessRow.reference).order_by(WitnessRow.id)))
        soon = sa.select(HearingRow.reference).where(HearingRow.state.in_(_SOON)).order_by(HearingRow.id)
        hearings = list(unit.session.scalars(soon))
    for number, reference in enumerate(witnesses):
        _name(units, reference, CANARIES["name"] if number % 2 else CANARIES["name, Bengali"])
    for reference in hearings:
        _enter(units, reference)
    return Planted(dict(_sessions(units)), tuple(_links(units)))


def _sessions(units: Units) -> Iterator[tuple[str, str]]:
    """One person of every role; of a court, of the one whose page has most to show."""
    with units.reading() as unit:
        rows = unit.session.scalars(
            sa.select(AccountRow).order_by(AccountRow.email.not_like("%mumbai%"), AccountRow.id)
        )
        people = {row.role: (row.email, row.id) for row in reversed(list(rows))}
    for email, account_id in people.values():
        yield email, seated(units, account_id)


def _links(units: Units) -> Iterator[str]:
    """What mails tell: some answers' links with their files, and some feeds."""
    with units.reading() as unit:
        query = (
            sa.select(ParticipantRow)
            .where(ParticipantRow.sent_sequence.is_not(None))
            .order_by(ParticipantRow.id.desc())
        )
        for person in unit.session.scalars(query.limit(MOST_LINKS)):
            token = unit.ports.tokens.issue(person.public_id, sequence=person.sent_sequence or 0, now=unit.now)
            yield from (f"/answer/{token}", f"/answer/{token}/event.ics", f"/answer/{token}/joining")
    with units.writing() as unit:
        accounts = sa.select(AccountRow).where(AccountRow.official_id.is_not(None)).order_by(AccountRow.id)
        for account in unit.session.scalars(accounts.limit(MOST_FEEDS)):
            holder = Holder(official_id=account.official_id)
            for kind in FeedKind:
                made = feed_addresses.make(unit, holder, kind, by=actor_of(account))
                yield "/feeds/" + made.https.rpartition("/")[2]


def _name(units: Units, reference: str, name: str) -> None:
    with units.writing() as unit:
        row = unit.session.scalars(sa.select(WitnessRow).where(WitnessRow.reference == reference)).one()
        judge = _of(unit.session, row.case.court, Role.PRESIDING_OFFICER)
        if judge is None or judge.account_id is None:
            return
        vault.put(unit, row, PEOPLE | {"name": name}, by=judge)
        vault_grants.give(unit, reference, judge.account_id, length=Length.HOUR, reason=REASON, by=judge)
    vault.look_or_alert(units, reference, reason=REASON, by=judge)


def _enter(units: Units, reference: str) -> None:
    address = f"https://meet.example/{CANARIES['joining link']}"
    with units.writing() as unit:
        row = unit.session.scalars(sa.select(HearingRow).where(HearingRow.reference == reference)).one()
        clerk = _of(unit.session, row.court, Role.COORDINATOR)
        if clerk is None or row.court.mails_tell_joining or (row.starts_at or unit.now) < unit.now + timedelta(hours=1):
            return  # a court that lets its mails tell the address has chosen so
        wanted = Joining(address, CANARIES["passcode"])
        joining_changes.enter(unit, reference, wanted, version=row.version, by=clerk)


def _of(session: Session, court: PostRow, role: Role) -> Actor | None:
    query = sa.select(AccountRow).where(AccountRow.post_id == court.id, AccountRow.role == role)
    found = session.scalars(query.order_by(AccountRow.id).limit(1)).first()
    return actor_of(found) if found is not None else None
