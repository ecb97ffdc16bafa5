"""The one place that words a reminding mail for its reader: what it is about, when on every clock, what to do now."""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.adapters.clock_texts import ClockTimes, Place, Translate, headline, places_of, point_of_time, until
from vctestimony.adapters.ical import one_line
from vctestimony.adapters.letter_texts import printable
from vctestimony.domain.instants import read, wall_of
from vctestimony.domain.letters import Contact
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.reminders.letters import Callee, Matter, ReminderLetter, StepLine
from vctestimony.domain.reminders.notices import Rule
from vctestimony.domain.wording import N_

MOST_STEPS = 8
_ONE_DAY = 1

TITLES: dict[Rule, str] = {
    Rule.ANSWER: N_("Please answer: hearing {reference}"),
    Rule.NO_ANSWER: N_("No answer, please telephone: hearing {reference}"),
    Rule.LINK_MISSING: N_("The video link is missing: hearing {reference}"),
    Rule.NOT_READY: N_("Not ready to be confirmed: hearing {reference}"),
    Rule.STEP_DUE: N_("Steps that are due: hearing {reference}"),
    Rule.STEP_OVERDUE: N_("Steps that are overdue: hearing {reference}"),
    Rule.IN_A_WEEK: N_("Coming up: hearing {reference}"),
    Rule.TOMORROW: N_("Your next hearing: {reference}"),
    Rule.IN_TWO_HOURS: N_("Begins soon: hearing {reference}"),
    Rule.HARD_COPY: N_("Signed copy not received: hearing {reference}"),
    Rule.PAPER_WAITS: N_("A paper waits for you: hearing {reference}"),
}
_TOMORROW = N_("Tomorrow: hearing {reference}")

SENTENCES: dict[Rule, str] = {
    Rule.ANSWER: N_("The court does not know yet whether you can be there."),
    Rule.NO_ANSWER: N_("The time to answer is over, and reminders brought no answer. Please telephone:"),
    Rule.LINK_MISSING: N_("Nobody can join yet: no video link that is in use is entered for this hearing."),
    Rule.NOT_READY: N_("It cannot be confirmed yet. Still missing:"),
    Rule.STEP_DUE: N_("To be done, each by its time:"),
    Rule.STEP_OVERDUE: N_("Not ticked yet, although the day is over:"),
    Rule.IN_A_WEEK: N_("Keep the time free, and write to the court at once if something does not fit."),
    Rule.TOMORROW: N_("Be in the room 30 minutes before the start, and call the court if anything keeps you away."),
    Rule.IN_TWO_HOURS: N_("If anything keeps you away, call the court now."),
    Rule.HARD_COPY: N_(
        "Three days after the hearing the record says nothing of the signed copy: no carrier, no number, no date of "
        "receipt. It is to be sent preferably within three days (Model Rules r. 8.8.1 and 8.8.2, as adopted). Please "
        "ask:"
    ),
    Rule.PAPER_WAITS: N_("It is your turn. Sign in to see what is to be done; nothing of the paper is in this mail."),
}

