"""The one place that words what stands in a feed besides people's own hearings: a room's, the court's, held times."""

from dataclasses import dataclass

from vctestimony.adapters.clock_texts import (
    OWN,
    ClockTimes,
    PartTimes,
    Place,
    Translate,
    city_of,
    clock_of,
    headline,
    part_times,
)
from vctestimony.adapters.ical import one_line
from vctestimony.adapters.letter_texts import printable, summary_of
from vctestimony.domain.feeds import HearingEntry, HeldEntry
from vctestimony.domain.hearing import END_LABELS, End
from vctestimony.domain.instants import read
from vctestimony.domain.letters import Contact
from vctestimony.domain.wording import N_

CALLED_OFF = N_("Cancelled: {summary}")
HELD = N_("Held, nothing fixed: {summary}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTexts:
    """All that the description of such an entry may print. `held` says until when a time is held, on every clock."""

    language: str
    summary: str
    location: str
    clocks: tuple[ClockTimes, ...]
    days_differ: bool
    hearing_url: str
    parts: tuple[PartTimes, ...] = ()
    contact: Contact | None = None
    held: str = ""


def hearing_texts(entry: HearingEntry, translate: Translate) -> EntryTexts:
    """A hearing in words for whoever keeps the room or the court's calendar."""
    places = _places(entry, translate)
    summary = summary_of(entry, translate)
    return EntryTexts(
        language=entry.reader.language,
        summary=called_off(summary, translate) if entry.called_off else summary,
        location=one_line(entry.place) or places[0].heading,
        clocks=_clocks(entry, places, translate),
        days_differ=_days_differ(entry, places),
        hearing_url=entry.hearing_url,
        parts=tuple(part_times(stretch, places, translate) for stretch in entry.stretches),
        contact=printable(entry.contact) if entry.contact else None,
    )


def held_texts(entry: HeldEntry, translate: Translate) -> EntryTexts:
    """A held time in words."""
    places = _places(entry, translate)
    ends = [read(entry.held_until, place.zone, place.city) for place in places]
    return EntryTexts(
        language=entry.reader.language,
        summary=translate(HELD).format(summary=summary_of(entry, translate)),
        location=places[0].heading,
        clocks=_clocks(entry, places, translate),
        days_differ=_days_differ(entry, places),
        hearing_url=entry.hearing_url,
        held=headline(ends, entry.reader.language, translate),
    )


def called_off(summary: str, translate: Translate) -> str:
    """The title of what does not take place, for programs that look at nothing else."""
    return translate(CALLED_OFF).format(summary=summary)


def _places(entry: HearingEntry | HeldEntry, translate: Translate) -> tuple[Place, ...]:
    """Both ends, that of the reader's clock first; the reader's own clock before them when it is neither."""
    ends = tuple(
        Place(
            mark=end.value,
            heading=translate(N_("{point}, {city}")).format(
                point=translate(END_LABELS[end]), city=city_of(point.city, translate)
            ),
            city=city_of(point.city, translate),
            zone=point.zone,
        )
        for end, point in ((End.COURT, entry.court), (End.REMOTE, entry.remote))
    )
    if entry.reader.zone in {place.zone for place in ends}:
        return tuple(sorted(ends, key=lambda place: place.zone != entry.reader.zone))
    city = city_of(entry.reader.city, translate)
    heading = translate(N_("Your own time, {city}")).format(city=city)
    return (Place(mark=OWN, heading=heading, city=city, zone=entry.reader.zone), *ends)


def _clocks(entry: HearingEntry | HeldEntry, places: tuple[Place, ...], translate: Translate) -> tuple[ClockTimes, ...]:
    return tuple(
        clock_of(place, entry.start_at, entry.end_at, language=entry.reader.language, translate=translate)
        for place in places
    )


def _days_differ(entry: HearingEntry | HeldEntry, places: tuple[Place, ...]) -> bool:
    return len({read(entry.start_at, place.zone, place.city).wall.date() for place in places}) > 1
