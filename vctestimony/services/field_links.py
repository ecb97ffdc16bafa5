"""The use-cases of the signed link to one person's own checklist: make it, mail it, withdraw it, and whose it is.

Nothing of the link is kept but its number: the token can be written anew from that, and a higher number ends it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.checklist_letters import CHECKLIST_LINK, ChecklistLetter
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.field_ticks import SETTLES_AS
from vctestimony.domain.hearing import State
from vctestimony.domain.instants import Reading
from vctestimony.domain.letters import Contact, Mailbox, Point
from vctestimony.domain.option_letters import OptionReader
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, invited, journal, outgoing
from vctestimony.services.access import hearing_for
from vctestimony.services.clocks import both_clocks
from vctestimony.services.unit import Unit
from vctestimony.store import field_ticks as store
from vctestimony.store import hearings, outbox
from vctestimony.store.models import FieldLinkRow, HearingRow, OutboxState, ParticipantRow

"""So long after the end of the hearing its papers are still being seen to."""
_NOT_TO_BE = frozenset({State.CANCELLED, State.LAPSED})


class LinkClosed(Absent):
    """The link was withdrawn or made anew, its holder was taken out, or the hearing is called off or long over."""

    text = N_("This link is no longer in use. Ask the coordinator of the court for a new one.")


class NoLinkForThem(Conflict):
    """The court's own people sign in, and for some duties nobody ticks here."""

    text = N_("For this duty there is no checklist on a phone: its steps are ticked here, by the court.")


class NoLink(Conflict):
    """There is nothing to send."""

    text = N_("There is no link in use. Make one first.")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who came by a genuine link; `is_open` says whether it can still be used."""

    link: FieldLinkRow
    person: ParticipantRow
    hearing: HearingRow
    is_open: bool

    @property
    def actor(self) -> Actor:
        """The official as whom the holder acts, for the journal and for what may be ticked."""
        official = self.person.official
        return Actor(
            name=f"{official.name}, by signed link",
            role=SETTLES_AS.get(self.person.duty),
            post_id=official.post_id,
            official_id=official.id,
            language=official.language,
        )


@dataclass(frozen=True, slots=True)
class LinkView:
    """A person's link as the coordinator sees it. `address` is empty where none is in use."""

    reference: str
    participant: int
    name: str
    duty: str
    email: str
    address: str
    made: tuple[Reading, Reading] | None
    made_by: str
    mailed: tuple[Reading, Reading] | None
    withdrawn: tuple[Reading, Reading] | None
    until: hearing_clocks.Clocks | None


def of_hearing(unit: Unit, reference: str, *, by: Actor) -> tuple[LinkView, ...]:
    """Everybody on the hearing who may have a link, and how it stands."""
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    links = store.links_of_hearing(unit.session, hearing.id)
    seated = [one for one in hearing.participants if one.removed_at is None and not hearings.kept_apart(hearing, one)]
    able = [one for one in seated if one.duty in SETTLES_AS]
    return tuple(_view(unit, hearing, one, links.get(one.id), by=by) for one in able)


