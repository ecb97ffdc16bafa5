"""The one place for what a letter about a hearing says: to whom, which times, what to do, whom to call.

A letter carries no name of a witness, no pseudonym, no offence, no case title and no room: it may be read by whoever
finds an open mailbox. How the conference is joined, and who else comes, stands in it only where the court lets its
mails tell so. What needs to be hidden is shown after signing in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End, Part
from vctestimony.domain.itip import PartStat, same_address
from vctestimony.domain.joining import Joining
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class DeliveryFailure(Exception):
    """A mail was not handed over. `code` is the server's SMTP answer when there was one."""

    def __init__(self, reason: str, *, code: int | None) -> None:
        self.reason, self.code = reason, code
        super().__init__(f"{code} {reason}" if code else reason)


class TemporaryFailure(DeliveryFailure):
    """Try again later."""


class PermanentFailure(DeliveryFailure):
    """This mail will never reach this recipient; somebody must telephone."""


class Kind(StrEnum):
    """The three letters; each value is the name of its folder of templates."""

    INVITATION = "invitation"
    UPDATE = "update"
    CANCELLATION = "cancellation"


class Change(StrEnum):
    """Why somebody who was invited before is written to again."""

    TIMES = "times"
    PLACE = "place"
    DUTY = "duty"
    SHOWN_AFTER_SIGNING_IN = "shown_after_signing_in"
    OTHERS = "others"
    OTHERS_SHOWN = "others_shown"
    CLOCK = "clock"
    CLOCK_ELSEWHERE = "clock_elsewhere"


CHANGE_TEXTS: dict[Change, str] = {
    Change.TIMES: N_("The time has changed."),
    Change.PLACE: N_("The place has changed."),
    Change.DUTY: N_("Your part in the hearing has changed."),
    Change.SHOWN_AFTER_SIGNING_IN: N_("The room or the video link has changed. Sign in to see the new details."),
    Change.OTHERS: N_("Somebody else no longer takes part. Your own times and your answer stay as they are."),
    Change.OTHERS_SHOWN: N_("Who else takes part has changed."),
    Change.CLOCK: N_("The official time at your place has changed since we last wrote. Compare the hours below."),
    Change.CLOCK_ELSEWHERE: N_(
        "The official time in another place has changed since we last wrote. Your own times and your answer stay as "
        "they are; the hours there are new."
    ),
}

ASKS_AGAIN = frozenset({Change.TIMES, Change.PLACE, Change.DUTY, Change.CLOCK})
NEW_ON_THE_CLOCK = frozenset({Change.TIMES, Change.CLOCK})
"""What makes the reader's own clock show another time than he was told."""


class StretchEmpty(Invalid):
    """An invitation is for a time that begins before it ends."""

    text = N_("A part of the hearing must end after it starts.")


