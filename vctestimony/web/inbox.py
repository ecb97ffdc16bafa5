"""Pages of mails that came in: which wait to be read, one of them in words, and what the person who read it does."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.inbound_words import HANDLED_LABELS, Handled
from vctestimony.domain.itip import PART_STAT_LABELS, PartStat
from vctestimony.domain.wording import N_
from vctestimony.services import answering, inbox_settling, inbox_views, submissions
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import translate
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("inbox", __name__, url_prefix="/inbox")

CHOICES = {one: PART_STAT_LABELS[one] for one in (PartStat.ACCEPTED, PartStat.DECLINED, PartStat.TENTATIVE)}
WAYS = {
    Handled.ANSWER_READ: N_("The mail says so"),
    Handled.TELEPHONED: HANDLED_LABELS[Handled.TELEPHONED],
}


@bp.get("")
@requires(Action.READ_INBOX)
def index() -> ResponseReturnValue:
    """The mails that wait to be read, or all of them."""
    with reading() as unit:
        page = inbox_views.listed(unit, shows_all="all" in request.args, by=current_actor())
    return render_template("inbox/index.html", page=page)


@bp.get("/<reference>")
@requires(Action.READ_INBOX)
def show(reference: str) -> ResponseReturnValue:
    """One mail as plain text, and what can be done about it."""
    with reading() as unit:
        page = inbox_views.opened(unit, reference, by=current_actor())
    if page.ends:
        g.ends = page.ends
    people = tuple((public_id, f"{name}, {translate(duty)}") for public_id, name, duty in page.people)
    form = shown_form(person=page.suggested, how=Handled.ANSWER_READ, version=str(page.version))
    return render_template("inbox/show.html", page=page, people=people, form=form, choices=CHOICES, ways=WAYS)


@bp.post("/<reference>/answer")
@requires(Action.READ_INBOX)
@shown_again_by(show)
def count_answer(reference: str) -> ResponseReturnValue:
    """Count an answer for somebody, as the mail gives it in words, or as it was given by telephone."""
    with Form(request.form) as form:
        person, choice = form.text("person", limit=80), PartStat(form.one_of("choice", CHOICES) or PartStat.ACCEPTED)
        how = Handled(form.one_of("how", WAYS) or Handled.ANSWER_READ)
        note = form.long_text("note", limit=answering.LONGEST_COMMENT)
        key, version = form.key(), form.version()
    by = current_actor()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            hearing = inbox_settling.count_answer(
                unit, reference, person=person, choice=choice, how=how, note=note, version=version, by=by
            )
            outcome = url_for("hearings.detail", reference=hearing)
            submissions.remember(unit, key, outcome, by=by)
    return redirect(outcome, code=303)


@bp.post("/<reference>/aside")
@requires(Action.READ_INBOX)
@shown_again_by(show)
def set_aside(reference: str) -> ResponseReturnValue:
    """Nothing is to be done about the mail."""
    with Form(request.form) as form:
        note, key, version = form.long_text("why", limit=answering.LONGEST_COMMENT), form.key(), form.version()
    by = current_actor()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            inbox_settling.set_aside(unit, reference, note=note, version=version, by=by)
            outcome = url_for(".index")
            submissions.remember(unit, key, outcome, by=by)
    return redirect(outcome, code=303)
