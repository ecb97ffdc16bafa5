"""Whatever happens to a hearing, the letters replayed in order leave every attendee's calendar equal to the truth."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.adapters.letter_examples import BOOKED, DHAKA, INTERPRETER, JUDGE, MUMBAI, NOW, OFFICIAL, link, moved
from tests.adapters.test_ical import event_of, values
from vctestimony.adapters.ical import scheduling_object
from vctestimony.domain.invited import Invited, as_it_leaves, plan_messages
from vctestimony.domain.itip import PartStat, Revision
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import Invitee, Kind, Letter, Other, Point
from vctestimony.domain.people import SCREENED, Duty

COORDINATOR = replace(JUDGE, participant="p-coordinator", duty=Duty.COURT_COORDINATOR, address="desk@court.example")
POOL = {one.participant: one for one in (OFFICIAL, JUDGE, INTERPRETER, COORDINATOR)}
ADDRESSES = (*(one.address for one in POOL.values()), "deputy@mission.example", "registry@court.example")
Entry = tuple[datetime, datetime, str, str, frozenset[str]]


@dataclass
class Program:
    """A calendar that keeps RFC 5546 2.1.5 and no more: higher SEQUENCE wins, then later DTSTAMP."""

    seen: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    def read(self, data: bytes, *, owner: str) -> None:
        event = event_of(data)
        uid, revision = str(event["UID"]), (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
        if uid in self.seen and revision <= self.seen[uid]:
            return
        self.seen[uid] = revision
        listed = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
        addresses = [str(one).removeprefix("mailto:") for one in listed]
        assert addresses[0] == owner
        if values(data, "METHOD") == ["METHOD:CANCEL"]:
            assert addresses == [owner]
            self.entries.pop(uid, None)
        else:
            joined = str(event.get("CONFERENCE", ""))
            times = event["DTSTART"].dt, event["DTEND"].dt
            self.entries[uid] = (*times, str(event["LOCATION"]), joined, frozenset(addresses[1:]))


class Correspondence(RuleBasedStateMachine):
    """A hearing whose facts change in any order, mails that wait in the outbox, and a calendar behind each address."""

    def __init__(self) -> None:
        super().__init__()
        self.named = {"p-remote": OFFICIAL, "p-judge": JUDGE}
        self.known: dict[str, Invitee] = {}
        self.later, self.calls, self.place, self.now = timedelta(0), False, DHAKA, NOW
        self.last: Revision | None = None
        self.waiting: list[Letter] = []
        self.left: dict[str, Kind] = {}
        self.programs = {address: Program() for address in ADDRESSES}

    @initialize(shows=st.booleans(), tells=st.booleans())
    def set_up(self, shows: bool, tells: bool) -> None:
        self.shows, self.number, self.tells = shows, 1, tells

    @property
    def joining(self) -> Joining | None:
        return Joining(f"https://meet.example/{self.number}") if self.tells else None

    def stands(self) -> Invited | None:
        known = tuple(self.known.values())
        return replace(BOOKED, invitees=known, remote=self.place) if known else None

    def truth(self) -> Invited | None:
        if not self.calls or not self.named:
            return None
        details = f"joining {self.number}"
        people = tuple(
            replace(one, details=one.details + details, ends=(MUMBAI, self.place), others=self.others(one))
            for one in self.named.values()
        )
        return moved(replace(BOOKED, invitees=people, joining=self.joining, remote=self.place), by=self.later)

    def others(self, one: Invitee) -> tuple[Other, ...] | None:
        present = (each for each in self.named.values() if each is not one and each.duty not in SCREENED)
        return tuple(Other(each.name, each.address, each.duty) for each in present) if self.shows else None

    def planned(self) -> tuple[Letter, ...]:
        return plan_messages(self.stands(), self.truth(), last=self.last, now=self.now, answer_url=link)

    def announce(self) -> None:
        letters = self.planned()
        if letters:
            revision = Revision(letters[0].sequence, letters[0].dtstamp_at)
            assert {(letter.sequence, letter.dtstamp_at, letter.uid) for letter in letters} == {
                (revision.sequence, revision.dtstamp_at, BOOKED.uid)
            }
            assert self.last is None or (revision.sequence, revision.dtstamp_at) > (
                self.last.sequence,
                self.last.dtstamp_at,
            )
            self.last = revision
        for letter in letters:
            self.write(letter)
        self.known = {who: one for who, one in self.known.items() if who in self.named and self.calls}
        assert self.planned() == ()

    def write(self, letter: Letter) -> None:
        address = letter.to.address
        self.waiting = [one for one in self.waiting if one.to.address != address]
        if letter.kind is Kind.CANCELLATION:
            self.known.pop(letter.to.participant, None)
        else:
            self.known[letter.to.participant] = letter.to
        leaving = as_it_leaves(letter, stands=self.left.get(address, Kind.CANCELLATION) is not Kind.CANCELLATION)
        if leaving is not None:
            self.waiting.append(leaving)

    def deliver(self, letters: Iterable[Letter]) -> None:
        for letter in letters:
            self.waiting.remove(letter)
            self.left[letter.to.address] = letter.kind
            others = tuple((one.name, one.address) for one in letter.to.others or ())
            shown = others if letter.kind is not Kind.CANCELLATION else ()
            where = letter.remote.city
            data = scheduling_object(letter, summary="Hearing", location=where, description="x", others=shown)
            self.programs[letter.to.address].read(data, owner=letter.to.address)

    def free(self) -> list[str]:
        taken = {one.address for one in self.named.values()}
        return [address for address in ADDRESSES if address not in taken]

    @rule(calls=st.booleans())
    def call_or_call_off(self, calls: bool) -> None:
        self.calls = calls
        self.announce()

    @rule(minutes=st.integers(0, 3))
    def move(self, minutes: int) -> None:
        self.later = timedelta(minutes=minutes)
        self.announce()

    @rule(city=st.sampled_from(["Dhaka", "Sylhet"]))
    def place_elsewhere(self, city: str) -> None:
        self.place = Point(city, "Asia/Dhaka")
        self.announce()

    @rule()
    def change_the_joining_address(self) -> None:
        self.number += 1
        self.announce()

    @rule(who=st.sampled_from(sorted(POOL)))
    def name_or_release(self, who: str) -> None:
        if who in self.named:
            del self.named[who]
        elif POOL[who].address in self.free():
            self.named[who] = POOL[who]
        self.announce()

    @precondition(lambda self: self.named)
    @rule(data=st.data())
    def correct_an_address_or_let_a_successor_have_the_mailbox(self, data: st.DataObject) -> None:
        who = data.draw(st.sampled_from(sorted(self.named)))
        one = self.named[who]
        if data.draw(st.booleans()):
            self.named[who] = replace(one, address=data.draw(st.sampled_from(self.free())))
        elif spare := sorted(POOL.keys() - self.named.keys()):
            del self.named[who]
            self.named[spare[0]] = replace(POOL[spare[0]], address=one.address)
        self.announce()

    @precondition(lambda self: len(self.named) > 1)
    @rule()
    def swap_two_mailboxes(self) -> None:
        (first, one), (second, other), *_ = self.named.items()
        self.named |= {first: replace(one, address=other.address), second: replace(other, address=one.address)}
        self.announce()

    @precondition(lambda self: self.known)
    @rule(part_stat=st.sampled_from(list(PartStat)))
    def answer(self, part_stat: PartStat) -> None:
        who = next(iter(self.known))
        self.known[who] = replace(self.known[who], part_stat=part_stat)
        if who in self.named:
            self.named[who] = replace(self.named[who], part_stat=part_stat)

    @rule(count=st.integers(1, 3))
    def let_some_leave(self, count: int) -> None:
        self.deliver(self.waiting[:count])

    @rule()
    def let_all_leave(self) -> None:
        self.deliver(tuple(self.waiting))

    @invariant()
    def once_all_have_left_every_calendar_is_right(self) -> None:
        if self.waiting:
            return
        truth = self.truth()
        expected = {one.address: self.entry(one) for one in truth.invitees} if truth else {}
        for address, program in self.programs.items():
            assert program.entries.get(BOOKED.uid) == expected.get(address), address

    def entry(self, one: Invitee) -> Entry:
        others = frozenset(each.address for each in one.others or ())
        return one.start_at, one.end_at, self.place.city, self.joining.address if self.joining else "", others

    def teardown(self) -> None:
        self.deliver(tuple(self.waiting))
        self.once_all_have_left_every_calendar_is_right()


TestCorrespondence = Correspondence.TestCase
TestCorrespondence.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
