"""What somebody who is asked sees and can say: their times, where their answer stands, and five ways to go on.

Both doors, the link (services/answers.py) and the sign-in (services/own_answers.py), show this page and hand in what
was said here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.access import Actor
from vctestimony.domain.channels import channel_label
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read, resolve
from vctestimony.domain.itip import PART_STAT_LABELS, HearingMixedUp, PartStat, Verdict
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.proposals import MOOTED_TEXTS, Mooted, ProposalKind, ProposalState
from vctestimony.domain.wording import N_
from vctestimony.services import answering, invited, proposals
from vctestimony.services.unit import Unit
from vctestimony.store import proposals as store
from vctestimony.store.models import HearingRow, ParticipantRow, ProposalRow

_STANDING: dict[ProposalState, str] = {
    ProposalState.OPEN: N_("The court has not decided yet. Until it has, the time above stands and you are expected."),
    ProposalState.ACCEPTED: N_("The court has agreed."),
    ProposalState.DECLINED: N_("The court cannot agree. The time above stands; please answer for it."),
}


class Way(StrEnum):
    """What can be said: the three answers of a calendar (RFC 5545 3.2.12), another time, or somebody else."""

    ACCEPTED = PartStat.ACCEPTED.value
    TENTATIVE = PartStat.TENTATIVE.value
    DECLINED = PartStat.DECLINED.value
    TIME = "time"
    SUBSTITUTE = "substitute"


class DeclineReason(Invalid):
    """A refusal sends the coordinator looking for another time; the reason helps."""

    text = N_("Say in a few words why you cannot come, or which other day would do, so that the court can look.")


class MovedMeanwhile(Invalid):
    """The answer was for a time that is no longer the hearing's."""

    text = N_("The hearing moved while this page was open. Nothing was recorded. Answer again for the new time.")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said on the page for the start that it showed. `start_wall` is by the clock of the person's own end."""

    way: Way
    seen: str
    comment: str = ""
    start_wall: datetime | None = None
    name: str = ""
    designation: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ProposedView:
    """What this person proposed last: a time on both clocks or a name, and what became of it (marked texts)."""

    kind: ProposalKind
    court: Reading | None
    remote: Reading | None
    name: str
    comment: str
    made: Reading
    state: ProposalState
    standing: str
    reply: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """This person's times in both clocks, and where the answer stands."""

    hearing_reference: str
    duty: str
    language: str
    court: Reading
    court_ends: Reading
    remote: Reading
    remote_ends: Reading
    own_end: str
    own_city: str
    answer: str
    answer_code: str
    answered: Reading | None
    channel: str
    comment: str
    proposed: ProposedView | None
    outdated: bool
    contact_name: str
    contact_phone: str
    contact_email: str

    @property
    def is_answered(self) -> bool:
        """Whether the court knows what to expect: an answer, or a proposal that it has still to decide."""
        return bool(self.answer) or (self.proposed is not None and self.proposed.state is ProposalState.OPEN)


def page_of(unit: Unit, hearing: HearingRow, person: ParticipantRow, *, outdated: bool) -> AnswerPage:
    """The page; for somebody who was invited to a hearing with a time."""
    start_at, end_at = times_of(hearing, person)
    court, remote = hearing.court, hearing.remote
    zone, city = clock_of(hearing, person)
    return AnswerPage(
        hearing_reference=hearing.reference,
        duty=DUTY_LABELS[person.duty],
        language=person.official.language,
        court=read(start_at, court.zone, court.city),
        court_ends=read(end_at, court.zone, court.city),
        remote=read(start_at, remote.zone, remote.city),
        remote_ends=read(end_at, remote.zone, remote.city),
        own_end=person.end.value,
        own_city=city,
        answer=PART_STAT_LABELS[PartStat.read(person.answer)] if person.answered_at else "",
        answer_code=person.answer if person.answered_at else "",
        answered=read(person.answered_at, zone, city) if person.answered_at else None,
        channel=channel_label(person.answer_channel),
        comment=person.answer_comment,
        proposed=_proposed(unit, hearing, person),
        outdated=outdated,
        contact_name=court.name,
        contact_phone=court.phone,
        contact_email=court.email,
    )


