"""The one place that decides who is written to when a hearing's invitations change (RFC 5546 2.1.4, 3.2.2, 3.2.5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from vctestimony.domain.instants import offset_minutes
from vctestimony.domain.itip import HearingMixedUp, InvitedTwice, OrganizerInvited, PartStat, Revision, same_address
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import (
    ASKS_AGAIN,
    NEW_ON_THE_CLOCK,
    Change,
    Contact,
    Invitee,
    Kind,
    Letter,
    Mailbox,
    Point,
    instructions_for,
)

AnswerUrl = Callable[[Invitee, int], str]
"""Gives the answer link of one invitee for one SEQUENCE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The invitations to one hearing as they stand, or shall stand: the two snapshots that are compared.

    In the snapshot of before, each invitee carries the answer he has given. `first_uid` is the hearing that this one
    continues, `joining` what the invitations may tell of the conference, `apart` of whom each participant must not
    learn, those who left among them.
    """

    uid: str
    reference: str
    court: Point
    remote: Point
    organizer: Mailbox
    contact: Contact
    hearing_url: str
    invitees: tuple[Invitee, ...]
    first_uid: str = ""
    joining: Joining | None = None
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        addresses = [same_address(invitee.address) for invitee in self.invitees]
        for address in addresses:
            if address == same_address(self.organizer.address):
                raise OrganizerInvited(field="address", address=address)
            if addresses.count(address) > 1:
                raise InvitedTwice(field="address", address=address)

    def by_address(self) -> dict[str, Invitee]:
        """The invitees by their compared address: a new address is, in iTIP, another attendee."""
        return {same_address(invitee.address): invitee for invitee in self.invitees}


def plan_messages(
    before: Invited | None, after: Invited | None, *, last: Revision | None, now: datetime, answer_url: AnswerUrl
) -> tuple[Letter, ...]:
    """The letters that tell everybody what changed, all with one new SEQUENCE; none when nothing changed.

    Booked or revived: `before` is None, everyone is invited. Cancelled: `after` is None, everyone invited is told.
    Otherwise: who was removed gets a cancellation for himself alone and the others a REQUEST; who was added gets an
    invitation, and nobody else is troubled unless he is shown who comes; a changed time, place, duty, room or link is
    told to those it touches.
    UID and organizer stay those of `before`. `last` is the last revision ever sent for the hearing.
    """
    revision = Revision.after(last, now=now)
    if after is None:
        return _called_off(before, revision) if before else ()
    if before is None:
        return tuple(_invitation(after, one, revision, answer_url) for one in after.invitees)
    if (before.uid, before.reference) != (after.uid, after.reference):
        raise HearingMixedUp
    return _differences(before, replace(after, organizer=before.organizer), revision, answer_url)


def _differences(before: Invited, after: Invited, revision: Revision, answer_url: AnswerUrl) -> tuple[Letter, ...]:
    """A mailbox that passed to somebody else is asked anew, not cancelled: for its calendar it is the same event."""
    old, new = before.by_address(), after.by_address()
    letters = [_letter(before, one, revision, Kind.CANCELLATION) for key, one in old.items() if key not in new]
    for key, one in new.items():
        known = old.get(key)
        if known is None or known.participant != one.participant:
            letters.append(_invitation(after, one, revision, answer_url))
        elif changes := _changes_for(known, one, everywhere=_changes_for_all(before, after, to=one)):
            letters.append(_update(after, one, old=known, changes=changes, revision=revision, answer_url=answer_url))
    return tuple(letters)


def _changes_for_all(before: Invited, after: Invited, *, to: Invitee) -> frozenset[Change]:
    """What touches every invitee: another city at either end, or somebody who left (not: who changed his address).

    Who is kept apart from the one who left learns nothing of it.
    """
    left = {one.participant for one in before.invitees} - {one.participant for one in after.invitees}
    left -= after.apart.get(to.participant, frozenset())
    found = {
        Change.PLACE: (before.court, before.remote) != (after.court, after.remote),
        Change.OTHERS: bool(left),
    }
    return frozenset(change for change, is_so in found.items() if is_so)


def _changes_for(old: Invitee, new: Invitee, *, everywhere: frozenset[Change]) -> tuple[Change, ...]:
    """What this person must be told; a corrected name or another language is no reason to write."""
    elsewhere = reads_anew(old)
    found = {
        Change.TIMES: old.stretches != new.stretches,
        Change.PLACE: Change.PLACE in everywhere or _is_elsewhere(old, new),
        Change.DUTY: old.duty is not new.duty,
        Change.SHOWN_AFTER_SIGNING_IN: old.details != new.details,
        Change.OTHERS_SHOWN: _knows_others(old, new),
        Change.CLOCK: old.zone in elsewhere,
        Change.CLOCK_ELSEWHERE: bool(elsewhere - {old.zone}) and old.stretches == new.stretches,
    }
    if found[Change.CLOCK]:
        found[Change.CLOCK_ELSEWHERE] = False
    own = tuple(change for change, is_so in found.items() if is_so)
    return own or tuple(everywhere & {Change.OTHERS})


def _is_elsewhere(old: Invitee, new: Invitee) -> bool:
    """Whether he sits elsewhere, or the other end lies elsewhere, than he was told."""
    sits_elsewhere = (old.end, old.city, old.zone) != (new.end, new.city, new.zone)
    return sits_elsewhere or bool(old.ends and old.ends != new.ends)


def _knows_others(old: Invitee, new: Invitee) -> bool:
    """Whether he was told of others than there are; a court that only begins or ceases to tell writes to nobody."""
    if old.others is None or new.others is None:
        return False
    return {one.key for one in old.others} != {one.key for one in new.others}


def reads_anew(told: Invitee) -> frozenset[str]:
    """The zones whose clocks, by today's rules, show another time for what he was invited to than he was told."""
    return frozenset(zone for zone, ahead in told.clocks if offset_minutes(told.start_at, zone) != ahead)


