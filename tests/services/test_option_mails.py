"""The mails about options as they leave, over a real server: each for one, no witness, nothing for a calendar."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller

from tests.adapters.test_mail import free_port
from tests.services.mails import real_letters, stored
from tests.services.planned import MONDAY_11, MONDAY_14, answered, held, version_of
from tests.services.test_worker import Sink
from tests.world import World
from vctestimony.adapters.mail import Security, SmtpSender
from vctestimony.adapters.tokens import OptionTokens
from vctestimony.domain.access import Actor
from vctestimony.services import offering, option_answers
from vctestimony.services.ports import Ports
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units

SECRETS = ("PW-7", "Courtroom", "Conference room", "Link 1", "State v.", "12/2025", "BNS 143", "W-MUMBAI1")


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller.port
    controller.stop()


@pytest.fixture
def ports(ports: Ports, sink: tuple[Sink, int]) -> Ports:
    smtp = SmtpSender(host="127.0.0.1", port=sink[1], security=Security.NONE)
    keys = ("the key that signs answer links in tests",)
    return replace(ports, sender=smtp, letters=real_letters(), option_tokens=OptionTokens(keys))


def all_sent(units: Units) -> None:
    while deliver_one(units, owner="one"):
        pass


def words(data: bytes) -> str:
    mail = message_from_bytes(data, policy=default)
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *texts])


def test_a_question_and_its_end_reach_each_person_alone_and_its_link_opens(
    units: Units, world: World, mumbai: Actor, sink: tuple[Sink, int]
) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, MONDAY_14, asks=True)
    all_sent(units)
    got = sink[0].got
    assert got == [([row.to_address], row.body) for row in stored(units)]
    assert len({recipient for [recipient], _ in got}) == 7
    for _, data in got:
        assert not [secret for secret in SECRETS if secret in words(data)]
        assert b"text/calendar" not in data
    token = words(got[0][1]).partition("/options/")[2].split()[0]
    with units.reading() as unit:
        assert len(option_answers.page(unit, token).times) == 2
    version = version_of(units, world.mumbai.hearing)
    with units.writing() as unit:
        offering.release(unit, world.mumbai.hearing, version=version, by=mumbai)
    all_sent(units)
    ends = got[7:]
    assert [recipient for recipient, _ in ends] == [recipient for recipient, _ in got[:7]]
    first = message_from_bytes(got[0][1], policy=default)["Message-ID"]
    assert message_from_bytes(ends[0][1], policy=default)["References"] == first
    assert "no longer held" in words(ends[0][1])


def test_each_reads_it_in_their_own_language(units: Units, world: World, mumbai: Actor, sink: tuple[Sink, int]) -> None:
    with units.writing() as unit:
        answered(unit.session, world)
    held(units, world.mumbai.hearing, mumbai, MONDAY_11, asks=True)
    all_sent(units)
    languages = {to: message_from_bytes(data, policy=default)["Content-Language"] for [to], data in sink[0].got}
    assert languages["nasrin.alam@dhaka.example"] == "bn"
    assert languages["meera.mumbaikar@mumbai.example"] == "en"
