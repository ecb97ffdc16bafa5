"""The one place that words the mail that declines a proposal for its reader, each time on every clock."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.adapters.clock_texts import ClockTimes, Place, Translate, clock_of, headline, places_of
from vctestimony.adapters.ical import many_lines, one_line
from vctestimony.adapters.letter_texts import printable, summary_of
from vctestimony.domain.instants import read
from vctestimony.domain.letters import Contact
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposal_letters import ProposalLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalTexts:
    """All that the templates may print. `proposed` is empty where somebody else was proposed: `substitute`."""

    language: str
    name: str
    reference: str
    duty: str
    summary: str
    proposed: str
    substitute: str
    words: str
    clocks: tuple[ClockTimes, ...]
    days_differ: bool
    contact: Contact
    organizer: str
    answer_url: str


def proposal_texts_of(letter: ProposalLetter, translate: Translate) -> ProposalTexts:
    """The letter in words; `translate` gives the reader's language."""
    places, language = places_of(letter, translate), letter.to.language
    starts = [read(letter.start_at, place.zone, place.city) for place in places]
    return ProposalTexts(
        language=language,
        name=one_line(letter.to.name),
        reference=letter.reference,
        duty=translate(DUTY_LABELS[letter.to.duty]),
        summary=summary_of(letter, translate),
        proposed=_said(letter.proposed_at, places, language, translate),
        substitute=one_line(letter.substitute),
        words=many_lines(letter.words),
        clocks=tuple(
            clock_of(place, letter.start_at, letter.end_at, language=language, translate=translate) for place in places
        ),
        days_differ=len({start.wall.date() for start in starts}) > 1,
        contact=printable(letter.contact),
        organizer=translate(one_line(letter.organizer.name)),
        answer_url=letter.answer_url,
    )


def _said(at: datetime | None, places: tuple[Place, ...], language: str, translate: Translate) -> str:
    if at is None:
        return ""
    return headline([read(at, place.zone, place.city) for place in places], language, translate)
