"""The one place that ties a browser to its session on the server: the cookie, who is signed in, the form token.

The cookie holds a random token and nothing else. A session is stored once somebody signs in or something must be kept
for the next page; before that the token alone makes the form token (HMAC, bound to the cookie), so that looking at a
page writes nothing.
"""

import hmac
import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypedDict

from flask import Flask, Request, current_app, g, redirect, request, url_for
from flask.globals import request_ctx
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.wrappers import Response

from vctestimony.domain.errors import Refusal
from vctestimony.services import sessions
from vctestimony.services.references import new_secret
from vctestimony.services.sessions import Lifetime
from vctestimony.web.context import reading, writing
from vctestimony.web.language import current_language

CSRF = "csrf_token"
FORM_TOKEN = "form_token"  # noqa: S105  # the name of an entry
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# What somebody with a first password can reach: the page where it is changed, and the way out.
_BEFORE_CHANGE = frozenset(
    {
        "account.password",
        "account.change_password",
        "account.choose_language",
        "account.sign_out",
        "help.glossary",
        "language.choose",
    }
)
# What somebody can reach who needs a second step and has none yet: the pages where it is set up, and the way out.
_BEFORE_SET_UP = frozenset(
    {
        "account.choose_language",
        "account.sign_out",
        "help.glossary",
        "language.choose",
        "passkey.add",
        "passkey.new",
        "proof.ask",
        "proof.give",
        "second_step.app",
        "second_step.begin_app",
        "second_step.confirm_app",
        "second_step.show",
    }
)
_WITHOUT = frozenset({"static", "help.healthz", "help.readyz"})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CookieRules:
    """How long sessions live, and whether the service is reached by https."""

    lifetime: Lifetime
    is_secure: bool

    @property
    def name(self) -> str:
        """`__Host-` makes the browser refuse a cookie that another host or a plain connection set."""
        return "__Host-vct" if self.is_secure else "vct"


class Flags(TypedDict):
    """What every answer with the cookie says about it; without a domain only this host gets it back."""

    path: str
    secure: bool
    httponly: bool
    samesite: str


class BrowserSession(dict[str, object], SessionMixin):
    """What Flask calls the session: the content, and what is known of the row behind it."""

    def __init__(self, token: str, *, form_token: str, is_new: bool) -> None:
        super().__init__({CSRF: form_token})
        self.token, self.is_new, self.form_token_used = token, is_new, False
        self.live: sessions.Live | None = None
        self.row_id: int | None = None
        self.kept = "{}"
        self.ended = False

    def __getitem__(self, key: str) -> object:
        if key == CSRF:
            self.form_token_used = True
        return super().__getitem__(key)

    def content(self) -> dict[str, object]:
        """What is to be kept; the form token follows from the cookie and is not."""
        return {key: value for key, value in self.items() if key != CSRF}

    def fill(self, live: sessions.Live) -> None:
        """Take over what was kept."""
        self.live, self.row_id = live, live.id
        self.update(live.content)
        if FORM_TOKEN in live.content:
            self[CSRF] = live.content[FORM_TOKEN]
        self.kept = _as_text(self.content())

    def renew(self, token: str, *, row_id: int, form_token: str) -> None:
        """Become another session, with nothing of this one in it."""
        self.clear()
        self[CSRF] = form_token
        self.token, self.row_id, self.is_new, self.live, self.kept = token, row_id, True, None, "{}"

    def move(self, token: str) -> None:
        """Go on under another token. Pages that are open in other windows keep theirs: their forms still count."""
        self[FORM_TOKEN] = self[CSRF]
        self.token, self.is_new = token, True

    @property
    def changed(self) -> bool:
        """Whether a page put something in or took something out."""
        return _as_text(self.content()) != self.kept


