"""Whatever stands in a field that a person can write, the stored mails hold that text and nothing else changes."""

from dataclasses import asdict, replace
from email import message_from_bytes

import ics
import pytest
import sqlalchemy as sa
import vobject

from tests.adapters.test_ical import lines_of
from tests.conftest import FindActor
from tests.services.mails import Mail, read_mail, real_letters, stored
from tests.services.planned import MONDAY_14, answered, booked, moved_to, version_of
from tests.services.test_joining import ROOM, settled
from tests.world import World
from vctestimony.adapters.ical import common_name, many_lines, one_line
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Duty, Role
from vctestimony.services import joining_changes, officials, place_pages, places, scheduling
from vctestimony.services.mail_settings import MailSettings
from vctestimony.services.officials import NewOfficial
from vctestimony.services.places import NewPost
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import OfficialRow, OutboxRow, OutboxState, PostRow

INJECTED = "Rahman\r\nBcc: evil@x.example\r\n\r\nATTENDEE:mailto:evil@x.example\nBEGIN:VEVENT"
WORDS = {
    "headers": INJECTED,
    "escapes": 'He said "yes"; no, maybe\\n \\, \\; \\\\ ^n =?utf-8?q?=0D=0A?= <b>&amp;</b>',
    "scripts": "মাননীয় বিচারক মোহাম্মদ রফিকুল ইসলাম 👩‍⚖️ \U0001f1e7\U0001f1e9 র‍্যাব \u202eevil\u202c \u2066x\u2069 \ufeff\x07",
    "long": ("ঢাকা মহানগর দায়রা জজ, " * 20)[:200],
}
ONCE = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version"}
PARTS = ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"]
PROSECUTOR = "leela.mumbaikar@mumbai.example"
SCREENED_PEOPLE = {"nasrin.alam@dhaka.example", "salma.khatun@dhaka.example"}
REQUEST_LINES = {"ATTENDEE": 5, "CONFERENCE": 1, "BEGIN": 4}
CANCEL_LINES = {"ATTENDEE": 1, "CONFERENCE": 0, "BEGIN": 2}


@pytest.fixture
def ports(ports: Ports) -> Ports:
    addresses = replace(ports.addresses, organiser_name=WORDS["escapes"])
    return replace(ports, letters=real_letters(), addresses=addresses)


def written_everywhere(units: Units, world: World, text: str, *, by: Actor, administrator: Actor) -> None:
    """The text as the name and designation of an official, and as name, city and telephone of both places."""
    with units.writing() as unit:
        answered(unit.session, world)
        for post_id in (world.mumbai.post_id, world.dhaka.post_id):
            code = unit.session.get_one(PostRow, post_id).code
            line = asdict(place_pages.one_post(unit, code))
            version = line.pop("version")
            known = {name: line[name] for name in NewPost.__dataclass_fields__}
            wanted = NewPost(**known | {"name": text[:200], "city": text[:80], "phone": text[:40]})
            places.revise_post(unit, code, wanted, version=version, by=administrator)
        row = unit.session.get_one(OfficialRow, world.mumbai.prosecutor_id)
        named = NewOfficial(
            name=text[:200],
            designation=text[:200],
            post_id=row.post_id,
            duties=(Duty.PROSECUTION,),
            email=row.email,
            phone=text[:40],
        )
        officials.revise_official(unit, row.id, named, version=row.version, by=by)


def told_three_times(units: Units, world: World, text: str, by: Actor) -> list[Mail]:
    """Booked, moved and called off with that text as the reason; whatever may be told is told."""
    hearing = world.mumbai.hearing
    settled(units, by, MailSettings(tell_joining=True, tell_passcode=True, show_others=True))
    with units.writing() as unit:
        page = joining_changes.open_form(unit, hearing, by=by)
        told = replace(ROOM, passcode=text[:60])
        joining_changes.enter(unit, hearing, told, version=page.version, by=by)
    booked(units, hearing, by)
    leave(units)
    moved_to(units, hearing, by, MONDAY_14, reason=text)
    leave(units)
    version = version_of(units, hearing)
    with units.writing() as unit:
        scheduling.cancel(unit, hearing, reason=text, version=version, by=by)
    return [read_mail(row) for row in stored(units)]


