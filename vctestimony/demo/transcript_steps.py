"""How a transcript of the demonstration goes from step to step, each at its own end; its scans are white pages."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from vctestimony.demo.stage import Stage, Story, row_of
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import wall_of
from vctestimony.domain.record.cycle import READING, Rung
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.services import cycle_files, cycle_offering, cycle_standing, deposition_fixing, signing_cycle
from vctestimony.services.signing_cycle import Told

_ANSWERS: Mapping[Rung, Mapping[str, str]] = {
    Rung.READ_OVER: {"manner": "read", "who": "The presiding officer", "present": "both"},
    Rung.CORRECTED: {"outcome": "none"},
    Rung.ADMITTED: {"who": "The presiding officer"},
    Rung.JUDGE_SIGNED: {"who": "The presiding officer", "initialled": "yes"},
    Rung.PARTIES_SIGNED: {"who": "The Special Public Prosecutor; counsel for the accused"},
    Rung.WITNESS_SIGNED: {"who": "The Remote Point Coordinator", "in_full": "yes"},
    Rung.COUNTERSIGNED: {"who": "The Remote Point Coordinator"},
    Rung.HOST_SIGNED: {"outcome": "signed", "who": "The mission's consular official"},
    Rung.RECEIVED: {"who": "The Court Point Coordinator"},
    Rung.DISPATCHED: {"means": "post", "carrier": "Bangladesh Post", "consignment": "EE402117365BD"},
    Rung.COPY_RECEIVED: {"who": "The Court Point Coordinator"},
}


@dataclass(frozen=True, slots=True)
class Transcript:
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

    def signed_and_sent(self) -> Story:
        """On paper, at both points and back; the hard copy leaves on the next day."""
        self.fix()
        yield from self.go(*READING, Rung.JUDGE_SIGNED, Rung.PARTIES_SIGNED, Rung.SCANNED_AT_COURT, Rung.SENT)
        yield from self.go(Rung.WITNESS_SIGNED, Rung.COUNTERSIGNED, Rung.HOST_SIGNED, Rung.SCANNED_AT_REMOTE)
        yield from self.go(Rung.SENT_BACK, Rung.RECEIVED)
        yield from self.go(Rung.DISPATCHED, minutes=20 * 60)

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
        scan = cycle_files.looked_through(units.ports, _white_page(585 + number)) if words.scan else None
        with units.writing() as unit:
            signing_cycle.do(unit, self.hearing, rung, told, by=by, scan=scan)


def _white_page(height: int, width: int = 413) -> bytes:
    """An A4 page at 50 dots to the inch with nothing on it, as a scanner writes PNG."""
    rows = b"".join(b"\x00" + b"\xff" * ((width + 7) // 8) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
