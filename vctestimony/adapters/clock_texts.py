"""The one place that words times for readers of mails: days and hours on the clock of each end, the own first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from vctestimony.adapters.ical import one_line
from vctestimony.domain.checklist_letters import ChecklistLetter
from vctestimony.domain.hearing import END_LABELS, PART_LABELS, End
from vctestimony.domain.instants import Reading, read, read_as_told
from vctestimony.domain.letters import Letter, Stretch
from vctestimony.domain.option_letters import OptionLetter
from vctestimony.domain.proposal_letters import ProposalLetter
from vctestimony.domain.reminders.letters import Matter
from vctestimony.domain.wording import N_

Translate = Callable[[str], str]
DAY = "EEEE d MMMM y"
OWN = "own"


@dataclass(frozen=True, slots=True)
class Place:
    """A clock to read: an end of the link, or the reader's own when it is a third one."""

    mark: str
    heading: str
    city: str
    zone: str


@dataclass(frozen=True, slots=True)
class ClockTimes:
    """From when to when, as one clock shows it. `mark` is court, remote or own."""

    mark: str
    heading: str
    day: str
    span: str
    offset: str
    zone: str


@dataclass(frozen=True, slots=True)
class PartTimes:
    """One part of the hearing and its times on each clock."""

    label: str
    times: tuple[str, ...]


def city_of(city: str, translate: Translate) -> str:
    """The city in the reader's script where the catalogue knows it, else as it is entered."""
    return translate(one_line(city))


def heading_of(end: End, city: str, translate: Translate) -> str:
    """Which end it is, and its city."""
    return translate(N_("{point}, {city}")).format(point=translate(END_LABELS[end]), city=city_of(city, translate))


def places_of(
    letter: Letter | OptionLetter | ProposalLetter | ChecklistLetter | Matter, translate: Translate
) -> tuple[Place, ...]:
    """Both ends, the reader's first; his own clock before them when it is neither."""
    court, remote = (
        Place(
            mark=end.value,
            heading=heading_of(end, point.city, translate),
            city=city_of(point.city, translate),
            zone=point.zone,
        )
        for end, point in ((End.COURT, letter.court), (End.REMOTE, letter.remote))
    )
    ends = (court, remote) if letter.to.end is End.COURT else (remote, court)
    if letter.to.zone in (court.zone, remote.zone):
        return tuple(sorted(ends, key=lambda place: place.zone != letter.to.zone))
    city = city_of(letter.to.city, translate)
    heading = translate(N_("Your own time, {city}")).format(city=city)
    return (Place(mark=OWN, heading=heading, city=city, zone=letter.to.zone), *ends)


def _day(reading: Reading, language: str) -> str:
    return format_date(reading.wall, DAY, locale=language)


def hour(reading: Reading) -> str:
    """Hour and minute of the reading."""
    return f"{reading.wall:%H:%M}"


def headline(starts: list[Reading], language: str, translate: Translate) -> str:
    """The start on every clock; a day is repeated only where it differs from the one before.

    "Monday 7 December 2026, 11:00 in Mumbai, 11:30 in Dhaka"
    """
    said: list[str] = []
    day = ""
    for start in starts:
        at = translate(N_("{time} in {city}")).format(time=hour(start), city=start.city)
        here = _day(start, language)
        said.append(at if here == day else f"{here}, {at}")
        day = here
    return ", ".join(said)


def clocks_of(
    stretches: tuple[Stretch, ...],
    places: tuple[Place, ...],
    told: Mapping[str, int],
    *,
    language: str,
    translate: Translate,
) -> tuple[ClockTimes, ...]:
    """The times on every clock; by the clock the reader was told of where the rules have changed since (`told`)."""
    start_at = min(stretch.start_at for stretch in stretches)
    end_at = max(stretch.end_at for stretch in stretches)
    return tuple(
        clock_of(place, start_at, end_at, told=told, language=language, translate=translate) for place in places
    )


def clock_of(
    place: Place,
    start_at: datetime,
    end_at: datetime,
    *,
    told: Mapping[str, int] | None = None,
    language: str,
    translate: Translate,
) -> ClockTimes:
    """The stretch as the clock of one place shows it, or as the reader was told it."""
    start, end = _read(start_at, place, told or {}), _read(end_at, place, told or {})
    if start.wall.date() == end.wall.date():
        span = translate(N_("{start} to {end}")).format(start=hour(start), end=hour(end))
    else:
        span = translate(N_("{start} to {end} on {day}")).format(
            start=hour(start), end=hour(end), day=_day(end, language)
        )
    return ClockTimes(
        mark=place.mark,
        heading=place.heading,
        day=_day(start, language),
        span=span,
        offset=start.offset if start.offset == end.offset else f"{start.offset} / {end.offset}",
        zone=start.zone,
    )


def point_of_time(place: Place, at: datetime, *, language: str) -> ClockTimes:
    """An instant as the clock of one place shows it."""
    reading = read(at, place.zone, place.city)
    return ClockTimes(
        mark=place.mark,
        heading=place.heading,
        day=_day(reading, language),
        span=hour(reading),
        offset=reading.offset,
        zone=reading.zone,
    )


def part_times(stretch: Stretch, places: tuple[Place, ...], translate: Translate) -> PartTimes:
    """One part of the hearing, from when to when on each clock."""
    said = []
    for place in places:
        start, end = (read(at, place.zone, place.city) for at in (stretch.start_at, stretch.end_at))
        said.append(
            translate(N_("{start} to {end} in {city}")).format(start=hour(start), end=hour(end), city=place.city)
        )
    return PartTimes(label=translate(PART_LABELS[stretch.part]), times=tuple(said))


def _read(at: datetime, place: Place, told: Mapping[str, int]) -> Reading:
    if place.zone in told:
        return read_as_told(at, place.zone, place.city, ahead=told[place.zone])
    return read(at, place.zone, place.city)


def until(at: datetime | None, places: tuple[Place, ...], *, language: str, translate: Translate) -> str:
    """Until when an answer is wanted, on every clock; nothing where none is."""
    if at is None:
        return ""
    ends = [read(at, place.zone, place.city) for place in places]
    return translate(N_("Please answer by {time}.")).format(time=headline(ends, language, translate))
