"""A clerk in a process of its own: books, moves, cancels, changes rooms, people and addresses until it is killed."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.town import LENGTHS, Matter, Town
from tests.reliability.visitor import NotThere, Visitor
from tests.services.planned import KOLKATA
from tests.web.browsing import seated
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Duty
from vctestimony.services import officials, planning, scheduling
from vctestimony.services.officials import NewOfficial
from vctestimony.services.seating import Seat
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, OfficialRow

DONE = "done.jsonl"
OVER_HTTP = 0.25
LONGEST_BREAK = 0.4
"""Seconds between two deeds: the workers are to keep up, or most mails are overtaken before they leave."""
REASON = "Another matter goes first"
_LIVE = frozenset({State.REQUESTED, State.BOOKED})
_DEEDS = (("move", 46), ("people", 22), ("rooms", 18), ("address", 8), ("cancel", 3))


@dataclass(slots=True)
class Clerk:
    """One clerk's hands: the services, and a browser."""

    units: Units
    town: Town
    visitor: Visitor
    dice: random.Random
    note: Path

    def work(self) -> None:
        """One thing after the other, for ever. Whatever is refused is tried another day."""
        while True:
            matter = self.dice.choice(self.town.matters)
            try:
                deed, way = self._one(matter)
            except (Refusal, NotThere):
                continue
            if deed:
                self._write_down(deed, way)
            time.sleep(self.dice.uniform(0, LONGEST_BREAK))

    def _one(self, matter: Matter) -> tuple[str, str]:
        state, version = self._look(matter)
        if state not in _LIVE:
            return "", ""
        names, weights = [name for name, _ in _DEEDS], [weight for _, weight in _DEEDS]
        deed = "book" if state is State.REQUESTED else self.dice.choices(names, weights)[0]
        if deed in {"book", "move", "cancel"} and self.dice.random() < OVER_HTTP:
            return (deed, "http") if self._on_the_page(deed, matter) else ("", "")
        if deed == "address":
            self._correct_an_address(matter)
            version = self._look(matter)[1]
        with self.units.writing() as unit:
            self._deeds[deed](unit, matter, version)
        return deed, "service"

    @property
    def _deeds(self) -> dict[str, Callable[[Unit, Matter, int], None]]:
        return {
            "book": self._book,
            "move": self._move,
            "cancel": self._cancel,
            "people": self._people,
            "rooms": self._rooms,
            "address": self._same_people,
        }

    def _look(self, matter: Matter) -> tuple[State, int]:
        with self.units.reading() as unit:
            row = _row(unit, matter)
            return row.state, row.version

    def _number(self) -> int:
        return self.dice.randrange(1 << 20)

    def _book(self, unit: Unit, matter: Matter, version: int) -> None:
        start, by = matter.start(self._number()), self.town.coordinator
        scheduling.book(unit, matter.reference, starts_wall=start, zone=KOLKATA, version=version, by=by)

    def _move(self, unit: Unit, matter: Matter, version: int) -> None:
        start, by = matter.start(self._number()), self.town.coordinator
        scheduling.move(unit, matter.reference, starts_wall=start, zone=KOLKATA, reason=REASON, version=version, by=by)

    def _cancel(self, unit: Unit, matter: Matter, version: int) -> None:
        scheduling.cancel(unit, matter.reference, reason=REASON, version=version, by=self.town.coordinator)

    def _people(self, unit: Unit, matter: Matter, version: int) -> None:
        seats = matter.circle.seats(self._number())
        planning.name_people(unit, matter.reference, seats, version=version, by=self.town.coordinator)

    def _rooms(self, unit: Unit, matter: Matter, version: int) -> None:
        rooms = matter.circle.rooms(self._number(), lengths=self.dice.choice(LENGTHS))
        planning.change_rooms(unit, matter.reference, rooms, version=version, by=self.town.coordinator)

    def _correct_an_address(self, matter: Matter) -> None:
        """One of three for each person; a hearing tells the old mailbox and the new one when it is looked at next."""
        person = self.dice.choice(list(matter.circle.people.values()))
        with self.units.writing() as unit:
            row = unit.session.get_one(OfficialRow, person)
            name, _, host = row.email.partition("@")
            wanted = NewOfficial(
                name=row.name,
                designation=row.designation,
                post_id=row.post_id,
                duties=tuple(Duty(duty) for duty in row.duties),
                email=f"{name.partition('+')[0]}+{self._number() % 3}@{host}",
                phone=row.phone,
                language=row.language,
            )
            officials.revise_official(unit, person, wanted, version=row.version, by=self.town.administrator)

    def _same_people(self, unit: Unit, matter: Matter, version: int) -> None:
        people = [one for one in _row(unit, matter).participants if one.removed_at is None]
        seats = [Seat(one.official_id, one.duty, one.is_required) for one in people]
        planning.name_people(unit, matter.reference, seats, version=version, by=self.town.coordinator)

    def _on_the_page(self, deed: str, matter: Matter) -> bool:
        at = f"/hearings/{matter.reference}"
        if deed == "cancel":
            return self.visitor.send(f"{at}/cancel", f"{at}/cancel", reason=REASON)
        page = f"{at}/book?start={matter.start(self._number()).isoformat()}"
        if deed == "book":
            return self.visitor.send(page, f"{at}/book", what="book")
        return self.visitor.send(page, f"{at}/move", reason=REASON)

    def _write_down(self, deed: str, way: str) -> None:
        with self.note.open("a", encoding="ascii") as file:
            file.write(json.dumps([deed, way]) + "\n")


def _row(unit: Unit, matter: Matter) -> HearingRow:
    row = hearings.by_reference(unit.session, matter.reference)
    if row is None:
        raise LookupError(matter.reference)
    return row


def work(units: Units, town: Town, *, port: int, seed: int, note: Path) -> None:
    """Be such a clerk; another one after each death."""
    account_id = town.coordinator.account_id or 0
    visitor = Visitor(port, enter=lambda: seated(units, account_id))
    Clerk(units, town, visitor, random.Random(seed), note).work()


def deeds_done(note: Path) -> Counter[tuple[str, str]]:
    """What was done in which way, as far as the clerks lived to write it down."""
    lines = note.read_text(encoding="ascii").split("\n") if note.exists() else []
    return Counter(tuple(json.loads(line)) for line in lines[:-1])
