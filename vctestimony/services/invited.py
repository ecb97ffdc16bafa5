"""The one place that reads a hearing's rows as what its people are, or were last, invited to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from vctestimony.domain.hearing import End, Part, State
from vctestimony.domain.instants import TZ_VERSION, offset_minutes
from vctestimony.domain.invited import Invited, kept
from vctestimony.domain.itip import PartStat, Revision
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import Contact, Invitee, Letter, Mailbox, Other, Point, Stretch
from vctestimony.domain.people import SCREENED, Duty
from vctestimony.services import whereabouts
from vctestimony.services.part_rooms import main_room, own_rooms
from vctestimony.services.ports import Addresses
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow

_CALLS = frozenset({State.BOOKED, State.CONFIRMED, State.IN_SESSION, State.COMPLETED, State.ADJOURNED})


def before(hearing: HearingRow, addresses: Addresses) -> Invited | None:
    """What stands in people's calendars now, by what was last sent to each."""
    invitees = tuple(recall(p) for p in hearing.participants if p.sent)
    return _invited(hearing, addresses, invitees)


def after(hearing: HearingRow, addresses: Addresses, *, joining: Joining | None = None) -> Invited | None:
    """What should stand there; None for a hearing that is not to take place or has no time.

    `joining` is what the invitations may tell of the conference (services/joining.py).
    """
    if hearing.state not in _CALLS or hearing.starts_at is None:
        return None
    invitees = tuple(_invitee(hearing, p) for p in hearing.participants if p.removed_at is None)
    return _invited(hearing, addresses, invitees, joining=joining)


def first_of(hearing: HearingRow) -> HearingRow:
    """The hearing with which a testimony of several sittings began; the hearing itself where it continues none.

    All continuations are related to the first, as children of one parent (RFC 5545 3.8.4.5, 3.2.15: PARENT is what
    RELATED-TO means without a type): each then finds the others, also where one between them is called off.
    """
    while hearing.continues is not None:
        hearing = hearing.continues
    return hearing


def part_times(hearing: HearingRow, starts_at: datetime) -> Mapping[Part, tuple[datetime, datetime]]:
    """Start and end of each part that has a length."""
    times, at = {}, starts_at
    for part, minutes in (
        (Part.PRE, hearing.pre_minutes),
        (Part.MAIN, hearing.main_minutes),
        (Part.POST, hearing.post_minutes),
    ):
        if minutes:
            times[part] = (at, at + timedelta(minutes=minutes))
        at += timedelta(minutes=minutes)
    return times


def attends(person: ParticipantRow) -> frozenset[Part]:
    """The parts the person is asked to."""
    flags = {Part.PRE: person.attends_pre, Part.MAIN: person.attends_main, Part.POST: person.attends_post}
    return frozenset(part for part, so in flags.items() if so)


def own_times(hearing: HearingRow, person: ParticipantRow, *, starts_at: datetime) -> tuple[datetime, datetime]:
    """From the start of the first to the end of the last part this person attends, if the hearing started then."""
    times = part_times(hearing, starts_at)
    own = [times[part] for part in times if part in attends(person)]
    return min(start for start, _ in own), max(end for _, end in own)


def snapshot(one: Invitee) -> dict[str, object]:
    """The invitee as it is kept with the participant, to be compared with the next time, and by which clock rules."""
    return {
        "name": one.name,
        "address": one.address,
        "language": one.language,
        "duty": one.duty.value,
        "end": one.end.value,
        "city": one.city,
        "zone": one.zone,
        "details": one.details,
        "stretches": [[s.part.value, s.start_at.isoformat(), s.end_at.isoformat()] for s in one.stretches],
        "clocks": [[zone, ahead] for zone, ahead in one.clocks],
        "ends": [[point.city, point.zone] for point in one.ends],
        "tz_version": TZ_VERSION,
        "others": None if one.others is None else [[each.name, each.address, each.duty.value] for each in one.others],
    }


def recall(person: ParticipantRow) -> Invitee:
    """The invitee as last written to; only for somebody who was. No clocks, ends and others where none were kept."""
    sent = cast("dict[str, Any]", person.sent)
    others = sent.get("others")
    return Invitee(
        participant=person.public_id,
        name=sent["name"],
        address=sent["address"],
        language=sent["language"],
        duty=Duty(sent["duty"]),
        end=End(sent["end"]),
        city=sent["city"],
        zone=sent["zone"],
        details=sent["details"],
        stretches=tuple(
            Stretch(Part(part), datetime.fromisoformat(start), datetime.fromisoformat(end))
            for part, start, end in sent["stretches"]
        ),
        clocks=tuple((zone, ahead) for zone, ahead in sent.get("clocks", ())),
        ends=tuple(Point(city, zone) for city, zone in sent.get("ends", ())),
        others=None if others is None else tuple(Other(name, address, Duty(duty)) for name, address, duty in others),
        part_stat=PartStat.read(person.answer),
    )


