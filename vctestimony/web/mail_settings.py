"""The page on which a court settles what its mails tell."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.joining import hosts_in
from vctestimony.services import mail_settings
from vctestimony.services.mail_settings import MailSettings
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("mail_settings", __name__, url_prefix="/posts/<code>/settings")


@bp.get("")
@requires(Action.MANAGE_PLACES)
def edit(code: str) -> ResponseReturnValue:
    """The settings as they are."""
    with reading() as unit:
        page = mail_settings.open_page(unit, code, by=current_actor())
    stored = page.settings
    form = shown_form(
        tell_joining=stored.tell_joining,
        tell_passcode=stored.tell_passcode,
        show_others=stored.show_others,
        joining_hosts="\n".join(stored.joining_hosts),
        looks_need_two=stored.looks_need_two,
    )
    return render_template("places/mail_settings.html", page=page, form=form)


@bp.post("")
@requires(Action.MANAGE_PLACES)
@shown_again_by(edit)
def change(code: str) -> ResponseReturnValue:
    """Store them; nobody is written to."""
    with Form(request.form) as form:
        wanted = MailSettings(
            form.ticked("tell_joining"),
            form.ticked("tell_passcode"),
            form.ticked("show_others"),
            hosts_in(form.optional_long_text("joining_hosts", limit=1000)),
            form.ticked("looks_need_two"),
        )
        version = form.version()
    with writing() as unit:
        mail_settings.change(unit, code, wanted, version=version, by=current_actor())
    return redirect(url_for("places.show", code=code), code=303)
