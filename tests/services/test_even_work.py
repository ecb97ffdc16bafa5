"""Who asks at the door learns nothing from the work that it makes: the same hashes and statements either way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
import sqlalchemy as sa

from tests.builders import PASSWORD
from tests.conftest import Database, FindActor
from tests.fakes import FrozenClock
from tests.world import World, email_of
from vctestimony.domain.access import Action
from vctestimony.domain.errors import Absent
from vctestimony.domain.people import Role
from vctestimony.services import account_links, journal, signing_in, vault
from vctestimony.services.access import hearing_for
from vctestimony.services.cases import case_for
from vctestimony.services.ports import Passwords
from vctestimony.services.unit import Unit, Units
from vctestimony.services.witnesses import witness_for
from vctestimony.store.models import AccountLinkRow, AccountRow, OutboxRow, ParticipantRow

KNOWN, CLOSED, INVITED = email_of(Role.COORDINATOR), email_of(Role.SUPPORT), email_of(Role.INTERPRETER)
SEEN_HERE = email_of(Role.LEGAL_STAFF)
NOBODY, HERE = "nobody@mumbai.example", "192.0.2.1"


@dataclass(slots=True)
class CountedPasswords:
    """Passwords that say how often they were looked at."""

    real: Passwords
    looks: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        """As the real ones."""
        return self.real.hash(password)

    def matches(self, hashed: str, password: str) -> bool:
        """As the real ones."""
        self.looks.append("look")
        return self.real.matches(hashed, password)


@contextmanager
def heard(database: Database) -> Iterator[list[str]]:
    """The kinds of statements that the database gets, in order."""
    said: list[str] = []

    def listen(*event: object) -> None:
        said.append(" ".join(str(event[2]).split()[:3]))

    sa.event.listen(database.engine, "before_cursor_execute", listen)
    yield said
    sa.event.remove(database.engine, "before_cursor_execute", listen)


@pytest.fixture
def closed_and_invited(units: Units, world: World) -> None:
    with units.writing() as unit:
        unit.session.get_one(AccountRow, world.account_id(Role.SUPPORT)).is_active = False
        unit.session.get_one(AccountRow, world.account_id(Role.INTERPRETER)).password_hash = ""
        unit.session.get_one(AccountRow, world.account_id(Role.PRESIDING_OFFICER)).set_up_by_link = True


def works(database: Database, act: Callable[[str], None], emails: tuple[str, ...]) -> list[list[str]]:
    """The statements of the act for each address."""
    found = []
    for email in emails:
        with heard(database) as said:
            act(email)
        found.append(said)
    return found


@pytest.mark.abuse(17)
@pytest.mark.threat("T21")
@pytest.mark.asvs("6.3.8")
@pytest.mark.usefixtures("closed_and_invited")
def test_abuse_row_17_a_refused_sign_in_is_the_same_work_whoever_it_was(units: Units, database: Database) -> None:
    passwords = CountedPasswords(units.ports.passwords)
    own = units.with_ports(replace(units.ports, passwords=passwords))

    def refused(email: str) -> None:
        wanted = PASSWORD if email == CLOSED else "not the password at all"
        with pytest.raises(signing_in.SignInRefused):
            signing_in.sign_in(own, email=email, password=wanted, address=HERE)

    signing_in.sign_in(units, email=SEEN_HERE, password=PASSWORD, address=HERE)
    emails = (KNOWN, NOBODY, CLOSED, INVITED, SEEN_HERE)
    first, *others = works(database, refused, emails)
    assert len(first) > 5
    assert others == [first] * 4
    assert len(passwords.looks) == len(emails)


@pytest.mark.abuse(17)
@pytest.mark.threat("T21")
@pytest.mark.asvs("6.3.8")
@pytest.mark.usefixtures("closed_and_invited")
def test_abuse_row_17_asking_for_a_link_writes_the_same_and_keeps_it_for_the_owner_only(
    units: Units, database: Database, clock: FrozenClock
) -> None:
    def ask(email: str) -> None:
        account_links.ask_for_link(units, email=email, address=HERE)

    first, *others = works(database, ask, (KNOWN, NOBODY, CLOSED, email_of(Role.PRESIDING_OFFICER)))
    assert any("outbox" in statement for statement in first)
    for other in others:
        assert [one for one in other if "SAVEPOINT" not in one] == [one for one in first if "SAVEPOINT" not in one]
    with units.reading() as unit:
        assert [row.to_address for row in unit.session.query(OutboxRow)] == [KNOWN]
        assert unit.session.query(AccountLinkRow).count() == 1
        assert journal.verify(unit)[1] is None


@pytest.mark.threat("T3")
@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.INTERPRETER])
def test_t3_what_is_not_theirs_is_the_same_work_as_what_is_not_there(
    units: Units, world: World, database: Database, actor: FindActor, role: Role
) -> None:
    by, other = actor(role), world.pune
    with units.writing() as unit:
        for row in unit.session.query(ParticipantRow).filter_by(hearing_id=other.hearing_id):
            row.removed_at = unit.now

    def asked(find: Callable[[Unit, str], object]) -> Callable[[str], None]:
        def ask(reference: str) -> None:
            with units.reading() as unit, pytest.raises(Absent):
                find(unit, reference)

        return ask

    finds: tuple[tuple[str, Callable[[Unit, str], object]], ...] = (
        (other.hearing, lambda unit, name: hearing_for(unit, name, by=by, action=Action.SEE_HEARINGS)),
        (other.case, lambda unit, name: case_for(unit, name, by=by)),
        (other.witness, lambda unit, name: witness_for(unit, name, by=by)),
        (other.witness, lambda unit, name: vault.witness_to_open(unit, name, by=by)),
    )
    for theirs, find in finds:
        not_there, not_theirs = works(database, asked(find), (theirs.replace("PUNE", "NONE"), theirs))
        assert not_there == not_theirs
        assert not_there != []
