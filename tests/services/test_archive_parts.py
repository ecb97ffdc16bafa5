"""What follows the day is in a hearing's archive too: addenda, redacted copy, signatures, the way of the transcript."""

import json
from hashlib import sha256

import pytest

from tests.conftest import FindActor
from tests.fakes import FrozenClock
from tests.services.addenda_entered import added
from tests.services.cycling import do, fixed, hearing_in, walk
from tests.services.planned import MONDAY_11_AT
from tests.services.sittings import confirmed, ready_to_seal
from tests.services.test_archives import exported, proof_of
from tests.services.test_recordings import TYPED, described
from tests.services.test_signing import signed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.people import Role
from vctestimony.domain.record.addenda import AddendumKind
from vctestimony.domain.record.cycle import Rung
from vctestimony.services import seals
from vctestimony.services.unit import Units
from vctestimony.store import records, signing


@pytest.fixture
def remote(actor: FindActor) -> Actor:
    return actor(Role.MISSION_OFFICIAL)


@pytest.fixture
def hearing(units: Units, world: World, mumbai: Actor, clock: FrozenClock) -> str:
    confirmed(units, world)
    clock.at = MONDAY_11_AT
    ready_to_seal(units, world.mumbai.hearing, mumbai)
    clock.advance(hours=2)
    return world.mumbai.hearing


def test_everything_after_the_day_goes_along_and_is_proved(
    units: Units, hearing: str, mumbai: Actor, actor: FindActor
) -> None:
    judge = actor(Role.PRESIDING_OFFICER, "mumbai")
    fixed(units, hearing, mumbai)
    do(units, hearing, Rung.READ_OVER, mumbai)
    described(units, hearing, mumbai, TYPED)
    seals.seal(units, hearing, language="en", by=mumbai)
    code = added(units, hearing, AddendumKind.COSTS, mumbai)
    with units.reading() as unit:
        signed_as = signing.copies(unit.session, hearing_in(unit, hearing).id)[0].code
        row = records.sealed(unit.session, hearing_in(unit, hearing).id)
        assert row is not None
        sealed = bytes(row.pdf)
    signed(units, hearing, signed_as, "sig_judge", judge)
    files = exported(units, hearing, mumbai)
    told = json.loads(files[f"signed/{signed_as}.json"])
    assert files[f"signed/{signed_as}.pdf"].startswith(sealed)
    assert (told["original_sha256"], told["purpose"]) == (sha256(sealed).hexdigest(), "record")
    assert [one["field"] for one in told["report"]] == ["sig_judge"]
    assert {
        f"addenda/{code}.pdf",
        f"addenda/{code}.json",
        "redacted/record-redacted.pdf",
        "redacted/record-redacted.json",
    } <= set(files)
    assert [one["rung"] for one in json.loads(files["cycle/moves.json"])] == ["read_over"]
    assert [one["name"] for one in json.loads(files["recordings/described.json"])] == [TYPED.name]
    assert json.loads(files["deposition/versions.json"])[0]["change"] == 1
    assert json.loads(files["deposition/fixings.json"])[0]["fixed"] is True
    assert not [one for one in proof_of(files).problems if "addend" not in one.lower()]
    changed = {**files, f"signed/{signed_as}.pdf": files[f"signed/{signed_as}.pdf"] + b"x"}
    assert any("is not the file that was signed" in one for one in proof_of(changed).problems)
    changed = {name: content for name, content in files.items() if name != f"addenda/{code}.pdf"}
    assert any(f"Addendum {code} is missing" in one for one in proof_of(changed).problems)


def test_scans_go_along_by_their_hash_and_themselves_only_where_asked_for(
    units: Units, hearing: str, mumbai: Actor, remote: Actor
) -> None:
    fixed(units, hearing, mumbai)
    walk(units, hearing, mumbai, remote, until=Rung.SCANNED_AT_REMOTE)
    files = exported(units, hearing, mumbai)
    (row, *_) = json.loads(files["cycle/scans.json"])
    assert (row["file"], [name for name in files if name.startswith("cycle/scans/")]) == ("", [])
    files = exported(units, hearing, mumbai, with_files=True)
    (row, *_) = json.loads(files["cycle/scans.json"])
    assert sha256(files[row["file"]]).hexdigest() == row["sha256"]
