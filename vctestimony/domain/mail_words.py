"""The one place that says what a mail is called where people read about mails: its kind, its subject, its state."""

from collections.abc import Mapping
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from enum import StrEnum

from vctestimony.domain.wording import N_

KIND_LABELS: Mapping[str, str] = {
    "invitation": N_("Invitation"),
    "update": N_("Changed invitation"),
    "cancellation": N_("Cancellation"),
    "options": N_("Question about options"),
    "options_withdrawn": N_("End of the options"),
    "proposal_declined": N_("No to a proposal"),
    "joining_code": N_("Code for joining"),
    "anchor": N_("Anchor of the journal"),
    "checklist_link": N_("Link to the own checklist"),
    "reminder": N_("Reminder"),
    "digest": N_("Reminders"),
}
OTHER_KIND = N_("Mail")


class Standing(StrEnum):
    """What became of a mail, as far as is known."""

    WAITING = "waiting"
    RETRYING = "retrying"
    LEAVING = "leaving"
    SENT = "sent"
    LATE = "late"
    OPENED = "opened"
    UNDELIVERED = "undelivered"
    RETURNED = "returned"
    SEEN_TO = "seen_to"
    OVERTAKEN = "overtaken"
    DROPPED = "dropped"


STANDING_LABELS: Mapping[Standing, str] = {
    Standing.WAITING: N_("Waiting to leave"),
    Standing.RETRYING: N_("Not taken yet, tried again"),
    Standing.LEAVING: N_("Leaving just now"),
    Standing.SENT: N_("Sent"),
    Standing.LATE: N_("Sent, reported late"),
    Standing.OPENED: N_("Opened by the reader"),
    Standing.UNDELIVERED: N_("Not delivered"),
    Standing.RETURNED: N_("Came back undelivered"),
    Standing.SEEN_TO: N_("Not delivered, told otherwise"),
    Standing.OVERTAKEN: N_("Overtaken by a newer one"),
    Standing.DROPPED: N_("Not sent after a restore"),
}


def kind_label(kind: str) -> str:
    """A marked text for the kind of a mail.

    >>> kind_label("update"), kind_label("unheard of")
    ('Changed invitation', 'Mail')
    """
    return KIND_LABELS.get(kind, OTHER_KIND)


def subject_of(head: bytes) -> str:
    """The subject of a mail of which at least the headers are given; empty when there is none.

    >>> subject_of(b"Subject: =?utf-8?b?4Ka24KeB4Kao4Ka+4Kao4Ka/?=\\r\\n\\r\\ntext")
    'শুনানি'
    """
    parsed = BytesHeaderParser(policy=compat32).parsebytes(head)
    return str(make_header(decode_header(str(parsed.get("Subject", "")))))