def take(unit: Unit, hearing: HearingRow, person: ParticipantRow, said: Said, *, channel: str, by: Actor) -> None:
    """Record what was said. The last word stands; the same again changes nothing.

    MovedMeanwhile where the page showed another start: nothing is recorded and the page is shown again.
    """
    answering.reread(unit, hearing, person)
    if said.seen != times_of(hearing, person)[0].isoformat():
        raise MovedMeanwhile()
    _TAKERS[said.way](unit, hearing, person, said, channel, by)


def times_of(hearing: HearingRow, person: ParticipantRow) -> tuple[datetime, datetime]:
    """From the start of the first to the end of the last part this person attends."""
    if hearing.starts_at is None:
        raise answering.NotInvited()
    return invited.own_times(hearing, person, starts_at=hearing.starts_at)


def clock_of(hearing: HearingRow, person: ParticipantRow) -> tuple[str, str]:
    """Zone and city of the clock by which this person is invited."""
    post = hearing.court if person.end is End.COURT else hearing.remote
    return post.zone, post.city


def _answer(unit: Unit, hearing: HearingRow, person: ParticipantRow, said: Said, channel: str, by: Actor) -> None:
    choice = PartStat(said.way.value)
    if choice is PartStat.DECLINED and not said.comment:
        raise DeclineReason(field="comment")
    is_same = (person.answer, person.answer_comment) == (choice.value, said.comment)
    if person.answered_at and is_same and not store.open_of(unit.session, person.id):
        return
    judgement = answering.given_now(unit, hearing, person, choice, channel=channel, comment=said.comment, by=by)
    if judgement.verdict is not Verdict.COUNTS:
        raise HearingMixedUp()


def _time(unit: Unit, hearing: HearingRow, person: ParticipantRow, said: Said, channel: str, by: Actor) -> None:
    if said.start_wall is None:
        raise ValueError("another time is proposed with its time")
    zone, _ = clock_of(hearing, person)
    proposals.propose(
        unit,
        hearing,
        person,
        starts_at=_instant(said.start_wall, zone),
        ends_at=None,
        comment=said.comment,
        channel=channel,
        sequence=answering.asked_of(hearing, person).sent.sequence,
        dtstamp_at=None,
        by=by,
    )


def _substitute(unit: Unit, hearing: HearingRow, person: ParticipantRow, said: Said, channel: str, by: Actor) -> None:
    proposals.name_substitute(
        unit,
        hearing,
        person,
        name=said.name,
        designation=said.designation,
        address=said.address,
        comment=said.comment,
        channel=channel,
        sequence=answering.asked_of(hearing, person).sent.sequence,
        dtstamp_at=None,
        by=by,
    )


_Taker = Callable[[Unit, HearingRow, ParticipantRow, Said, str, Actor], None]
_TAKERS: dict[Way, _Taker] = {
    Way.ACCEPTED: _answer,
    Way.TENTATIVE: _answer,
    Way.DECLINED: _answer,
    Way.TIME: _time,
    Way.SUBSTITUTE: _substitute,
}


def _instant(wall: datetime, zone: str) -> datetime:
    """The instant meant; a wall time that happens twice or never is refused with both readings, beside its field."""
    try:
        return resolve(wall, zone)
    except Invalid as refusal:
        refusal.field = "at"
        raise


def _proposed(unit: Unit, hearing: HearingRow, person: ParticipantRow) -> ProposedView | None:
    rows = store.of_participant(unit.session, person.id)
    return _view(hearing, person, rows[-1]) if rows else None


def _view(hearing: HearingRow, person: ParticipantRow, row: ProposalRow) -> ProposedView:
    court, remote = hearing.court, hearing.remote
    standing = MOOTED_TEXTS[Mooted(row.ending)] if row.state is ProposalState.MOOT else _STANDING[row.state]
    return ProposedView(
        kind=row.kind,
        court=read(row.starts_at, court.zone, court.city) if row.starts_at else None,
        remote=read(row.starts_at, remote.zone, remote.city) if row.starts_at else None,
        name=row.name,
        comment=row.comment,
        made=read(row.made_at, *clock_of(hearing, person)),
        state=row.state,
        standing=standing,
        reply=row.reply,
    )
