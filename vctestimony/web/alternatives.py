"""The page of who or what would do as well for a hearing: other rooms, links and people, in order."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import alternatives
from vctestimony.services.alternatives import MOST, NeedView, field_of
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("alternatives", __name__, url_prefix="/hearings/<reference>/alternatives")
_HIGHEST = 2**31 - 1


@bp.get("")
@requires(Action.PLAN)
def show(reference: str) -> ResponseReturnValue:
    """Every need with those who would do as well."""
    with reading() as unit:
        page = alternatives.open_page(unit, reference, by=current_actor())
    named = {field_of(one.need, at): member for one in page.needs for at, member in enumerate(one.named)}
    return render_template(
        "hearings/alternatives.html", page=page, form=shown_form(**named), field_of=field_of, ranks=range(MOST)
    )


@bp.post("")
@requires(Action.PLAN)
@shown_again_by(show)
def store(reference: str) -> ResponseReturnValue:
    """Name exactly those of the form."""
    by = current_actor()
    with reading() as unit:
        needs = alternatives.open_page(unit, reference, by=by).needs
    with Form(request.form) as form:
        others, version = {one.need: _read(form, one) for one in needs}, form.version()
    with writing() as unit:
        alternatives.name(unit, reference, others, version=version, by=by)
    return redirect(url_for("hearings.detail", reference=reference), code=303)


def _read(form: Form, one: NeedView) -> tuple[int, ...]:
    typed = (form.optional_integer(field_of(one.need, at), least=1, most=_HIGHEST) for at in range(MOST))
    return tuple(number for number in typed if number is not None)
