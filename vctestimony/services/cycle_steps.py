"""The one place that opens the way of a transcript for a change, and writes a move of it down."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Stale
from vctestimony.domain.hearing import End
from vctestimony.domain.record.course import Said
from vctestimony.domain.record.cycle import HARD_COPY, Made, Rung, Standing
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.domain.wording import N_
from vctestimony.services import cycle_standing, journal, logbook
from vctestimony.services.access import hearing_for
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, NotOpened, check_court, held
from vctestimony.store import records
from vctestimony.store.models import CycleMoveRow, HearingRow

_TOLD = ("code", "scan", "sha256", "mailed_to")
"""What the journal says of a step beside its name; answers may hold what people say, and stay in their table."""


class TextOpen(Conflict):
    """What can still change is neither read over nor signed."""

    text = N_("The text of the deposition is not fixed yet. Fix it on the page of the deposition first.")


class TextChanged(Conflict):
    """A signature is of the text that was admitted to be correct, and of no other."""

    text = N_(
        "The deposition was changed since it was read over and admitted. Go back to “{step}” and read over what "
        "is new; the signatures so far are of the former text."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A hearing whose transcript is on its way, locked, with every move so far and what stands."""

    hearing: HearingRow
    made: tuple[Made, ...]
    stands: Standing
    said: Said
    both_digital: bool


def place_for(unit: Unit, reference: str, rung: Rung, *, by: Actor) -> Place:
    """For the step: a step of the court is the court's; the hard copy travels on when the record is sealed."""
    if rung in HARD_COPY:
        records.lock(unit.session, reference)
        hearing = hearing_for(unit, reference, by=by, action=Action.KEEP_CYCLE)
        if hearing.state not in HELD:
            raise NotOpened()
    else:
        hearing = held(unit, reference, by=by, action=Action.KEEP_CYCLE)
    if RUNGS[rung].end is End.COURT:
        check_court(hearing, by)
    return turned(unit, hearing, by=by)


def turned(unit: Unit, hearing: HearingRow, *, by: Actor) -> Place:
    """The same of a hearing that is at hand."""
    made = cycle_standing.moves(unit, hearing)
    said = logbook.said(unit, hearing, language=by.language)
    return Place(hearing, made, cycle_standing.stands(hearing, made), said, cycle_standing.both_digital(hearing))


def check_seen(place: Place, number: int) -> None:
    """Refuse a form that was opened before the last move."""
    if len(place.made) != number:
        raise Stale()


def check_text(unit: Unit, place: Place, rung: Rung) -> str:
    """The fingerprint of the fixed text; refuses a text that is open, and one that is not what was admitted."""
    if rung in HARD_COPY:
        return place.stands.admitted_text
    text = cycle_standing.fixed_text(unit, place.hearing)
    if not text:
        raise TextOpen()
    if place.stands.admitted_text not in ("", text):
        raise TextChanged(step=place.said.word(RUNGS[Rung.READ_OVER].label))
    return text


def write(unit: Unit, hearing: HearingRow, new: Made, action: str, *, by: Actor) -> None:
    """Keep the move and write it into the journal."""
    unit.session.add(
        CycleMoveRow(
            hearing_id=hearing.id,
            number=new.number,
            move=new.move,
            rung=new.rung,
            path=new.path,
            happened_at=new.happened_at,
            written_at=unit.now,
            by=new.by,
            facts=dict(new.facts),
            reason=new.reason,
            text_sha256=new.text_sha256,
        )
    )
    unit.session.flush()
    facts: dict[str, object] = {"step": new.rung.value, "number": new.number, "path": new.path.value}
    facts |= {name: new.facts[name] for name in _TOLD if name in new.facts}
    if new.happened_at != unit.now:
        facts["done_at"] = new.happened_at
    if new.reason:
        facts["reason"] = new.reason
    journal.write(unit, action, subject=hearing.reference, by=by, **facts)
