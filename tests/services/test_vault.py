"""The vault: who may look, what a look leaves behind, and what tampering with the database brings to light: nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import Database, FindActor
from tests.services.registered import REAL_NAME, leave, witness_entry
from tests.world import World
from vctestimony.adapters.vault import FieldVault
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.people import Role
from vctestimony.domain.sealing import VaultShut
from vctestimony.services import journal, vault, witness_keys, witnesses
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store.models import ParticipantRow

REASON = "to compare the passport before the oath"


@pytest.fixture
def sealed(units: Units, world: World, mumbai: Actor) -> str:
    """The world's witness of Mumbai, her name in the vault."""
    with units.writing() as unit:
        entry = witness_entry("PW-7")
        witnesses.revise(unit, world.mumbai.witness, entry, version=1, by=mumbai)
    leave(units, world.mumbai.witness, mumbai)
    return world.mumbai.witness


def looks(units: Units, reference: str) -> list[tuple[str, object]]:
    with units.reading() as unit:
        history = journal.history(unit, reference)
    return [(entry.actor, json.loads(entry.facts)["reason"]) for entry in history if entry.action == "vault.opened"]


def test_a_look_shows_the_fields_in_the_order_of_the_form_and_is_written_down(
    units: Units, sealed: str, mumbai: Actor
) -> None:
    with units.writing() as unit:
        identity = vault.look(unit, sealed, reason=REASON, by=mumbai)
    assert identity.fields == (("Full name", REAL_NAME), ("Number of the identity document", "BX 0123456"))
    assert looks(units, sealed) == [(mumbai.name, REASON)]


def test_every_look_is_written_down_anew(units: Units, sealed: str, mumbai: Actor) -> None:
    for reason in (REASON, "to write the affidavit of identity"):
        with units.writing() as unit:
            vault.look(unit, sealed, reason=reason, by=mumbai)
    assert [reason for _, reason in looks(units, sealed)] == [REASON, "to write the affidavit of identity"]


@pytest.mark.parametrize(
    ("reason", "is_enough"), [("", False), ("ninechars", False), (" tencharac", False), ("tencharact", True)]
)
def test_a_reason_has_ten_letters_at_least(
    units: Units, sealed: str, mumbai: Actor, reason: str, is_enough: bool
) -> None:
    if is_enough:
        with units.writing() as unit:
            assert vault.look(unit, sealed, reason=reason, by=mumbai).fields
        return
    with units.writing() as unit, pytest.raises(vault.ReasonTooShort):
        vault.look(unit, sealed, reason=reason, by=mumbai)
    assert looks(units, sealed) == []


def test_a_name_written_into_the_reason_is_not_kept(units: Units, sealed: str, mumbai: Actor) -> None:
    with units.writing() as unit:
        vault.look(unit, sealed, reason="is RAHIMA parveen the one in the passport?", by=mumbai)
    assert looks(units, sealed) == [(mumbai.name, "is PW-7 PW-7 the one in the passport?")]


REFUSALS: dict[tuple[Role, str], type[Exception]] = {
    (Role.COORDINATOR, "pune"): Absent,
    (Role.PRESIDING_OFFICER, "pune"): Absent,
    (Role.LEGAL_STAFF, "mumbai"): NotAllowed,
    (Role.INTERPRETER, ""): NotAllowed,
    (Role.SUPPORT, ""): NotAllowed,
    (Role.ADMINISTRATOR, ""): Absent,
}


@pytest.mark.parametrize(("role", "at"), REFUSALS)
def test_who_need_not_know_does_not_get_to_know(
    units: Units, sealed: str, actor: FindActor, role: Role, at: str
) -> None:
    with units.writing() as unit, pytest.raises(REFUSALS[role, at]):
        vault.look(unit, sealed, reason=REASON, by=actor(role, at))
    with units.reading() as unit, pytest.raises(REFUSALS[role, at]):
        vault.pseudonym_for(unit, sealed, by=actor(role, at))
    assert looks(units, sealed) == []


def test_the_mission_official_may_look_only_while_named_on_a_hearing(
    units: Units, world: World, sealed: str, actor: FindActor
) -> None:
    official = actor(Role.MISSION_OFFICIAL)
    leave(units, sealed, official)
    with units.writing() as unit:
        assert vault.look(unit, sealed, reason=REASON, by=official).fields
    with units.writing() as unit:
        named = sa.update(ParticipantRow).where(ParticipantRow.official_id == world.dhaka.coordinator_id)
        unit.session.execute(named.values(removed_at=unit.now))
    with units.writing() as unit, pytest.raises(Absent):
        vault.look(unit, sealed, reason=REASON, by=official)


