"""The use-cases of answering about options by a signed link, without signing in. Looking never changes anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vctestimony.domain import options as rules
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Conflict
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.options import LONGEST_REMARK, OPTION_STATE_LABELS, OptionAnswer, OptionState
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import invited, journal, seating
from vctestimony.services.answers import AnswerClosed
from vctestimony.services.pseudonymity import without_name
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow, OptionAnswerRow, ParticipantRow


class OptionsClosed(Conflict):
    """The clock or the court has ended every option; the page says which."""

    text = N_("These times are no longer held. Nothing was recorded.")


@dataclass(frozen=True, slots=True)
class AskedTime:
    """One option as this person would attend it, on both clocks, with what they answered."""

    number: int
    court: Reading
    court_ends: Reading
    remote: Reading
    remote_ends: Reading
    until: Reading
    standing: OptionState
    label: str
    answer: str
    remark: str

    @property
    def is_held(self) -> bool:
        """Whether it can still be answered."""
        return self.standing is OptionState.HELD


@dataclass(frozen=True, slots=True)
class OptionsAsked:
    """What the page behind the link shows."""

    hearing_reference: str
    duty: str
    language: str
    own_end: str
    times: tuple[AskedTime, ...]
    answered: Reading | None
    replaced: bool
    contact_name: str
    contact_phone: str
    contact_email: str

    @property
    def is_open(self) -> bool:
        """Whether an answer still counts."""
        return any(one.is_held for one in self.times)

    @property
    def is_decided(self) -> bool:
        """Whether the court has booked one of them."""
        return any(one.standing is OptionState.BOOKED for one in self.times)

    @property
    def ran_out(self) -> bool:
        """Whether the clock has ended every one of them."""
        return all(one.standing is OptionState.EXPIRED for one in self.times)


def page(unit: Unit, token: str) -> OptionsAsked:
    """The page behind a link. Options that have ended say so; a link of an earlier offer says that others came."""
    person, hearing, asked = _behind(unit, token)
    court, remote = hearing.court, hearing.remote
    given = [one.answered_at for one in asked if one.answered_at]
    own = court if person.end is End.COURT else remote
    newest = store.newest_offer(unit.session, hearing.id)
    return OptionsAsked(
        hearing_reference=hearing.reference,
        duty=DUTY_LABELS[person.duty],
        language=person.official.language,
        own_end=person.end.value,
        times=tuple(_time(unit, hearing, person, one) for one in asked),
        answered=read(max(given), own.zone, own.city) if given else None,
        replaced=newest[0].offer != asked[0].option.offer,
        contact_name=court.name,
        contact_phone=court.phone,
        contact_email=court.email,
    )


def give(unit: Unit, token: str, said: Mapping[int, tuple[OptionAnswer, str]]) -> None:
    """Record the answers by the number of the option. The last ones stand; the same ones again change nothing.

    What has ended takes no answer; when all have, OptionsClosed.
    """
    person, hearing, asked = _behind(unit, token)
    still = [one for one in asked if _standing(unit, one) is OptionState.HELD]
    if not still:
        raise OptionsClosed()
    changed = [one for one in still if one.option.number in said and _differs(one, said[one.option.number])]
    for one in changed:
        answer, remark = said[one.option.number]
        one.remark = without_name(unit, hearing, remark)[:LONGEST_REMARK]
        one.answer, one.answered_at = answer, unit.now
    if changed:
        _note(unit, hearing, person, changed)


def _differs(one: OptionAnswerRow, said: tuple[OptionAnswer, str]) -> bool:
    return (one.answer, one.remark) != said


def _note(unit: Unit, hearing: HearingRow, person: ParticipantRow, changed: Sequence[OptionAnswerRow]) -> None:
    journal.write(
        unit,
        "options.answered",
        subject=hearing.reference,
        by=Actor(name=f"{person.official.name}, by link"),
        duty=person.duty,
        answers={str(one.option.number): one.answer for one in changed},
    )


def _behind(unit: Unit, token: str) -> tuple[ParticipantRow, HearingRow, Sequence[OptionAnswerRow]]:
    claim = unit.ports.option_tokens.read(token, max_age=unit.ports.lasts(Held.LINKS), now=unit.now)
    person = hearings.participant(unit.session, claim.participant)
    hearing = hearings.by_id(unit.session, person.hearing_id) if person else None
    if person is None or hearing is None:
        raise AnswerClosed()
    asked = store.asked_by(unit.session, person.id, offer=claim.sequence)
    if not asked or all(one.option.starts_at <= unit.now for one in asked):
        raise AnswerClosed()
    if person.removed_at is not None and not seating.stood_by(person, asked_at=asked[0].option.created_at):
        raise AnswerClosed()
    return person, hearing, asked


def _standing(unit: Unit, one: OptionAnswerRow) -> OptionState:
    return rules.standing(one.option.state, one.option.held_until, now=unit.now)


def _time(unit: Unit, hearing: HearingRow, person: ParticipantRow, one: OptionAnswerRow) -> AskedTime:
    start_at, end_at = invited.own_times(hearing, person, starts_at=one.option.starts_at)
    court, remote = hearing.court, hearing.remote
    own = court if person.end is End.COURT else remote
    standing = _standing(unit, one)
    return AskedTime(
        number=one.option.number,
        court=read(start_at, court.zone, court.city),
        court_ends=read(end_at, court.zone, court.city),
        remote=read(start_at, remote.zone, remote.city),
        remote_ends=read(end_at, remote.zone, remote.city),
        until=read(one.option.held_until, own.zone, own.city),
        standing=standing,
        label=OPTION_STATE_LABELS[standing],
        answer=one.answer.value if one.answer else "",
        remark=one.remark,
    )
