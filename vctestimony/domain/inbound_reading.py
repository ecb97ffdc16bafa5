"""The one place that says what a mail that came in is: an answer, a proposal, a report, words; or why it is neither."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.inbound import Attendee, CalendarPart, Event, Inbound
from vctestimony.domain.inbound_words import Reason
from vctestimony.domain.itip import EFFECTIVE, FUTURE_SLACK, PartStat, same_address


class Saying(StrEnum):
    """What a mail is. OTHER is for a person to read; its reason says why."""

    ANSWER = "answer"
    COUNTER = "counter"
    DELEGATION = "delegation"
    OUTSIDE = "outside"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    AUTOMATIC = "automatic"
    WORDS = "words"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the mail is, whom and which event it is about where it says so, and what speaks against it."""

    says: Saying
    reason: Reason | None = None
    event: Event | None = None
    attendee: Attendee | None = None
    delegate: Attendee | None = None


_FROM_OUTSIDE = frozenset({"REQUEST", "CANCEL", "ADD", "PUBLISH", "DECLINECOUNTER"})


def understood(mail: Inbound) -> Finding:
    """What the mail is. A calendar part counts also where the mail calls itself automatic, for calendars do."""
    if mail.trouble is not None:
        return Finding(says=Saying.OTHER, reason=mail.trouble)
    if mail.bounce is not None:
        return Finding(says=Saying.BOUNCE)
    if mail.receipt is not None:
        return Finding(says=Saying.RECEIPT)
    if mail.calendars:
        return _of_calendar(mail.calendars)
    return Finding(says=Saying.AUTOMATIC if mail.is_automatic else Saying.WORDS)


def _of_calendar(parts: tuple[CalendarPart, ...]) -> Finding:
    """The same part twice is one."""
    part, *others = dict.fromkeys(parts)
    event = part.events[0] if part.events else None
    known = Finding(says=Saying.OTHER, event=event)
    if others:
        return replace(known, reason=Reason.SEVERAL_CALENDARS)
    method = part.method.upper()
    unasked = _unasked(part.header_method.upper(), method)
    if unasked is Reason.FROM_OUTSIDE:
        return replace(known, says=Saying.OUTSIDE, reason=unasked)
    if unasked is not None:
        return replace(known, reason=unasked)
    if event is None or part.is_broken or part.others or not event.uid:
        return replace(known, reason=Reason.NO_EVENT)
    if len(part.events) > 1:
        return replace(known, reason=Reason.SEVERAL_CALENDARS)
    return _of_event(method, event)


def _unasked(header: str, method: str) -> Reason | None:
    """Why the method is none that answers us; in the header it may be missing."""
    if header and header != method:
        return Reason.METHOD_MISMATCH
    if method in _FROM_OUTSIDE:
        return Reason.FROM_OUTSIDE
    return None if method in {"REPLY", "COUNTER", "REFRESH"} else Reason.UNKNOWN_METHOD


def _of_event(method: str, event: Event) -> Finding:
    attendee, delegate = _who_answers(event)
    known = Finding(says=Saying.OTHER, event=event, attendee=attendee, delegate=delegate)
    if event.is_of_series or method == "REFRESH":
        return replace(known, reason=Reason.OF_SERIES if event.is_of_series else Reason.ASKS_AGAIN)
    if attendee is None:
        return replace(known, reason=Reason.SEVERAL_ATTENDEES if event.attendees else Reason.NO_ATTENDEE)
    if attendee.sent_by and same_address(attendee.sent_by) != same_address(attendee.address):
        return replace(known, reason=Reason.ON_BEHALF)
    if method == "COUNTER":
        return replace(known, says=Saying.COUNTER, reason=None if event.starts_at else Reason.NO_TIME)
    if event.is_refused:
        return replace(known, reason=Reason.REFUSED_BY_CALENDAR)
    return _of_answer(known, attendee, delegate)


def _of_answer(known: Finding, attendee: Attendee, delegate: Attendee | None) -> Finding:
    part_stat = PartStat.read(attendee.part_stat)
    if part_stat is PartStat.DELEGATED or attendee.delegated_to:
        reason = None if delegate is not None else Reason.NO_SUBSTITUTE
        return replace(known, says=Saying.DELEGATION, reason=reason)
    return replace(known, says=Saying.ANSWER, reason=None if part_stat in EFFECTIVE else Reason.NO_ANSWER)


def _who_answers(event: Event) -> tuple[Attendee | None, Attendee | None]:
    """The one person who answers, and to whom he passes the invitation on (RFC 5546 3.2.2.3); none when unclear."""
    passing = [one for one in event.attendees if one.delegated_to]
    if len(passing) == 1 and len(passing[0].delegated_to) == 1 and len(event.attendees) <= 2:
        giver, taker = passing[0], same_address(passing[0].delegated_to[0])
        others = [one for one in event.attendees if one is not giver]
        if all(same_address(one.address) == taker for one in others):
            return giver, others[0] if others else Attendee(address=giver.delegated_to[0])
        return None, None
    return (event.attendees[0] if len(event.attendees) == 1 else None), None


def doubt_of_sender(mail: Inbound, attendee: Attendee) -> Reason | None:
    """What speaks against the mail being from the person for whom it answers. Reply-To and Sender count for nothing."""
    if not mail.sender:
        return Reason.NO_SENDER
    if same_address(mail.sender) != same_address(attendee.address):
        return Reason.OTHER_SENDER
    return Reason.FORGED if mail.is_forged else None


def doubt_of_stamp(event: Event, *, now: datetime) -> Reason | None:
    """What speaks against the time at which the answer says it was given."""
    if event.dtstamp_at is None:
        return Reason.NO_STAMP
    return Reason.FUTURE_STAMP if event.dtstamp_at > now + FUTURE_SLACK else None
