"""Pages of planning: set up a hearing, choose its rooms, lengths and order, name its people."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vctestimony.domain.access import Action
from vctestimony.domain.hearing import Lengths
from vctestimony.domain.sides import Side
from vctestimony.services import planning, plans, submissions
from vctestimony.services.claims import SlotTaken, TimeRefused
from vctestimony.services.part_rooms import OWN_ROOMS
from vctestimony.services.planning import Rooms, Seat
from vctestimony.services.reasons import WhyNot
from vctestimony.web.context import current_actor, reading, requires, writing
from vctestimony.web.forms import Form
from vctestimony.web.shown import shown_again_by, shown_form

bp = Blueprint("planning", __name__, url_prefix="/hearings")
_LONGEST = 600
_LENGTHS = {"pre_minutes": 15, "main_minutes": 60, "post_minutes": 15}


@bp.get("/new")
@requires(Action.PLAN)
def new() -> ResponseReturnValue:
    """The empty form of a hearing of the case in the address."""
    with reading() as unit:
        plan = plans.new_plan(unit, request.args.get("case", ""), by=current_actor())
    only = {name: value for name, value in (("order", plan.orders), ("witness", plan.witnesses)) if len(value) == 1}
    chosen = {name: choices[0][0] for name, choices in only.items()}
    return render_template("hearings/new.html", plan=plan, form=shown_form(**_LENGTHS, **chosen))


@bp.post("/new")
@requires(Action.PLAN)
@shown_again_by(new)
def create() -> ResponseReturnValue:
    """Set the hearing up and go on to its people; the same form sent twice leads to the same hearing."""
    with Form(request.form) as form:
        order_id, witness = form.integer("order", least=1, most=2**31 - 1), form.text("witness", limit=20)
        rooms, key = _rooms(form), form.key()
    actor, case = current_actor(), request.args.get("case", "")
    with writing() as unit:
        outcome = submissions.already(unit, key)
        if outcome is None:
            made = planning.create(unit, case_ref=case, order_id=order_id, witness_ref=witness, rooms=rooms, by=actor)
            outcome = url_for(".people", reference=made)
            submissions.remember(unit, key, outcome, by=actor)
    return redirect(outcome, code=303)


@bp.get("/<reference>/rooms")
@requires(Action.PLAN)
def rooms(reference: str) -> ResponseReturnValue:
    """Rooms, link and lengths with what is stored."""
    with reading() as unit:
        plan = plans.rooms_plan(unit, reference, by=current_actor())
    form = shown_form(
        court_room=plan.court_room_id,
        remote_room=plan.remote_room_id,
        link=plan.link_id,
        pre_minutes=plan.lengths.pre,
        main_minutes=plan.lengths.main,
        post_minutes=plan.lengths.post,
        **{one.need: one.chosen for one in plan.own},
    )
    return render_template("hearings/rooms.html", plan=plan, form=form, whys=_whys())


@bp.post("/<reference>/rooms")
@requires(Action.PLAN)
@shown_again_by(rooms)
def change_rooms(reference: str) -> ResponseReturnValue:
    """Store other rooms or lengths."""
    with Form(request.form) as form:
        wanted, version = _rooms(form), form.version()
    with writing() as unit:
        planning.change_rooms(unit, reference, wanted, version=version, by=current_actor())
    return redirect(url_for("hearings.detail", reference=reference), code=303)


@bp.get("/<reference>/order")
@requires(Action.PLAN)
def order(reference: str) -> ResponseReturnValue:
    """The orders of the case; the one in the address is chosen, else the hearing's own."""
    with reading() as unit:
        plan = plans.order_plan(unit, reference, by=current_actor())
    form = shown_form(order=request.args.get("order") or plan.chosen)
    return render_template("hearings/order.html", plan=plan, form=form, whys=_whys())


@bp.post("/<reference>/order")
@requires(Action.PLAN)
@shown_again_by(order)
def change_order(reference: str) -> ResponseReturnValue:
    """Put the hearing under the chosen order."""
    with Form(request.form) as form:
        order_id, version = form.integer("order", least=1, most=2**31 - 1), form.version()
    with writing() as unit:
        planning.change_order(unit, reference, order_id, version=version, by=current_actor())
    return redirect(url_for("hearings.detail", reference=reference), code=303)


@bp.get("/<reference>/people")
@requires(Action.PLAN)
def people(reference: str) -> ResponseReturnValue:
    """Every seat: who must sit there and why, and who does. In session, people come and go on a page of its own."""
    with reading() as unit:
        plan = plans.people_plan(unit, reference, by=current_actor())
    if plan.in_session:
        return redirect(url_for("day_people.show", reference=reference))
    chosen = {f"seat_{seat.key}": seat.chosen for seat in plan.seats}
    missed = {f"missed_{seat.key}": seat.can_be_missed for seat in plan.seats}
    sides = {f"side_{seat.key}": seat.side for seat in plan.seats}
    form = shown_form(**chosen, **missed, **sides)
    return render_template("hearings/people.html", plan=plan, form=form, whys=_whys())


@bp.post("/<reference>/people")
@requires(Action.PLAN)
@shown_again_by(people)
def name_people(reference: str) -> ResponseReturnValue:
    """Name exactly the people of the form."""
    with Form(request.form) as form:
        seats, version = _seats(form), form.version()
    with writing() as unit:
        planning.name_people(unit, reference, seats, version=version, by=current_actor())
    return redirect(url_for("hearings.detail", reference=reference), code=303)


def _whys() -> tuple[WhyNot, ...]:
    """What of the change just refused does not fit the hearing's time: who is not free, or which rule forbids it."""
    refused = g.get("refused_attempt")
    return refused.whys if isinstance(refused, SlotTaken | TimeRefused) else ()


def _rooms(form: Form) -> Rooms:
    read = {name: form.integer(name, least=1, most=2**31 - 1) for name in ("court_room", "remote_room", "link")}
    minutes = {name: form.integer(f"{name}_minutes", least=0, most=_LONGEST) for name in ("pre", "main", "post")}
    typed = {need: form.optional_text(need, limit=20) for need in OWN_ROOMS}
    own = {need: _own_room(form, need) for need, room in typed.items() if room not in {"", plans.SAME}}
    form.check()
    return Rooms(
        court_room_id=read["court_room"],
        remote_room_id=read["remote_room"],
        link_id=read["link"],
        lengths=Lengths(**minutes),
        own=own,
    )


def _own_room(form: Form, need: str) -> int | None:
    """Another room, or None where no room is taken during the part."""
    return None if form.optional_text(need) == plans.NONE else form.integer(need, least=1, most=2**31 - 1)


def _seats(form: Form) -> tuple[Seat, ...]:
    found = []
    for key, duty in plans.SEATS:
        official_id = form.optional_integer(f"seat_{key}", least=1, most=2**31 - 1)
        if official_id is not None:
            side = form.optional_choice(f"side_{key}", Side)
            found.append(Seat(official_id, duty, is_required=not form.ticked(f"missed_{key}"), side=side))
    return tuple(found)
