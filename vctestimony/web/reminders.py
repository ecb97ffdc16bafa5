"""Pages of one's own reminders: what one was told, and how one wants to be reminded; signed in, or by a signed link."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.reminders.notices import WAY_LABELS, Way
from vctestimony.domain.reminders.thresholds import THRESHOLDS
from vctestimony.domain.wording import N_
from vctestimony.services import reminder_choices, reminder_views
from vctestimony.services.reminder_choices import HOURS, ChoicePage
from vctestimony.web.answers import speak, wrong_links_counted
from vctestimony.web.context import current_actor, open_to_all, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.language import language_names, translate
from vctestimony.web.shown import Shown, shown_again_by, shown_form

bp = Blueprint("reminders", __name__)
links = Blueprint("reminder_links", __name__)

SAVED = N_("Saved. Reminders reach you in this way from now on.")


@bp.get("/account/reminders")
@requires(Action.OWN_ACCOUNT)
def show() -> ResponseReturnValue:
    """What one was told lately, and how one is reminded."""
    with reading() as unit:
        page = reminder_choices.of_own_account(unit, by=current_actor())
        told = reminder_views.own(unit, by=current_actor())
    return render_template(
        "account/reminders.html", page=page, told=told, form=_form(page), thresholds=THRESHOLDS, **_offered(page)
    )


@bp.post("/account/reminders")
@requires(Action.OWN_ACCOUNT)
@shown_again_by(show)
def choose() -> ResponseReturnValue:
    """Take the choice."""
    way, hour, language, version = _read()
    with writing() as unit:
        reminder_choices.choose(unit, way=way, hour=hour, language=language, version=version, by=current_actor())
    flash(translate(SAVED))
    return redirect(url_for(".show"), code=303)


@links.get("/reminders/<token>")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """The choices of whoever got the mail; looking changes nothing."""
    return _by_link(token, is_saved=False)


@links.post("/reminders/<token>")
@open_to_all
@shown_again_by(ask)
def take(token: str) -> ResponseReturnValue:
    """Take the choice; the same one sent twice is one."""
    with wrong_links_counted(), reading() as unit:
        reminder_choices.of_link(unit, token)
    way, hour, language, version = _read()
    with writing() as unit:
        reminder_choices.choose_by_link(unit, token, way=way, hour=hour, language=language, version=version)
    return _by_link(token, is_saved=True)


def _by_link(token: str, *, is_saved: bool) -> str:
    with wrong_links_counted(), reading() as unit:
        page = reminder_choices.of_link(unit, token)
    speak(page.language)
    target = url_for("reminder_links.ask", token=token)
    return render_template(
        "account/reminder_link.html", page=page, form=_form(page), saved=is_saved, target=target, **_offered(page)
    )


def _form(page: ChoicePage) -> Shown:
    return shown_form(way=page.way.value, hour=page.hour, mail_language=page.language)


def _offered(page: ChoicePage) -> dict[str, object]:
    return {
        "ways": {way: WAY_LABELS[way] for way in page.ways},
        "hours": tuple((str(hour), f"{hour:02}:00") for hour in HOURS),
        "languages": tuple(language_names().items()),
    }


def _read() -> tuple[Way, int, str, int]:
    with Form(request.form) as form:
        way = form.choice("way", Way)
        hour = form.integer("hour", least=HOURS[0], most=HOURS[-1])
        language = form.one_of("mail_language", language_names())
        version = form.version()
    return way, hour, language, version