def leave(units: Units) -> None:
    """Let every mail be under way, so that the next one does not overtake it."""
    with units.writing() as unit:
        unit.session.execute(sa.update(OutboxRow).values(state=OutboxState.SENT))


@pytest.mark.parametrize(
    ("engine_name", "name"),
    [*(("sqlite", name) for name in WORDS), pytest.param("postgresql", "long", marks=pytest.mark.postgresql)],
    indirect=["engine_name"],
)
@pytest.mark.abuse(38, 40, 41, 44)
@pytest.mark.asvs("1.2.1", "1.3.11")
def test_stored_mails_are_read_alike_by_four_programs_and_hold_the_text_alone(
    units: Units, world: World, mumbai: Actor, actor: FindActor, name: str
) -> None:
    text = WORDS[name]
    written_everywhere(units, world, text, by=mumbai, administrator=actor(Role.ADMINISTRATOR))
    mails = told_three_times(units, world, text, mumbai)
    assert [mail.method for mail in mails] == ["REQUEST"] * 14 + ["CANCEL"] * 7
    for mail in mails:
        check_mail(mail)
        check_calendar(mail, text)


def check_mail(mail: Mail) -> None:
    """The headers and parts of every letter, each once, and no address but the reader's and the service's."""
    names = mail.message.keys()
    assert len(names) == len(set(names))
    assert set(names) >= ONCE
    assert "Bcc" not in names
    assert names == message_from_bytes(mail.row.body).keys()
    assert mail.message["To"] == mail.to
    assert [one.addr_spec for one in mail.message["From"].addresses] == ["calendar@court.example"]
    assert [part.get_content_type() for part in mail.message.walk()] == PARTS
    assert [part.defects for part in mail.message.walk()] == [[]] * len(PARTS)


def check_calendar(mail: Mail, text: str) -> None:
    """Read by icalendar, vobject, ics and by the letter of RFC 5545: one event, the same facts, the text as text."""
    inline, attached = [part.get_payload(decode=True) for part in mail.message.walk()][4:]
    assert inline == attached
    assert isinstance(inline, bytes)
    names = [line.split(":")[0].split(";")[0] for line in lines_of(inline)]
    wanted = REQUEST_LINES if mail.method == "REQUEST" else CANCEL_LINES
    if mail.to in SCREENED_PEOPLE and mail.method == "REQUEST":
        wanted = wanted | {"ATTENDEE": 6}
    assert {name: names.count(name) for name in wanted} == wanted
    (event,) = mail.calendar.events
    known = {"uid": str(event["UID"]), "summary": str(event["SUMMARY"]), "description": str(event["DESCRIPTION"])}
    assert one_line(text[:80]) in known["summary"]
    assert one_line(text[:40]) in known["description"]
    assert many_lines(known["description"]) == known["description"]
    by_vobject = vobject.readOne(inline.decode()).vevent
    assert {name: getattr(by_vobject, name).value for name in known} == known
    (by_ics,) = ics.Calendar(inline.decode()).events
    read = {"uid": by_ics.uid, "summary": by_ics.name, "description": by_ics.description}
    # This one undoes a backslash before an n once more than RFC 5545 3.3.11 asks for.
    assert read == {name: value.replace("\\n", "\\\n") for name, value in known.items()}
    assert by_vobject.dtstart.value == by_ics.begin.datetime == mail.start_at
    own = event["ATTENDEE"][0] if isinstance(event["ATTENDEE"], list) else event["ATTENDEE"]
    assert str(own) == f"mailto:{mail.to}"
    if mail.to == PROSECUTOR:
        assert own.params["CN"] == common_name(text[:200])
