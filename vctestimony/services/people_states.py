"""Where each person of a hearing stands: answer, when and by which way, the newest mail and what became of it.

Who said yes to the very option that was then booked is shown so, and still asked by the invitation: an object that
says ACCEPTED and RSVP=FALSE is allowed (RFC 5546 3.2.2), but calendar programs offer their buttons only to who has
still to answer, and the person has not yet seen the hearing in a calendar.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.channels import channel_label
from vctestimony.domain.hearing import END_LABELS, State
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.itip import PART_STAT_LABELS, PartStat
from vctestimony.domain.letters import Kind
from vctestimony.domain.option_letters import OptionKind
from vctestimony.domain.options import OptionAnswer, OptionState
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposal_letters import PROPOSAL_DECLINED
from vctestimony.domain.proposals import ProposalState
from vctestimony.domain.wording import N_
from vctestimony.services.unit import Unit
from vctestimony.store import options, planning
from vctestimony.store.models import HearingRow, OutboxRow, OutboxState, ParticipantRow, ProposalRow

MAIL_LABELS: Mapping[OutboxState, str] = {
    OutboxState.PENDING: N_("waiting to leave"),
    OutboxState.SENDING: N_("waiting to leave"),
    OutboxState.SENT: N_("sent"),
    OutboxState.FAILED: N_("not delivered: telephone"),
    OutboxState.SUPERSEDED: N_("overtaken by a newer one"),
}
KIND_LABELS: Mapping[str, str] = {
    Kind.INVITATION: N_("Invitation"),
    Kind.UPDATE: N_("Update"),
    Kind.CANCELLATION: N_("Cancellation"),
    OptionKind.OFFER: N_("Question about options"),
    OptionKind.WITHDRAWAL: N_("Word that no option is held"),
    PROPOSAL_DECLINED: N_("Word that a proposal is declined"),
}
_OPENED, _CAME_BACK = N_("opened"), N_("came back: telephone")
_TIMED = frozenset({State.BOOKED, State.CONFIRMED})


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody named on the hearing, what they were sent and what they answered (labels are marked texts).

    `proposes` is the kind of what they propose and nobody has decided; `said_yes_before` is set where they said yes to
    this time when it was offered, and have not answered the invitation.
    """

    id: int
    name: str
    designation: str
    duty: str
    end: str
    is_required: bool
    mail_kind: str
    mail: str
    mail_at: Reading | None
    mail_failed: bool
    answer: str
    answer_code: str
    answered: Reading | None
    channel: str
    comment: str
    phone: str
    said_yes_before: bool
    proposes: str

    @property
    def stops_it(self) -> bool:
        """Whether the hearing cannot go on as it is: a person it needs has declined."""
        return self.is_required and self.answer_code == PartStat.DECLINED


def people_of(unit: Unit, row: HearingRow, proposed: Iterable[ProposalRow]) -> tuple[PersonView, ...]:
    """Everybody named, in the order of the ends; `proposed` is everything that was ever proposed for the hearing."""
    mails = planning.last_mails(unit.session, row.id)
    said_yes = _said_yes(unit, row)
    kinds = {one.participant_id: one.kind.value for one in proposed if one.state is ProposalState.OPEN}
    seated = (one for one in row.participants if one.removed_at is None)
    return tuple(_person(row, one, mails.get(one.id), said_yes, kinds.get(one.id, "")) for one in seated)


def who_stop(row: HearingRow) -> tuple[ParticipantRow, ...]:
    """Those whom the hearing needs and who have declined, while it has a time."""
    if row.state not in _TIMED:
        return ()
    seated = (one for one in row.participants if one.removed_at is None and one.is_required)
    return tuple(one for one in seated if one.answer == PartStat.DECLINED)


def _person(
    row: HearingRow, person: ParticipantRow, mail: OutboxRow | None, said_yes: Collection[int], proposes: str
) -> PersonView:
    label, at = _mail(mail)
    court = row.court
    return PersonView(
        id=person.id,
        name=person.official.name,
        designation=person.official.designation,
        duty=DUTY_LABELS[person.duty],
        end=END_LABELS[person.end],
        is_required=person.is_required,
        mail_kind=KIND_LABELS.get(mail.kind, "") if mail else "",
        mail=label,
        mail_at=read(at, court.zone, court.city) if at else None,
        mail_failed=mail is not None and mail.state is OutboxState.FAILED,
        answer=PART_STAT_LABELS[PartStat.read(person.answer)],
        answer_code=person.answer,
        answered=read(person.answered_at, court.zone, court.city) if person.answered_at else None,
        channel=channel_label(person.answer_channel) if person.answered_at else "",
        comment=person.answer_comment,
        phone=person.official.phone,
        said_yes_before=person.id in said_yes and not person.answered_at,
        proposes=proposes,
    )


def _mail(mail: OutboxRow | None) -> tuple[str, datetime | None]:
    """What became of the mail, and when."""
    if mail is None:
        return "", None
    if mail.bounced_at and mail.state is OutboxState.FAILED:
        return _CAME_BACK, mail.bounced_at
    if mail.opened_at:
        return _OPENED, mail.opened_at
    return MAIL_LABELS[mail.state], mail.sent_at or mail.created_at


def _said_yes(unit: Unit, row: HearingRow) -> frozenset[int]:
    """Who said yes to exactly the option that became the present time."""
    if row.starts_at is None:
        return frozenset()
    booked = [
        one
        for one in options.newest_offer(unit.session, row.id)
        if one.state is OptionState.BOOKED and one.starts_at == row.starts_at
    ]
    return frozenset(each.participant_id for one in booked for each in one.answers if each.answer is OptionAnswer.CAN)
