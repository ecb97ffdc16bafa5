"""What dies in the middle besides a seal: a signature, a step of a transcript's way, a deposition that is fixed."""

import multiprocessing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.synchronize import Barrier

import sqlalchemy as sa

from tests.services.cycling import ANSWERS, hearing_in
from tests.services.dying import PATIENCE
from tests.services.planned import KOLKATA
from tests.services.racers import opened
from tests.services.sealed_or_not import HalfSealed, check_chain
from tests.services.test_signing import PDF, signed
from tests.services.warmed import forkserver
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.instants import wall_of
from vctestimony.domain.record.cycle import READING, Rung
from vctestimony.services import cycle_standing, deposition_fixing, journal, signing, signing_cycle
from vctestimony.services.signing_cycle import Told
from vctestimony.services.unit import Units
from vctestimony.store.models import CycleMoveRow, DepositionFixingRow, SignatureRow, SigningCopyRow

Act = Callable[[Units, str, Actor], None]


def sign(units: Units, reference: str, by: Actor) -> None:
    """Sign the copy that was offered last, as the judge."""
    with units.reading() as unit:
        code = unit.session.scalars(sa.select(SigningCopyRow.code).order_by(SigningCopyRow.id.desc())).first()
    assert code is not None
    signed(units, reference, code, "sig_judge", by)


def move(units: Units, reference: str, by: Actor) -> None:
    """Do the next step of the reading over; when it is done, begin it again."""
    with units.reading() as unit:
        hearing = hearing_in(unit, reference)
        made = cycle_standing.moves(unit, hearing)
        rung = cycle_standing.stands(hearing, made).next
        began = wall_of(unit.now, KOLKATA).time()
    assert rung is not None
    with units.writing() as unit:
        if rung in READING:
            told = Told(number=len(made), answers=ANSWERS[rung], began=began)
            signing_cycle.do(unit, reference, rung, told, by=by)
        else:
            signing_cycle.go_back(unit, reference, Rung.READ_OVER, number=len(made), reason="Once more", by=by)


def fix(units: Units, reference: str, by: Actor) -> None:
    """Fix the deposition, or open it again where it is fixed."""
    with units.writing() as unit:
        hearing = hearing_in(unit, reference)
        if deposition_fixing.is_fixed(unit, hearing):
            deposition_fixing.reopen(unit, reference, reason="A word is wrong", by=by)
        else:
            deposition_fixing.fix(unit, reference, version=deposition_fixing.version_of(unit, hearing), by=by)


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them, the rows that it leaves, and what the journal calls it."""

    act: Act
    rows: sa.Select[int]
    actions: frozenset[str]

    def count(self, units: Units, reference: str) -> int:
        """How often it was done whole; HalfSealed where rows and journal do not say the same."""
        with units.reading() as unit:
            rows = unit.session.scalar(self.rows) or 0
            told = sum(entry.action in self.actions for entry in journal.history(unit, reference))
        if rows != told:
            raise HalfSealed(reference, rows, told)
        check_chain(units)
        return rows

    def make_ready(self, units: Units, reference: str, by: Actor) -> None:
        """Offer another file to be signed, where that is what is done."""
        if self.act is not sign:
            return
        with units.writing() as unit:
            number = unit.session.scalar(sa.select(sa.func.count()).select_from(SigningCopyRow))
            content = PDF + str(number).encode()
            signing.offer(
                unit, hearing_in(unit, reference), purpose="transcript", content=content, language="en", by=by
            )


def _number(model: type) -> sa.Select[int]:
    return sa.select(sa.func.count()).select_from(model)


DEEDS: Mapping[str, Deed] = {
    "signature": Deed(sign, _number(SignatureRow), frozenset({"signing.signed"})),
    "step of the way": Deed(move, _number(CycleMoveRow), frozenset({"cycle.step_done", "cycle.gone_back"})),
    "fixing": Deed(fix, _number(DepositionFixingRow), frozenset({"deposition.fixed", "deposition.reopened"})),
}


def done_together(url: str, act: Act, reference: str, by: Actor, at: datetime, count: int) -> list[str]:
    """Let so many processes do it at the same moment; the name of what each was refused with, or nothing."""
    context = forkserver()
    together, told = context.Barrier(count), context.Queue()
    processes = [
        context.Process(target=_one_of, args=(url, act, reference, by, at, together, told)) for _ in range(count)
    ]
    for process in processes:
        process.start()
    outcomes: list[str] = [told.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    return outcomes


def _one_of(
    url: str, act: Act, reference: str, by: Actor, at: datetime, together: Barrier, told: "multiprocessing.Queue[str]"
) -> None:
    units, engine = opened(url, at=at)
    with engine.connect():
        together.wait(PATIENCE)
    outcome = ""
    try:
        act(units, reference, by)
    except Refusal as refusal:
        outcome = type(refusal).__name__
    told.put(outcome)
    engine.dispose()
