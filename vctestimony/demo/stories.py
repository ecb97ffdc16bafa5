"""What happened, and is about to happen, in the demonstration: one hearing in every state, each told as a story."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from vctestimony.demo import casework
from vctestimony.demo.stage import Registered, Stage, Story
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.itip import PartStat
from vctestimony.domain.options import OptionAnswer
from vctestimony.domain.people import Duty
from vctestimony.services import lapsing

MUMBAI, KOLKATA, DELHI, ERNAKULAM = "mumbai-sessions", "kolkata-sessions", "delhi-sessions", "ernakulam-sessions"
CAN, IF_NEEDED, CANNOT = OptionAnswer.CAN, OptionAnswer.IF_NEEDED, OptionAnswer.CANNOT
SHORT, USUAL = Lengths(15, 45, 15), Lengths(15, 60, 15)
_SECOND_LINK, _THIRD_LINK = 1, 2


def court_seats(court: str) -> dict[str, Duty]:
    """The people of a court who sit in every hearing."""
    return {
        f"{court}/judge": Duty.JUDGE,
        f"{court}/coordinator": Duty.COURT_COORDINATOR,
        f"{court}/prosecutor": Duty.PROSECUTION,
        f"{court}/defence": Duty.DEFENCE,
    }


def registered(
    stage: Stage, court: str, matter: casework.Matter, *, days: int, within: int | None = None
) -> Registered:
    """The case with its order of some days ago; `within` ends the days that the order allows."""
    until = None if within is None else stage.on(within)
    return stage.register(
        court, matter.case(), matter.order(stage.court_day(days), not_after_on=until), matter.witness()
    )


def requested(stage: Stage) -> Story:
    """A child witness in Chattogram; nobody has looked for a time yet."""
    yield stage.day(-6, 12)
    known = registered(stage, ERNAKULAM, casework.ERNAKULAM_CHATTOGRAM, days=-8)
    yield stage.day(-5, 15)
    seats = court_seats(ERNAKULAM) | {
        "ahci-chattogram/consular": Duty.REMOTE_COORDINATOR,
        f"{ERNAKULAM}/interpreter": Duty.INTERPRETER,
    }
    stage.plan(ERNAKULAM, "ahci-chattogram", known, seats, lengths=SHORT)


def held(stage: Stage) -> Story:
    """A witness in Kathmandu, in the zone of the quarter hours; three times are held while people are asked."""
    yield stage.day(-9, 12)
    known = registered(stage, DELHI, casework.DELHI_KATHMANDU, days=-12)
    seats = court_seats(DELHI) | {"eoi-kathmandu/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(DELHI, "eoi-kathmandu", known, seats, lengths=USUAL)
    yield stage.day(-1, 16)
    times = stage.offered(DELHI, hearing, first=10, last=60)
    stage.offer(DELHI, hearing, *one_a_day(times)[:3])
    stage.say(hearing, Duty.JUDGE, (CAN, ""), (CAN, ""), (CANNOT, "At the High Court that day."))
    stage.say(hearing, Duty.REMOTE_COORDINATOR, (CAN, ""), (IF_NEEDED, "Our second room only."), (CAN, ""))
    stage.say(hearing, Duty.PROSECUTION, (IF_NEEDED, ""), (CAN, ""), (CAN, ""))


def one_a_day(starts: Iterable[datetime]) -> list[datetime]:
    """The first start of each day."""
    first: dict[date, datetime] = {}
    for start in starts:
        first.setdefault(start.date(), start)
    return list(first.values())


def booked(stage: Stage) -> Story:
    """Mumbai and Dhaka; one official cannot say yet, the defence declined, some steps are done."""
    yield stage.day(-13, 12)
    known = registered(stage, MUMBAI, casework.MUMBAI_DHAKA, days=-20)
    seats = court_seats(MUMBAI) | {
        "taloja-prison/superintendent": Duty.PRISON,
        "hci-dhaka/consular": Duty.REMOTE_COORDINATOR,
        "legal-aid-jashore/interpreter": Duty.INTERPRETER,
        "legal-aid-jashore/support": Duty.SUPPORT_PERSON,
        "legal-aid-jashore/lawyer": Duty.LEGAL_STAFF,
    }
    hearing = stage.plan(MUMBAI, "hci-dhaka", known, seats, lengths=USUAL)
    yield stage.day(-7, 11, 40)
    stage.book(MUMBAI, hearing, stage.offered(MUMBAI, hearing, first=12, last=60)[0])
    yield stage.day(-6, 10, 20)
    stage.answer(hearing, Duty.REMOTE_COORDINATOR)
    stage.answer(hearing, Duty.SUPPORT_PERSON, comment="আমি সাক্ষীর সঙ্গে এক ঘণ্টা আগে পৌঁছাব।")
    yield stage.day(-5, 14, 5)
    stage.answer(hearing, Duty.INTERPRETER, PartStat.TENTATIVE, "Only if the afternoon bus from Jashore runs.")
    stage.answer(hearing, Duty.DEFENCE, PartStat.DECLINED, "Part-heard before another court that week.")
    yield stage.day(-4, 12, 30)
    stage.tick(hearing, by=f"{MUMBAI}/coordinator", count=4, note="Letter on file")


def elsewhere_in_india(stage: Stage) -> Story:
    """A witness in prison in Maharashtra, heard from Kolkata; moved once."""
    yield stage.day(-15, 11)
    known = registered(stage, KOLKATA, casework.KOLKATA_TALOJA, days=-17)
    seats = court_seats(KOLKATA) | {
        "taloja-prison/superintendent": Duty.REMOTE_COORDINATOR,
        f"{KOLKATA}/interpreter": Duty.INTERPRETER,
    }
    hearing = stage.plan(KOLKATA, "taloja-prison", known, seats, lengths=SHORT, link=_SECOND_LINK)
    yield stage.day(-8, 12)
    times = stage.offered(KOLKATA, hearing, first=15, last=60)
    stage.book(KOLKATA, hearing, times[0])
    yield stage.day(-3, 15)
    stage.move(KOLKATA, hearing, times[min(6, len(times) - 1)], reason="The judge is at a training that morning.")
    yield stage.day(-2, 11)
    stage.answer(hearing, Duty.REMOTE_COORDINATOR)


def confirmed(stage: Stage) -> Story:
    """By mutual legal assistance, from the court in Jashore; every gate is closed, it can take place."""
    yield stage.day(-30, 11)
    known = registered(stage, KOLKATA, casework.KOLKATA_JASHORE, days=-40)
    seats = court_seats(KOLKATA) | {
        "hci-dhaka/consular": Duty.REMOTE_COORDINATOR,
        "jashore-magistrates/magistrate": Duty.MAGISTRATE,
        "legal-aid-jashore/support": Duty.SUPPORT_PERSON,
    }
    hearing = stage.plan(KOLKATA, "jashore-magistrates", known, seats, lengths=USUAL, link=_SECOND_LINK)
    stage.settle_past(KOLKATA, "hci-dhaka/consular", hearing)
    yield stage.day(-20, 13)
    stage.book(KOLKATA, hearing, stage.offered(KOLKATA, hearing, first=3, last=60)[0])
    yield stage.day(-19, 16)
    for duty in (Duty.REMOTE_COORDINATOR, Duty.MAGISTRATE, Duty.SUPPORT_PERSON, Duty.PROSECUTION, Duty.DEFENCE):
        stage.answer(hearing, duty)
    yield stage.day(-2, 12)
    stage.settle(hearing, "confirm", by=f"{KOLKATA}/coordinator", note="Seen and on file")
    yield stage.day(-1, 13, 30)
    stage.confirm(hearing, by=f"{KOLKATA}/judge")


def cancelled(stage: Stage) -> Story:
    """A witness in London; the accused admitted the facts and the witness is no longer needed."""
    yield stage.day(-26, 11)
    known = registered(stage, DELHI, casework.DELHI_LONDON, days=-33)
    seats = court_seats(DELHI) | {"hci-london/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(DELHI, "hci-london", known, seats, lengths=SHORT, link=_THIRD_LINK)
    yield stage.day(-24, 15)
    stage.book(DELHI, hearing, stage.offered(DELHI, hearing, first=5, last=50)[0])
    yield stage.day(-21, 12)
    stage.answer(hearing, Duty.REMOTE_COORDINATOR)
    yield stage.day(-4, 11)
    stage.cancel(DELHI, hearing, reason="The fact was admitted under s. 330 BNSS; the witness is not needed.")


def lapsed(stage: Stage) -> Story:
    """The order allowed thirty days and nobody booked a time in them."""
    yield stage.day(-45, 11)
    known = registered(stage, ERNAKULAM, casework.ERNAKULAM_SYLHET, days=-50, within=-20)
    seats = court_seats(ERNAKULAM) | {"ahci-sylhet/consular": Duty.REMOTE_COORDINATOR}
    stage.plan(ERNAKULAM, "ahci-sylhet", known, seats, lengths=SHORT)
    yield stage.day(-15, 6)
    with stage.units.writing() as unit:
        lapsing.lapse_overdue(unit)


def told(stage: Stage) -> Iterator[Story]:
    """Every story."""
    yield from (tell(stage) for tell in (requested, held, booked, elsewhere_in_india, confirmed, cancelled, lapsed))