class NothingToAttend(Invalid):
    """Nobody is invited to no part at all."""

    text = N_("{name} is invited to no part of the hearing. Choose at least one part, or remove the participant.")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call when something does not fit."""

    name: str
    telephone: str
    address: str


@dataclass(frozen=True, slots=True)
class Point:
    """One end of the link as a letter may name it: the city and its IANA zone, never the building."""

    city: str
    zone: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of the hearing that a person attends."""

    part: Part
    start_at: datetime
    end_at: datetime

    def __post_init__(self) -> None:
        if self.start_at.utcoffset() != timedelta(0) or self.end_at.utcoffset() != timedelta(0):
            raise ValueError("instants are aware UTC")
        if self.end_at <= self.start_at:
            raise StretchEmpty(field="end")


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else at the hearing as one reader may know of them."""

    name: str
    address: str
    duty: Duty

    @property
    def key(self) -> tuple[str, Duty]:
        """What makes them somebody else; a corrected name does not."""
        return same_address(self.address), self.duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """One person as invited. `details` stands for room, link and joining address: compared when they change,
    never shown.

    `clocks` says how many minutes ahead of UTC each zone in his letter was when he was told his times, `ends` where
    both ends were. `others` are those he is told of; None where the court does not let participants see each other.
    """

    participant: str
    name: str
    address: str
    language: str
    duty: Duty
    end: End
    city: str
    zone: str
    stretches: tuple[Stretch, ...]
    details: str = ""
    part_stat: PartStat = PartStat.NEEDS_ACTION
    clocks: tuple[tuple[str, int], ...] = ()
    ends: tuple[Point, ...] = ()
    others: tuple[Other, ...] | None = None

    def __post_init__(self) -> None:
        if not self.stretches:
            raise NothingToAttend(name=self.name)

    @property
    def start_at(self) -> datetime:
        """When this person's first part begins."""
        return min(stretch.start_at for stretch in self.stretches)

    @property
    def end_at(self) -> datetime:
        """When this person's last part ends."""
        return max(stretch.end_at for stretch in self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything one mail says to one person. `previous` are the times before a move, read by the clocks of `told`.

    `first_uid` is the UID of the hearing that this one continues, the first of them; empty where it continues none.
    `joining` is there only where the court lets its invitations tell it.
    """

    kind: Kind
    uid: str
    sequence: int
    dtstamp_at: datetime
    reference: str
    to: Invitee
    court: Point
    remote: Point
    organizer: Mailbox
    contact: Contact
    hearing_url: str
    answer_url: str = ""
    answer_by: datetime | None = None
    instructions: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    previous: tuple[Stretch, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    whole_hearing_cancelled: bool = False
    first_uid: str = ""
    joining: Joining | None = None

    @property
    def asks_for_answer(self) -> bool:
        """Whether the reader is asked to accept or decline, for the first time or again."""
        return self.kind is not Kind.CANCELLATION and self.to.part_stat is PartStat.NEEDS_ACTION

    @property
    def voids_answers(self) -> bool:
        """Whether answers given to an earlier SEQUENCE stop counting: store this SEQUENCE as `Asked.since`."""
        return self.kind is Kind.INVITATION or bool(ASKS_AGAIN & set(self.changes))


READY_BEFORE = timedelta(minutes=30)
"""How long before their first part people are asked to be there; `{ready}` in an instruction is that time."""

_ENTER = N_("Be in the room by {ready}, 30 minutes early. Nobody may be there who is not named for the hearing.")
_SEATED = N_("Be in your place by {ready}, 30 minutes early.")
IDENTITY = N_("Bring an identity document that your office or the Government has issued.")

INSTRUCTIONS: dict[Duty, tuple[str, ...]] = {
    Duty.JUDGE: (N_("Sign in to see the order, the checklist and what is still open before you take your seat."),),
    Duty.COURT_COORDINATOR: (
        N_("Test picture, sound and the document camera with the other end before the day."),
        N_("Make sure that the other end has received every document that will be shown."),
        N_("Have the link open by {ready}, 30 minutes early."),
    ),
    Duty.REMOTE_COORDINATOR: (
        N_("Test picture, sound and the document camera with the court before the day."),
        N_("Confirm to the court that the documents have arrived, and keep them sealed until the court asks for them."),
        N_("Have everybody ready in the room by {ready}, 30 minutes early, and let nobody in who is not named."),
    ),
    Duty.MAGISTRATE: (
        N_("Sign in to see the court's order and what it asks of you."),
        _ENTER,
    ),
    Duty.INTERPRETER: (
        N_("Tell the court now if you know anybody in the case, or do not speak the dialect you are asked for."),
        _ENTER,
        IDENTITY,
    ),
    Duty.SUPPORT_PERSON: (
        N_("Plan the journey and a quiet place to wait. Breaks can be asked for at any time."),
        _ENTER,
        IDENTITY,
    ),
    Duty.LEGAL_STAFF: (
        N_("Speak with the person you assist in private before the hearing; the first part keeps time for it."),
        _ENTER,
    ),
    Duty.PROSECUTION: (
        N_("Send every document you will show to the Court Point Coordinator in time to reach the other end."),
        _SEATED,
    ),
    Duty.DEFENCE: (
        N_("Send every document you will show to the Court Point Coordinator in time to reach the other end."),
        _SEATED,
    ),
    Duty.TECHNICIAN: (
        N_("Test the line, the recording and the spare power at your end before the day."),
        _SEATED,
    ),
    Duty.PRISON: (
        N_("Keep the video room free and quiet, and arrange the escort so that nobody arrives late."),
        _SEATED,
    ),
}


def instructions_for(duty: Duty) -> tuple[str, ...]:
    """What this duty is asked to do before the hearing, as texts to translate; planning advice, not law."""
    return INSTRUCTIONS.get(duty, (_ENTER, IDENTITY))
