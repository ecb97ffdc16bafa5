"""The hearing of the demonstration that can be held at once: Kolkata and Dhaka, on paper, confirmed and not opened."""

from dataclasses import replace
from datetime import timedelta

from vctestimony.demo import casework, sittings
from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import KOLKATA, USUAL, court_seats, registered
from vctestimony.domain.people import Duty

_MATTER = replace(casework.KOLKATA_DHAKA, number="Special Case 29/2025", pseudonym="PW-5", asked=("trafficking",))
_CONSUL = "hci-dhaka/consular"


def to_be_opened(stage: Stage) -> Story:
    """At the last time before now at which both ends could sit; every gate is closed, and nothing is logged."""
    yield stage.day(-22, 12)
    known = registered(stage, KOLKATA, _MATTER, days=-24)
    seats = court_seats(KOLKATA) | {_CONSUL: Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(KOLKATA, "hci-dhaka", known, seats, lengths=USUAL)
    yield stage.day(-20, 13)
    begins_at = stage.book(KOLKATA, hearing, sittings.latest(stage, KOLKATA, hearing))
    stage.settle_past(KOLKATA, _CONSUL, hearing)
    yield stage.day(-19, 12)
    for duty in (Duty.JUDGE, Duty.REMOTE_COORDINATOR, Duty.PROSECUTION, Duty.DEFENCE):
        stage.answer(hearing, duty)
    yield begins_at - timedelta(days=2)
    stage.settle(hearing, "confirm", by=f"{KOLKATA}/coordinator", note="Seen and on file")
    stage.confirm(hearing, by=f"{KOLKATA}/judge")
    yield begins_at - timedelta(minutes=12)
    stage.settle(hearing, "start", by=f"{KOLKATA}/coordinator", note="Checked on the day")
