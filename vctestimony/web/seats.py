"""Pages about one person of a hearing: what they said by telephone, and what to do when they cannot come."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.itip import PartStat
from vctestimony.domain.wording import N_
from vctestimony.services import answering, going_without, replacing, submissions, telephoned
from vctestimony.services.answers import AnswerClosed
from vctestimony.services.going_without import NewTime
from vctestimony.web.answers import closed
from vctestimony.web.booking import done, remember, show_ends, start_asked_for
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("seats", __name__, url_prefix="/hearings/<reference>/people/<int:participant>")
bp.register_error_handler(AnswerClosed, closed)
SAID = {
    PartStat.ACCEPTED: N_("Yes, they will be there"),
    PartStat.TENTATIVE: N_("Only if they are needed"),
    PartStat.DECLINED: N_("No, they cannot come"),
}
_HIGHEST, _REASON = 2**31 - 1, 1000


@bp.get("/telephone")
@requires(Action.BOOK)
def telephone(reference: str, participant: int) -> ResponseReturnValue:
    """The form for an answer given by telephone."""
    with reading() as unit:
        page = telephoned.open_page(unit, reference, participant, by=current_actor())
    show_ends(page.subject)
    form = shown_form(choice=page.answer_code)
    return render_template("seats/telephone.html", page=page, form=form, offered=SAID)


@bp.post("/telephone")
@requires(Action.BOOK)
@shown_again_by(telephone)
def write_down(reference: str, participant: int) -> ResponseReturnValue:
    """Take the answer for them."""
    with Form(request.form) as form:
        choice = PartStat(form.one_of("choice", SAID) or PartStat.NEEDS_ACTION)
        comment = form.optional_long_text("comment", limit=answering.LONGEST_COMMENT)
        seen = form.text("seen")
    by = current_actor()
    with writing() as unit:
        telephoned.write_down(unit, reference, participant, choice=choice, comment=comment, seen=seen, by=by)
    return done(reference)


@bp.get("/instead")
@requires(Action.BOOK)
def instead(reference: str, participant: int) -> ResponseReturnValue:
    """Who would do, whether the booked time holds with each, and the times that suit everybody else."""
    with reading() as unit:
        page = going_without.open_page(unit, reference, participant, by=current_actor())
    show_ends(page.subject)
    return render_template("seats/instead.html", page=page, form=shown_form())


@bp.post("/instead")
@requires(Action.BOOK)
@shown_again_by(instead)
def exchange(reference: str, participant: int) -> ResponseReturnValue:
    """Let somebody else take the place, or nobody; a double click does it once."""
    with Form(request.form) as form:
        official_id = form.optional_integer("official", least=1, most=_HIGHEST)
        seen, version, key = form.optional_text("seen"), form.version(), form.key()
    by = current_actor()
    with writing() as unit:
        if submissions.already(unit, key) is None:
            if official_id is None:
                going_without.let_go(unit, reference, participant, seen=seen, version=version, by=by)
            else:
                replacing.exchange(unit, reference, participant, official_id, seen=seen, version=version, by=by)
            remember(unit, key, reference)
    return done(reference)


@bp.get("/without")
@requires(Action.BOOK)
def check(reference: str, participant: int) -> ResponseReturnValue:
    """What moving the hearing without this person would do, and exactly who will be mailed what."""
    starts_wall = start_asked_for()
    with reading() as unit:
        page = going_without.book_page(unit, reference, participant, starts_wall=starts_wall, by=current_actor())
    show_ends(page.subject)
    target = url_for(".move", reference=reference, participant=participant)
    return render_template("hearings/book.html", page=page, form=shown_form(), target=target)


@bp.post("/without")
@requires(Action.BOOK)
@shown_again_by(check)
def move(reference: str, participant: int) -> ResponseReturnValue:
    """Move the hearing without this person."""
    start = start_asked_for()
    with Form(request.form) as form:
        zone, reason = form.text("zone", limit=60), form.long_text("reason", limit=_REASON)
        version, key = form.version(), form.key()
    wanted = NewTime(start, zone, reason)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            going_without.move(unit, reference, participant, wanted, version=version, by=current_actor())
            remember(unit, key, reference)
    return done(reference)
