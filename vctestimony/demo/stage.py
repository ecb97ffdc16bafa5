"""How the demonstration is played: each story says when it goes on, and all stories go on in the order of time.

A story is a generator of instants. It is resumed with the clock at the instant it asked for, so everything it does
through the use-cases is written down as if it had happened then, and the journal's order is the order of time.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from vctestimony.adapters.mail import MailboxSender
from vctestimony.demo import people, places
from vctestimony.demo.people import People
from vctestimony.demo.places import KOLKATA, Places
from vctestimony.domain import sop
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.instants import resolve, wall_of
from vctestimony.domain.itip import PartStat
from vctestimony.domain.options import OptionAnswer
from vctestimony.domain.people import Duty
from vctestimony.services import (
    answers,
    cases,
    checklists,
    finding,
    offering,
    option_answers,
    planning,
    post_office,
    scheduling,
    step_order,
    witnesses,
)
from vctestimony.services.answer_pages import Said, Way
from vctestimony.services.offering import Offer
from vctestimony.services.planning import Rooms, Seat
from vctestimony.services.unit import Unit, Units
from vctestimony.store import cases as case_rows
from vctestimony.store import checklists as step_rows
from vctestimony.store import hearings as hearing_rows
from vctestimony.store.models import HearingRow, StepState

Story = Iterator[datetime]
POSTMAN = "demonstration"
BEFORE_EVERYTHING = timedelta(days=75)
_DAY = timedelta(days=1)
_FRIDAY = 4
_PAST = frozenset({sop.Phase.APPLICATION, sop.Phase.ORDER})
_NOMINATED = ("C01", "C02")


class NothingFree(LookupError):
    """The calendars leave no time for a story; it is then told without one."""


@dataclass(slots=True)
class StoryClock:
    """Shows the instant at which the story stands."""

    at: datetime

    def now(self) -> datetime:
        """That instant."""
        return self.at


@dataclass(frozen=True, slots=True)
class Registered:
    """A case with its order and witness."""

    case: str
    order_id: int
    witness: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The world, its clock and the use-cases, each call a unit of its own."""

    units: Units
    clock: StoryClock
    places: Places
    people: People
    today_at: datetime

    def day(self, days: int, hour: int = 11, minute: int = 0) -> datetime:
        """That many days from today, or the Friday before a weekend, at a wall time of the courts; never after now."""
        wall = datetime.combine(self.court_day(days), time(hour, minute))
        return min(resolve(wall, KOLKATA), self.today_at)

    def court_day(self, days: int) -> date:
        """That many days from today, or the Friday before if that is a Saturday or a Sunday."""
        on = self.on(days)
        return on - max(on.weekday() - _FRIDAY, 0) * _DAY

    def wall_now(self) -> datetime:
        """The courts' wall time now."""
        return wall_of(self.today_at, KOLKATA)

    def on(self, days: int) -> date:
        """That many days from today as a date."""
        return wall_of(self.today_at, KOLKATA).date() + days * _DAY

    def actor(self, key: str) -> Actor:
        """Who acts: `mumbai-sessions/judge`."""
        return self.people.actors[key]

    def register(
        self, court: str, case: cases.CaseEntry, order: cases.OrderEntry, witness: witnesses.WitnessEntry
    ) -> Registered:
        """Register a case with its order and witness."""
        by = self.actor(f"{court}/coordinator")
        with self.units.writing() as unit:
            reference = cases.register(unit, case, by=by)
            cases.add_order(unit, reference, order, by=by)
            who = witnesses.register(unit, reference, witness, by=by)
            row = case_rows.case_by_reference(unit.session, reference)
            if row is None:
                raise LookupError(reference)
            return Registered(reference, row.orders[-1].id, who)

    def plan(
        self,
        court: str,
        remote: str,
        known: Registered,
        seats: Mapping[str, Duty],
        *,
        lengths: Lengths,
        link: int = 0,
        own: Mapping[str, int | None] | None = None,
    ) -> str:
        """Set up a hearing; `seats` maps `post/who` to a duty, `own` a part to the room it has of its own."""
        rooms = Rooms(
            court_room_id=self.places.rooms[court][0],
            remote_room_id=self.places.rooms[remote][0],
            link_id=self.places.links[link],
            lengths=lengths,
            own=own or {},
        )
        with self.units.writing() as unit:
            return planning.create(
                unit,
                case_ref=known.case,
                order_id=known.order_id,
                witness_ref=known.witness,
                rooms=rooms,
                seats=[Seat(self.people.officials[who], duty) for who, duty in seats.items()],
                by=self.actor(f"{court}/coordinator"),
            )

    def offered(self, court: str, hearing: str, *, first: int, last: int) -> tuple[datetime, ...]:
        """Every start (the Court Point's wall time) that the search offers between those days from today."""
        by = self.actor(f"{court}/coordinator")
        with self.units.reading() as unit:
            page = finding.find(unit, hearing, from_on=self.on(first), to_on=self.on(last), by=by)
            found = tuple(one.time.start_wall for one in page.offered)
        if not found:
            raise NothingFree(hearing)
        return found

    def book(self, court: str, hearing: str, start_wall: datetime) -> datetime:
        """Book that start; gives the instant at which the examination begins."""
        with self.units.writing() as unit:
            row = row_of(unit, hearing)
            by = self.actor(f"{court}/coordinator")
            scheduling.book(unit, hearing, starts_wall=start_wall, zone=KOLKATA, version=row.version, by=by)
            return resolve(start_wall, KOLKATA) + timedelta(minutes=row.pre_minutes)

    def offer(self, court: str, hearing: str, *start_walls: datetime) -> None:
        """Hold those starts and ask everybody about them."""
        with self.units.writing() as unit:
            by, version = self.actor(f"{court}/coordinator"), row_of(unit, hearing).version
            what = Offer(starts=start_walls, zone=KOLKATA, hours=120, asks=True)
            offering.offer(unit, hearing, what, version=version, by=by)

    def move(self, court: str, hearing: str, start_wall: datetime, *, reason: str) -> None:
        """Move it to that start."""
        with self.units.writing() as unit:
            by, version = self.actor(f"{court}/coordinator"), row_of(unit, hearing).version
            scheduling.move(unit, hearing, starts_wall=start_wall, zone=KOLKATA, reason=reason, version=version, by=by)

    def cancel(self, court: str, hearing: str, *, reason: str) -> None:
        """Call it off."""
        with self.units.writing() as unit:
            by, version = self.actor(f"{court}/coordinator"), row_of(unit, hearing).version
            scheduling.cancel(unit, hearing, reason=reason, version=version, by=by)

    def confirm(self, hearing: str, *, by: str) -> None:
        """Confirm it."""
        with self.units.writing() as unit:
            scheduling.confirm(unit, hearing, version=row_of(unit, hearing).version, by=self.actor(by))

    def answer(self, hearing: str, duty: Duty, choice: PartStat = PartStat.ACCEPTED, comment: str = "") -> None:
        """Let whoever has that duty answer by the link of their mail."""
        with self.units.writing() as unit:
            person = next(p for p in row_of(unit, hearing).participants if p.duty is duty)
            sequence = person.sent_sequence
            if sequence is None:
                raise LookupError(f"{duty} of {hearing} was never invited")
            token = unit.ports.tokens.issue(person.public_id, sequence=sequence, now=unit.now)
            seen = answers.page(unit, token).court.at.isoformat()
            answers.give(unit, token, Said(way=Way(choice.value), seen=seen, comment=comment))

    def say(self, hearing: str, duty: Duty, *said: tuple[OptionAnswer, str]) -> None:
        """Let whoever has that duty answer for each option by the link of their mail."""
        with self.units.writing() as unit:
            person = next(p for p in row_of(unit, hearing).participants if p.duty is duty)
            token = unit.ports.option_tokens.issue(person.public_id, sequence=1, now=unit.now)
            option_answers.give(unit, token, dict(enumerate(said, start=1)))

    def settle(self, hearing: str, gate: str, *, by: str, note: str = "") -> None:
        """Tick every open step that holds the gate, and what comes before it."""
        self._tick(hearing, gate, by=by, note=note)

    def tick(self, hearing: str, *, by: str, count: int, note: str = "") -> None:
        """Tick that many of the steps that hold the confirmation."""
        self._tick(hearing, "confirm", by=by, note=note, count=count)

    def settle_past(self, court: str, consul: str, hearing: str) -> None:
        """Tick, in order, what comes before a booking: the application, the order, both coordinators' nomination."""
        with self.units.writing() as unit:
            row = row_of(unit, hearing)
            checklist = step_rows.of_hearing(unit.session, row.id)
            for step in checklist.steps if checklist else ():
                if step.phase in _PAST or step.step_id in _NOMINATED:
                    by = {Duty.JUDGE: f"{court}/judge", Duty.REMOTE_COORDINATOR: consul}
                    who = by.get(Duty(step.roles[0]), f"{court}/coordinator")
                    self._tick_one(unit, row, step.step_id, note="On file", by=self.actor(who))

    def _tick(self, hearing: str, gate: str, *, by: str, note: str, count: int | None = None) -> None:
        with self.units.writing() as unit:
            row = row_of(unit, hearing)
            for step in checklists.open_steps(unit, row, gate)[:count]:
                self._tick_one(unit, row, step.id, note=note, by=self.actor(by))

    def _tick_one(self, unit: Unit, hearing: HearingRow, step_id: str, *, note: str, by: Actor) -> None:
        row = step_rows.step(unit.session, hearing_id=hearing.id, step_id=step_id)
        if row is None or row.state is not StepState.OPEN:
            return
        for name in step_order.names_before(row):
            self._tick_one(unit, hearing, name, note=note, by=by)
        checklists.tick(unit, hearing.reference, step_id, version=row.version, note=note, by=by)


