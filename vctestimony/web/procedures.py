"""Pages of procedure: the rule packs, to be read by whoever signs in, tried on facts, and what waits for a lawyer."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Invalid
from vctestimony.domain.facts import FACTS, Facts
from vctestimony.domain.wording import N_
from vctestimony.services import pack_waiting, procedure_trial, procedures
from vctestimony.web.context import current_actor, reading, requires
from vctestimony.web.forms import Form, FormRefused
from vctestimony.web.language import current_language, translate
from vctestimony.web.saying import said
from vctestimony.web.shown import Shown

bp = Blueprint("procedures", __name__, url_prefix="/procedures")
UNANSWERED = N_("Not answered yet.")
COURT = N_("High Court")


@bp.get("")
@requires(Action.READ_PROCEDURES)
def index() -> ResponseReturnValue:
    """Every pack with its version and whether a lawyer has signed it off."""
    with reading() as unit:
        packs = procedures.index(unit, language=current_language())
    return render_template("procedures/index.html", packs=packs)


@bp.get("/<pack>")
@requires(Action.READ_PROCEDURES)
def show(pack: str) -> ResponseReturnValue:
    """One pack: its steps, or those of one duty, of one phase, or both."""
    duty, phase = request.args.get("duty", ""), request.args.get("phase", "")
    with reading() as unit:
        page = procedures.page(unit, pack, language=current_language(), duty=duty, phase=phase)
    return render_template("procedures/show.html", page=page, duty=duty, phase=phase)


@bp.get("/waiting")
@requires(Action.READ_PROCEDURES)
def waiting() -> ResponseReturnValue:
    """Every statement of the packs that still waits for a lawyer."""
    with reading() as unit:
        packs = pack_waiting.waiting(unit, language=current_language())
    return render_template("procedures/waiting.html", packs=packs)


@bp.get("/try")
@requires(Action.READ_PROCEDURES)
def trial() -> ResponseReturnValue:
    """Choose a hearing, or see which steps the one that was chosen has, and why."""
    reference, language, by = request.args.get("hearing", ""), current_language(), current_actor()
    with reading() as unit:
        if not reference:
            hearings = procedure_trial.hearings(unit, by=by)
            return render_template("procedures/choose.html", hearings=hearings)
        known = procedure_trial.of_hearing(unit, reference, by=by)
        phase = request.args.get("phase", "")
        facts, court = known.facts, known.court
        shown = procedure_trial.tried(unit, facts=facts, court=court, phase=phase, language=language, ahead=True)
    asked = {"hearing": reference}
    return render_template("procedures/tried.html", trial=shown, known=known, here="procedures.trial", asked=asked)


@bp.get("/try/facts")
@requires(Action.READ_PROCEDURES)
def by_hand() -> ResponseReturnValue:
    """Answer every question about a case by hand, or see what follows; the address holds the answers."""
    if "court" not in request.args or "change" in request.args:
        return _asking(_begun())
    try:
        court, facts = _answered()
    except Invalid as refusal:
        return _asking(_refused(refusal)), 422
    with reading() as unit:
        phase = request.args.get("phase", "")
        shown = procedure_trial.tried(unit, facts=facts, court=court, phase=phase, language=current_language())
    asked = {"court": court} | {name: "yes" if value else "no" for name, value in facts.items()}
    return render_template("procedures/tried.html", trial=shown, known=None, here="procedures.by_hand", asked=asked)


def _answered() -> tuple[str, Facts]:
    """The court and all facts as they were answered; nothing that was left open is read as no."""
    with Form(request.args) as form:
        court = form.one_of("court", tuple(HIGH_COURTS))
        answers = {name: form.yes_no(name) for names in procedure_trial.GROUPS.values() for name in names}
    return court, Facts(answers)


def _begun() -> Shown:
    """The answers to begin with: those of a hearing that was chosen, or those in the address."""
    if not (reference := request.args.get("hearing", "")):
        return Shown(values={name: tuple(values) for name, values in request.args.lists()})
    with reading() as unit:
        known = procedure_trial.of_hearing(unit, reference, by=current_actor())
    answers = {name: ("yes" if value else "no",) for name, value in known.facts.items()}
    return Shown(values={**answers, "court": (known.court,)})


def _refused(refusal: Invalid) -> Shown:
    found = refusal.errors if isinstance(refusal, FormRefused) else (refusal,)
    words = {error.field: _words(error) for error in found if error.field}
    return Shown(values={name: tuple(values) for name, values in request.args.lists()}, errors=words)


def _words(error: Invalid) -> str:
    return translate(UNANSWERED) if isinstance(error, Missing) else said(error)


def _asking(form: Shown) -> str:
    courts = [(court, translate(name)) for court, name in HIGH_COURTS.items()]
    labels = {name: translate(label) for name, label in FACTS.items()} | {"court": translate(COURT)}
    groups = procedure_trial.GROUPS
    return render_template("procedures/facts.html", form=form, groups=groups, labels=labels, courts=courts)
