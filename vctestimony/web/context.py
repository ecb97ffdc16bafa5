"""The one place where a view gets its unit of work, the person acting, and its permission."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action, Actor, may_ever
from vctestimony.domain.errors import NotAllowed
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Crossed, Unit, Units

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
EXTENSION = "vctestimony"
TRIES = 3


@dataclass(frozen=True, slots=True)
class Service:
    """What the composition root hands to the web layer."""

    units: Units
    ports: Ports
    is_demo: bool


def service() -> Service:
    """The running service behind this application."""
    found: Service = current_app.extensions[EXTENSION]
    return found


def writing() -> AbstractContextManager[Unit]:
    """A unit that commits."""
    return service().units.writing()


def reading() -> AbstractContextManager[Unit]:
    """A unit that only looks."""
    return service().units.reading()


def signed_in() -> Actor | None:
    """The person who is signed in, if anybody is."""
    actor: Actor | None = g.get("actor")
    return actor


def current_actor() -> Actor:
    """The person who acts; a view that calls this has `requires`, so there is one."""
    actor = signed_in()
    if actor is None:
        abort(401)
    return actor


def requires(action: Action) -> Callable[[View[P]], View[P]]:
    """Let only people through whose role can do `action` to something; the view checks the particular hearing."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            actor = signed_in()
            if actor is None or actor.role is None:
                return redirect(url_for("account.sign_in", next=_here()))
            if not may_ever(actor.role, action):
                raise NotAllowed()
            return _tried_again(lambda: view(*args, **kwargs))

        guarded.action = action  # type: ignore[attr-defined]  # read by the test that walks every route
        return guarded

    return wrap


def _tried_again(answer: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """The view once more when two changes waited for each other: nothing of it was saved. Not for ever."""
    for _ in range(TRIES - 1):
        try:
            return answer()
        except Crossed:
            continue
    return answer()


def open_to_all(view: View[P]) -> View[P]:
    """Mark a view that needs no sign-in, so that the test that walks every route knows it is meant."""
    view.action = None  # type: ignore[attr-defined]  # read by the test that walks every route
    return view


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else ""