ACTIONS: dict[Rule, str] = {
    Rule.ANSWER: N_("Accept or decline"),
    Rule.NO_ANSWER: N_("Look at the hearing"),
    Rule.LINK_MISSING: N_("Look at the hearing"),
    Rule.NOT_READY: N_("Open the checklist"),
    Rule.STEP_DUE: N_("Open the checklist"),
    Rule.STEP_OVERDUE: N_("Open the checklist"),
    Rule.IN_A_WEEK: N_("Sign in for the room, the papers and the video link"),
    Rule.TOMORROW: N_("Sign in for the room, the papers and the video link"),
    Rule.IN_TWO_HOURS: N_("Sign in for the room, the papers and the video link"),
    Rule.HARD_COPY: N_("Open the record"),
    Rule.PAPER_WAITS: N_("Sign in and see what is next"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterTexts:
    """One matter in words; `title_parts` has the reference in the middle, which must not break."""

    title: str
    title_parts: tuple[str, str, str]
    part: str
    headline: str
    clocks: tuple[ClockTimes, ...]
    days_differ: bool
    sentence: str
    until: str
    lines: tuple[str, ...]
    action: str
    url: str
    contact: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderTexts:
    """All that the templates of a reminding mail may print; `contact` where all matters have the same."""

    language: str
    name: str
    summary: str
    matters: tuple[MatterTexts, ...]
    contact: Contact | None
    organizer: str
    choices_url: str


def reminder_texts_of(letter: ReminderLetter, translate: Translate) -> ReminderTexts:
    """The letter in words; `translate` gives the reader's language."""
    matters = tuple(_matter(one, letter, translate) for one in letter.matters)
    many = translate(N_("{count} things about your hearings")).format(count=len(matters))
    return ReminderTexts(
        language=letter.to.language,
        name=one_line(letter.to.name),
        summary=matters[0].title if len(matters) == 1 else many,
        matters=matters,
        contact=matters[0].contact if len({one.contact for one in matters}) == 1 else None,
        organizer=translate(one_line(letter.organizer.name)),
        choices_url=letter.choices_url,
    )


def _matter(one: Matter, letter: ReminderLetter, translate: Translate) -> MatterTexts:
    language = letter.to.language
    places = places_of(one, translate)
    starts = [read(one.start_at, place.zone, place.city) for place in places]
    title = _title(one, letter.written_at, translate).format(reference=one.reference)
    return MatterTexts(
        title=title,
        title_parts=title.partition(one.reference),
        part=translate(N_("Your part: %(duty)s")) % {"duty": translate(DUTY_LABELS[one.duty])} if one.duty else "",
        headline=headline(starts, language, translate),
        clocks=tuple(point_of_time(place, one.start_at, language=language) for place in places),
        days_differ=len({start.wall.date() for start in starts}) > 1,
        sentence=translate(SENTENCES[one.rule]),
        until=until(one.answer_by, places, language=language, translate=translate),
        lines=_lines(one, places, language, translate),
        action=translate(ACTIONS[one.rule]),
        url=one.url,
        contact=printable(one.contact),
    )


def _title(one: Matter, written_at: datetime, translate: Translate) -> str:
    """The next day is called tomorrow only on the day before it; after a weekend it is the next hearing."""
    written_on, on = (wall_of(at, one.to.zone).date() for at in (written_at, one.start_at))
    is_tomorrow = one.rule is Rule.TOMORROW and (on - written_on).days == _ONE_DAY
    return translate(_TOMORROW if is_tomorrow else TITLES[one.rule])


def _lines(one: Matter, places: tuple[Place, ...], language: str, translate: Translate) -> tuple[str, ...]:
    nobody = [
        translate(N_("nobody is named as: {duty}")).format(duty=translate(DUTY_LABELS[duty])) for duty in one.lacking
    ]
    held = [translate(N_("open steps that hold it up: {count}")).format(count=one.open_steps)] if one.open_steps else []
    steps = [_step(step, places, language, translate) for step in one.steps[:MOST_STEPS]]
    if len(one.steps) > MOST_STEPS:
        steps.append(translate(N_("and {count} more")).format(count=len(one.steps) - MOST_STEPS))
    return (*nobody, *held, *steps, *(_callee(callee, translate) for callee in one.callees))


def _step(step: StepLine, places: tuple[Place, ...], language: str, translate: Translate) -> str:
    due = headline([read(step.due_at, place.zone, place.city) for place in places], language, translate)
    return translate(N_("{step} ({due})")).format(step=one_line(step.text), due=due)


def _callee(callee: Callee, translate: Translate) -> str:
    telephone = one_line(callee.telephone) or translate(N_("no telephone number is entered"))
    duty = translate(DUTY_LABELS[callee.duty])
    return translate(N_("{name}, {duty}: {telephone}")).format(
        name=one_line(callee.name), duty=duty, telephone=telephone
    )
