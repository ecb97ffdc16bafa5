"""The composition root: the only module that sees every layer. It reads no environment and holds no rule."""

from datetime import timedelta
from pathlib import Path
from threading import Event

from flask import Flask
from flask_wtf import CSRFProtect

from vctestimony import cli, demo
from vctestimony.adapters.languages import FOLDER, Languages
from vctestimony.config import Settings
from vctestimony.domain import matrix, retention
from vctestimony.outside import build_ports, outbound_of
from vctestimony.services.ports import Ports
from vctestimony.services.sessions import Lifetime
from vctestimony.services.unit import Units
from vctestimony.settings.environment import SettingsRefused
from vctestimony.store.db import db, engine_options, prepare
from vctestimony.web import (
    PAGES,
    SIGNED_LINKS,
    asked,
    chrome,
    errors,
    formats,
    frame,
    headers,
    language,
    numbers,
    packed,
    proving,
    proxies,
    request_log,
    sessions,
    shown,
    sizes,
    verify,
)
from vctestimony.web.context import EXTENSION, Service, signed_in
from vctestimony.web.sessions import CookieRules

LARGEST_FORM = 2 * 1024 * 1024 + 64 * 1024
"""A file of 2 MB and the fields beside it."""
_HERE = Path(__file__).resolve().parent


def create_app(settings: Settings, *, ports: Ports | None = None) -> Flask:
    """The application. `ports` replaces the outside world in tests."""
    faults = (*matrix.FAULTS, *retention.FAULTS)
    if faults:
        raise SettingsRefused("; ".join(str(fault) for fault in faults))
    languages = Languages(FOLDER)
    wake = Event()
    outside = ports or build_ports(settings, languages=languages, wake=wake.set)
    app = Flask("vctestimony", template_folder=settings.templates_dir, static_folder="web/static", root_path=str(_HERE))
    app.config.update(_flask_config(settings))
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    units = Units(db.session, outside)
    app.extensions[EXTENSION] = Service(units=units, ports=outside, is_demo=_is_demo(settings))
    _bind_web(app, settings, languages=languages)
    cli.bind(app, settings, wake=wake, outbound=outbound_of(settings))
    return app


def _is_demo(settings: Settings) -> bool:
    return settings.demo or demo.is_loaded(settings.instance_dir)


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_keys[-1],
        "SECRET_KEY_FALLBACKS": list(settings.secret_keys[:-1]),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "MAX_FORM_PARTS": 2000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _bind_web(app: Flask, settings: Settings, *, languages: Languages) -> None:
    proxies.bind(app, settings.trusted_proxies)
    request_log.bind(app)
    numbers.bind(app)
    asked.bind(app)
    headers.bind(app)
    packed.bind(app)
    sessions.bind(app, _cookie_rules(settings))
    sizes.bind(app)
    verify.bind(app)
    language.bind(app, languages, of_account=_language_of_account)
    formats.bind(app)
    errors.bind(app)
    chrome.bind(app, frame.frame)
    shown.bind(app)
    csrf = CSRFProtect(app)
    proving.bind(app)
    for page in PAGES:
        app.register_blueprint(page)
    for page in SIGNED_LINKS:
        csrf.exempt(page)


def _cookie_rules(settings: Settings) -> CookieRules:
    idle, whole = settings.session_idle_minutes, settings.session_absolute_minutes
    lifetime = Lifetime(idle=timedelta(minutes=idle), whole=timedelta(minutes=whole))
    return CookieRules(lifetime=lifetime, is_secure=settings.secure_cookies)


def _language_of_account() -> str | None:
    actor = signed_in()
    return actor.language if actor else None
