"""The use-cases of joining without an account: the answer link, and a code mailed to the address on file.

Who holds the link alone sees when the address is shown. The code is of eight digits, good for ten minutes, for this
link, once, and for five tries; it is mailed only while the address is shown. Every look is written down.
"""

import hmac
from dataclasses import dataclass
from functools import partial

from vctestimony.domain.access import Actor
from vctestimony.domain.account_letters import AccountLetter, AccountMail, AccountReader
from vctestimony.domain.errors import Absent, Invalid
from vctestimony.domain.hearing import State
from vctestimony.domain.joining import (
    CODE_LIVES,
    MOST_WRONG_CODES,
    Joining,
    code_digest,
    code_of,
)
from vctestimony.domain.letters import Mailbox
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import joining, journal, limits, outgoing
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings
from vctestimony.store import joining as store
from vctestimony.store.models import HearingRow, JoiningCodeRow, ParticipantRow

MAIL_KIND = "joining_code"
MOST_MAILS, MAILS_WITHIN_MINUTES = 4, 30


class NoSuchSeat(Absent):
    """The link opens nothing: it was made up, or its holder was taken off the hearing."""


class CodeOver(Invalid):
    """There is no code that could still be used."""

    text = N_(
        "This code can no longer be used: it is older than ten minutes, was used, or was mistyped too often. "
        "Ask for a new one."
    )


class WrongCode(Invalid):
    """Not the code that was mailed last for this link."""

    text = N_(
        "That is not the code in the newest mail. Look at it again; after {left} more wrong tries you need a new one."
    )


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What the holder of a link is told before the code: when the address is shown, whether a code was sent."""

    reference: str
    language: str
    is_entered: bool
    is_time: bool
    shown_from: BothClocks | None
    code_is_sent: bool
    address: str
    contact_phone: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The address opened for one look. Never stored, logged or cached."""

    reference: str
    language: str
    joining: Joining


def page(unit: Unit, token: str) -> LinkPage:
    """The page behind the link; Gone once the hearing is over or was called off."""
    person, hearing = _behind(unit, token)
    is_time = joining.is_time(unit, hearing)
    if not is_time and joining.is_over(unit, hearing):
        raise joining.JoiningClosed()
    row = store.code(unit.session, person.id)
    return LinkPage(
        reference=hearing.reference,
        language=person.official.language,
        is_entered=not joining.is_missing(hearing),
        is_time=is_time,
        shown_from=joining.shown_from(
            hearing, person if hearings.kept_apart(hearing, person) else None, own=person.end
        ),
        code_is_sent=row is not None and _is_good(unit, row),
        address=_masked(person.official.email),
        contact_phone=hearing.court.phone,
    )


def send_code(units: Units, token: str) -> None:
    """Mail a new code to the address on file; the one before can no longer be used. Only while the address is shown."""
    with units.writing() as unit:
        person, _ = _behind(unit, token)
        bucket = f"joining-code|{person.public_id}"
        limits.count(unit, bucket, most=MOST_MAILS, within_minutes=MAILS_WITHIN_MINUTES)
    with units.writing() as unit:
        person, hearing = _behind(unit, token)
        joining.check_now(unit, hearing)
        code = code_of(unit.ports.random(8))
        row = store.code(unit.session, person.id, for_change=True) or JoiningCodeRow(participant_id=person.id)
        row.digest, row.made_at, row.tries, row.used_at = code_digest(code, link=token), unit.now, 0, None
        unit.session.add(row)
        compose = partial(unit.ports.letters.compose_account, _letter(unit, person, token, code))
        mail = outgoing.lay_down(unit, kind=MAIL_KIND, to=person.official.email, compose=compose, hearing=hearing)
        mail.until_at = unit.now + CODE_LIVES
        unit.session.flush()
        journal.write(unit, "joining.code_sent", subject=hearing.reference, by=_by(person), duty=person.duty)


def look(units: Units, token: str, code: str) -> Joined:
    """The address for whoever holds the link and the code. Every try is counted before the code is compared."""
    with units.writing(wakes=False) as unit:
        person, hearing = _behind(unit, token)
        joining.check_now(unit, hearing)
        row = store.code(unit.session, person.id, for_change=True)
        if row is None or not _is_good(unit, row):
            raise CodeOver(field="code")
        row.tries += 1
    with units.writing(wakes=False) as unit:
        person, hearing = _behind(unit, token)
        found = joining.opened_now(unit, hearing)
        row = store.code(unit.session, person.id, for_change=True)
        if row is None or row.used_at is not None:
            raise CodeOver(field="code")
        if not hmac.compare_digest(row.digest, code_digest(code, link=token)):
            raise WrongCode(field="code", left=MOST_WRONG_CODES - row.tries)
        row.used_at = unit.now
        unit.session.flush()
        journal.write(unit, "joining.opened", subject=hearing.reference, by=_by(person), duty=person.duty)
        return Joined(hearing.reference, person.official.language, found)


def _behind(unit: Unit, token: str) -> tuple[ParticipantRow, HearingRow]:
    """Whose link it is; nobody's once they were taken off, and JoiningClosed where nobody will join any more."""
    claim = unit.ports.tokens.read(token, max_age=unit.ports.lasts(Held.LINKS), now=unit.now)
    person = hearings.participant(unit.session, claim.participant)
    hearing = hearings.by_id(unit.session, person.hearing_id) if person else None
    if person is None or hearing is None or person.removed_at is not None:
        raise NoSuchSeat()
    joining.check_open(hearing)
    if hearing.state is State.REQUESTED or not person.sent:
        raise NoSuchSeat()
    return person, hearing


def _is_good(unit: Unit, row: JoiningCodeRow) -> bool:
    return row.used_at is None and row.tries < MOST_WRONG_CODES and unit.now < row.made_at + CODE_LIVES


def _letter(unit: Unit, person: ParticipantRow, token: str, code: str) -> AccountLetter:
    addresses, official = unit.ports.addresses, person.official
    return AccountLetter(
        kind=AccountMail.JOINING_CODE,
        written_at=unit.now.replace(microsecond=0),
        to=AccountReader(name=official.name, address=official.email, language=official.language),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        url=f"{addresses.public_url}/answer/{token}/joining",
        code=code,
    )


def _masked(address: str) -> str:
    """Enough of the address for its owner to know it: the link may be in other hands."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def _by(person: ParticipantRow) -> Actor:
    return Actor(name=f"{person.official.name}, by link and code")
