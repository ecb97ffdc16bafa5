"""The one place for the rules of iTIP state: identity, revisions, and which answers count (RFC 5546, RFC 5545)."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.wording import N_

FEWEST_RANDOM_BYTES = 16
MESSAGE_ID_RANDOM_BYTES = 10
LONGEST_MESSAGE_ID = 64
FUTURE_SLACK = timedelta(hours=1)


class Method(StrEnum):
    """What a calendar object asks its reader to do (RFC 5546 1.4). We send three and take one in."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"
    DECLINECOUNTER = "DECLINECOUNTER"


class PartStat(StrEnum):
    """Where an attendee stands (RFC 5545 3.2.12). A value unknown to us is read as NEEDS_ACTION."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    DELEGATED = "DELEGATED"

    @classmethod
    def read(cls, text: str) -> "PartStat":
        """The value a foreign calendar wrote.

        >>> PartStat.read("Accepted")
        <PartStat.ACCEPTED: 'ACCEPTED'>
        >>> PartStat.read("X-PERHAPS")
        <PartStat.NEEDS_ACTION: 'NEEDS-ACTION'>
        """
        return next((value for value in cls if value.value == text.strip().upper()), cls.NEEDS_ACTION)


PART_STAT_LABELS: dict[PartStat, str] = {
    PartStat.NEEDS_ACTION: N_("No answer yet"),
    PartStat.ACCEPTED: N_("Accepted"),
    PartStat.DECLINED: N_("Declined"),
    PartStat.TENTATIVE: N_("Only if needed"),
    PartStat.DELEGATED: N_("Passed on to somebody else"),
}
EFFECTIVE = frozenset({PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE})


class HearingMixedUp(Conflict):
    """A UID is made once for a hearing and kept for its life (RFC 5545 3.8.4.7)."""

    text = N_("These are invitations to two different hearings. Nothing was sent.")


class OrganizerInvited(Invalid):
    """The mailbox that reads the answers cannot be asked for one (RFC 5546 3.2.2)."""

    text = N_("{address} is the address this service sends from. Give the participant an address of their own.")


class InvitedTwice(Invalid):
    """One address stands once in a hearing, compared without case."""

    text = N_("{address} is entered for more than one participant. Each needs an address of their own.")


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """SEQUENCE and DTSTAMP of one sent state; the order is the order of RFC 5546 2.1.5."""

    sequence: int
    dtstamp_at: datetime

    @classmethod
    def after(cls, last: "Revision | None", *, now: datetime) -> "Revision":
        """The next revision to send: 0 first, then one more each time; DTSTAMP is whole seconds and always later."""
        if last is None:
            return cls(sequence=0, dtstamp_at=now.replace(microsecond=0))
        return cls(sequence=last.sequence + 1, dtstamp_at=last.later(now))

    def asked_again(self, *, now: datetime) -> "Revision":
        """The same SEQUENCE with a later DTSTAMP: asks for an answer again, changes nothing (RFC 5546 3.2.2)."""
        return Revision(sequence=self.sequence, dtstamp_at=self.later(now))

    def later(self, now: datetime) -> datetime:
        """`now` in whole seconds, or one second after this DTSTAMP when the clock has not moved on."""
        return max(now.replace(microsecond=0), self.dtstamp_at + timedelta(seconds=1))


def new_uid(random_bytes: bytes, host: str) -> str:
    """A UID of nothing but chance and the service's host name (RFC 7986 5.3); made once for a hearing and stored.

    >>> new_uid(bytes(range(16)), "testimony.example")
    'aaaqeayeaudaocajbifqydiob4@testimony.example'
    """
    if len(random_bytes) < FEWEST_RANDOM_BYTES:
        raise ValueError(f"a UID needs {FEWEST_RANDOM_BYTES} random bytes")
    return f"{_base32(random_bytes)}@{host}"


def new_message_id(random_bytes: bytes, *, sequence: int, host: str) -> str:
    """A Message-ID with its angle brackets (RFC 5322 3.6.4), at most 64 characters so that no header line breaks it.

    >>> new_message_id(bytes(10), sequence=3, host="testimony.example")
    '<aaaaaaaaaaaaaaaa.3@testimony.example>'
    """
    if len(random_bytes) < MESSAGE_ID_RANDOM_BYTES:
        raise ValueError(f"a Message-ID needs {MESSAGE_ID_RANDOM_BYTES} random bytes")
    made = f"<{_base32(random_bytes[:MESSAGE_ID_RANDOM_BYTES])}.{sequence}@{host}>"
    if len(made) > LONGEST_MESSAGE_ID:
        raise ValueError(f"the host name {host!r} is too long for a Message-ID")
    return made


def _base32(random_bytes: bytes) -> str:
    return b32encode(random_bytes).decode("ascii").rstrip("=").lower()


def same_address(text: str) -> str:
    """An address in the form in which two are compared.

    >>> same_address(" MAILTO:Officer@Court.example ")
    'officer@court.example'
    """
    bare = text.strip()
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    return bare.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one reply says, by mail or by link; `sequence` absent means 0 (RFC 5546 3.2.3)."""

    uid: str
    address: str
    part_stat: PartStat
    sequence: int | None
    dtstamp_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is stored for one attendee: since which SEQUENCE his answer is wanted, what was sent, what he answered."""

    uid: str
    address: str
    since: int
    sent: Revision
    answered: Revision | None = None
    part_stat: PartStat = PartStat.NEEDS_ACTION


class Verdict(StrEnum):
    """What becomes of an answer."""

    COUNTS = "counts"
    OUTDATED = "outdated"
    REPEATED = "repeated"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and when it COUNTS the revision and standing to store for the attendee."""

    verdict: Verdict
    answered: Revision | None = None
    part_stat: PartStat = PartStat.NEEDS_ACTION


def judged(answer: Answer, asked: Asked, *, now: datetime) -> Judgement:
    """Whether an answer counts; the only rule for mails and links alike (RFC 5546 2.1.5).

    UID and attendee must be the ones asked. An answer to a SEQUENCE before `since` is outdated. Of the others the
    latest by SEQUENCE, then DTSTAMP, stands; the same one again changes nothing. An answer without a DTSTAMP, from
    the future, or that neither accepts, declines nor hesitates is for a person to read.
    """
    if answer.uid != asked.uid or same_address(answer.address) != same_address(asked.address):
        return Judgement(Verdict.REVIEW)
    if answer.dtstamp_at is None or answer.dtstamp_at > now + FUTURE_SLACK or answer.part_stat not in EFFECTIVE:
        return Judgement(Verdict.REVIEW)
    # Some calendars raise SEQUENCE in replies, which RFC 5546 2.1.4 forbids; it must not outrank later answers.
    given = Revision(min(answer.sequence or 0, asked.sent.sequence), answer.dtstamp_at)
    if given.sequence < asked.since:
        return Judgement(Verdict.OUTDATED)
    if asked.answered is not None and given <= asked.answered:
        return Judgement(Verdict.REPEATED)
    return Judgement(Verdict.COUNTS, answered=given, part_stat=answer.part_stat)
