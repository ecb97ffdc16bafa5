"""The one place that words the mail with the link to a checklist for its reader, each time on every clock."""

from dataclasses import dataclass

from vctestimony.adapters.clock_texts import ClockTimes, Translate, clock_of, places_of
from vctestimony.adapters.ical import one_line
from vctestimony.adapters.letter_texts import printable
from vctestimony.domain.checklist_letters import ChecklistLetter
from vctestimony.domain.letters import Contact
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistTexts:
    """All that the templates may print. `clocks` is empty while the hearing has no time."""

    language: str
    name: str
    reference: str
    duty: str
    summary: str
    clocks: tuple[ClockTimes, ...]
    contact: Contact
    organizer: str
    url: str


def checklist_texts_of(letter: ChecklistLetter, translate: Translate) -> ChecklistTexts:
    """The letter in words; `translate` gives the reader's language."""
    places, language = places_of(letter, translate), letter.to.language
    start_at, end_at = letter.start_at, letter.end_at
    clocks = (
        tuple(clock_of(place, start_at, end_at, language=language, translate=translate) for place in places)
        if start_at is not None and end_at is not None
        else ()
    )
    return ChecklistTexts(
        language=language,
        name=one_line(letter.to.name),
        reference=letter.reference,
        duty=translate(DUTY_LABELS[letter.to.duty]),
        summary=translate(N_("Your checklist for hearing {reference}")).format(reference=letter.reference),
        clocks=clocks,
        contact=printable(letter.contact),
        organizer=translate(one_line(letter.organizer.name)),
        url=letter.url,
    )
