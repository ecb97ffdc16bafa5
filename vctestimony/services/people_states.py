"""Where each person of a hearing stands: answer, when and by which way, the newest mail and what became of it.

Who said yes to the very option that was then booked is shown so, and still asked by the invitation: an object that
says ACCEPTED and RSVP=FALSE is allowed (RFC 5546 3.2.2), but calendar programs offer their buttons only to who has
still to answer, and the person has not yet seen the hearing in a calendar.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.channels import channel_label
from vctestimony.domain.hearing import END_LABELS, State
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.itip import PART_STAT_LABELS, PartStat
from vctestimony.domain.mail_words import STANDING_LABELS, Standing, kind_label
from vctestimony.domain.options import OptionAnswer, OptionState
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposals import ProposalState
from vctestimony.domain.sides import SIDE_LABELS, Side
from vctestimony.services import screening
from vctestimony.services.access import may_do
from vctestimony.services.mail_lists import standing_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, options, planning
from vctestimony.store.models import HearingRow, OutboxRow, ParticipantRow, ProposalRow

_FAILED = frozenset({Standing.UNDELIVERED, Standing.RETURNED})
_NOT_TO_BE = frozenset({State.CANCELLED, State.LAPSED})
_TIMED = frozenset({State.BOOKED, State.CONFIRMED})


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody named on the hearing, what they were sent and what they answered (labels are marked texts).

    `proposes` is the kind of what they propose and nobody has decided; `said_yes_before` is set where they said yes to
    this time when it was offered, and have not answered the invitation. `answer` is empty where they gave none and none
    is awaited any more, for the hearing is not to be. `comment` is for the court and who wrote it; `kept_apart` says,
    to the court alone, on which side somebody stands who is kept apart.
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
    kept_apart: str = ""

    @property
    def stops_it(self) -> bool:
        """Whether the hearing cannot go on as it is: a person it needs has declined."""
        return self.is_required and self.answer_code == PartStat.DECLINED


def people_of(unit: Unit, row: HearingRow, proposed: Iterable[ProposalRow], *, by: Actor) -> tuple[PersonView, ...]:
    """Everybody whom this reader may know of; `proposed` is everything that was ever proposed for the hearing."""
    mails = planning.last_mails(unit.session, row.id)
    said_yes = _said_yes(unit, row)
    kinds = {one.participant_id: one.kind.value for one in proposed if one.state is ProposalState.OPEN}
    seated = screening.shown_people(row, screening.screened(row, by=by))
    people = ((one, _person(row, one, mails.get(one.id), said_yes, kinds.get(one.id, ""))) for one in seated)
    if may_do(row, Action.SEE_MAILS, by=by):
        return tuple(replace(view, kept_apart=_kept_apart(row, one)) for one, view in people)
    return tuple(view if one.official_id == by.official_id else replace(view, comment="") for one, view in people)


def _kept_apart(row: HearingRow, person: ParticipantRow) -> str:
    """The label of the side of somebody who is kept apart from anybody."""
    side = hearings.side(row, person)
    return SIDE_LABELS[side] if side is not Side.NEITHER and hearings.kept_apart(row, person) else ""


def who_stop(row: HearingRow) -> tuple[ParticipantRow, ...]:
    """Those whom the hearing needs and who have declined, while it has a time."""
    if row.state not in _TIMED:
        return ()
    seated = (one for one in row.participants if one.removed_at is None and one.is_required)
    return tuple(one for one in seated if one.answer == PartStat.DECLINED)


def _person(
    row: HearingRow, person: ParticipantRow, mail: OutboxRow | None, said_yes: Collection[int], proposes: str
) -> PersonView:
    standing, at = standing_of(mail) if mail else (None, None)
    answer, court = PartStat.read(person.answer), row.court
    is_to_be = row.state not in _NOT_TO_BE
    return PersonView(
        id=person.id,
        name=person.official.name,
        designation=person.official.designation,
        duty=DUTY_LABELS[person.duty],
        end=END_LABELS[person.end],
        is_required=person.is_required,
        mail_kind=kind_label(mail.kind) if mail else "",
        mail=STANDING_LABELS[standing] if standing else "",
        mail_at=read(at, court.zone, court.city) if at else None,
        mail_failed=standing in _FAILED,
        answer=PART_STAT_LABELS[answer] if is_to_be or answer is not PartStat.NEEDS_ACTION else "",
        answer_code=person.answer,
        answered=read(person.answered_at, court.zone, court.city) if person.answered_at else None,
        channel=channel_label(person.answer_channel) if person.answered_at else "",
        comment=person.answer_comment,
        phone=person.official.phone,
        said_yes_before=person.id in said_yes and not person.answered_at,
        proposes=proposes if is_to_be else "",
    )


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