def _swap_witnesses(units: Units, world: World, by: Actor) -> None:
    """Exchange the sealed names of two witnesses, as somebody with the database but not the key could."""
    with units.writing() as unit:
        other = witnesses.register(
            unit, world.mumbai.case, witness_entry("W-2", identity={"name": "Somebody Else"}), by=by
        )
        unit.session.flush()
        rows = "SELECT v.id, v.sealed FROM vault v JOIN witness w ON w.id = v.witness_id WHERE v.field = 'name' "
        (mine,) = unit.session.execute(sa.text(rows + "AND w.reference = :one"), {"one": world.mumbai.witness})
        (theirs,) = unit.session.execute(sa.text(rows + "AND w.reference = :one"), {"one": other})
        change = sa.text("UPDATE vault SET sealed = :sealed WHERE id = :id")
        unit.session.execute(
            change, [{"sealed": mine.sealed, "id": theirs.id}, {"sealed": theirs.sealed, "id": mine.id}]
        )


def _swap_fields(units: Units, world: World, by: Actor) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.text("UPDATE vault SET field = 'x' WHERE field = 'name'"))
        unit.session.execute(sa.text("UPDATE vault SET field = 'name' WHERE field = 'identity_number'"))
        unit.session.execute(sa.text("UPDATE vault SET field = 'identity_number' WHERE field = 'x'"))


def _flip_a_bit(units: Units, world: World, by: Actor) -> None:
    with units.writing() as unit:
        (row,) = unit.session.execute(sa.text("SELECT id, sealed FROM vault WHERE field = 'name'"))
        broken = bytes([row.sealed[0] ^ 1]) + row.sealed[1:]
        unit.session.execute(sa.text("UPDATE vault SET sealed = :b WHERE id = :id"), {"b": broken, "id": row.id})


def _rename_key(units: Units, world: World, by: Actor) -> None:
    with units.writing() as unit:
        unit.session.execute(sa.text("UPDATE vault SET key_id = 'lost'"))


@pytest.mark.parametrize("tamper", [_swap_witnesses, _swap_fields, _flip_a_bit, _rename_key])
@pytest.mark.threat("T6")
@pytest.mark.asvs("11.3.2")
def test_what_was_tampered_with_stays_shut_and_shows_nothing(
    units: Units,
    world: World,
    sealed: str,
    mumbai: Actor,
    tamper: Callable[[Units, World, Actor], None],
) -> None:
    tamper(units, world, mumbai)
    with units.writing() as unit, pytest.raises(VaultShut) as refused:
        vault.look(unit, sealed, reason=REASON, by=mumbai)
    assert "Rahima" not in str(refused.value)
    assert "Somebody" not in str(refused.value)


@pytest.mark.bad_day("R21")
@pytest.mark.threat("T5", "T27")
def test_without_the_key_nothing_opens(units: Units, sealed: str, mumbai: Actor, ports: Ports) -> None:
    elsewhere = units.with_ports(replace(ports, vault=FieldVault({"another": bytes(32)})))
    with elsewhere.writing() as unit, pytest.raises(VaultShut):
        vault.look(unit, sealed, reason=REASON, by=mumbai)


@pytest.mark.asvs("11.2.2")
def test_a_witness_keeps_her_own_key_whichever_master_key_is_the_newest(
    units: Units, world: World, sealed: str, mumbai: Actor, ports: Ports
) -> None:
    keys = {"test": bytes(range(32)), "newer": bytes(32)}
    rotated = units.with_ports(replace(ports, vault=FieldVault(keys)))
    with rotated.writing() as unit:
        entry = witness_entry("PW-7", identity={"address": "12 Station Road"})
        witnesses.revise(unit, sealed, entry, version=2, by=mumbai)
    with rotated.writing() as unit:
        fields = dict(vault.look(unit, sealed, reason=REASON, by=mumbai).fields)
        used = [tuple(row) for row in unit.session.execute(sa.text("SELECT field, key_id FROM vault ORDER BY field"))]
    assert (fields["Full name"], fields["Address"]) == (REAL_NAME, "12 Station Road")
    assert len({key_id for _, key_id in used}) == 1
    assert used[0][1].startswith(witness_keys.PREFIX)


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.threat("T5")
def test_the_database_file_holds_no_part_of_the_identity(
    units: Units, sealed: str, mumbai: Actor, database: Database, sqlite_folder: Path
) -> None:
    with units.writing() as unit:
        vault.look(unit, sealed, reason=f"is {REAL_NAME} the one in the passport?", by=mumbai)
    database.engine.dispose()
    content = b"".join(path.read_bytes() for path in sqlite_folder.iterdir())
    assert b"PW-7" in content
    for secret in (*REAL_NAME.split(), "BX 0123456", "0123456"):
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.encode(encoding).lower() not in content.lower()
