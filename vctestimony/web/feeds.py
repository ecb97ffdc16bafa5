"""The calendars that programs subscribe to by a secret address, and the forms that make and stop such an address."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.errors import Absent
from vctestimony.domain.feeds import FeedKind
from vctestimony.services import feed_addresses, feeds, limits, submissions
from vctestimony.services.calendar_exports import ICS
from vctestimony.services.feed_addresses import Holder
from vctestimony.web.context import current_actor, open_to_all, requires, service, writing
from vctestimony.web.forms import Form
from vctestimony.web.proxies import asked_from
from vctestimony.web.saying import said

bp = Blueprint("feeds", __name__)
_OF_PERSON, _OF_ROOM = "/officials/<int:official_id>/feeds/<kind>", "/rooms/<int:room_id>/feeds/<kind>"
MOST_WRONG, WRONG_WITHIN_MINUTES = 30, 15


@bp.get("/feeds/<token>.ics")
@open_to_all
def read(token: str) -> ResponseReturnValue:
    """The calendar behind the address, or 304 for a program that has it already. Never compressed: Outlook fails."""
    with wrong_addresses_counted():
        given = feeds.read(service().units, token)
    response = Response(given.content, content_type=f"{ICS}; charset=utf-8")
    response.set_etag(given.etag)
    response.last_modified = given.changed_at
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@bp.errorhandler(feeds.FeedClosed)
def closed(refusal: feeds.FeedClosed) -> ResponseReturnValue:
    """One line, the same for every address that opens nothing: programs show it, and no form repeats the address."""
    return Response(said(refusal), 404, content_type="text/plain; charset=utf-8")


@contextmanager
def wrong_addresses_counted() -> Iterator[None]:
    """Whoever guesses is told to wait; a genuine address opens all the same, for an office shares one connection."""
    try:
        yield
    except feeds.FeedClosed:
        with writing() as unit:
            bucket = f"feed|{asked_from()}"
            limits.count(unit, bucket, most=MOST_WRONG, within_minutes=WRONG_WITHIN_MINUTES)
        raise


@bp.post(_OF_PERSON)
@bp.post(_OF_ROOM)
@requires(Action.KEEP_FEEDS)
def make(kind: str, official_id: int | None = None, room_id: int | None = None) -> ResponseReturnValue:
    """Make an address, or make it anew, and show it this once."""
    holder = Holder(official_id, room_id)
    with Form(request.form) as form:
        key = form.key()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is not None:
            return redirect(outcome, code=303)
        address = feed_addresses.make(unit, holder, _kind(kind), by=current_actor())
        submissions.remember(unit, key, _home(holder), by=current_actor())
    return render_template("feeds/address.html", address=address, home=_home(holder))


@bp.post(f"{_OF_PERSON}/stop")
@bp.post(f"{_OF_ROOM}/stop")
@requires(Action.KEEP_FEEDS)
def stop(kind: str, official_id: int | None = None, room_id: int | None = None) -> ResponseReturnValue:
    """Let an address open nothing any more."""
    holder = Holder(official_id, room_id)
    with writing() as unit:
        feed_addresses.stop(unit, holder, _kind(kind), by=current_actor())
    return redirect(_home(holder), code=303)


@bp.post("/officials/<int:official_id>/feeds/held")
@requires(Action.KEEP_FEEDS)
def held(official_id: int) -> ResponseReturnValue:
    """Choose whether times that are only held are shown."""
    holder = Holder(official_id)
    with Form(request.form) as form:
        with_held = form.ticked("held")
    with writing() as unit:
        feed_addresses.show_held(unit, holder, with_held=with_held, by=current_actor())
    return redirect(_home(holder), code=303)


def _kind(text: str) -> FeedKind:
    found = next((kind for kind in FeedKind if kind == text), None)
    if found is None:
        raise Absent()
    return found


def _home(holder: Holder) -> str:
    """The page on which the feeds of the holder are listed."""
    if holder.official_id is None:
        return url_for("rooms.edit", resource_id=holder.room_id, _anchor="feeds")
    if holder.official_id == current_actor().official_id:
        return url_for("account.show", _anchor="feeds")
    return url_for("officials.show", official_id=holder.official_id, _anchor="feeds")
