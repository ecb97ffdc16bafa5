"""The one place for what can become of a mail that came in, and for the sentences that say why."""

from enum import StrEnum

from vctestimony.domain.wording import N_


class Verdict(StrEnum):
    """What became of a mail."""

    COUNTED = "counted"
    PROPOSED = "proposed"
    OUTDATED = "outdated"
    REPEATED = "repeated"
    NOTED = "noted"
    REVIEW = "review"
    REJECTED = "rejected"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.COUNTED: N_("Counted as an answer"),
    Verdict.PROPOSED: N_("Laid before the court as a proposal"),
    Verdict.OUTDATED: N_("Came too late"),
    Verdict.REPEATED: N_("Known already"),
    Verdict.NOTED: N_("Noted"),
    Verdict.REVIEW: N_("To be read by a person"),
    Verdict.REJECTED: N_("Not accepted"),
}


METHOD_LABELS: dict[str, str] = {
    "REPLY": N_("An answer"),
    "COUNTER": N_("Another time is proposed"),
    "REFRESH": N_("Asks for the invitation once more"),
    "REQUEST": N_("An invitation"),
    "ADD": N_("An addition to an invitation"),
    "CANCEL": N_("A cancellation"),
    "PUBLISH": N_("An announcement"),
    "DECLINECOUNTER": N_("Another time is declined"),
}
"""What the methods of calendar objects are, in words (RFC 5546 1.4)."""


class Handled(StrEnum):
    """How a person dealt with a mail."""

    ANSWER_READ = "answer_read"
    TELEPHONED = "telephoned"
    SET_ASIDE = "set_aside"


HANDLED_LABELS: dict[Handled, str] = {
    Handled.ANSWER_READ: N_("Counted by hand, as the mail says"),
    Handled.TELEPHONED: N_("Answered by telephone instead"),
    Handled.SET_ASIDE: N_("Set aside"),
}


class Reason(StrEnum):
    """Why a mail was judged as it was."""

    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    FAULT = "fault"
    SEVERAL_CALENDARS = "several_calendars"
    NO_EVENT = "no_event"
    METHOD_MISMATCH = "method_mismatch"
    UNKNOWN_METHOD = "unknown_method"
    OF_SERIES = "of_series"
    REFUSED_BY_CALENDAR = "refused_by_calendar"
    NO_ATTENDEE = "no_attendee"
    SEVERAL_ATTENDEES = "several_attendees"
    ON_BEHALF = "on_behalf"
    NO_SENDER = "no_sender"
    OTHER_SENDER = "other_sender"
    FORGED = "forged"
    UNKNOWN_EVENT = "unknown_event"
    STRANGER = "stranger"
    ADDRESS_CHANGED = "address_changed"
    REMOVED = "removed"
    NOT_ASKED = "not_asked"
    CALLED_OFF = "called_off"
    OVER = "over"
    EARLIER_STATE = "earlier_state"
    OLDER = "older"
    NO_STAMP = "no_stamp"
    FUTURE_STAMP = "future_stamp"
    NO_ANSWER = "no_answer"
    NO_TIME = "no_time"
    PROPOSED_PAST = "proposed_past"
    PROPOSED_AS_BOOKED = "proposed_as_booked"
    NO_SUBSTITUTE = "no_substitute"
    ASKS_AGAIN = "asks_again"
    FROM_OUTSIDE = "from_outside"
    IN_WORDS = "in_words"
    UNRELATED = "unrelated"
    BOUNCED = "bounced"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    BOUNCED_UNKNOWN = "bounced_unknown"
    OPENED = "opened"
    NOT_OPENED = "not_opened"
    AUTOMATIC = "automatic"


REASON_TEXTS: dict[Reason, str] = {
    Reason.TOO_LARGE: N_(
        "The mail is larger than 2 MB. Only its headers were read; ask for a short one, or telephone."
    ),
    Reason.UNREADABLE: N_("The mail is built in a way that cannot be read safely."),
    Reason.FAULT: N_("The service could not handle this mail because of a fault of its own."),
    Reason.SEVERAL_CALENDARS: N_("It holds more than one calendar entry."),
    Reason.NO_EVENT: N_("Its calendar part holds no event, or cannot be read."),
    Reason.METHOD_MISMATCH: N_("The mail and its calendar part contradict each other about what is asked."),
    Reason.UNKNOWN_METHOD: N_("Its calendar part does not say what is asked, or asks for something unknown."),
    Reason.OF_SERIES: N_("It answers for one day of a series; a hearing is no series."),
    Reason.REFUSED_BY_CALENDAR: N_("The calendar of this person says that it could not take the invitation."),
    Reason.NO_ATTENDEE: N_("It does not say who answers."),
    Reason.SEVERAL_ATTENDEES: N_("It answers for more than one person."),
    Reason.ON_BEHALF: N_("Somebody else answers on behalf of the person invited."),
    Reason.NO_SENDER: N_("It names no sender, or more than one."),
    Reason.OTHER_SENDER: N_("It was sent from another address than that of the person whose answer it would be."),
    Reason.FORGED: N_(
        "The mail server doubts the sender: the mail is perhaps forged. Telephone before you believe it."
    ),
    Reason.UNKNOWN_EVENT: N_("It answers for an event that is not one of ours."),
    Reason.STRANGER: N_("It answers for somebody who was not invited to this hearing."),
    Reason.ADDRESS_CHANGED: N_("It answers for an address that this person no longer has here."),
    Reason.REMOVED: N_("The hearing goes on without this person, who may not know it."),
    Reason.NOT_ASKED: N_("Nothing stands in this person's calendar that could be answered."),
    Reason.CALLED_OFF: N_("The hearing was called off."),
    Reason.OVER: N_("The hearing is over."),
    Reason.EARLIER_STATE: N_("It answers for the hearing as it was before a change."),
    Reason.OLDER: N_("The same answer, or a later one, is recorded already."),
    Reason.NO_STAMP: N_("It does not say when the answer was given."),
    Reason.FUTURE_STAMP: N_("It says that the answer was given at a time that is still to come."),
    Reason.NO_ANSWER: N_("It says neither yes nor no."),
    Reason.NO_TIME: N_("It proposes another time that cannot be read."),
    Reason.PROPOSED_PAST: N_("It proposes a time that is over."),
    Reason.PROPOSED_AS_BOOKED: N_("It proposes the time that is booked already."),
    Reason.NO_SUBSTITUTE: N_("It passes the invitation on, but not to an address that could be written to."),
    Reason.ASKS_AGAIN: N_("The calendar of this person asks for the invitation once more."),
    Reason.FROM_OUTSIDE: N_(
        "An invitation, change or cancellation from outside. Nothing of the kind is accepted here."
    ),
    Reason.IN_WORDS: N_("Answered in words."),
    Reason.UNRELATED: N_("No hearing could be found to which it belongs."),
    Reason.BOUNCED: N_("A mail could not be delivered."),
    Reason.DELAYED: N_("A mail is delayed on its way."),
    Reason.DELIVERED: N_("A mail was delivered."),
    Reason.BOUNCED_UNKNOWN: N_("It says that a mail could not be delivered, but not clearly which one."),
    Reason.OPENED: N_("A mail was opened."),
    Reason.NOT_OPENED: N_("A mail was put away without being opened."),
    Reason.AUTOMATIC: N_("An automatic reply, such as a note of absence, or a mail to many."),
}