class ServerSessions(SessionInterface):
    """Flask's door to the sessions. Opening looks at the cookie only; `load` reads the row."""

    def __init__(self, rules: CookieRules) -> None:
        self.rules = rules

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        """The session of the cookie; one that cannot be ours is treated as none."""
        sent = request.cookies.get(self.rules.name, "")
        is_ours = _TOKEN.fullmatch(sent) is not None
        token = sent if is_ours else new_secret()
        return BrowserSession(token, form_token=_form_token(app, token), is_new=not is_ours)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what must be kept. A page that is ready is shown even when that fails."""
        if not isinstance(session, BrowserSession):
            raise TypeError(session)
        if session.ended:
            response.delete_cookie(self.rules.name, **self._flags())
            return
        try:
            self._keep(session)
        except Refusal as refusal:
            log.warning("session not kept: %s", refusal.code)
        if session.is_new and (session.form_token_used or session.row_id is not None):
            response.set_cookie(self.rules.name, session.token, **self._flags())
        if session.form_token_used or session.live is not None:
            response.vary.add("Cookie")

    def _keep(self, held: BrowserSession) -> None:
        content = held.content()
        is_used = held.live is not None and held.live.actor is not None and not g.get("unattended", False)
        is_due = is_used and held.live is not None and held.live.is_worth_noting
        if held.row_id is not None and (held.changed or is_due):
            with writing() as unit:
                sessions.keep(unit, held.row_id, content=content if held.changed else None)
        elif held.row_id is None and content:
            with writing() as unit:
                held.row_id = sessions.start(
                    unit,
                    token=held.token,
                    account_id=None,
                    content=content,
                    browser=request.user_agent.string,
                    lifetime=self.rules.lifetime,
                )

    def _flags(self) -> Flags:
        return Flags(path="/", secure=self.rules.is_secure, httponly=True, samesite="Lax")


def bind(app: Flask, rules: CookieRules) -> None:
    """Let `app` know who is signed in. CSRFProtect comes after this."""
    app.session_interface = ServerSessions(rules)
    app.before_request(load)


def load() -> Response | None:
    """Find the session and its person before any view; a first password must be changed before anything else."""
    if request.endpoint in _WITHOUT:
        return None
    held = _held()
    if not held.is_new:
        with reading() as unit:
            live = sessions.find(unit, held.token, lifetime=_rules().lifetime)
        if live is not None:
            held.fill(live)
            g.actor, g.is_proved, g.waiting_id = live.actor, live.is_proved, live.waiting_id
            _speak_as_the_page()
    return _held_up(held.live) if held.live is not None and held.live.actor is not None else None


def _speak_as_the_page() -> None:
    """What the use-cases say to whoever reads stands in the language of the page, also where it was chosen here."""
    if g.actor is not None:
        g.actor = replace(g.actor, language=current_language())


def _held_up(live: sessions.Live) -> Response | None:
    """Where somebody must go first, who is signed in but not done with it."""
    if live.must_change:
        return None if request.endpoint in _BEFORE_CHANGE else redirect(url_for("account.password"), code=303)
    if live.must_set_up and request.endpoint not in _BEFORE_SET_UP:
        return redirect(url_for("second_step.show"), code=303)
    return None


def begin(account_id: int, *, has_passed: bool = False) -> None:
    """Sign this browser in with a token it never had before; whatever session it had ends.

    `has_passed` says that the second step was taken in that session.
    """
    held = _held()
    token = new_secret()
    with writing() as unit:
        if held.row_id is not None:
            sessions.end(unit, held.row_id)
        row_id = sessions.start(
            unit,
            token=token,
            account_id=account_id,
            content={},
            browser=request.user_agent.string,
            lifetime=_rules().lifetime,
            has_passed=has_passed,
        )
    held.renew(token, row_id=row_id, form_token=_form_token(current_app, token))


@contextmanager
def renewed_by() -> Iterator[str]:
    """A token that the session goes on with when the block ends well; the block stores it."""
    token = new_secret()
    yield token
    _held().move(token)


def this_session() -> int | None:
    """The number of the session in which this request came."""
    return _held().row_id


def has_passed() -> bool:
    """Whether a second step was taken in this session."""
    held = _held()
    return held.live is not None and held.live.has_passed


def forget() -> None:
    """The session has ended: take the cookie back and keep nothing."""
    _held().ended = True


def _held() -> BrowserSession:
    held = request_ctx.session
    if not isinstance(held, BrowserSession):
        raise TypeError(held)
    return held


def _rules() -> CookieRules:
    interface = current_app.session_interface
    if not isinstance(interface, ServerSessions):
        raise TypeError(interface)
    return interface.rules


def _form_token(app: Flask, token: str) -> str:
    key = app.config["SECRET_KEY"]
    return hmac.new(f"form token|{key}".encode(), token.encode(), sha256).hexdigest()


def _as_text(content: dict[str, object]) -> str:
    return json.dumps(content, sort_keys=True)