def standing(hearing: HearingRow, person: ParticipantRow, addresses: Addresses) -> Letter | None:
    """What stands in this person's calendar now, in the language read today; None where nothing ever did.

    A hearing that was called off, or goes on without them, still stands there and says so.
    """
    told = person.sent or person.called_off
    if not told or person.sent_sequence is None or person.sent_dtstamp_at is None:
        return None
    was = recall(ParticipantRow(public_id=person.public_id, sent=told, answer=person.answer))
    # Nobody is asked for an answer, so there is no name and no address in it.
    one = replace(was, name="", address="", language=person.official.language)
    invited = _invited(hearing, addresses, (one,))
    if invited is None:
        return None
    return kept(
        invited,
        one,
        Revision(person.sent_sequence, person.sent_dtstamp_at),
        is_on=bool(person.sent),
        whole_hearing_cancelled=hearing.state is State.CANCELLED,
    )


def _invitee(hearing: HearingRow, person: ParticipantRow) -> Invitee:
    post = hearing.court if person.end is End.COURT else hearing.remote
    if hearing.starts_at is None:
        raise ValueError("nobody can be invited to a hearing without a time")
    times = part_times(hearing, hearing.starts_at)
    wanted = attends(person)
    stretches = tuple(Stretch(part, *times[part]) for part in times if part in wanted)
    starts_at = stretches[0].start_at if stretches else hearing.starts_at
    ends = tuple(Point(one.city, one.zone) for one in (hearing.court, hearing.remote))
    zones = sorted({post.zone, *(point.zone for point in ends)})
    return Invitee(
        participant=person.public_id,
        name=person.official.name,
        address=person.official.email,
        language=person.official.language,
        duty=person.duty,
        end=person.end,
        city=post.city,
        zone=post.zone,
        details=_details(hearing, person.end, wanted),
        stretches=stretches,
        part_stat=PartStat.read(person.answer),
        clocks=tuple((zone, offset_minutes(starts_at, zone)) for zone in zones),
        ends=ends,
        others=others_shown(hearing, person),
    )


def others_shown(hearing: HearingRow, person: ParticipantRow) -> tuple[Other, ...] | None:
    """Everybody else whom nobody screens, on no other side; None where the court lets nobody see each other.

    Whoever sits at a confidential place is shown to nobody elsewhere: name and address lead there.
    """
    if not hearing.court.mails_show_others:
        return None
    named = (one for one in hearing.participants if one.removed_at is None and one.duty not in SCREENED)
    if person.end is End.COURT and whereabouts.is_confidential(hearing.remote):
        named = (one for one in named if one.end is End.COURT)
    present = (one for one in named if not hearings.apart(hearing, person, one))
    return tuple(Other(one.official.name, one.official.email, one.duty) for one in present if one.id != person.id)


def _details(hearing: HearingRow, end: End, wanted: frozenset[Part]) -> str:
    """What is shown after signing in and stands in no mail, to be compared: who attends a part is told of its room."""
    own = {part: room for part, room in own_rooms(hearing, end).items() if part in wanted}
    others = "".join(f", {part} room {room.id if room else 'none'}" for part, room in own.items())
    joining = f", joining {hearing.joining.mark}" if hearing.joining is not None else ""
    return f"room {main_room(hearing, end).id}, link {hearing.link_id}{others}{joining}"


def _invited(
    hearing: HearingRow, addresses: Addresses, invitees: tuple[Invitee, ...], *, joining: Joining | None = None
) -> Invited | None:
    if not invitees:
        return None
    first = first_of(hearing)
    return Invited(
        uid=hearing.uid,
        reference=hearing.reference,
        court=Point(hearing.court.city, hearing.court.zone),
        remote=Point(hearing.remote.city, hearing.remote.zone),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        contact=Contact(hearing.court.name, hearing.court.phone, hearing.court.email),
        hearing_url=f"{addresses.public_url}/hearings/{hearing.reference}",
        invitees=invitees,
        first_uid=first.uid if first is not hearing else "",
        joining=joining,
        apart=_apart(hearing),
    )


def _apart(hearing: HearingRow) -> dict[str, frozenset[str]]:
    """Of whom each participant must not learn, whether they are named still or were taken off."""
    people = hearing.participants
    found = {one.public_id: [o.public_id for o in people if hearings.apart(hearing, one, o)] for one in people}
    return {one: frozenset(others) for one, others in found.items() if others}
