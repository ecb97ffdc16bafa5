"""The page of the seal where the database takes nothing: a sentence, no fault; and later the seal."""

import pytest
from flask import Flask

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.sealed_or_not import is_sealed
from tests.services.shut import WAYS
from tests.services.sittings import confirmed, ready_to_seal
from tests.web.conftest import SignedIn
from tests.world import World
from vctestimony.domain.people import Role
from vctestimony.services.unit import Units
from vctestimony.store.db import db


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_who_seals_is_told_that_nothing_was_saved_and_seals_later(
    units: Units, world: World, actor: FindActor, signed_in: SignedIn, app: Flask, clock: FrozenClock
) -> None:
    hearing, mumbai = world.mumbai.hearing, actor(Role.COORDINATOR, "mumbai")
    confirmed(units, world)
    ready_to_seal(units, hearing, mumbai)
    clerk, address = signed_in(Role.COORDINATOR, "mumbai"), f"/hearings/{hearing}/seal"
    page = clerk.get(address)
    with app.app_context():
        engine = db.engine
    for how, shut in WAYS[engine.dialect.name].items():
        with shut(engine):
            answer = clerk.ask(address, "POST", data={**page.fields(address), "language": "en"})
        assert answer.status_code == 503, (how, answer.location)
        assert "Nothing was " in answer.text, how
        assert not is_sealed(units, hearing)
    clock.advance(days=-1)
    answer = clerk.ask(address, "POST", data={**page.fields(address), "language": "en"})
    assert (answer.status_code, "The clock of this service stands at" in answer.text) == (409, True)
    clock.advance(days=1)
    assert clerk.ask(address, "POST", data={**page.fields(address), "language": "en"}).status_code == 303
    assert is_sealed(units, hearing)
    again = clerk.ask(address, "POST", data={**page.fields(address), "language": "en"})
    assert (again.status_code, "is sealed; nothing in it can be changed" in again.text) == (409, True)
