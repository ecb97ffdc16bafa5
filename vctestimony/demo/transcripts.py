"""Two transcripts of the demonstration on their way: one waits for the judge's token, one lies at the Remote Point."""

from collections.abc import Iterator
from dataclasses import replace

from vctestimony.demo import casework, sittings
from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import KOLKATA, MUMBAI, USUAL, court_seats, registered
from vctestimony.demo.transcript_steps import Transcript
from vctestimony.domain.casework import Signing
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Rung

_ON_SCREEN = replace(casework.KOLKATA_DHAKA, number="Sessions Case 71/2025", pseudonym="PW-9", signing=Signing.DIGITAL)
_ON_PAPER = replace(casework.MUMBAI_KHULNA, number="Sessions Case 119/2024", pseudonym="PW-2", asked=("trafficking",))


def on_screen(stage: Stage) -> Story:
    """Kolkata and Dhaka, digital at both points: the soft copy is ready for the judge."""
    yield stage.day(-17, 11)
    known = registered(stage, KOLKATA, _ON_SCREEN, days=-19)
    seats = court_seats(KOLKATA) | {"hci-dhaka/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(KOLKATA, "hci-dhaka", known, seats, lengths=USUAL, link=1)
    yield stage.day(-15, 12)
    start_wall = stage.offered(KOLKATA, hearing, first=-12, last=-2)[-1]
    yield from sittings.heard(stage, KOLKATA, "hci-dhaka", hearing, start_wall=start_wall)
    transcript = Transcript(stage, KOLKATA, "hci-dhaka", hearing)
    transcript.fix()
    yield from transcript.go(Rung.READ_OVER, Rung.CORRECTED, Rung.ADMITTED, Rung.OFFERED)


def on_paper(stage: Stage) -> Story:
    """Mumbai and Khulna, on paper: the witness has signed, the Remote Point Coordinator countersigns next."""
    yield stage.day(-17, 11)
    known = registered(stage, MUMBAI, _ON_PAPER, days=-19)
    seats = court_seats(MUMBAI) | {"ahci-khulna/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(MUMBAI, "ahci-khulna", known, seats, lengths=USUAL, link=2)
    yield stage.day(-15, 12)
    start_wall = stage.offered(MUMBAI, hearing, first=-12, last=-2)[-1]
    yield from sittings.heard(stage, MUMBAI, "ahci-khulna", hearing, start_wall=start_wall)
    transcript = Transcript(stage, MUMBAI, "ahci-khulna", hearing)
    transcript.fix()
    yield from transcript.go(Rung.READ_OVER, Rung.CORRECTED, Rung.ADMITTED, Rung.JUDGE_SIGNED, Rung.PARTIES_SIGNED)
    yield from transcript.go(Rung.SCANNED_AT_COURT, Rung.SENT)
    yield from transcript.go(Rung.WITNESS_SIGNED, minutes=25)


def told(stage: Stage) -> Iterator[Story]:
    """Both stories."""
    yield from (tell(stage) for tell in (on_screen, on_paper))
