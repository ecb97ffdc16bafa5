"""Pages that look back: every version of a line, and what differs between two moments of the deposition."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import deposition_versions
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.numbers import asked

MOST = 60
"""Lines that differ which one page shows."""
bp = Blueprint("deposition_versions", __name__, url_prefix="/hearings/<reference>/deposition")


@bp.get("/<int:number>/versions")
@requires(Action.READ_RECORD)
def of_line(reference: str, number: int) -> ResponseReturnValue:
    """Every version of one line."""
    with reading() as unit:
        versions = deposition_versions.of_line(unit, reference, number, by=current_actor())
    return render_template("records/versions.html", reference=reference, number=number, versions=versions)


@bp.get("/changes")
@requires(Action.READ_RECORD)
def compare(reference: str) -> ResponseReturnValue:
    """What differs between two moments; without them, since the first line was taken down."""
    first, last = asked(request.args, "first"), asked(request.args, "last")
    with reading() as unit:
        found = deposition_versions.compare(
            unit, reference, first=-1 if first is None else first, last=last, by=current_actor()
        )
    return render_template("records/changes.html", reference=reference, found=found, most=MOST)
