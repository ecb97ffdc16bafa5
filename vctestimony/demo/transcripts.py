"""Two transcripts of the demonstration on their way: one waits for the judge's token, one lies at the Remote Point."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from vctestimony.demo import casework, sittings
from vctestimony.demo.stage import Stage, Story, row_of
from vctestimony.demo.stories import KOLKATA, MUMBAI, USUAL, court_seats, registered
from vctestimony.domain.casework import Signing
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import wall_of
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.services import cycle_files, cycle_offering, cycle_standing, deposition_fixing, signing_cycle
from vctestimony.services.signing_cycle import Told

_ON_SCREEN = replace(casework.KOLKATA_DHAKA, number="Sessions Case 71/2025", pseudonym="PW-9", signing=Signing.DIGITAL)
_ON_PAPER = replace(casework.MUMBAI_KHULNA, number="Sessions Case 119/2024", pseudonym="PW-2", asked=("trafficking",))
_ANSWERS: Mapping[Rung, Mapping[str, str]] = {
    Rung.READ_OVER: {"manner": "read", "who": "The presiding officer", "present": "both"},
    Rung.CORRECTED: {"outcome": "none"},
    Rung.ADMITTED: {"who": "The presiding officer"},
    Rung.JUDGE_SIGNED: {"who": "The presiding officer", "initialled": "yes"},
    Rung.PARTIES_SIGNED: {"who": "The Special Public Prosecutor; counsel for the accused"},
    Rung.WITNESS_SIGNED: {"who": "The Remote Point Coordinator", "in_full": "yes"},
}


@dataclass(frozen=True, slots=True)
class _Transcript:
    """The transcript of a hearing that was closed, with its two ends."""

    stage: Stage
    court: str
    remote: str
    hearing: str

    def fix(self) -> None:
        """Let no line change any more."""
        with self.stage.units.writing() as unit:
            version = deposition_fixing.version_of(unit, row_of(unit, self.hearing))
            by = self.stage.actor(f"{self.court}/coordinator")
            deposition_fixing.fix(unit, self.hearing, version=version, by=by)

    def go(self, *rungs: Rung, minutes: int = 3) -> Story:
        """Do these steps, so many minutes after each other."""
        for rung in rungs:
            yield self.stage.clock.at + timedelta(minutes=minutes)
            self._do(rung)

    def _do(self, rung: Rung) -> None:
        words, units = RUNGS[rung], self.stage.units
        by = self.stage.actor(f"{self.court}/coordinator" if words.end is End.COURT else f"{self.remote}/consular")
        with units.reading() as unit:
            row = row_of(unit, self.hearing)
            number = len(cycle_standing.moves(unit, row))
            began = wall_of(unit.now - timedelta(minutes=12), row.court.zone).time() if words.timed else None
        if rung is Rung.OFFERED:
            cycle_offering.offer(units, self.hearing, number=number, language="en", by=by)
            return
        told = Told(number=number, answers=_ANSWERS.get(rung, {}), began=began)
        scan = cycle_files.looked_through(units.ports, _white_page()) if words.scan else None
        with units.writing() as unit:
            signing_cycle.do(unit, self.hearing, rung, told, by=by, scan=scan)


def on_screen(stage: Stage) -> Story:
    """Kolkata and Dhaka, digital at both points: the soft copy is ready for the judge."""
    yield stage.day(-17, 11)
    known = registered(stage, KOLKATA, _ON_SCREEN, days=-19)
    seats = court_seats(KOLKATA) | {"hci-dhaka/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(KOLKATA, "hci-dhaka", known, seats, lengths=USUAL, link=1)
    yield stage.day(-15, 12)
    start_wall = stage.offered(KOLKATA, hearing, first=-12, last=-2)[-1]
    yield from sittings.heard(stage, KOLKATA, "hci-dhaka", hearing, start_wall=start_wall)
    transcript = _Transcript(stage, KOLKATA, "hci-dhaka", hearing)
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
    transcript = _Transcript(stage, MUMBAI, "ahci-khulna", hearing)
    transcript.fix()
    yield from transcript.go(Rung.READ_OVER, Rung.CORRECTED, Rung.ADMITTED, Rung.JUDGE_SIGNED, Rung.PARTIES_SIGNED)
    yield from transcript.go(Rung.SCANNED_AT_COURT, Rung.SENT)
    yield from transcript.go(Rung.WITNESS_SIGNED, minutes=25)


def told(stage: Stage) -> Iterator[Story]:
    """Both stories."""
    yield from (tell(stage) for tell in (on_screen, on_paper))


def _white_page(width: int = 413, height: int = 585) -> bytes:
    """An A4 page at 50 dots to the inch with nothing on it, as a scanner writes PNG."""
    rows = b"".join(b"\x00" + b"\xff" * ((width + 7) // 8) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
