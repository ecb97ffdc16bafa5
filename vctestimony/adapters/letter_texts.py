"""The one place that words the facts of a letter for its reader: days, times at both ends, labels, in his language.

Templates get these values and only arrange them. The reader's own clock stands first.
"""

from dataclasses import dataclass
from typing import Protocol

from vctestimony.adapters.clock_texts import (
    ClockTimes,
    PartTimes,
    Place,
    Translate,
    city_of,
    clocks_of,
    heading_of,
    headline,
    hour,
    part_times,
    places_of,
    until,
)
from vctestimony.adapters.ical import one_line
from vctestimony.adapters.told_texts import OtherTexts, joining_of, others_of
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import read
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import (
    CHANGE_TEXTS,
    NEW_ON_THE_CLOCK,
    READY_BEFORE,
    Contact,
    Letter,
    Point,
)
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_


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
    asks_anew: bool
    instructions: tuple[str, ...]
    others: tuple[OtherTexts, ...]
    joining: Joining | None
    conference: str
    contact: Contact
    organizer: str
    answer_url: str
    answer_by: str
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
        answer_by=until(letter.answer_by, places, language=language, translate=translate),
        clocks=clocks_of(letter.to.stretches, places, {}, language=language, translate=translate),
        days_differ=len({start.wall.date() for start in starts}) > 1,
        previous=clocks_of(letter.previous, places, dict(letter.told), language=language, translate=translate)
        if letter.previous
        else (),
        parts=tuple(part_times(stretch, places, translate) for stretch in letter.to.stretches),
        changes=tuple(translate(CHANGE_TEXTS[change]) for change in letter.changes),
        times_changed=bool(NEW_ON_THE_CLOCK & set(letter.changes)),
        asks_for_answer=letter.asks_for_answer,
        asks_anew=letter.voids_answers,
        instructions=tuple(translate(instruction).format(ready=ready) for instruction in letter.instructions),
        others=others_of(letter, translate),
        joining=joining_of(letter),
        conference=translate(N_("Video link of the hearing")),
        contact=printable(letter.contact),
        organizer=translate(one_line(letter.organizer.name)),
        answer_url=letter.answer_url,
        hearing_url=letter.hearing_url,
        whole_hearing_cancelled=letter.whole_hearing_cancelled,
    )


def _ready(letter: Letter, own: Place, translate: Translate) -> str:
    """When to be there by the reader's own clock; with the day where it is the day before."""
    at, start = (read(when, own.zone, own.city) for when in (letter.to.start_at - READY_BEFORE, letter.to.start_at))
    if at.wall.date() == start.wall.date():
        return translate(N_("{time} in {city}")).format(time=hour(at), city=own.city)
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


def _location(letter: Letter, translate: Translate) -> str:
    city = letter.court.city if letter.to.end is End.COURT else letter.remote.city
    return heading_of(letter.to.end, city, translate)
