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
from vctestimony.domain.wording import N_
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Crossed, Unit, Units
from vctestimony.web.paths import local_path

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


class ProofNeeded(NotAllowed):
    """It is too long ago that whoever sits there showed who it is; web/proving.py asks."""

    text = N_("Show once more who you are.")


def requires(action: Action, *, fresh: bool | Callable[[], bool] = False) -> Callable[[View[P]], View[P]]:
    """Let only people through whose role can do `action` to something; the view checks the particular hearing.

    `fresh` is for acts that must not be anybody's who finds a browser open: whoever sits there must have shown within
    the last ten minutes who it is, and is asked to. What a form holds is kept meanwhile; files, and what opens a key,
    are given once more afterwards, so the page of such a form asks before.
    Where only some of what a form can do is such an act, `fresh` is what says whether this request is.
    """

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            actor = signed_in()
            if actor is None or actor.role is None:
                return redirect(url_for("account.sign_in", next=local_path(here()) if request.method == "GET" else ""))
            if not may_ever(actor.role, action):
                raise NotAllowed()
            if not g.get("is_proved", False) and (fresh() if callable(fresh) else fresh):
                raise ProofNeeded()
            return _tried_again(lambda: view(*args, **kwargs))

        guarded.action = action  # type: ignore[attr-defined]  # read by the test that walks every route
        guarded.fresh = fresh  # type: ignore[attr-defined]  # read by web/proving.py
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


def here() -> str:
    """The address of this request, without the host."""
    return request.full_path.rstrip("?")
