"""The calendars that judge a reliability run see what they are there to see."""

from base64 import encodebytes
from datetime import UTC, datetime, timedelta

import pytest

from tests.reliability.calendar_client import CalendarClient, Effect, NotUnderstood, read_message
from tests.reliability.mail_server import Accepted
from tests.reliability.truth import wrong_calendars

ME = "judge@court.example"
START = datetime(2026, 12, 7, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def mail(
    method: str, sequence: int, *, start: datetime = START, status: str = "", stamp: int = 0, zone: str = "Z"
) -> bytes:
    """A mail about one event, by hand."""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//test//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        "UID:one@court.example",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:20261120T0630{stamp:02}Z",
        f"DTSTART:{start:%Y%m%dT%H%M%S}{zone}",
        f"DTEND:{start + HOUR:%Y%m%dT%H%M%S}{zone}",
        "ORGANIZER:mailto:desk@court.example",
        f"ATTENDEE:MAILTO:{ME.title()}",
        *([f"STATUS:{status}"] if status else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    head = f"Content-Type: text/calendar; charset=utf-8; method={method}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + encodebytes("\r\n".join(lines).encode()).replace(b"\n", b"\r\n")


def effects(*mails: bytes, forgets: bool = False) -> tuple[list[Effect], CalendarClient]:
    client = CalendarClient(ME, forgets=forgets)
    return [client.receive(one) for one in mails], client


def test_the_newest_revision_stands_whenever_it_came() -> None:
    first, moved = mail("REQUEST", 0), mail("REQUEST", 1, start=START + HOUR)
    again = mail("REQUEST", 1, start=START + HOUR, stamp=5)
    found, client = effects(first, moved, moved, first, again)
    assert found == [Effect.STORED, Effect.CHANGED, Effect.REPEATED, Effect.STALE, Effect.CHANGED]
    assert [event.start_at for event in client.showing().values()] == [START + HOUR]


@pytest.mark.parametrize(("status", "effect"), [("", Effect.REMOVED), ("CANCELLED", Effect.CANCELLED)])
def test_a_cancellation_takes_the_event_away(status: str, effect: Effect) -> None:
    found, client = effects(mail("REQUEST", 0), mail("CANCEL", 1, status=status))
    assert (found[-1], client.showing()) == (effect, {})


def test_a_late_invitation_after_a_cancellation_fools_only_a_calendar_that_forgets() -> None:
    late = (mail("REQUEST", 0), mail("CANCEL", 1), mail("REQUEST", 0))
    assert effects(*late)[0][-1] is Effect.STALE
    found, client = effects(*late, forgets=True)
    assert found[-1] is Effect.STORED
    assert client.showing()


def test_who_is_invited_again_has_it_again() -> None:
    for forgets in (False, True):
        found, client = effects(mail("REQUEST", 0), mail("CANCEL", 1), mail("REQUEST", 2), forgets=forgets)
        assert (found[-1], len(client.showing())) == (Effect.STORED, 1)


def test_somebody_elses_invitation_is_not_mine() -> None:
    assert CalendarClient("other@court.example").receive(mail("REQUEST", 0)) is Effect.NOT_FOR_ME


@pytest.mark.parametrize(
    "broken",
    [
        mail("REQUEST", 0, zone=""),
        mail("PUBLISH", 0),
        mail("REQUEST", 0).replace(b"method=REQUEST", b"method=CANCEL"),
    ],
)
def test_what_a_program_would_misread_is_not_taken(broken: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read_message(broken)


def test_a_lost_mail_and_a_wrong_order_are_seen() -> None:
    first, moved, gone = (
        Accepted(ME, one) for one in (mail("REQUEST", 0), mail("REQUEST", 1, start=START + HOUR), mail("CANCEL", 2))
    )
    wanted = {ME: {"one@court.example": (START + HOUR, START + 2 * HOUR)}}
    assert wrong_calendars([first, moved], wanted, forgets=False) == []
    assert wrong_calendars([first], wanted, forgets=False) == [ME]
    assert wrong_calendars([first, gone], {}, forgets=True) == []
    assert wrong_calendars([first, gone, first], {}, forgets=True) == [ME]
