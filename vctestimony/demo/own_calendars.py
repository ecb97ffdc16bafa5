"""The calendars that officials of the demonstration keep themselves: one just uploaded, one old, one out of reach."""

from collections.abc import Iterator
from datetime import date, timedelta

from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import ERNAKULAM, KOLKATA
from vctestimony.services import busy_refreshing, busy_times

FRESH, OLD, FAILED = "hci-dhaka/consular", f"{KOLKATA}/judge", f"{ERNAKULAM}/judge"
# Within the court's own network, which the service refuses to enter: it says so without asking anybody.
_WITHIN = "https://10.20.30.40/calendars/judge.ics"
_FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//an invented calendar//EN
BEGIN:VEVENT
UID:weekly@calendar.example
DTSTAMP:{first:%Y%m%d}T030000Z
DTSTART;TZID={zone}:{first:%Y%m%d}T160000
DTEND;TZID={zone}:{first:%Y%m%d}T163000
RRULE:FREQ=WEEKLY;BYDAY={weekdays}
SUMMARY:Invented weekly meeting
END:VEVENT
BEGIN:VEVENT
UID:journey@calendar.example
DTSTAMP:{first:%Y%m%d}T030000Z
DTSTART;VALUE=DATE:{away:%Y%m%d}
DTEND;VALUE=DATE:{back:%Y%m%d}
SUMMARY:Invented journey
END:VEVENT
BEGIN:VEVENT
UID:perhaps@calendar.example
DTSTAMP:{first:%Y%m%d}T030000Z
DTSTART;TZID={zone}:{perhaps:%Y%m%d}T110000
DTEND;TZID={zone}:{perhaps:%Y%m%d}T123000
STATUS:TENTATIVE
SUMMARY:Invented visit
END:VEVENT
BEGIN:VEVENT
UID:birthday@calendar.example
DTSTAMP:{first:%Y%m%d}T030000Z
DTSTART;VALUE=DATE:{perhaps:%Y%m%d}
TRANSP:TRANSPARENT
SUMMARY:Invented birthday
END:VEVENT
END:VCALENDAR
"""


def fresh(stage: Stage) -> Story:
    """The consular officer in Dhaka uploaded her calendar today."""
    yield stage.today_at - timedelta(hours=2)
    _upload(stage, FRESH, _calendar(stage.on(-14), zone="Asia/Dhaka", weekdays="TU,TH", away_on=stage.on(33)))


def old(stage: Stage) -> Story:
    """The judge in Kolkata uploaded his some days ago and not since."""
    yield stage.day(-9, 17)
    _upload(stage, OLD, _calendar(stage.on(-20), zone="Asia/Kolkata", weekdays="FR", away_on=stage.on(40)))


def failed(stage: Stage) -> Story:
    """The judge in Ernakulam gave an address that only the court's own network knows."""
    yield stage.today_at - timedelta(hours=1)
    by, official_id = stage.actor(FAILED), stage.people.officials[FAILED]
    with stage.units.writing() as unit:
        source_id = busy_times.subscribe(unit, official_id, _WITHIN, by=by)
    busy_refreshing.refresh_now(stage.units, official_id, source_id, by=by)


def _upload(stage: Stage, who: str, text: str) -> None:
    content = text.replace("\n", "\r\n").encode()
    busy_times.upload(stage.units, stage.people.officials[who], content, by=stage.actor(who))


def _calendar(first_on: date, *, zone: str, weekdays: str, away_on: date) -> str:
    """A weekly meeting, three days away, perhaps a visit, and a birthday that takes no time."""
    days = {"away": away_on, "back": away_on + timedelta(days=3), "perhaps": away_on - timedelta(days=5)}
    return _FILE.format(first=first_on, zone=zone, weekdays=weekdays, **days)


def told(stage: Stage) -> Iterator[Story]:
    """Every story of such a calendar."""
    yield from (tell(stage) for tell in (fresh, old, failed))
