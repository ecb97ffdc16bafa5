"""Every cell of the matrix of rights against every route of the running application.

Absent and forbidden look the same: who may not know of a hearing gets, for its address, byte for byte what a reference
gets that nobody ever had. 403 is for those who see the hearing (SEE_HEARINGS) but may not do this to it, and for roles
that may do it to no hearing at all: they get it for every reference, so it tells nothing.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue

from tests import openid_provider
from tests.adapters.delivered_packs import PACKS
from tests.fakes import FrozenClock
from tests.web.matrix_known import Known, known_in
from tests.web.matrix_rules import Cell, cell
from tests.web.matrix_things import things_in
from tests.web.matrix_walk import ABSENT, Step, Walker, ask, looks, steps, unknown_arguments, walkers
from tests.world import World
from vctestimony.adapters.openid import OpenIDProvider
from vctestimony.domain.access import Action, Actor, Relation
from vctestimony.domain.people import Role
from vctestimony.services import sessions
from vctestimony.services.ports import Ports
from vctestimony.services.sessions import Lifetime, Live
from vctestimony.services.unit import Unit, Units
from vctestimony.web import errors
from vctestimony.web.context import requires

BASE = "http://127.0.0.1:8000"
SHUT = {403, 404}
# Where the matrix lets in and something else decides further: those roles and relations are refused all the same.
NARROWER: dict[str, set[tuple[Role, Relation | None]]] = {
    # An interpreter signs transcripts, and no record.
    "signing.offer_sealed": {(Role.INTERPRETER, Relation.NAMED)},
    # A field is one duty's, and the walk asks for the judge's.
    "signing.prepare": {
        *((role, Relation.NAMED) for role in (Role.COORDINATOR, Role.MISSION_OFFICIAL, Role.INTERPRETER)),
    },
}
# The same for every reference: a program, a form shown once more, and where nothing was chosen or is there to remove.
THE_SAME_FOR_ALL = {"live.worker": 200, "editions.move": 409, "backlog.book": 303, "passkey.remove": 303}
# A form that cannot be read is refused before anything is looked up, and alike for every reference.
BEFORE_IT_IS_LOOKED_UP = {422}
Restore = Callable[[], None]
_HERE = "\0here"
PAGE = Path(__file__).parents[2] / "docs" / "who-may-do-what.md"


@pytest.fixture
def ports(ports: Ports, clock: FrozenClock) -> Iterator[Ports]:
    """The packs that are delivered, so that there are steps to tick; and a provider, so that one can be led there."""
    with openid_provider.running(clock) as provider:
        client = openid_provider.CLIENT, openid_provider.SECRET
        passed = frozenset({"mfa"})
        own = OpenIDProvider(
            issuer=provider.issuer, client=client, name="Court login", scopes=("openid",), passed_by=passed
        )
        yield replace(ports, packs=lambda: PACKS, provider=own)


@pytest.fixture
def known(units: Units, world: World, mumbai: Actor) -> Known:
    """What the arguments of the addresses name in the world of the tests."""
    return known_in(units, world, mumbai)


@pytest.fixture
def walked(units: Units, world: World, known: Known, mumbai: Actor) -> list[Walker]:
    """Who asks; and everything is there that they may ask for."""
    with units.writing() as unit:
        found = walkers(unit, world)
    known.things.update(things_in(units, world, found, mumbai))
    return found


@pytest.fixture
def as_before(walked: list[Walker], database_url: str) -> Iterator[Restore]:
    """Puts the database back to where the walk began."""
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(":memory:")) as kept, closing(sqlite3.connect(path)) as live:
        live.backup(kept)
        yield lambda: kept.backup(live)


@dataclass(slots=True)
class Sketch:
    """Draws a page of refusal only where what stands on it counts; once for each person where it is of nothing."""

    is_needed: bool = False
    is_of_nothing: bool = False
    drawn: dict[tuple[object, ...], str] = field(default_factory=dict)

    def draw(self, page: str, **facts: object) -> str:
        """The page, the page as it was drawn before, or its name."""
        if not self.is_needed:
            return page
        if not self.is_of_nothing:
            return render_template(page, **facts)
        key = (page, str(facts), g.actor.account_id, request.endpoint)
        if key not in self.drawn:
            self.drawn[key] = render_template(page, **facts).replace(request.path, _HERE)
        return self.drawn[key].replace(_HERE, request.path)


@pytest.fixture
def sketch(monkeypatch: pytest.MonkeyPatch) -> Sketch:
    """So that ten thousand cells take seconds: who asks is looked up once, pages that nobody reads are not drawn."""
    found: dict[str, Live | None] = {}

    def remembered(unit: Unit, token: str, *, lifetime: Lifetime) -> Live | None:
        if token not in found:
            found[token] = find(unit, token, lifetime=lifetime)
        return found[token]

    find, made = sessions.find, Sketch()
    monkeypatch.setattr(sessions, "find", remembered)
    monkeypatch.setattr(errors, "render_template", made.draw)
    return made


@pytest.mark.abuse(1, 2, 4, 5, 7, 10)
@pytest.mark.threat("T1", "T2", "T3", "T7", "T12", "T32")
@pytest.mark.asvs("8.1.1", "8.2.1", "8.2.2", "8.4.1")
def test_every_cell_is_walked_on_every_route(
    app: Flask, walked: list[Walker], known: Known, as_before: Restore, sketch: Sketch
) -> None:
    """See the heading of this file for what must hold."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client(use_cookies=False)
    wrong, asked = [], Counter[Cell]()
    try:
        for step in steps(app):
            for walker in walked:
                what = cell(step, walker)
                asked[what] += 1
                sketch.is_needed, sketch.is_of_nothing = what is Cell.HIDDEN, False
                answer = ask(client, BASE, step, step.address(known.of(step)), walker.token)
                if step.method == "POST" and answer.status_code in {200, 303}:
                    as_before()
                problem = misfit(step, walker, what, answer.status_code)
                if not problem and what is Cell.HIDDEN:
                    sketch.is_of_nothing = True
                    nothing = ask(client, BASE, step, step.address(known.absent(step)), walker.token)
                    is_same = looks(answer, known.of(step)["reference"]) == looks(nothing, ABSENT)
                    problem = "" if is_same else "not as if absent"
                said = f"{step.method} {step.rule.rule} {step.rule.endpoint} {walker.role} {walker.relation}: {problem}"
                wrong += [said] if problem else []
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert not wrong, "\n".join(wrong)
    assert asked.total() == len(Role) * (len(Relation) + 1) * len(steps(app))