def play(stage: Stage, stories: Iterable[Story]) -> None:
    """Let every story go on when its time has come, and deliver the mails of each moment in that moment."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _resume(stage, waiting, number, story)
    while waiting:
        stage.clock.at, number, story = heapq.heappop(waiting)
        _resume(stage, waiting, number, story)
        while post_office.deliver_one(stage.units, owner=POSTMAN):
            pass


def set_stage(units: Units, mailbox: MailboxSender) -> Stage:
    """A stage on the database of `units`, with places and people entered long before the first story.

    Its mails go nowhere but into the folder.
    """
    now = units.ports.clock.now().replace(second=0, microsecond=0)
    clock = StoryClock(now - BEFORE_EVERYTHING)
    playing = units.with_ports(replace(units.ports, clock=clock, sender=mailbox))
    with playing.writing() as unit:
        where = places.enter(unit)
        who = people.enter(unit, where)
    return Stage(units=playing, clock=clock, places=where, people=who, today_at=now)


def _resume(stage: Stage, waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    try:
        at = next(story)
    except (StopIteration, NothingFree):
        return
    heapq.heappush(waiting, (max(at, stage.clock.at), number, story))


def row_of(unit: Unit, reference: str) -> HearingRow:
    """The hearing that a story has set up."""
    row = hearing_rows.by_reference(unit.session, reference)
    if row is None:
        raise LookupError(reference)
    return row
