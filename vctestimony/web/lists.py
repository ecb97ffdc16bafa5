"""Pages of the lists of a post: which day or week, of which room, in which language; and each as PDF."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services.papers import lists
from vctestimony.web.context import current_actor, reading, requires, service
from vctestimony.web.download import pdf
from vctestimony.web.forms import Form
from vctestimony.web.language import current_language, language_names
from vctestimony.web.papers import asked_language
from vctestimony.web.shown import shown_form

bp = Blueprint("lists", __name__, url_prefix="/posts/<code>/papers")


@bp.get("")
@requires(Action.PRINT)
def index(code: str) -> ResponseReturnValue:
    """What can be printed of the post's days, with the present day filled in."""
    with reading() as unit:
        page = lists.page(unit, code, by=current_actor())
    own = current_language()
    form = shown_form(on=page.today_on, lang=own, month=page.today_on, language=own)
    return render_template("papers/lists.html", page=page, form=form, languages=tuple(language_names().items()))


@bp.get("/day.pdf")
@requires(Action.PRINT)
def day(code: str) -> ResponseReturnValue:
    """The day sheet of the date in the address, of the whole post or of the room asked for."""
    with Form(request.args) as form:
        on = form.date("on")
    room = request.args.get("room", "")
    return pdf(lists.print_day(service().units, code, on, lang=asked_language(), room=room, by=current_actor()))


@bp.get("/week.pdf")
@requires(Action.PRINT)
def week(code: str) -> ResponseReturnValue:
    """The list of the post's working week in which the date lies."""
    with Form(request.args) as form:
        on = form.date("on")
    return pdf(lists.print_week(service().units, code, on, lang=asked_language(), by=current_actor()))
