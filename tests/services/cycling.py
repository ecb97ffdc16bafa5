"""Takes the transcript of a test's hearing along its way, step by step, on either path."""

import io
from datetime import time
from hashlib import sha256

import pypdf

from tests.fakes import FrozenClock
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, started
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.casework import Signing
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Made, Path, Rung, Standing
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.record.speech import Stage
from vctestimony.domain.signing import Method
from vctestimony.services import (
    cycle_files,
    cycle_offering,
    cycle_standing,
    deposition_fixing,
    depositions,
    record_values,
    signing,
)
from vctestimony.services import signing_cycle as cycle
from vctestimony.services.signing_cycle import Told
from vctestimony.services.unit import Unit, Units
from vctestimony.store import hearings
from vctestimony.store import signing as signatures
from vctestimony.store.models import HearingRow, SignatureRow

OPENED = time(11, 0)
ANSWERS: dict[Rung, dict[str, str]] = {
    Rung.READ_OVER: {"manner": "interpreted", "who": "The judge; Nasrin Alam", "present": "advocate"},
    Rung.CORRECTED: {"outcome": "none"},
    Rung.ADMITTED: {"who": "The judge"},
    Rung.JUDGE_SIGNED: {"who": "The judge", "initialled": "yes"},
    Rung.PARTIES_SIGNED: {"who": "The prosecutor; counsel for the defence"},
    Rung.WITNESS_SIGNED: {"who": "Rina Das", "in_full": "yes"},
    Rung.COUNTERSIGNED: {"who": "Rina Das"},
    Rung.HOST_SIGNED: {"outcome": "signed", "who": "The consul"},
    Rung.RECEIVED: {"who": "The coordinator"},
    Rung.DISPATCHED: {"means": "post", "carrier": "Bangladesh Post", "consignment": "EE123456789BD"},
    Rung.COPY_RECEIVED: {"who": "The coordinator"},
}


def pdf(pages: int = 1, width: int = 200) -> bytes:
    """A PDF of so many empty pages; another width makes other bytes."""
    writer, found = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width, 300)
    writer.write(found)
    return found.getvalue()


def hearing_in(unit: Unit, reference: str) -> HearingRow:
    """The row within the unit."""
    row = hearings.by_reference(unit.session, reference)
    assert row is not None
    return row


def signed_on(units: Units, reference: str, path: Path) -> None:
    """What the order says of digital signatures."""
    with units.writing() as unit:
        hearing_in(unit, reference).order.signing = Signing(path.value)


def fixed(units: Units, reference: str, by: Actor) -> None:
    """Fix the deposition as it stands, with one question where there is none."""
    with units.writing() as unit:
        row = hearing_in(unit, reference)
        if not depositions.stages_of(unit, row):
            depositions.take_down(unit, reference, stage=Stage.CHIEF, question="Where?", answer="In Khulna.", by=by)
        deposition_fixing.fix(unit, reference, version=deposition_fixing.version_of(unit, row), by=by)


def corrected(units: Units, reference: str, judge: Actor, answer: str = "In Dhaka.") -> None:
    """Open the deposition again, change its first line, and fix it anew."""
    with units.writing() as unit:
        deposition_fixing.reopen(unit, reference, reason="She corrects the place", by=judge)
        line = depositions.line(unit, reference, 1, by=judge)
        depositions.revise(
            unit,
            reference,
            1,
            stage=Stage.CHIEF,
            question=line.question,
            answer=answer,
            version=line.version,
            by=judge,
        )
    fixed(units, reference, judge)


def made_of(units: Units, reference: str) -> tuple[Made, ...]:
    """Every move so far."""
    with units.reading() as unit:
        return cycle_standing.moves(unit, hearing_in(unit, reference))


def stands(units: Units, reference: str) -> Standing:
    """Where the transcript stands."""
    with units.reading() as unit:
        row = hearing_in(unit, reference)
        return cycle_standing.stands(row, cycle_standing.moves(unit, row))


def told(units: Units, reference: str, rung: Rung, **answers: str) -> Told:
    """The form of the step as a page opened now would send it."""
    began = OPENED if RUNGS[rung].timed else None
    return Told(number=len(made_of(units, reference)), answers={**ANSWERS.get(rung, {}), **answers}, began=began)


def do(
    units: Units, reference: str, rung: Rung, by: Actor, *, content: bytes = b"", form: Told | None = None, **more: str
) -> None:
    """Do one step as its form says; a scan has as many pages as moves were made, so that none is twice the same."""
    form = form or told(units, reference, rung, **more)
    if rung is Rung.OFFERED:
        cycle_offering.offer(units, reference, number=form.number, language="en", by=by)
        return
    scan = None
    if RUNGS[rung].scan:
        scan = cycle_files.looked_through(units.ports, content or pdf(form.number + 1))
    with units.writing() as unit:
        cycle.do(unit, reference, rung, form, by=by, scan=scan)


def walk(units: Units, reference: str, court: Actor, remote: Actor, *, until: Rung) -> None:
    """Every step that is still missing up to that one, each by its own end, with the electronic signatures it needs."""
    while True:
        now = stands(units, reference)
        rung = now.next
        assert rung is not None
        words = RUNGS[rung]
        if words.field:
            sign(units, now.done[Rung.OFFERED if words.duty is Duty.JUDGE else Rung.SCANNED_AT_REMOTE], rung)
        do(units, reference, rung, court if words.end.value == "court" else remote)
        if rung is until:
            return


def sign(units: Units, offered: Made, rung: Rung, *, duty: Duty | None = None) -> None:
    """Keep an electronic signature in the step's field of the file that was made ready."""
    with units.writing() as unit:
        row = signatures.copy(unit.session, offered.facts["code"])
        assert row is not None
        before = signing.copy(unit, row.code).latest
        unit.session.add(
            SignatureRow(
                copy_id=row.id,
                number=len(signatures.signatures(unit.session, row.id)) + 1,
                field=RUNGS[rung].field,
                start=len(before),
                increment=b"%signed",
                sha256=sha256(before + b"%signed").hexdigest(),
                method=Method.FILE,
                duty=(duty or RUNGS[rung].duty).value,
                signed_by="Whoever signed",
                certificate_name="CN=x",
                certificate_sha256="ab" * 32,
                signed_at=unit.now,
            )
        )


def taken_down(units: Units, world: World, clock: FrozenClock, court: Actor) -> str:
    """A hearing opened at 11 on Monday; it is an hour later, and the deposition is fixed."""
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    started(units, world.mumbai.hearing, court)
    clock.advance(minutes=60)
    fixed(units, world.mumbai.hearing, court)
    return world.mumbai.hearing


def statements(units: Units, reference: str) -> dict[str, str]:
    """What the record draws by itself, by the key of the statement, in English."""
    with units.reading() as unit:
        return record_values.derived(record_values.basis_of(unit, hearing_in(unit, reference), language="en"))
