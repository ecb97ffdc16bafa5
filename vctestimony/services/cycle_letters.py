"""The one place that tells an official by mail that a paper waits on their page; the mail holds nothing of it."""

from functools import partial

from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.reminders.letters import Matter, ReminderKind, ReminderLetter, ReminderReader
from vctestimony.domain.reminders.notices import Rule
from vctestimony.domain.wording import N_
from vctestimony.services import outgoing
from vctestimony.services.reminder_facts import own_start
from vctestimony.services.reminder_readers import Person, of_official
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow

_TOLD = {End.COURT: Duty.REMOTE_COORDINATOR, End.REMOTE: Duty.COURT_COORDINATOR}
"""Whom the sending end tells."""


class NobodyToTell(Invalid):
    """A paper that nobody is told of lies there."""

    text = N_(
        "Nobody with a mail address is named there who could be told. Send it from your own official mailbox, "
        "and write here to which address."
    )


def tell(unit: Unit, hearing: HearingRow, rung: Rung, *, sent_to: str) -> dict[str, str]:
    """Write to whoever coordinates at the other end; what the step keeps of it. NobodyToTell where nobody learns of it.

    `sent_to` is the address to which somebody sent the paper from their own official mailbox.
    """
    duty = _TOLD[RUNGS[rung].end]
    people = [one for one in hearing.participants if one.removed_at is None and one.duty is duty and one.official.email]
    if not people and not sent_to:
        raise NobodyToTell(field="sent_to")
    for seat in people:
        person = of_official(seat.official)
        outgoing.lay_down(
            unit,
            kind=ReminderKind.REMINDER.value,
            to=person.address,
            compose=partial(unit.ports.letters.compose_reminder, _letter(unit, hearing, seat, person)),
            hearing=hearing,
            person=seat if seat.thread else None,
        )
    return {"mailed_to": ", ".join(one.official.name for one in people)} if people else {}


def _letter(unit: Unit, hearing: HearingRow, seat: ParticipantRow, person: Person) -> ReminderLetter:
    addresses, court, remote = unit.ports.addresses, hearing.court, hearing.remote
    token = unit.ports.reminder_tokens.issue(person.key, sequence=0, now=unit.now)
    to = ReminderReader(person.name, person.address, person.language, seat.end, person.post.city, person.post.zone)
    matter = Matter(
        rule=Rule.PAPER_WAITS,
        reference=hearing.reference,
        to=to,
        court=Point(court.city, court.zone),
        remote=Point(remote.city, remote.zone),
        start_at=own_start(hearing, seat),
        url=f"{addresses.public_url}/hearings/{hearing.reference}/cycle",
        contact=Contact(court.name, court.phone, court.email),
        duty=seat.duty,
    )
    return ReminderLetter(
        to=to,
        written_at=unit.now.replace(microsecond=0),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        matters=(matter,),
        choices_url=f"{addresses.public_url}/reminders/{token}",
    )
