"""The use-cases of where a line stands: put more behind one that is there, move one to another place."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Conflict, Invalid, Stale
from vctestimony.domain.wording import N_
from vctestimony.services import deposition_drafts, deposition_fixing, depositions, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.deposition_drafts import Kept
from vctestimony.services.deposition_keeping import Done, keep
from vctestimony.services.deposition_lines import LineView
from vctestimony.services.unit import Unit
from vctestimony.store import records as store


class NoOtherPlace(Invalid):
    """A line is moved to another place, and to one that there is."""

    text = N_(
        "Give the number of the line behind which it is to stand, from 0 (first) to {count}, and not where it is."
    )


class LineGone(Conflict):
    """Somebody struck out the line that was being changed, or at which new ones were to stand."""

    text = N_("That line was struck out meanwhile. Nothing was changed; what you typed stays in this form.")


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A line, how many there are, and the last change when it was shown.

    `place` is where what is typed beside it is kept, `draft` what was; `others` says who else types.
    """

    reference: str
    line: LineView
    count: int
    change: int
    place: str
    draft: Kept | None
    others: tuple[str, ...]


def at(unit: Unit, reference: str, number: int, *, by: Actor) -> PlaceView:
    """The line at which something is to be put, or which is to be moved."""
    line = depositions.line(unit, reference, number, by=by)
    hearing = hearing_for(unit, reference, by=by, action=Action.TRANSCRIBE)
    count, _ = store.deposition_size(unit.session, hearing.id)
    place = deposition_drafts.beside(line.ordinal)
    return PlaceView(
        reference=reference,
        line=line,
        count=count,
        change=deposition_fixing.version_of(unit, hearing),
        place=place,
        draft=deposition_drafts.mine(unit, hearing, place, by=by),
        others=deposition_drafts.others(unit, hearing, by=by),
    )


def number_of(unit: Unit, reference: str, ordinal: int, *, by: Actor) -> int:
    """The number of the line with that lasting name, and nobody moves it until this unit ends; LineGone if struck."""
    hearing = depositions.open_text(unit, reference, by=by)
    row = store.line_named(unit.session, hearing_id=hearing.id, ordinal=ordinal)
    if row is None:
        raise LineGone()
    return row.number


def move(unit: Unit, reference: str, *, ordinal: int, after: int, change: int, by: Actor) -> int:
    """Put a line behind the one with that number, 0 for the first place; its number there.

    `change` is the last change that the person saw (`version_of`): numbers mean what they saw, or Stale.
    """
    hearing = depositions.open_text(unit, reference, by=by)
    if deposition_fixing.version_of(unit, hearing) != change:
        raise Stale()
    row = depositions.row_of(unit, hearing, 0, ordinal=ordinal)
    before, (count, _) = row.number, store.deposition_size(unit.session, hearing.id)
    if not 0 <= after <= count or after in (before, before - 1):
        raise NoOtherPlace(field="after", count=count)
    after -= after > before
    store.set_aside(unit.session, row)
    store.shift(unit.session, hearing_id=hearing.id, after=before, by=-1)
    store.shift(unit.session, hearing_id=hearing.id, after=after, by=1)
    row.number = after + 1
    unit.session.flush()
    keep(unit, (row,), Done.MOVED, by=by)
    journal.write(unit, "deposition.moved", subject=reference, by=by, number=before, to=row.number)
    return row.number
