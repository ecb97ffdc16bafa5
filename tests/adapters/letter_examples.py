"""Snapshots of invitations that several tests share: one hearing, Mumbai and Dhaka, three people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from babel.support import NullTranslations

from vctestimony.domain.hearing import End, Part
from vctestimony.domain.invited import Invited, plan_messages
from vctestimony.domain.itip import Revision, new_uid
from vctestimony.domain.letters import Contact, Invitee, Letter, Mailbox, Point, Stretch
from vctestimony.domain.people import Duty

NOW = datetime(2026, 11, 20, 6, 30, 12, 345678, tzinfo=UTC)
START = datetime(2026, 12, 7, 5, 0, tzinfo=UTC)
UID = new_uid(bytes(range(16)), "testimony.example")
MUMBAI = Point(city="Mumbai", zone="Asia/Kolkata")
DHAKA = Point(city="Dhaka", zone="Asia/Dhaka")
SERVICE = Mailbox(name="Video testimony service", address="hearings@testimony.example")
CONTACT = Contact(name="A. Kulkarni", telephone="+91 22 5550 0100", address="coordinator@court.example")


class English:
    """Stands for the catalogues: every language speaks English here."""

    def translations(self, language: str) -> NullTranslations:
        return NullTranslations()


def link(invitee: Invitee, sequence: int) -> str:
    return f"https://testimony.example/answer/{invitee.participant}-{sequence}"


def stretches(start_at: datetime = START) -> tuple[Stretch, ...]:
    half, two = timedelta(minutes=30), timedelta(hours=2)
    return (
        Stretch(part=Part.PRE, start_at=start_at, end_at=start_at + half),
        Stretch(part=Part.MAIN, start_at=start_at + half, end_at=start_at + half + two),
        Stretch(part=Part.POST, start_at=start_at + half + two, end_at=start_at + half + two + half),
    )


OFFICIAL = Invitee(
    participant="p-remote",
    name="মোহাম্মদ রফিকুল ইসলাম",
    address="second.secretary@mission.example",
    language="en",
    duty=Duty.REMOTE_COORDINATOR,
    end=End.REMOTE,
    city="Dhaka",
    zone="Asia/Dhaka",
    stretches=stretches(),
    details="room 1, link 1",
)
JUDGE = Invitee(
    participant="p-judge",
    name="S. R. Deshpande",
    address="judge@court.example",
    language="en",
    duty=Duty.JUDGE,
    end=End.COURT,
    city="Mumbai",
    zone="Asia/Kolkata",
    stretches=stretches()[1:],
    details="room 2, link 1",
)
INTERPRETER = Invitee(
    participant="p-interpreter",
    name="Anjali Sen",
    address="interpreter@language.example",
    language="en",
    duty=Duty.INTERPRETER,
    end=End.COURT,
    city="London",
    zone="Europe/London",
    stretches=stretches(),
    details="room 2, link 1",
)

BOOKED = Invited(
    uid=UID,
    reference="H-7K3F9QW2",
    court=MUMBAI,
    remote=DHAKA,
    organizer=SERVICE,
    contact=CONTACT,
    hearing_url="https://testimony.example/hearings/H-7K3F9QW2",
    invitees=(OFFICIAL, JUDGE, INTERPRETER),
)


def with_invitees(*invitees: Invitee) -> Invited:
    return replace(BOOKED, invitees=invitees)


def moved(invited: Invited, *, by: timedelta) -> Invited:
    """The same hearing so much later."""
    return replace(invited, invitees=tuple(_moved(invitee, by) for invitee in invited.invitees))


def _moved(invitee: Invitee, by: timedelta) -> Invitee:
    later = tuple(replace(one, start_at=one.start_at + by, end_at=one.end_at + by) for one in invitee.stretches)
    return replace(invitee, stretches=later)


def planned(
    before: Invited | None, after: Invited | None, *, last: Revision | None = None, now: datetime = NOW
) -> tuple[Letter, ...]:
    return plan_messages(before, after, last=last, now=now, answer_url=link)


FIRST = Revision.after(None, now=NOW)
INVITATION = planned(None, BOOKED)[0]
MOVE = planned(BOOKED, moved(BOOKED, by=timedelta(hours=25)), last=FIRST, now=NOW + timedelta(hours=1))[0]
SECOND = Revision(MOVE.sequence, MOVE.dtstamp_at)
CANCEL = planned(moved(BOOKED, by=timedelta(hours=25)), None, last=SECOND, now=NOW + timedelta(hours=2))[0]
REMOVED = planned(BOOKED, with_invitees(JUDGE, INTERPRETER), last=FIRST, now=NOW + timedelta(hours=3))[0]
