"""What a person does who reads a mail: counts the answer it gives, or one by telephone; sets it aside; who may."""

import json

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.inbound import came_in, invitation_known, sample, stored_mails
from tests.services.planned import MONDAY_11_AT, answered, booked, hearing_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Stale
from vctestimony.domain.inbound_words import Handled
from vctestimony.domain.itip import PartStat
from vctestimony.domain.people import Duty, Role
from vctestimony.services import inbox_settling, inbox_views, journal, post_office, vault
from vctestimony.services.inbox_settling import MailSettled, WhoseAnswer
from vctestimony.services.pseudonymity import RealName
from vctestimony.services.unit import Units
from vctestimony.store.models import WitnessRow


@pytest.fixture
def mail(units: Units, world: World, mumbai: Actor) -> str:
    """The reference of a mail in words about the hearing in Mumbai."""
    with units.writing() as unit:
        answered(unit.session, world)
    booked(units, world.mumbai.hearing, mumbai)
    while post_office.deliver_one(units, owner="one"):
        pass
    invitation_known(units, world.mumbai.hearing)
    [row] = came_in(units, sample("words_in_reply"))
    return row.reference


def count(
    units: Units,
    mail: str,
    by: Actor,
    *,
    person: str = f"H-MUMBAI1-{Duty.INTERPRETER}",
    how: Handled = Handled.ANSWER_READ,
    note: str = "She writes that she comes",
    version: int = 1,
) -> None:
    with units.writing() as unit:
        choice = PartStat.ACCEPTED
        inbox_settling.count_answer(
            unit, mail, person=person, choice=choice, how=how, note=note, version=version, by=by
        )


def interpreter(units: Units) -> tuple[str, str, str]:
    row = next(one for one in hearing_of(units, "H-MUMBAI1").participants if one.duty is Duty.INTERPRETER)
    return row.answer, row.answer_channel, row.answer_comment


@pytest.mark.parametrize(
    ("how", "channel"), [(Handled.ANSWER_READ, "mail, by hand"), (Handled.TELEPHONED, "telephone")]
)
def test_an_answer_counted_by_hand_says_who_why_and_on_which_way(
    units: Units, mail: str, mumbai: Actor, how: Handled, channel: str
) -> None:
    count(units, mail, mumbai, how=how)
    assert interpreter(units) == ("ACCEPTED", channel, "She writes that she comes")
    [row] = stored_mails(units)
    assert (row.is_open, row.handled, row.settled_by, row.note) == (
        False,
        how,
        mumbai.name,
        "She writes that she comes",
    )
    with units.reading() as unit:
        entries = {one.action: one for one in journal.history(unit, "H-MUMBAI1")}
    assert json.loads(entries["answer.given"].facts)["channel"] == channel
    settled = json.loads(entries["inbox.settled"].facts)
    assert (settled["mail"], settled["how"], settled["answer"]) == (mail, how, "ACCEPTED")


def test_a_mail_is_dealt_with_once(units: Units, mail: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        inbox_settling.set_aside(unit, mail, note="Only thanks", version=1, by=mumbai)
    with pytest.raises(MailSettled):
        count(units, mail, mumbai, version=2)
    assert interpreter(units)[0] == "NEEDS-ACTION"


def test_a_form_that_was_opened_before_a_change_is_refused(units: Units, mail: str, mumbai: Actor) -> None:
    with pytest.raises(Stale):
        count(units, mail, mumbai, version=7)


@pytest.mark.parametrize("person", ["H-PUNE1-interpreter", "nobody"])
def test_only_an_answer_of_somebody_on_the_hearing_can_be_counted(
    units: Units, mail: str, mumbai: Actor, person: str
) -> None:
    with pytest.raises(WhoseAnswer):
        count(units, mail, mumbai, person=person)


def test_after_the_hearing_nobodys_answer_is_counted(
    units: Units, mail: str, mumbai: Actor, clock: FrozenClock
) -> None:
    clock.at = MONDAY_11_AT.replace(hour=12)
    with pytest.raises(WhoseAnswer) as refused:
        count(units, mail, mumbai)
    assert refused.value.sentence() == "The hearing is over."


def test_the_real_name_of_the_witness_is_refused(units: Units, world: World, mail: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        vault.put(unit, unit.session.get_one(WitnessRow, world.mumbai.witness_id), {"name": "Rahima Khatun"}, by=mumbai)
    with pytest.raises(RealName):
        count(units, mail, mumbai, note="Asks about rahima khatun")


@pytest.mark.parametrize(
    ("role", "at"), [(Role.COORDINATOR, "pune"), (Role.ADMINISTRATOR, ""), (Role.PRESIDING_OFFICER, "mumbai")]
)
def test_a_mail_of_a_hearing_is_for_its_own_coordinator_alone(
    units: Units, mail: str, actor: FindActor, role: Role, at: str
) -> None:
    by = actor(role, at)
    with units.reading() as unit, pytest.raises(Absent):
        inbox_views.opened(unit, mail, by=by)
    with pytest.raises(Absent):
        count(units, mail, by)
    with units.reading() as unit:
        assert inbox_views.count_open(unit, by=by) == 0


def test_a_mail_without_a_hearing_is_for_administrators_alone(units: Units, mumbai: Actor, actor: FindActor) -> None:
    [row] = came_in(units, sample("unknown_event"))
    administrator = actor(Role.ADMINISTRATOR)
    with units.reading() as unit, pytest.raises(Absent):
        inbox_views.opened(unit, row.reference, by=mumbai)
    with units.reading() as unit:
        assert inbox_views.opened(unit, row.reference, by=administrator).people == ()
        assert [line.sender for line in inbox_views.listed(unit, shows_all=False, by=administrator).lines] == [
            "nasrin.alam@dhaka.example"
        ]
    with units.writing() as unit:
        inbox_settling.set_aside(unit, row.reference, note="Not for us", version=1, by=administrator)
    with units.reading() as unit:
        assert inbox_views.listed(unit, shows_all=False, by=administrator).lines == ()
        assert len(inbox_views.listed(unit, shows_all=True, by=administrator).lines) == 1
