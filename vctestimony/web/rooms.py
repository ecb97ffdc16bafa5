"""Pages of rooms and video links: add one to a post, rename it, offer it no more; the links that all share."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.services import feed_addresses, place_pages, places, submissions
from vctestimony.services.feed_addresses import Holder
from vctestimony.services.place_pages import PostLine
from vctestimony.services.unit import Unit
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.officials import LONGEST_GAP
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("rooms", __name__)


@bp.get("/links")
@requires(Action.ADMINISTER)
def links() -> ResponseReturnValue:
    """The links that belong to no post."""
    with reading() as unit:
        things = place_pages.shared_links(unit)
    return render_template("places/links.html", things=things)


@bp.get("/links/new")
@requires(Action.ADMINISTER)
def new_shared_link() -> ResponseReturnValue:
    """The empty form of a link that all posts share."""
    return render_template("places/thing_form.html", form=shown_form(), kind="link", post=None, thing=None, feeds=None)


@bp.post("/links/new")
@requires(Action.ADMINISTER)
@shown_again_by(new_shared_link)
def add_shared_link() -> ResponseReturnValue:
    """Enter it."""
    return _added("link", "")


@bp.get("/posts/<code>/rooms/new", defaults={"kind": "room"})
@bp.get("/posts/<code>/links/new", defaults={"kind": "link"})
@requires(Action.MANAGE_PLACES)
def new(code: str, kind: str) -> ResponseReturnValue:
    """The empty form of a room or link of the post."""
    with reading() as unit:
        post = place_pages.one_post(unit, code)
        places.check_manages(current_actor(), post_id=post.id)
    return render_template("places/thing_form.html", form=shown_form(), kind=kind, post=post, thing=None, feeds=None)


@bp.post("/posts/<code>/rooms/new", defaults={"kind": "room"})
@bp.post("/posts/<code>/links/new", defaults={"kind": "link"})
@requires(Action.MANAGE_PLACES)
@shown_again_by(new)
def add(code: str, kind: str) -> ResponseReturnValue:
    """Enter it."""
    return _added(kind, code)


@bp.get("/rooms/<int:resource_id>")
@requires(Action.MANAGE_PLACES)
def edit(resource_id: int) -> ResponseReturnValue:
    """One room or link: its name, and whether it is offered."""
    with reading() as unit:
        thing, post = place_pages.one_thing(unit, resource_id, by=current_actor())
        is_room = thing.kind == "room" and post is not None
        feeds = feed_addresses.card(unit, Holder(room_id=thing.id), by=current_actor()) if is_room else None
    form = shown_form(name=thing.name, gap_minutes=thing.gap_minutes)
    return render_template("places/thing_form.html", form=form, kind=thing.kind, post=post, thing=thing, feeds=feeds)


@bp.post("/rooms/<int:resource_id>")
@requires(Action.MANAGE_PLACES)
@shown_again_by(edit)
def rename(resource_id: int) -> ResponseReturnValue:
    """Store another name."""
    with Form(request.form) as form:
        name, gap = form.text("name"), _gap(form)
    with writing() as unit:
        places.rename(unit, resource_id, name, gap_minutes=gap, by=current_actor())
        back = _keeper(unit, resource_id)
    return redirect(back, code=303)


@bp.post("/rooms/<int:resource_id>/retire")
@requires(Action.MANAGE_PLACES)
@shown_again_by(edit)
def retire(resource_id: int) -> ResponseReturnValue:
    """Offer it no more."""
    with writing() as unit:
        places.retire(unit, resource_id, by=current_actor())
        back = _keeper(unit, resource_id)
    return redirect(back, code=303)


@bp.post("/rooms/<int:resource_id>/restore")
@requires(Action.MANAGE_PLACES)
def restore(resource_id: int) -> ResponseReturnValue:
    """Offer it again."""
    with writing() as unit:
        places.restore(unit, resource_id, by=current_actor())
        back = _keeper(unit, resource_id)
    return redirect(back, code=303)


def _added(kind: str, code: str) -> ResponseReturnValue:
    """Enter a room or link; an empty code means a link that all share. The same form sent twice enters it once."""
    with Form(request.form) as form:
        name, gap, key = form.text("name"), _gap(form), form.key()
    actor = current_actor()
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            post = place_pages.one_post(unit, code) if code else None
            if kind == "room" and post is not None:
                places.add_room(unit, post.id, name, gap_minutes=gap, by=actor)
            else:
                places.add_link(unit, name, post_id=post.id if post else None, gap_minutes=gap, by=actor)
            outcome = _home(post)
            submissions.remember(unit, key, outcome, by=actor)
    return redirect(outcome, code=303)


def _gap(form: Form) -> int:
    return form.optional_integer("gap_minutes", least=0, most=LONGEST_GAP) or 0


def _keeper(unit: Unit, resource_id: int) -> str:
    return _home(place_pages.one_thing(unit, resource_id, by=current_actor())[1])


def _home(post: PostLine | None) -> str:
    """The page on which the room or link is listed."""
    return url_for("places.show", code=post.code) if post else url_for(".links")
