"""Every cell of the matrix of rights against every route of the running application.

Absent and forbidden look the same: who may not know of a hearing gets, for its address, byte for byte what a reference
gets that nobody ever had. 403 is for those who see the hearing (SEE_HEARINGS) but may not do this to it, and for roles
that may do it to no hearing at all: they get it for every reference, so it tells nothing.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.test import TestResponse

from tests.web.matrix_walk import ABSENT, Object, Step, Walker, ask, looks, steps, unknown_arguments, walkers
from tests.world import World
from vctestimony.domain.access import Action, Relation, may_ever, relations_needed
from vctestimony.domain.matrix import MATRIX
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.models import ParticipantRow
from vctestimony.web.context import requires

BASE = "http://127.0.0.1:8000"
SHUT = {403, 404}
# Where somebody who may is told all the same that there is nothing: no such part of this hearing, or not yet.
NOT_THERE_YET = {
    *("addenda.print_out", "addenda.take_back", "archives.give", "checklists.settle", "checklists.step"),
    *("checklists.take_file", "day.correct", "day.correction", "deposition_versions.of_line", "depositions.line"),
    *("depositions.revise", "event_files.of_hearing", "joining.look", "mails.raw", "own_answers.ask"),
    *("own_answers.give", "proposals.accept", "proposals.decline", "proposals.show", "recordings.correct"),
    *("recordings.correction", "records.fill", "records.statement", "seats.telephone", "seats.write_down"),
    *("signing.ask", "signing.complete", "signing.prepare", "signing.show", "signing.sign_with_file"),
    *("signing.sign_with_token", "signing.take", "signing.take_ready", "signing.to_sign", "signing.upload"),
    *("identities.destroyed", "identities.destroyed_paper"),
    *("signing_cycle.take", "signing_cycle.do", "witnesses.ask", "witnesses.look", "signing.offer_sealed"),
    *(
        "deposition_imports.check",
        "deposition_imports.enter",
        "day.pass_gate",
        "day.passing",
        "seats.instead",
        "seats.exchange",
    ),
}
# Where the matrix lets in and the duty at the hearing, or a right to the file in question, decides further.
NARROWER = {
    *("signing_cycle.change_path", "signing_cycle.go_back", "signing_cycle.offer", "signing_cycle.do"),
    *("signing.offer_sealed", "deposition_fixing.fix", "deposition_fixing.reopen", "day.adjourn", "day.complete"),
}
# Pages that need a case, a file or a provider of sign-ins, and say that there is nothing where it is missing.
ASKS_FOR_MORE = {"planning.new", "planning.create", "calendar_imports.enter", "provider.go_to_link"}
# A program that is the same for every reference, and a form that is shown once more to those who may see the page.
THE_SAME_FOR_ALL = {"live.worker": 200, "editions.move": 409}
# A form that cannot be read is refused before anything is looked up, and alike for every reference.
BEFORE_IT_IS_LOOKED_UP = {422}
Restore = Callable[[], None]
COURTS = {Object.HEARING, Object.CASE, Object.WITNESS}


@pytest.fixture
def known(units: Units, world: World) -> Mapping[str, str]:
    """What the arguments of the addresses name in the world of the tests."""
    court = world.mumbai
    with units.reading() as unit:
        query = sa.select(ParticipantRow.id).where(ParticipantRow.hearing_id == court.hearing_id)
        participant = unit.session.scalars(query.order_by(ParticipantRow.id)).first()
    return {
        "participant": str(participant),
        "code": "mumbai-court",
        "official_id": str(court.judge_id),
        "room_id": str(court.room_id),
        "resource_id": str(court.room_id),
        "account_id": "999999",
        "session_id": "999999",
        "mail_id": "999999",
        "passkey_id": "999999",
        "pack": "bombay",
    }


@pytest.fixture
def walked(units: Units, world: World) -> list[Walker]:
    with units.writing() as unit:
        return walkers(unit, world)


@pytest.fixture
def as_before(units: Units, walked: list[Walker], known: Mapping[str, str], database_url: str) -> Iterator[Restore]:
    """Puts the database back to where the walk began."""
    path = database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(":memory:")) as kept, closing(sqlite3.connect(path)) as live:
        live.backup(kept)
        yield lambda: kept.backup(live)


@pytest.mark.abuse(1, 2, 10)
@pytest.mark.threat("T1", "T3", "T12")
@pytest.mark.asvs("8.2.1", "8.2.2", "8.4.1")
def test_every_cell_is_walked_on_every_route(
    app: Flask,
    walked: list[Walker],
    world: World,
    known: Mapping[str, str],
    as_before: Restore,
) -> None:
    """T1, T3, T12, abuse rows 1, 2, 10: see the heading of this file for what must hold."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client(use_cookies=False)
    wrong, asked = [], Counter[str]()
    try:
        for step in steps(app):
            there = {**known, "reference": reference_of(step, world)}
            for walker in walked:
                asked[walker.relation or "in no way"] += 1
                answer = ask(client, BASE, step, step.address(there), walker.token)
                if step.method == "POST" and answer.status_code in {200, 303}:
                    as_before()
                problem = misfit(step, walker, answer)
                if not problem and is_hidden(step, walker):
                    nowhere = step.address({**there, "reference": ABSENT})
                    unknown = ask(client, BASE, step, nowhere, walker.token)
                    is_same = looks(answer, there["reference"]) == looks(unknown, ABSENT)
                    problem = "" if is_same else "not as if absent"
                wrong += (
                    [f"{step.method} {step.rule.rule} {walker.role} {walker.relation}: {problem}"] if problem else []
                )
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert not wrong, "\n".join(wrong)
    count = f"{len(Role)} roles x {len(Relation) + 1} relations x {len(steps(app))} routes = {asked.total()} cells"
    print(count)  # noqa: T201 - the count is what docs/who-may-do-what.md tells how to see
    assert asked.total() == len(Role) * (len(Relation) + 1) * len(steps(app))