def test_the_page_says_how_many_cells_are_walked(app: Flask) -> None:
    """Where this fails, the sentence belongs into docs/who-may-do-what.md."""
    everybody = [Walker(role, relation, "") for role in Role for relation in (*Relation, None)]
    count = Counter(cell(step, walker) for step in steps(app) for walker in everybody)
    sentence = (
        f"{len(Role)} roles × {len(Relation) + 1} relations × {len(steps(app))} routes by method = {count.total():,} "
        f"cells: {count[Cell.ALLOWED]:,} allowed, {count[Cell.FORBIDDEN]:,} forbidden, {count[Cell.HIDDEN]:,} hidden, "
        f"{count[Cell.NEVER]:,} that the role never may"
    )
    assert sentence in " ".join(PAGE.read_text(encoding="utf-8").split())


def misfit(step: Step, walker: Walker, what: Cell, status: int) -> str:
    """What is wrong with the answer; empty where it is as the table says."""
    if what is Cell.NEVER:
        return "" if status == 403 else f"{status}, the role may never"
    if what is Cell.ALLOWED:
        is_narrower = (walker.role, walker.relation) in NARROWER.get(step.rule.endpoint, set())
        return f"{status}, allowed" if (status in SHUT) is not is_narrower else ""
    fine = SHUT | BEFORE_IT_IS_LOOKED_UP | {THE_SAME_FOR_ALL.get(step.rule.endpoint, 403)}
    return "" if status in fine else f"{status}, {what.value}"


def test_every_argument_of_a_route_names_an_object_that_is_known(app: Flask) -> None:
    assert unknown_arguments(app) == []


def test_a_planted_route_with_an_unknown_argument_is_found() -> None:
    planted = Flask("planted")

    @planted.get("/vaults/<vault>")
    @requires(Action.OPEN_VAULT)
    def opened(vault: str) -> ResponseReturnValue:
        return vault

    assert unknown_arguments(planted) == ["/vaults/<vault>"]


def test_every_action_of_the_matrix_is_asked_for_by_a_route_or_a_service(app: Flask) -> None:
    """WAIVE is asked for by a service alone: it is a button of the page that TICK opens."""
    assert set(Action) - {step.action for step in steps(app)} == {Action.WAIVE, Action.WAIVE_GATE}


@pytest.mark.abuse(11)
@pytest.mark.threat("T1")
def test_nobody_signed_in_is_sent_to_sign_in_from_every_route(app: Flask, known: Known) -> None:
    """Abuse row 11, by every method; 303 is the answer before a large body is read (web/sizes.py)."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client(use_cookies=False)
    try:
        found = {ask(client, BASE, step, step.address(known.of(step))).status_code for step in steps(app)}
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert found == {302, 303}
