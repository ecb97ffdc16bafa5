"""The one place that words the facts of a letter for its reader: days, times at both ends, labels, in his language.

Templates get these values and only arrange them. The reader's own clock stands first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from babel.dates import format_date

from vctestimony.adapters.ical import one_line
from vctestimony.adapters.told_texts import OtherTexts, joining_of, others_of
from vctestimony.domain.hearing import END_LABELS, PART_LABELS, End
from vctestimony.domain.instants import Reading, read, read_as_told
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import (
    CHANGE_TEXTS,
    NEW_ON_THE_CLOCK,
    READY_BEFORE,
    Contact,
    Letter,
    Point,
    Stretch,
)
from vctestimony.domain.option_letters import OptionLetter
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposal_letters import ProposalLetter
from vctestimony.domain.reminders.letters import Matter
from vctestimony.domain.wording import N_

Translate = Callable[[str], str]
DAY = "EEEE d MMMM y"
OWN = "own"


class Titled(Protocol):
    """What is called by its reference and its two cities."""

    @property
    def reference(self) -> str:
        """Which hearing it is."""

    @property
    def court(self) -> Point:
        """Where the court sits."""

    @property
    def remote(self) -> Point:
        """Where the other end is."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTexts:
    """All that the templates of a letter may print."""

    language: str
    name: str
    reference: str
    duty: str
    summary: str
    location: str
    headline: str
    clocks: tuple[ClockTimes, ...]
    days_differ: bool
    previous: tuple[ClockTimes, ...]
    parts: tuple[PartTimes, ...]
    changes: tuple[str, ...]
    times_changed: bool
    asks_for_answer: bool
    instructions: tuple[str, ...]
    others: tuple[OtherTexts, ...]
    joining: Joining | None
    conference: str
    contact: Contact
    organizer: str
    answer_url: str
    hearing_url: str
    whole_hearing_cancelled: bool


def texts_of(letter: Letter, translate: Translate) -> LetterTexts:
    """The letter in words; `translate` gives the reader's language."""
    language = letter.to.language
    places = places_of(letter, translate)
    starts = [read(letter.to.start_at, place.zone, place.city) for place in places]
    ready = _ready(letter, places[0], translate)
    return LetterTexts(
        language=language,
        name=one_line(letter.to.name),
        reference=letter.reference,
        duty=translate(DUTY_LABELS[letter.to.duty]),
        summary=summary_of(letter, translate),
        location=_location(letter, translate),
        headline=headline(starts, language, translate),
        clocks=_clocks(letter.to.stretches, places, {}, language=language, translate=translate),
        days_differ=len({start.wall.date() for start in starts}) > 1,
        previous=_clocks(letter.previous, places, dict(letter.told), language=language, translate=translate)
        if letter.previous
        else (),
        parts=tuple(part_times(stretch, places, translate) for stretch in letter.to.stretches),
        changes=tuple(translate(CHANGE_TEXTS[change]) for change in letter.changes),
        times_changed=bool(NEW_ON_THE_CLOCK & set(letter.changes)),
        asks_for_answer=letter.asks_for_answer,
        instructions=tuple(translate(instruction).format(ready=ready) for instruction in letter.instructions),
        others=others_of(letter, translate),
        joining=joining_of(letter),
        conference=translate(N_("Video link of the hearing")),
        contact=printable(letter.contact),
        organizer=one_line(letter.organizer.name),
        answer_url=letter.answer_url,
        hearing_url=letter.hearing_url,
        whole_hearing_cancelled=letter.whole_hearing_cancelled,
    )


def _ready(letter: Letter, own: Place, translate: Translate) -> str:
    """When to be there by the reader's own clock; with the day where it is the day before."""
    at, start = (read(when, own.zone, own.city) for when in (letter.to.start_at - READY_BEFORE, letter.to.start_at))
    if at.wall.date() == start.wall.date():
        return translate(N_("{time} in {city}")).format(time=_hour(at), city=own.city)
    return headline([at], letter.to.language, translate)


def printable(contact: Contact) -> Contact:
    """The contact without anything that could leave its line."""
    return Contact(one_line(contact.name), one_line(contact.telephone), one_line(contact.address))


def summary_of(letter: Titled, translate: Translate) -> str:
    """Which hearing it is: its reference and the two cities, no more."""
    return translate(N_("Hearing {reference} — video link {court}–{remote}")).format(
        reference=letter.reference,
        court=city_of(letter.court.city, translate),
        remote=city_of(letter.remote.city, translate),
    )


def city_of(city: str, translate: Translate) -> str:
    """The city in the reader's script where the catalogue knows it, else as it is entered."""
    return translate(one_line(city))


def _location(letter: Letter, translate: Translate) -> str:
    city = letter.court.city if letter.to.end is End.COURT else letter.remote.city
    return _heading(letter.to.end, city, translate)


def _heading(end: End, city: str, translate: Translate) -> str:
    return translate(N_("{point}, {city}")).format(point=translate(END_LABELS[end]), city=city_of(city, translate))


def places_of(letter: Letter | OptionLetter | ProposalLetter | Matter, translate: Translate) -> tuple[Place, ...]:
    """Both ends, the reader's first; his own clock before them when it is neither."""
    court, remote = (
        Place(
            mark=end.value,
            heading=_heading(end, point.city, translate),
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


def _hour(reading: Reading) -> str:
    return f"{reading.wall:%H:%M}"


def headline(starts: list[Reading], language: str, translate: Translate) -> str:
    """The start on every clock; a day is repeated only where it differs from the one before.

    "Monday 7 December 2026, 11:00 in Mumbai, 11:30 in Dhaka"
    """
    said: list[str] = []
    day = ""
    for start in starts:
        at = translate(N_("{time} in {city}")).format(time=_hour(start), city=start.city)
        here = _day(start, language)
        said.append(at if here == day else f"{here}, {at}")
        day = here
    return ", ".join(said)


def _clocks(
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
        span = translate(N_("{start} to {end}")).format(start=_hour(start), end=_hour(end))
    else:
        span = translate(N_("{start} to {end} on {day}")).format(
            start=_hour(start), end=_hour(end), day=_day(end, language)
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
        span=_hour(reading),
        offset=reading.offset,
        zone=reading.zone,
    )


def part_times(stretch: Stretch, places: tuple[Place, ...], translate: Translate) -> PartTimes:
    """One part of the hearing, from when to when on each clock."""
    said = []
    for place in places:
        start, end = (read(at, place.zone, place.city) for at in (stretch.start_at, stretch.end_at))
        said.append(
            translate(N_("{start} to {end} in {city}")).format(start=_hour(start), end=_hour(end), city=place.city)
        )
    return PartTimes(label=translate(PART_LABELS[stretch.part]), times=tuple(said))


def _read(at: datetime, place: Place, told: Mapping[str, int]) -> Reading:
    if place.zone in told:
        return read_as_told(at, place.zone, place.city, ahead=told[place.zone])
    return read(at, place.zone, place.city)
