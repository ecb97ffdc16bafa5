"""The one place that words a mail about options for its reader: each time on every clock, in his language."""

from dataclasses import dataclass

from vctestimony.adapters.clock_texts import ClockTimes, Place, Translate, clock_of, headline, places_of
from vctestimony.adapters.ical import one_line
from vctestimony.adapters.letter_texts import printable, summary_of
from vctestimony.domain.instants import read
from vctestimony.domain.letters import Contact
from vctestimony.domain.option_letters import ENDING_TEXTS, OfferedTime, OptionLetter
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_


@dataclass(frozen=True, slots=True)
class TimeTexts:
    """One option: what it is called, when on each clock, and until when it is held on the reader's own."""

    label: str
    clocks: tuple[ClockTimes, ...]
    days_differ: bool
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTexts:
    """All that the templates of a mail about options may print."""

    language: str
    name: str
    reference: str
    duty: str
    summary: str
    times: tuple[TimeTexts, ...]
    replaces: bool
    ending: str
    contact: Contact
    organizer: str
    answer_url: str


def option_texts_of(letter: OptionLetter, translate: Translate) -> OptionTexts:
    """The letter in words; `translate` gives the reader's language."""
    places = places_of(letter, translate)
    return OptionTexts(
        language=letter.to.language,
        name=one_line(letter.to.name),
        reference=letter.reference,
        duty=translate(DUTY_LABELS[letter.to.duty]),
        summary=summary_of(letter, translate),
        times=tuple(_time(one, places, letter.to.language, translate) for one in letter.times),
        replaces=letter.replaces,
        ending=translate(ENDING_TEXTS[letter.ending]) if letter.ending else "",
        contact=printable(letter.contact),
        organizer=translate(one_line(letter.organizer.name)),
        answer_url=letter.answer_url,
    )


def _time(one: OfferedTime, places: tuple[Place, ...], language: str, translate: Translate) -> TimeTexts:
    starts = [read(one.start_at, place.zone, place.city) for place in places]
    ends = [read(one.held_until, place.zone, place.city) for place in places]
    return TimeTexts(
        label=translate(N_("Option {number}")).format(number=one.number),
        clocks=tuple(
            clock_of(place, one.start_at, one.end_at, language=language, translate=translate) for place in places
        ),
        days_differ=len({start.wall.date() for start in starts}) > 1,
        held=headline(ends, language, translate),
    )
