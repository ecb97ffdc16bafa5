"""The one place for what sheets for people who come share: is it still to come, ready by when, whom to call."""

from collections.abc import Callable
from datetime import datetime

from vctestimony.domain.documents.joining import Call, RuleLine
from vctestimony.domain.hearing import End, State
from vctestimony.domain.letters import READY_BEFORE
from vctestimony.domain.people import SCREENED, Duty
from vctestimony.domain.wording import N_
from vctestimony.services.checklist_paper import NoTimeYet
from vctestimony.services.checklist_views import StepView, phases_of
from vctestimony.services.invited import own_times
from vctestimony.services.papers.making import NotForThisHearing
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow, PostRow

Translate = Callable[[str], str]
READY_RULE = "B01"
_TO_COME = frozenset({State.BOOKED, State.CONFIRMED, State.IN_SESSION})


class NobodyIsToCome(NotForThisHearing):
    """A sheet that asks people to come, for a hearing that is over."""

    text = N_("This hearing is over or was called off. Nobody is to come any more, so this sheet is not printed.")


def start_to_come(hearing: HearingRow) -> datetime:
    """When the first part begins; refuses a hearing without a time, and one to which nobody is to come any more."""
    if hearing.state not in _TO_COME and hearing.starts_at is not None:
        raise NobodyIsToCome()
    if hearing.starts_at is None:
        raise NoTimeYet()
    return hearing.starts_at


def ready_at(hearing: HearingRow, person: ParticipantRow | None = None) -> datetime:
    """When to be there, as the mails say it: before the first part that the person attends; None is the witness.

    Every paper takes the time from here, so that nobody is told two. She attends every part.
    """
    if hearing.starts_at is None:
        raise NoTimeYet()
    first_at = own_times(hearing, person, starts_at=hearing.starts_at)[0] if person else hearing.starts_at
    return first_at - READY_BEFORE


def translator(unit: Unit, language: str) -> Translate:
    """Puts marked text into the language of the paper."""
    return lambda text: unit.ports.words.gettext(language, text) if text else ""


def post_at(hearing: HearingRow, end: End) -> PostRow:
    """The post of that end."""
    return hearing.court if end is End.COURT else hearing.remote


def present(hearing: HearingRow) -> list[ParticipantRow]:
    """Who takes part, in the order in which they are named."""
    return [person for person in hearing.participants if person.removed_at is None]


def first_of_duty(hearing: HearingRow, duty: Duty) -> ParticipantRow | None:
    """The first who has that duty."""
    return next((person for person in present(hearing) if person.duty is duty), None)


def call_of(hearing: HearingRow, duty: Duty, who: str) -> Call:
    """The person of that duty at the post's own number, else at theirs. Whom everybody screens is not named."""
    person = first_of_duty(hearing, duty)
    if person is None or duty in SCREENED:
        return Call(who=who, name="", phone="")
    return Call(who=who, name=person.official.name, phone=person.official.phone or post_at(hearing, person.end).phone)


def steps_by_id(unit: Unit, hearing: HearingRow, *, language: str) -> dict[str, StepView]:
    """The hearing's own checklist by number; empty where it has none."""
    return {step.id: step for phase in phases_of(unit, hearing, language=language) for step in phase.steps}


def rule_line(step: StepView) -> RuleLine:
    """The step as a line of a sheet, with what the High Court changed of it."""
    text = " ".join(part for part in (step.text, *step.differences, step.note) if part)
    return RuleLine(text=text, force=step.force, authority=step.authority, mark=step.mark)