def of_person(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> LinkView:
    """The link of one person, to be shown to them or sent."""
    hearing, person = _person(unit, reference, participant_id, by=by)
    return _view(unit, hearing, person, store.link_of(unit.session, person.id), by=by)


def make(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> None:
    """Make a link, or make it anew: the one before it opens nothing from now on, and a mail with it stays here."""
    journal.queue(unit)
    hearing, person = _person(unit, reference, participant_id, by=by)
    row = store.link_of(unit.session, person.id)
    if row is None:
        row = FieldLinkRow(participant_id=person.id, number=0)
        unit.session.add(row)
    row.number, row.duty = row.number + 1, person.duty
    row.made_at, row.made_by = unit.now, by.name
    row.mailed_at = row.withdrawn_at = None
    unit.session.flush()
    keep_back(unit, person)
    journal.write(unit, "field.link_made", subject=hearing.reference, by=by, duty=person.duty, number=row.number)


def send(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> None:
    """Mail the link to its holder."""
    journal.queue(unit)
    hearing, person = _person(unit, reference, participant_id, by=by)
    row = store.link_of(unit.session, person.id)
    if row is None or not is_open(unit, hearing, person, row, number=row.number):
        raise NoLink()
    letter = _letter(unit, hearing, person, row)
    outgoing.lay_down(
        unit,
        kind=CHECKLIST_LINK,
        to=letter.to.address,
        compose=partial(unit.ports.letters.compose_checklist, letter),
        hearing=hearing,
        person=person,
    )
    row.mailed_at = unit.now
    journal.write(unit, "field.link_mailed", subject=hearing.reference, by=by, duty=person.duty, number=row.number)


def withdraw(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> None:
    """Let the link open nothing from now on, and keep back a mail that has not left. Twice is once."""
    journal.queue(unit)
    hearing, person = _person(unit, reference, participant_id, by=by)
    row = store.link_of(unit.session, person.id)
    if row is None or row.withdrawn_at is not None:
        return
    row.withdrawn_at = unit.now
    keep_back(unit, person)
    journal.write(unit, "field.link_withdrawn", subject=hearing.reference, by=by, duty=person.duty, number=row.number)


def keep_back(unit: Unit, person: ParticipantRow, *, address: str | None = None) -> None:
    """Let no mail leave any more that holds a link which opens nothing now; at that address, where one is named."""
    for mail in outbox.undelivered_to(unit.session, person.id, address=address, kinds=(CHECKLIST_LINK,)):
        mail.state = OutboxState.SUPERSEDED


def holder_of(unit: Unit, token: str) -> Holder:
    """Whose link this is; a refusal for a forged or outdated one, or one that never was."""
    claim = unit.ports.field_tokens.read(token, max_age=unit.ports.lasts(Held.LINKS), now=unit.now)
    person = hearings.participant(unit.session, claim.participant)
    hearing = hearings.by_id(unit.session, person.hearing_id) if person else None
    link = store.link_of(unit.session, person.id) if person else None
    if person is None or hearing is None or link is None:
        raise LinkClosed()
    return Holder(link, person, hearing, is_open(unit, hearing, person, link, number=claim.sequence))


def open_holder(unit: Unit, token: str) -> Holder:
    """The same for a link that can still be used, else LinkClosed."""
    holder = holder_of(unit, token)
    if not holder.is_open:
        raise LinkClosed(language=holder.person.official.language)
    return holder


def is_open(unit: Unit, hearing: HearingRow, person: ParticipantRow, link: FieldLinkRow, *, number: int) -> bool:
    """Whether the link of that number can be used now: for the duty it was made for, while it is needed."""
    until_at = open_until(unit, hearing)
    return (
        number == link.number
        and link.withdrawn_at is None
        and unit.now - link.made_at <= unit.ports.lasts(Held.LINKS)
        and link.duty is person.duty
        and person.removed_at is None
        and not hearings.kept_apart(hearing, person)
        and person.official.is_active
        and hearing.state not in _NOT_TO_BE
        and (until_at is None or unit.now < until_at)
    )


def open_until(unit: Unit, hearing: HearingRow) -> datetime | None:
    """Until when links to the hearing's checklist can be used; None while it has no time."""
    ends_at = hearing_clocks.ends_at(hearing)
    return ends_at + unit.ports.lasts(Held.FIELD_LINKS) if ends_at is not None else None


def _person(unit: Unit, reference: str, participant_id: int, *, by: Actor) -> tuple[HearingRow, ParticipantRow]:
    hearing = hearing_for(unit, reference, by=by, action=Action.BOOK)
    person = next((one for one in hearing.participants if one.id == participant_id and one.removed_at is None), None)
    if person is None:
        raise Absent()
    if person.duty not in SETTLES_AS or hearings.kept_apart(hearing, person):
        raise NoLinkForThem()
    return hearing, person


def _view(unit: Unit, hearing: HearingRow, person: ParticipantRow, row: FieldLinkRow | None, *, by: Actor) -> LinkView:
    def read(at: datetime | None) -> tuple[Reading, Reading] | None:
        return both_clocks(at, by=by) if at else None

    is_usable = row is not None and is_open(unit, hearing, person, row, number=row.number)
    until_at = open_until(unit, hearing)
    return LinkView(
        reference=hearing.reference,
        participant=person.id,
        name=person.official.name,
        duty=DUTY_LABELS[person.duty],
        email=person.official.email,
        address=_address(unit, person, row) if row is not None and is_usable else "",
        made=read(row.made_at) if row else None,
        made_by=row.made_by if row else "",
        mailed=read(row.mailed_at) if row else None,
        withdrawn=read(row.withdrawn_at) if row else None,
        until=hearing_clocks.span_of(hearing, until_at, until_at) if until_at else None,
    )


def _address(unit: Unit, person: ParticipantRow, row: FieldLinkRow) -> str:
    token = unit.ports.field_tokens.issue(person.public_id, sequence=row.number, now=row.made_at)
    return f"{unit.ports.addresses.public_url}/field/{token}"


def _letter(unit: Unit, hearing: HearingRow, person: ParticipantRow, row: FieldLinkRow) -> ChecklistLetter:
    addresses, court, official = unit.ports.addresses, hearing.court, person.official
    start_at, end_at = hearing.starts_at, hearing_clocks.ends_at(hearing)
    if start_at is not None and invited.attends(person):
        start_at, end_at = invited.own_times(hearing, person, starts_at=start_at)
    return ChecklistLetter(
        written_at=unit.now.replace(microsecond=0),
        reference=hearing.reference,
        to=OptionReader(
            official.name,
            official.email,
            official.language,
            Duty(person.duty),
            person.end,
            official.post.city,
            official.post.zone,
        ),
        court=Point(court.city, court.zone),
        remote=Point(hearing.remote.city, hearing.remote.zone),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        contact=Contact(court.name, court.phone, court.email),
        url=_address(unit, person, row),
        start_at=start_at,
        end_at=end_at,
    )
