"""The backlog of the demonstration: witnesses of several cases at several missions who wait for a time."""

from dataclasses import dataclass, replace

from vctestimony.demo.casework import MUMBAI_DHAKA, Matter
from vctestimony.demo.stage import Registered, Stage, Story
from vctestimony.demo.stories import MUMBAI, SHORT, USUAL, court_seats
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.people import Duty
from vctestimony.services import cases, witnesses
from vctestimony.store import cases as case_rows

USUALLY = 12
MISSIONS = ("hci-dhaka", "ahci-khulna", "ahci-rajshahi", "ahci-sylhet", "ahci-chattogram")
_PER_CASE = 4
_LENGTHS = (USUAL, SHORT, Lengths(15, 30, 15), USUAL, SHORT, Lengths(15, 90, 15), SHORT)
_PLAIN = ("trafficking", "interpreter", "vulnerable")
_CHILD = ("trafficking", "sexual", "pocso", "child", "interpreter", "vulnerable", "support_person")


@dataclass(frozen=True, slots=True)
class _Case:
    """One of the cases, by its number among them; every third is about children."""

    number: int

    @property
    def is_of_children(self) -> bool:
        """Whether its witnesses are children in a case under the POCSO Act."""
        return self.number % 3 == 1

    def matter(self, witness: int) -> Matter:
        """The case with one of its witnesses."""
        return replace(
            MUMBAI_DHAKA,
            number=f"Sessions Case {501 + self.number}/2025",
            title=f"State of Maharashtra v. W. Doe {self.number + 1}",
            pseudonym=f"PW-{witness + 1}",
            identity=(f"Invented witness {self.number + 1}-{witness + 1}", "Example village", "+880 00 5550 0150"),
            asked=_CHILD if self.is_of_children else _PLAIN,
            conditions="",
        )


def waiting(stage: Stage, count: int) -> Story:
    """So many hearings of the court in Mumbai that nobody has looked for a time for yet."""
    yield stage.day(-30, 12)
    for first in range(0, count, _PER_CASE):
        yield stage.day(_registered_days(first // _PER_CASE), 13)
        case = _Case(first // _PER_CASE)
        _enter(stage, case, first=first, count=min(_PER_CASE, count - first))


def _registered_days(number: int) -> int:
    """From today, the day on which that case was registered."""
    return -24 + min(2 * number, 20)


def _enter(stage: Stage, case: _Case, *, first: int, count: int) -> None:
    """The case, its order, its witnesses, and a hearing of each."""
    by = stage.actor(f"{MUMBAI}/coordinator")
    with stage.units.writing() as unit:
        entry = case.matter(0).case()
        if case.is_of_children:
            entry = replace(entry, cognizance_on=stage.on(_registered_days(case.number) - 3))
        reference = cases.register(unit, entry, by=by)
        cases.add_order(unit, reference, case.matter(0).order(stage.court_day(-31)), by=by)
        row = case_rows.case_by_reference(unit.session, reference)
        if row is None:
            raise LookupError(reference)
        order_id = row.orders[-1].id
    for number in range(count):
        with stage.units.writing() as unit:
            who = witnesses.register(unit, reference, case.matter(number).witness(), by=by)
        mission = MISSIONS[(first + number // 2) % len(MISSIONS)]
        seats = court_seats(MUMBAI) | {
            f"{mission}/consular": Duty.REMOTE_COORDINATOR,
            f"{MUMBAI}/interpreter": Duty.INTERPRETER,
        }
        known = Registered(reference, order_id, who)
        lengths = _LENGTHS[(first + number) % len(_LENGTHS)]
        stage.plan(MUMBAI, mission, known, seats, lengths=lengths, link=(first + number) % 3)
