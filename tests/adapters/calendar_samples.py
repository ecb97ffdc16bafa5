"""What tests of calendar files share: the place they are read for, and a calendar file put together from its events."""

from datetime import date

from vctestimony.domain.calendar_files import CalendarReading, Place

PLACE = Place("Asia/Kolkata", date(2026, 1, 1), date(2028, 12, 31), source="Notification 7")


def calendar_of(*events: str) -> bytes:
    """A calendar file; each event is given by its lines, a semicolon and blank between them."""
    body = "".join(f"BEGIN:VEVENT\r\n{event.replace('; ', chr(13) + chr(10))}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{body}END:VCALENDAR\r\n".encode()


def spans(reading: CalendarReading) -> list[tuple[str, str, str]]:
    """Name, first and last date of every entry."""
    found = (row.entry for row in reading.rows)
    return [(one.label, one.first_on.isoformat(), str(one.last_on)) for one in found]


def troubles(reading: CalendarReading) -> list[tuple[int, str, str]]:
    """Line, column and reason of every problem, the values put in."""
    return [(one.line, one.column, one.reason.format(**one.values)) for one in reading.problems]
