"""What the pages of options show the coordinator: before they are offered, and who can come to which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain import options as rules
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Invalid
from vctestimony.domain.hearing import END_LABELS, Move, moved
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.options import OPTION_ANSWER_LABELS, OptionAnswer, OptionState
from vctestimony.domain.people import DUTY_LABELS
from vctestimony.domain.wording import N_
from vctestimony.services import booking_views, choices, claims, gates, offering, option_mails, seating
from vctestimony.services.access import hearing_for
from vctestimony.services.booking_views import INVITED, Recipient, Subject
from vctestimony.services.checklists import OpenStep, open_steps
from vctestimony.services.choices import Chosen, Serving
from vctestimony.services.claims import Alternative, SlotTaken, TimeRefused
from vctestimony.services.held_times import Held, held_of
from vctestimony.services.reasons import WhyNot
from vctestimony.services.timetables import lengths_of, notice_of
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow, OptionAnswerRow, OptionRow, ParticipantRow

ASKED = N_("a question whether the times suit; nothing for the calendar yet")
_HELD = OptionState.HELD


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who serves at one option instead of whoever has the seat now."""

    duty: str
    name: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class Wished:
    """A time that is about to be offered, the last instant to which it can be held, or why it cannot be."""

    start: str
    chosen: Alternative
    latest: Reading
    is_free: bool
    whys: tuple[WhyNot, ...]
    served: Sequence[tuple[str, str]] = ()
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class MailWords:
    """The mail that will leave, as its first reader will get it."""

    to: str
    language: str
    subject: str
    plain: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Before times are offered. `problem` is filled when these times cannot be offered together."""

    subject: Subject
    times: tuple[Wished, ...]
    problem: Invalid | None
    recipients: tuple[Recipient, ...]
    words: MailWords | None
    missing: tuple[gates.Need, ...]
    replaces: bool

    @property
    def can_offer(self) -> bool:
        """Whether there is nothing against it."""
        return self.problem is None and all(one.is_free for one in self.times)


@dataclass(frozen=True, slots=True)
class Cell:
    """What somebody said to one option; `code` is empty while they have not, "other" where somebody else serves."""

    code: str
    label: str
    remark: str


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """One row of the table of answers: a cell for each option, none for who was not asked."""

    name: str
    duty: str
    end: str
    is_required: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """One option and what was said to it; `lost` are the people it cannot do without who cannot come."""

    held: Held
    can: int
    if_needed: int
    cannot: int
    open: int
    lost: tuple[AskedPerson, ...]
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class OptionsPage:
    """The options of the last offer with everybody's answers."""

    subject: Subject
    options: tuple[Summary, ...]
    people: tuple[AskedPerson, ...]
    recipients: tuple[Recipient, ...]
    answers_seen: str
    is_open: bool
    open_steps: tuple[OpenStep, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether at least one can still be booked."""
        return self.is_open and any(one.held.is_held for one in self.options)


def offer_page(unit: Unit, reference: str, *, starts: Sequence[datetime], by: Actor) -> OfferPage:
    """What offering these starts would do; holds nothing and writes to nobody."""
    row = hearing_for(unit, reference, by=by, action=Action.BOOK)
    moved(row.state, Move.HOLD)
    walls = sorted(set(starts))
    instants = [claims.instant_of(row, starts_wall=wall, zone=row.court.zone) for wall in walls]
    problem: Invalid | None = None
    try:
        rules.check_apart(walls, minutes=lengths_of(row).total)
    except Invalid as refusal:
        problem = refusal
    times = tuple(_wished(unit, row, wall, at) for wall, at in zip(walls, instants, strict=True))
    served = {number: one.served for number, one in enumerate(times, start=1)}
    return OfferPage(
        subject=booking_views.subject_of(row),
        times=times,
        problem=problem,
        recipients=booking_views.recipients_at(unit, row, served, new=ASKED, known=ASKED),
        words=_words(unit, row, instants, served),
        missing=gates.shown(gates.missing_of(row)),
        replaces=bool(store.held(unit.session, row.id)),
    )


def options_page(unit: Unit, reference: str, *, by: Actor) -> OptionsPage:
    """The last offer, for the coordinator of the court."""
    row = hearing_for(unit, reference, by=by, action=Action.BOOK)
    options = store.newest_offer(unit.session, row.id)
    held = {one.number: [(name, member) for name, member in one.chosen] for one in options if one.state is _HELD}
    serving = {number: choices.served(unit, row, chosen) for number, chosen in held.items()}
    people = tuple(_person(p, options, serving) for p in row.participants if _is_shown(p, options))
    is_open = bool(held)
    return OptionsPage(
        subject=booking_views.subject_of(row),
        options=tuple(
            _summary(unit, row, option, n, people, serving.get(option.number, ())) for n, option in enumerate(options)
        ),
        people=people if any(option.answers for option in options) else (),
        recipients=booking_views.recipients_at(unit, row, held, new=INVITED, known=INVITED),
        answers_seen=offering.answers_mark([one for one in options if one.state is _HELD]),
        is_open=is_open,
        open_steps=open_steps(unit, row, gates.BOOK) if is_open else (),
    )


def _wished(unit: Unit, row: HearingRow, wall: datetime, starts_at: datetime) -> Wished:
    whys: tuple[WhyNot, ...] = ()
    served: Sequence[tuple[str, str]] = ()
    is_free = True
    try:
        served = claims.check(unit, row, starts_at=starts_at).chosen
    except (SlotTaken, TimeRefused) as refusal:
        is_free, whys = False, refusal.whys
    latest_at = starts_at - timedelta(minutes=notice_of(row))
    return Wished(
        start=wall.isoformat(timespec="minutes"),
        chosen=booking_views.time_at(row, starts_at),
        latest=read(latest_at, row.court.zone, row.court.city),
        is_free=is_free,
        whys=whys,
        served=served,
        others=_others(choices.served(unit, row, served)),
    )


def _words(unit: Unit, row: HearingRow, instants: Sequence[datetime], served: Mapping[int, Chosen]) -> MailWords | None:
    """The mail to the first person who is asked about every time: with the usual time of holding, without its link."""
    moving = {one.seat.id for chosen in served.values() for one in choices.served(unit, row, chosen) if one.is_other}
    person = next((p for p in row.participants if p.removed_at is None and p.id not in moving), None)
    if person is None:
        return None
    usual, notice = timedelta(hours=rules.USUAL_HOURS), timedelta(minutes=notice_of(row))
    imagined = [
        OptionRow(number=number, starts_at=at, held_until=min(unit.now + usual, at - notice))
        for number, at in enumerate(instants[: rules.MOST], start=1)
    ]
    url = f"{unit.ports.addresses.public_url}/options/…"
    said = option_mails.letter(unit, row, person, imagined, answer_url=url)
    subject, plain = unit.ports.letters.option_words(said)
    return MailWords(to=person.official.name, language=said.to.language, subject=subject, plain=plain)


def _others(serving: Sequence[Serving]) -> tuple[Other, ...]:
    return tuple(
        Other(DUTY_LABELS[one.seat.duty], one.official.name, one.seat.official.name) for one in serving if one.is_other
    )


def _is_shown(person: ParticipantRow, options: Sequence[OptionRow]) -> bool:
    asked = any(answer.participant_id == person.id for option in options for answer in option.answers)
    stood_by = asked and seating.stood_by(person, asked_at=options[0].created_at)
    return person.removed_at is None or stood_by


def _person(
    person: ParticipantRow, options: Sequence[OptionRow], serving: Mapping[int, Sequence[Serving]]
) -> AskedPerson:
    return AskedPerson(
        name=person.official.name,
        duty=DUTY_LABELS[person.duty],
        end=END_LABELS[person.end],
        is_required=person.is_required,
        cells=tuple(_cell(option, person, serving.get(option.number, ())) for option in options),
    )


def _cell(option: OptionRow, person: ParticipantRow, serving: Sequence[Serving]) -> Cell | None:
    found: OptionAnswerRow | None = next((one for one in option.answers if one.participant_id == person.id), None)
    if found is None:
        is_other = bool(serving) and all(one.official.id != person.official_id for one in serving)
        return Cell("other", N_("Somebody else serves then"), "") if is_other else None
    if found.answer is None:
        return Cell("", N_("No answer yet"), "")
    return Cell(found.answer.value, OPTION_ANSWER_LABELS[found.answer], found.remark)


def _summary(
    unit: Unit,
    row: HearingRow,
    option: OptionRow,
    place: int,
    people: Sequence[AskedPerson],
    serving: Sequence[Serving],
) -> Summary:
    cells = [(person, person.cells[place]) for person in people]
    codes = [cell.code for _, cell in cells if cell is not None]
    return Summary(
        held=held_of(unit, row, [option])[0],
        can=codes.count(OptionAnswer.CAN),
        if_needed=codes.count(OptionAnswer.IF_NEEDED),
        cannot=codes.count(OptionAnswer.CANNOT),
        open=codes.count(""),
        lost=tuple(
            person
            for person, cell in cells
            if person.is_required and cell is not None and cell.code == OptionAnswer.CANNOT
        ),
        others=_others(serving),
    )
