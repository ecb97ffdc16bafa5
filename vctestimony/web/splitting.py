"""The page of a testimony that takes several days: its sittings as they fit, to be booked or held all together."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import splitting, submissions
from vctestimony.services.finding import chosen_wall
from vctestimony.services.splitting import SittingsChanged, Wish
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("splitting", __name__, url_prefix="/hearings/<reference>/split")
_MOST_TOTAL, _LONGEST, _MOST_BETWEEN = 6000, 600, 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands in the address; None where the hearing's own facts decide."""

    total: int | None
    longest: int | None
    between: int | None
    from_on: date | None
    to_on: date | None

    def wish(self, unit: Unit, reference: str) -> Wish:
        """The same with everything filled in."""
        return splitting.wish_of(
            unit, reference, total=self.total, longest=self.longest, between=self.between, by=current_actor()
        )


@bp.get("")
@requires(Action.BOOK)
def show(reference: str) -> ResponseReturnValue:
    """The sittings that fit, or how far they get."""
    asked = _asked()
    with reading() as unit:
        wish = asked.wish(unit, reference)
        page = splitting.preview(unit, reference, wish, from_on=asked.from_on, to_on=asked.to_on, by=current_actor())
    g.ends = ((page.court_zone, page.court_city), (page.remote_zone, page.remote_city))
    asked_for = {
        "total": str(wish.total_minutes),
        "longest": str(wish.longest_minutes),
        "between": str(wish.most_days_between),
        "from": page.from_on.isoformat(),
        "to": page.to_on.isoformat(),
    }
    address = f"{url_for('.take', reference=reference)}?{urlencode(asked_for)}"
    return render_template("hearings/split.html", page=page, form=shown_form(**asked_for), address=address)


@bp.post("")
@requires(Action.BOOK)
@shown_again_by(show)
def take(reference: str) -> ResponseReturnValue:
    """Book or hold every sitting, as the pressed button says; a double click does it once."""
    asked, by = _asked(), current_actor()
    with Form(request.form) as form:
        hold, zone = form.one_of("what", ("book", "hold")) == "hold", form.text("zone", limit=60)
        version, key = form.version(), form.key()
    walls = [wall for wall in map(chosen_wall, request.form.getlist("start")) if wall is not None]
    if not walls:
        raise SittingsChanged()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            wish = asked.wish(unit, reference)
            splitting.split(unit, reference, wish, walls, zone=zone, hold=hold, version=version, by=by)
            submissions.remember(unit, key, url_for("hearings.detail", reference=reference), by=by)
    return redirect(url_for("hearings.detail", reference=reference), code=303)


def _asked() -> _Asked:
    with Form(request.args) as form:
        return _Asked(
            total=form.optional_integer("total", least=1, most=_MOST_TOTAL),
            longest=form.optional_integer("longest", least=1, most=_LONGEST),
            between=form.optional_integer("between", least=1, most=_MOST_BETWEEN),
            from_on=form.optional_date("from"),
            to_on=form.optional_date("to"),
        )