def reference_of(step: Step, world: World) -> str:
    """The object in Mumbai that the address names, where the seeded world has one."""
    court = world.mumbai
    return {Object.CASE: court.case, Object.WITNESS: court.witness}.get(step.object or Object.HEARING, court.hearing)


def allowed(step: Step, walker: Walker) -> bool:
    """What the matrix says of this cell."""
    if step.action in MATRIX.in_general:
        return may_ever(walker.role, step.action)
    return walker.relation in relations_needed(walker.role, step.action)


def is_hidden(step: Step, walker: Walker) -> bool:
    """Whether the object may not even be known of, by a role that is let as far as to ask for it."""
    if not may_ever(walker.role, step.action):
        return False
    if step.object is Object.HEARING:
        return walker.relation not in relations_needed(walker.role, Action.SEE_HEARINGS)
    return step.object in COURTS and walker.relation is None


def misfit(step: Step, walker: Walker, answer: TestResponse) -> str:
    """What is wrong with the answer; empty where it is as the matrix says."""
    status = answer.status_code
    if not may_ever(walker.role, step.action):
        return "" if status == 403 else f"{status}, the role may never"
    if step.object is None:
        return f"{status}, allowed" if status in SHUT and step.rule.endpoint not in ASKS_FOR_MORE else ""
    if step.object not in COURTS:
        return ""
    if allowed(step, walker):
        return f"{status}, allowed" if status in SHUT and step.rule.endpoint not in NOT_THERE_YET | NARROWER else ""
    fine = SHUT | BEFORE_IT_IS_LOOKED_UP | {THE_SAME_FOR_ALL.get(step.rule.endpoint, 403)}
    return "" if status in fine else f"{status}, not allowed"


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
def test_nobody_signed_in_is_sent_to_sign_in_from_every_route(
    app: Flask, known: Mapping[str, str], world: World
) -> None:
    """Abuse row 11, by every method."""
    app.config["WTF_CSRF_ENABLED"] = False
    client, there = app.test_client(use_cookies=False), {**known, "reference": world.mumbai.hearing}
    try:
        found = {(step.rule.rule, ask(client, BASE, step, step.address(there)).status_code) for step in steps(app)}
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert {status for _, status in found} == {302}