def _update(
    after: Invited,
    new: Invitee,
    *,
    old: Invitee,
    changes: tuple[Change, ...],
    revision: Revision,
    answer_url: AnswerUrl,
) -> Letter:
    """A REQUEST to somebody already invited; his answer stands unless a change makes it void (RFC 5546 2.1.4)."""
    part_stat = PartStat.NEEDS_ACTION if ASKS_AGAIN & set(changes) else old.part_stat
    return replace(
        _letter(after, replace(new, part_stat=part_stat), revision, Kind.UPDATE),
        answer_url=answer_url(new, revision.sequence),
        changes=changes,
        previous=old.stretches if NEW_ON_THE_CLOCK & set(changes) else (),
        told=tuple((zone, ahead) for zone, ahead in old.clocks if zone in reads_anew(old)),
    )


def as_it_leaves(letter: Letter, *, stands: bool) -> Letter | None:
    """The letter as it is sent to somebody in whose calendar the hearing may stand already, or does not.

    Where it does not, a change is an invitation, and there is nothing to cancel.
    """
    if stands:
        return letter
    if letter.kind is Kind.CANCELLATION:
        return None
    return replace(letter, kind=Kind.INVITATION, changes=(), previous=(), told=())


def _invitation(invited: Invited, one: Invitee, revision: Revision, answer_url: AnswerUrl) -> Letter:
    fresh = replace(one, part_stat=PartStat.NEEDS_ACTION)
    return replace(_letter(invited, fresh, revision, Kind.INVITATION), answer_url=answer_url(one, revision.sequence))


def _called_off(before: Invited, revision: Revision) -> tuple[Letter, ...]:
    return tuple(
        replace(_letter(before, one, revision, Kind.CANCELLATION), whole_hearing_cancelled=True)
        for one in before.invitees
    )


def _letter(invited: Invited, one: Invitee, revision: Revision, kind: Kind) -> Letter:
    return Letter(
        kind=kind,
        uid=invited.uid,
        sequence=revision.sequence,
        dtstamp_at=revision.dtstamp_at,
        reference=invited.reference,
        to=one,
        court=invited.court,
        remote=invited.remote,
        organizer=invited.organizer,
        contact=invited.contact,
        hearing_url=invited.hearing_url,
        instructions=() if kind is Kind.CANCELLATION else instructions_for(one.duty),
        first_uid=invited.first_uid,
        joining=None if kind is Kind.CANCELLATION else invited.joining,
    )


def kept(invited: Invited, one: Invitee, revision: Revision, *, is_on: bool, whole_hearing_cancelled: bool) -> Letter:
    """What stands in somebody's calendar since that revision, to be read again: nothing new, and nobody is asked."""
    letter = _letter(invited, one, revision, Kind.INVITATION if is_on else Kind.CANCELLATION)
    return replace(letter, whole_hearing_cancelled=whole_hearing_cancelled)
