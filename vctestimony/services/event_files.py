"""The use-cases of keeping one hearing as a calendar file: for whoever may see it, or holds an answer link."""

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent
from vctestimony.domain.feeds import Reader
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import answers, feed_entries, invited, screening
from vctestimony.services.access import hearing_for
from vctestimony.services.calendar_exports import ICS, Download
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow


class NothingFixed(Absent):
    """There is no time that a calendar could hold."""

    text = N_("This hearing has no fixed time yet, so there is nothing that a calendar could keep.")


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> Download:
    """What the mail said to somebody who is named, for their part and in their language; else the court's version."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    named = (one for one in hearing.participants if one.official_id == by.official_id and one.removed_at is None)
    person = next(named, None)
    entry = invited.standing(hearing, person, unit.ports.addresses) if person is not None else None
    if entry is not None:
        return _file(hearing, unit.ports.feeds.download(entry))
    if screening.screened(hearing, by=by) is not None:
        raise NothingFixed()  # the court's version tells the times of the other side
    reader = Reader(by.language, by.city or hearing.court.city, by.zone or hearing.court.zone)
    plain = feed_entries.whole(hearing, reader, unit.ports.addresses)
    if plain is None:
        raise NothingFixed()
    return _file(hearing, unit.ports.feeds.download(plain))


def of_answer_link(unit: Unit, token: str) -> Download:
    """The same for the holder of an answer link that still asks; looking changes nothing."""
    answers.page(unit, token)
    claim = unit.ports.tokens.read(token, max_age=unit.ports.lasts(Held.LINKS), now=unit.now)
    person = hearings.participant(unit.session, claim.participant)
    if person is None:
        raise NothingFixed()
    return _own(unit, person)


def _own(unit: Unit, person: ParticipantRow) -> Download:
    letter = invited.standing(person.hearing, person, unit.ports.addresses)
    if letter is None:
        raise NothingFixed()
    return _file(person.hearing, unit.ports.feeds.download(letter))


def _file(hearing: HearingRow, content: bytes) -> Download:
    return Download(f"hearing-{hearing.reference}.ics", ICS, content)
