"""The one place that decides in which language a page speaks, and binds `_`, `ngettext` and `{% trans %}` to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from babel.support import NullTranslations
from flask import Blueprint, Flask, Response, current_app, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from vctestimony.web.context import open_to_all

COOKIE = "language"
DEFAULT = "en"
_YEAR_SECONDS = 365 * 24 * 60 * 60

blueprint = Blueprint("language", __name__)


class Catalogues(Protocol):
    """What the pages need of the catalogues of translations."""

    names: Mapping[str, str]

    def translations(self, language: str) -> NullTranslations:
        """The catalogue of that language; refuses a language it does not have."""
        ...


@dataclass(frozen=True, slots=True)
class _Bound:
    catalogues: Catalogues
    of_account: Callable[[], str | None]


def _nobody() -> str | None:
    return None


def bind(app: Flask, catalogues: Catalogues, *, of_account: Callable[[], str | None] = _nobody) -> None:
    """Let every template of `app` speak the language of its request.

    `of_account` tells the language of the account behind the request, or None; it is asked at most once a request.
    """
    app.extensions["language"] = _Bound(catalogues, of_account)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    install = app.jinja_env.__dict__["install_gettext_callables"]
    install(translate, translate_number, newstyle=True)
    app.jinja_env.filters["translated"] = translate
    app.jinja_env.globals.update(language=current_language, language_names=language_names)
    app.register_blueprint(blueprint)


def _bound() -> _Bound:
    found = current_app.extensions["language"]
    if not isinstance(found, _Bound):
        raise TypeError(found)
    return found


def language_names() -> Mapping[str, str]:
    """Each language by its code, named in itself."""
    return _bound().catalogues.names


def current_language() -> str:
    """The language of this request: chosen here (cookie), else the account's, else what the browser asks for."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = asked_for() if (chosen := _chosen()) is None else chosen
    return str(g.language)


def _chosen() -> str | None:
    names = language_names()
    here = request.cookies.get(COOKIE)
    if here in names:
        return here
    account = _bound().of_account()
    return account if account in names else None


def asked_for() -> str:
    """The language the browser asks for; English when it asks for none of ours. Needs no account and no database."""
    for wanted, quality in request.accept_languages:
        # The browser says "bn-BD"; we have one Bengali for both countries.
        spoken = wanted.partition("-")[0].lower()
        if quality > 0 and spoken in language_names():
            return spoken
    return DEFAULT


def settle_without_account() -> None:
    """Fix the language of this request from cookie and browser alone, for a page shown when all else fails."""
    if "language" not in g:
        here = request.cookies.get(COOKIE)
        g.language = here if here in language_names() else asked_for()


def translate(text: str) -> str:
    """`text` in the language of this request; a text without a translation stays English.

    In templates `{{ label|translated }}` is for labels that the domain marked with N_; `_()` is for literals.
    """
    return str(_bound().catalogues.translations(current_language()).gettext(text)) if text else ""


def translate_number(singular: str, plural: str, count: int) -> str:
    """The form that fits `count` in the language of this request."""
    return str(_bound().catalogues.translations(current_language()).ngettext(singular, plural, count))


def remember(response: Response, language: str) -> None:
    """Keep the choice in this browser for a year."""
    response.set_cookie(
        COOKIE, language, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
    )


@blueprint.post("/language")
@open_to_all
def choose() -> ResponseReturnValue:
    """Set the language of this browser and go back to the page one came from."""
    response = current_app.make_response(redirect(_way_back(request.form.get("back", "")), code=303))
    wanted = request.form.get("language", "")
    if wanted in language_names():
        remember(response, wanted)
    return response


def _way_back(path: str) -> str:
    """The path if it is a page of ours that can be opened with GET, else the first page."""
    home = current_app.config.get("APPLICATION_ROOT", "/")
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return str(home)
    try:
        current_app.url_map.bind(request.host).match(path.partition("?")[0], method="GET")
    except (HTTPException, RoutingException):
        return str(home)
    return path


def language_address() -> str:
    """Where the form that changes the language is sent."""
    return url_for("language.choose")
