"""The one place that finds out to whom and to which hearing a mail belongs, and lets what it says count, or not.

An answer counts through `answering.take` alone, the same way as by link; a proposal through `proposals`.
"""

import re
from dataclasses import dataclass

from vctestimony.domain import itip
from vctestimony.domain.access import Actor
from vctestimony.domain.channels import Channel
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import State
from vctestimony.domain.inbound import Attendee, Event, Inbound
from vctestimony.domain.inbound_reading import Finding, Saying, doubt_of_sender, doubt_of_stamp, understood
from vctestimony.domain.inbound_words import Reason, Verdict
from vctestimony.domain.itip import PartStat, same_address
from vctestimony.domain.proposals import ProposalOutdated, ProposedAsBooked, ProposedPast
from vctestimony.services import answering, delivery, invited, proposals
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store import inbox as store
from vctestimony.store import proposals as proposal_store
from vctestimony.store.models import HearingRow, ParticipantRow

MOST_UIDS = 20
_NOT_TO_BE = frozenset({State.CANCELLED, State.LAPSED})
_DONE = frozenset({State.COMPLETED, State.ADJOURNED})
_JUDGED: dict[itip.Verdict, tuple[Verdict, Reason | None]] = {
    itip.Verdict.COUNTS: (Verdict.COUNTED, None),
    itip.Verdict.OUTDATED: (Verdict.OUTDATED, Reason.EARLIER_STATE),
    itip.Verdict.REPEATED: (Verdict.REPEATED, Reason.OLDER),
    itip.Verdict.REVIEW: (Verdict.REVIEW, Reason.ADDRESS_CHANGED),
}
_WHY: dict[type[Refusal], Reason] = {
    ProposalOutdated: Reason.EARLIER_STATE,
    ProposedPast: Reason.PROPOSED_PAST,
    ProposedAsBooked: Reason.PROPOSED_AS_BOOKED,
    answering.NotInvited: Reason.NOT_ASKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail, why, and to what it belongs."""

    verdict: Verdict
    reason: Reason | None = None
    hearing: HearingRow | None = None
    person: ParticipantRow | None = None
    about: str = ""
    part_stat: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mail belongs: a hearing, somebody on it, and which of our mails it answers, as far as is known."""

    hearing: HearingRow | None
    person: ParticipantRow | None
    about: str

    def outcome(self, verdict: Verdict, reason: Reason | None, *, part_stat: str = "") -> Outcome:
        return Outcome(
            verdict=verdict,
            reason=reason,
            hearing=self.hearing,
            person=self.person,
            about=self.about,
            part_stat=part_stat,
        )


def outcome_of(unit: Unit, mail: Inbound) -> Outcome:
    """Let the mail count for what it is, and say what became of it."""
    finding = understood(mail)
    place = _place_of(unit, mail, finding)
    if finding.says in {Saying.ANSWER, Saying.COUNTER, Saying.DELEGATION}:
        return _of_answer(unit, mail, finding, place)
    if finding.says is Saying.BOUNCE:
        return _of_bounce(unit, mail, place)
    if finding.says is Saying.RECEIPT:
        return _of_receipt(unit, mail, place)
    return place.outcome(*_unanswered(mail, finding, place))


def _unanswered(mail: Inbound, finding: Finding, place: _Place) -> tuple[Verdict, Reason | None]:
    """What becomes of a mail that neither answers nor reports."""
    if finding.says is Saying.OUTSIDE:
        return Verdict.REJECTED, finding.reason
    if finding.says is Saying.AUTOMATIC:
        return Verdict.NOTED, Reason.AUTOMATIC
    if finding.says is Saying.WORDS:
        return Verdict.REVIEW, _of_words(mail, place)
    return Verdict.REVIEW, finding.reason


def _of_words(mail: Inbound, place: _Place) -> Reason:
    """Whoever reads words must know first whose they are."""
    if place.hearing is None:
        return Reason.UNRELATED
    if mail.is_forged:
        return Reason.FORGED
    is_other = place.person is not None and not is_from(mail.sender, place.person)
    return Reason.OTHER_SENDER if is_other else Reason.IN_WORDS


def is_from(sender: str, person: ParticipantRow) -> bool:
    """Whether the sender's address is the person's own, or the one at which they were last written to."""
    return same_address(sender) in _addresses_of(person)


def closed(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> Reason | None:
    """Why the hearing asks nobody, or not this person, any more."""
    if hearing.state in _NOT_TO_BE:
        return Reason.CALLED_OFF
    if hearing.state in _DONE:
        return Reason.OVER
    if person.removed_at is not None:
        return Reason.REMOVED
    if hearing.starts_at is None or not person.sent:
        return Reason.NOT_ASKED
    over = invited.own_times(hearing, person, starts_at=hearing.starts_at)[1] <= unit.now
    return Reason.OVER if over else None


def _place_of(unit: Unit, mail: Inbound, finding: Finding) -> _Place:
    """By the UID of its calendar part; else by the mail it answers or reports on; else by a UID in its words."""
    ours = store.mail_with_id(unit.session, _message_ids(mail))
    about, hearing_id, participant_id = ours or ("", None, None)
    named = [finding.event.uid] if finding.event else []
    found = store.hearing_with_uid(unit.session, named) or hearing_id
    if found is None and finding.event is None:
        found = store.hearing_with_uid(unit.session, _uids_in(mail, host=unit.ports.addresses.uid_host))
    hearing = hearings.by_id(unit.session, found) if found else None
    if hearing is None:
        return _Place(None, None, about)
    address = finding.attendee.address if finding.attendee else mail.sender
    by_id = next((one for one in hearing.participants if one.id == participant_id), None)
    return _Place(hearing, _person_at(hearing, address) or (None if finding.attendee else by_id), about)


def _message_ids(mail: Inbound) -> tuple[str, ...]:
    report = mail.bounce or mail.receipt
    return report.message_ids if report else mail.references


def _uids_in(mail: Inbound, *, host: str) -> list[str]:
    uid = re.compile(r"[A-Za-z0-9._-]{1,80}@" + re.escape(host) + r"(?![A-Za-z0-9.-]*[A-Za-z0-9])")
    return list(dict.fromkeys(uid.findall(f"{mail.subject}\n{mail.text}")))[:MOST_UIDS]


def _person_at(hearing: HearingRow, address: str) -> ParticipantRow | None:
    """Whoever has, or was last written to at, that address; somebody who still takes part goes first."""
    wanted = same_address(address)
    found = [one for one in hearing.participants if wanted in _addresses_of(one)]
    return min(found, key=lambda one: one.removed_at is not None, default=None) if wanted else None


def _addresses_of(person: ParticipantRow) -> set[str]:
    return {same_address(person.official.email), same_address(str(person.sent.get("address", "")))}


def _of_answer(unit: Unit, mail: Inbound, finding: Finding, place: _Place) -> Outcome:
    event, attendee, hearing, person = finding.event, finding.attendee, place.hearing, place.person
    if event is None or attendee is None:
        return place.outcome(Verdict.REVIEW, finding.reason)
    said = attendee.part_stat[:20]
    if hearing is None or hearing.uid != event.uid:
        return place.outcome(Verdict.REVIEW, Reason.UNKNOWN_EVENT, part_stat=said)
    if person is None:
        return place.outcome(Verdict.REVIEW, Reason.STRANGER, part_stat=said)
    doubt = finding.reason or doubt_of_sender(mail, attendee) or doubt_of_stamp(event, now=unit.now)
    if doubt is None and same_address(attendee.address) != same_address(person.official.email):
        doubt = Reason.ADDRESS_CHANGED
    if doubt is not None:
        return place.outcome(Verdict.REVIEW, doubt, part_stat=said)
    shut = closed(unit, hearing, person)
    if shut is not None:
        late = Verdict.OUTDATED if shut in {Reason.OVER, Reason.CALLED_OFF} else Verdict.REVIEW
        return place.outcome(late, shut, part_stat=said)
    verdict, reason = _let_count(unit, hearing, person, event=event, finding=finding)
    return place.outcome(verdict, reason, part_stat=said)


def _let_count(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, *, event: Event, finding: Finding
) -> tuple[Verdict, Reason | None]:
    try:
        if finding.says is Saying.ANSWER:
            return _answer(unit, hearing, person, event=event, attendee=finding.attendee)
        return _propose(unit, hearing, person, event=event, delegate=finding.delegate)
    except Refusal as refusal:
        late = isinstance(refusal, ProposalOutdated)
        return Verdict.OUTDATED if late else Verdict.REVIEW, _WHY.get(type(refusal), Reason.NO_SUBSTITUTE)


def _answer(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, *, event: Event, attendee: Attendee | None
) -> tuple[Verdict, Reason | None]:
    answer = itip.Answer(
        uid=event.uid,
        address=attendee.address if attendee else "",
        part_stat=PartStat.read(attendee.part_stat if attendee else ""),
        sequence=event.sequence,
        dtstamp_at=event.dtstamp_at,
    )
    judgement = answering.take(
        unit, hearing, person, answer, channel=Channel.MAIL, comment=event.comment, by=_actor(person)
    )
    return _JUDGED[judgement.verdict]


def _propose(
    unit: Unit, hearing: HearingRow, person: ParticipantRow, *, event: Event, delegate: Attendee | None
) -> tuple[Verdict, Reason | None]:
    """Another time, or with a delegate somebody else. A SEQUENCE that the calendar raised itself is no newer one."""
    known = {one.id for one in proposal_store.of_participant(unit.session, person.id)}
    sequence, by = min(event.sequence or 0, person.sent_sequence or 0), _actor(person)
    if delegate is not None:
        made = proposals.name_substitute(
            unit,
            hearing,
            person,
            name=delegate.name or delegate.address,
            address=delegate.address,
            comment=event.comment,
            channel=Channel.MAIL,
            sequence=sequence,
            dtstamp_at=event.dtstamp_at,
            by=by,
        )
    elif event.starts_at is not None:
        made = proposals.propose(
            unit,
            hearing,
            person,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            comment=event.comment,
            channel=Channel.MAIL,
            sequence=sequence,
            dtstamp_at=event.dtstamp_at,
            by=by,
        )
    else:
        return Verdict.REVIEW, Reason.NO_TIME
    return (Verdict.REPEATED, Reason.OLDER) if made.id in known else (Verdict.PROPOSED, None)


def _actor(person: ParticipantRow) -> Actor:
    return Actor(name=f"{person.official.name}, by mail")


def _of_bounce(unit: Unit, mail: Inbound, place: _Place) -> Outcome:
    bounce = mail.bounce
    if bounce is None or not place.about:
        return place.outcome(Verdict.REVIEW, Reason.BOUNCED_UNKNOWN)
    if bounce.action not in {"failed", "delayed"}:
        return place.outcome(Verdict.NOTED, Reason.DELIVERED)
    is_permanent = bounce.action == "failed"
    delivery.bounced(unit, place.about, is_permanent=is_permanent, code=bounce.code, words=bounce.words)
    return place.outcome(Verdict.NOTED, Reason.BOUNCED if is_permanent else Reason.DELAYED)


def _of_receipt(unit: Unit, mail: Inbound, place: _Place) -> Outcome:
    if mail.is_forged:
        return place.outcome(Verdict.REVIEW, Reason.FORGED)
    if mail.receipt is None or not mail.receipt.was_opened:
        return place.outcome(Verdict.NOTED, Reason.NOT_OPENED)
    if not place.about or not delivery.opened(unit, place.about):
        return place.outcome(Verdict.NOTED, Reason.UNRELATED)
    return place.outcome(Verdict.NOTED, Reason.OPENED)
