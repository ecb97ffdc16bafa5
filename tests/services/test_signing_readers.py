"""Who is given a file that is signed: whoever signs in it, and whoever may have such a file anyway."""

import pytest

from tests.conftest import FindActor
from tests.services.test_signing import PDF, offered
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Role
from vctestimony.domain.signing import Purpose
from vctestimony.services import signing_acts, signing_views
from vctestimony.services.unit import Units


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize(
    ("role", "at", "has"),
    [
        (Role.COORDINATOR, "mumbai", set(Purpose)),
        (Role.PRESIDING_OFFICER, "mumbai", set(Purpose)),
        (Role.MISSION_OFFICIAL, "", set(Purpose)),
        (Role.INTERPRETER, "", {Purpose.TRANSCRIPT}),
        (Role.LEGAL_STAFF, "mumbai", set()),
        (Role.SUPPORT, "", set()),
        (Role.ADMINISTRATOR, "", set()),
        (Role.COORDINATOR, "pune", set()),
        (Role.PRESIDING_OFFICER, "pune", set()),
    ],
)
def test_a_file_is_for_who_signs_in_it_or_may_have_it_anyway(
    units: Units,
    hearing: str,
    mumbai: Actor,
    actor: FindActor,
    role: Role,
    at: str,
    has: set[Purpose],
    purpose: Purpose,
) -> None:
    of = offered(units, hearing, mumbai, purpose=purpose)
    by = actor(role, at)
    with units.writing() as unit:
        if purpose in has:
            assert signing_acts.take(unit, hearing, of, by=by) == PDF
            assert of in [one.code for one in signing_views.listed(unit, hearing, by=by).copies]
            return
        for use in (signing_acts.take, signing_acts.awaited, signing_views.page):
            with pytest.raises((NotAllowed, Absent)):
                use(unit, hearing, of, by=by)


def test_an_interpreter_has_no_list_of_what_others_sign(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor
) -> None:
    codes = {one: offered(units, hearing, mumbai, PDF + one.encode(), one) for one in Purpose}
    with units.reading() as unit:
        view = signing_views.listed(unit, hearing, by=actor(Role.INTERPRETER))
    assert [one.code for one in view.copies] == [codes[Purpose.TRANSCRIPT]]
