"""Pages of witnesses: the form by pseudonym, and the one page on which an identity can be seen."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.casework import ASKED_OF_WITNESS, IDENTITY_LABELS, IdentityDocument
from vctestimony.domain.facts import FACTS
from vctestimony.services import casefiles, submissions, vault, vault_grants, vault_pages, witnesses
from vctestimony.web.context import current_actor, reading, requires, service, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("witnesses", __name__)

NATIONALITIES = ("BD", "NP", "IN", "LK", "AE", "GB", "OTHER")


@bp.get("/cases/<reference>/witness")
@requires(Action.REGISTER)
def new(reference: str) -> ResponseReturnValue:
    """The empty form of a witness."""
    with reading() as unit:
        case = casefiles.open_file(unit, reference, by=current_actor())
    target = url_for(".create", reference=reference)
    return _page(shown_form(), target=target, case_reference=reference, case_number=case.number, sealed=())


@bp.post("/cases/<reference>/witness")
@requires(Action.REGISTER)
@shown_again_by(new)
def create(reference: str) -> ResponseReturnValue:
    """Register the witness; the name goes into the vault and nowhere else."""
    with Form(request.form) as form:
        entry, key = _entry(form), form.key()
    outcome = url_for("cases.detail", reference=reference)
    with writing() as unit:
        if submissions.already(unit, key) is None:
            witnesses.register(unit, reference, entry, by=current_actor())
            submissions.remember(unit, key, outcome, by=current_actor())
    return redirect(outcome, code=303)


@bp.get("/witnesses/<reference>/edit")
@requires(Action.REGISTER)
def edit(reference: str) -> ResponseReturnValue:
    """The witness's form with what is stored; sealed fields are named, not shown."""
    with reading() as unit:
        stored = casefiles.witness_form(unit, reference, by=current_actor())
    answers = {f"fact_{name}": "yes" if value else "no" for name, value in stored.facts.items()}
    fields = ("pseudonym", "languages", "nationality", "identity_document", "documents_to_show")
    form = shown_form(**{name: getattr(stored, name) for name in fields}, **answers)
    return _page(
        form,
        target=url_for(".revise", reference=reference),
        case_reference=stored.case_reference,
        case_number=stored.case_number,
        sealed=stored.sealed,
        version=stored.version,
    )


def _writes_identity() -> bool:
    """Whether something is typed that would take the place of what is sealed."""
    return any(request.form.get(f"vault_{name}", "").strip() for name in vault.FIELDS)


@bp.post("/witnesses/<reference>/edit")
@requires(Action.REGISTER, fresh=_writes_identity)
@shown_again_by(edit)
def revise(reference: str) -> ResponseReturnValue:
    """Store the changes; an identity field left empty keeps what is sealed."""
    with Form(request.form) as form:
        entry, version = _entry(form), form.version()
    with writing() as unit:
        case = witnesses.witness_for(unit, reference, by=current_actor()).case.reference
        witnesses.revise(unit, reference, entry, version=version, by=current_actor())
    return redirect(url_for("cases.detail", reference=case), code=303)


@bp.get("/witnesses/<reference>/identity")
@requires(Action.OPEN_VAULT)
def ask(reference: str) -> ResponseReturnValue:
    """Ask for the reason before anything is shown; without leave, for leave."""
    with reading() as unit:
        page = vault_pages.door(unit, reference, by=current_actor())
    return render_template("identity/door.html", page=page, form=shown_form()), 403 if page.until is None else 200


@bp.post("/witnesses/<reference>/identity")
@requires(Action.OPEN_VAULT, fresh=True)
@shown_again_by(ask)
def look(reference: str) -> ResponseReturnValue:
    """Show the identity once; the look and its reason are in the journal before the page is made."""
    with Form(request.form) as form:
        reason = form.text("reason", limit=500)
    identity = vault.look_or_alert(service().units, reference, reason=reason, by=current_actor())
    return render_template("identity/show.html", identity=identity)


@bp.post("/witnesses/<reference>/identity/leave")
@requires(Action.OPEN_VAULT)
@shown_again_by(ask)
def ask_leave(reference: str) -> ResponseReturnValue:
    """Ask the court for leave."""
    with Form(request.form) as form:
        reason = form.text("reason", limit=500)
    with writing() as unit:
        vault_grants.ask(unit, reference, reason=reason, by=current_actor())
    return redirect(url_for(".ask", reference=reference), code=303)


@bp.post("/witnesses/<reference>/identity/second")
@requires(Action.OPEN_VAULT)
@shown_again_by(ask)
def ask_second(reference: str) -> ResponseReturnValue:
    """Ask that a second person say yes to one look."""
    with Form(request.form) as form:
        reason = form.text("reason", limit=500)
    with writing() as unit:
        vault_grants.ask_second(unit, reference, reason=reason, by=current_actor())
    return redirect(url_for(".ask", reference=reference), code=303)


def _page(
    form: object,
    *,
    target: str,
    case_reference: str,
    case_number: str,
    sealed: tuple[str, ...],
    version: int | None = None,
) -> ResponseReturnValue:
    return render_template(
        "cases/witness.html",
        form=form,
        target=target,
        case_reference=case_reference,
        case_number=case_number,
        sealed=sealed,
        version=version,
        facts=[(name, FACTS[name]) for name in ASKED_OF_WITNESS],
        documents=IDENTITY_LABELS,
        nationalities=NATIONALITIES,
        vault_fields=vault.FIELDS,
    )


def _entry(form: Form) -> witnesses.WitnessEntry:
    return witnesses.WitnessEntry(
        pseudonym=form.text("pseudonym", limit=40),
        languages=form.text("languages"),
        nationality=form.one_of("nationality", NATIONALITIES),
        identity_document=form.choice("identity_document", IdentityDocument),
        documents_to_show=form.optional_long_text("documents_to_show", limit=3000),
        facts={name: form.yes_no(f"fact_{name}") for name in ASKED_OF_WITNESS},
        identity={name: form.optional_text(f"vault_{name}", limit=300) for name in vault.FIELDS},
    )
