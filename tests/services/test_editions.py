"""A hearing keeps the editions of the rule packs it was made with until somebody moves it to newer ones."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from tests.adapters.delivered_packs import PACKS
from tests.conftest import FindActor
from tests.services.planned import listed
from tests.services.ticking import steps_of, tick
from tests.world import World
from vctestimony.adapters.packs import SOURCES, load_packs
from vctestimony.domain.access import Actor
from vctestimony.domain.errors import NotAllowed, Stale
from vctestimony.domain.hearing import State
from vctestimony.domain.people import Role
from vctestimony.domain.sop import Pack
from vctestimony.services import checklist_making, edition_moving, editions, journal
from vctestimony.services.edition_moving import HasBegun, MovePage, NothingNewer
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import editions as kept_editions
from vctestimony.store.models import ChecklistRow, CollectionRow, EditionRow, HearingRow, StepState, WitnessRow

REWORDED, SHIFTED, GONE, NEW = "C01", "C02", "T03", "C90"


@cache
def moved_on(*, raised: bool = True) -> tuple[Pack, ...]:
    """The delivered packs after a lawyer reworded one step, shifted another, struck one and wrote a new one."""
    with TemporaryDirectory() as place:
        for pack in PACKS:
            text = _edited(pack.edition.content, raised=raised) if pack.id == "base" else pack.edition.content
            (Path(place) / f"{pack.id}.toml").write_text(text, encoding="utf-8")
        (Path(place) / SOURCES).write_text(PACKS[0].cited_from.content, encoding="utf-8")
        return load_packs(Path(place))


def _edited(text: str, *, raised: bool) -> str:
    head, *steps = text.split("[[step]]\n")
    kept = [step for step in steps if f'id = "{GONE}"' not in step]
    first = next(step for step in kept if f'id = "{REWORDED}"' in step)
    new = first.replace(REWORDED, NEW).replace("text.en = ", 'text.en = "Once more: " # ')
    text = "[[step]]\n".join([head, *(_step_edited(step) for step in kept), new]).replace(f'"{GONE}"', f'"{REWORDED}"')
    version = PACK.version
    if not raised:
        return text
    log = '[[pack.changelog]]\nversion = "9.0"\non = 2027-01-31\nwhat = "Reworded after the first hearings."\n\n'
    return text.replace(f'version = "{version}"', 'version = "9.0"', 1).replace("[[step]]", f"{log}[[step]]", 1)


def _step_edited(step: str) -> str:
    if f'id = "{REWORDED}"' in step:
        return step.replace("text.en = ", 'text.en = "Appoint somebody else." # ', 1)
    if f'id = "{SHIFTED}"' in step:
        return step.replace('offset = "T-21d"', 'offset = "T-28d"', 1)
    return step


PACK = next(pack for pack in PACKS if pack.id == "base")


@pytest.fixture
def ports(ports: Ports) -> Ports:
    return replace(ports, packs=lambda: PACKS)


@pytest.fixture
def reference(units: Units, world: World, mumbai: Actor) -> str:
    """A hearing with a checklist of the delivered packs."""
    listed(units, world, mumbai)
    return world.mumbai.hearing


@pytest.fixture
def later(units: Units, ports: Ports, reference: str) -> Units:
    """The same database, after the files have moved on."""
    return units.with_ports(replace(ports, packs=moved_on))


def page(units: Units, reference: str, by: Actor) -> MovePage:
    with units.reading() as unit:
        return edition_moving.page(unit, reference, language="en", by=by)


def move(units: Units, reference: str, by: Actor, *, seen: str = "") -> None:
    seen = seen or page(units, reference, by).seen
    with units.writing() as unit:
        edition_moving.move(unit, reference, seen=seen, by=by)


def versions(units: Units) -> dict[str, str]:
    with units.reading() as unit:
        row = unit.session.scalars(sa.select(ChecklistRow)).one()
        return {pack["id"]: pack["version"] for pack in row.packs}


def edition_is_newer(units: Units, world: World) -> bool:
    with units.reading() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        row = unit.session.scalars(sa.select(ChecklistRow)).one()
        return edition_moving.has_newer(unit, hearing, row)


def facts_change(units: Units, world: World, by: Actor, change: Callable[[WitnessRow], None]) -> None:
    with units.writing() as unit:
        hearing = unit.session.get_one(HearingRow, world.mumbai.hearing_id)
        change(hearing.witness)
        unit.session.flush()
        checklist_making.recompose(unit, case_id=hearing.case_id, by=by)


def needs_interpreter(witness: WitnessRow) -> None:
    witness.facts = {**witness.facts, "interpreter": not witness.facts["interpreter"]}


def test_a_checklist_made_anew_is_made_from_its_own_editions_when_the_files_have_moved_on(
    later: Units, world: World, mumbai: Actor
) -> None:
    before = steps_of(later)
    facts_change(later, world, mumbai, needs_interpreter)
    after = steps_of(later)
    assert before.keys() != after.keys()
    assert after.keys() & {NEW, GONE} == {GONE}
    assert after[REWORDED].content == before[REWORDED].content
    assert versions(later)["base"] == PACK.version


def test_what_is_kept_is_kept_once_and_whole(units: Units, later: Units, world: World, mumbai: Actor) -> None:
    facts_change(units, world, mumbai, needs_interpreter)
    with units.reading() as unit:
        kept = {row.pack_id: row for row in unit.session.scalars(sa.select(EditionRow))}
        assert unit.session.scalar(sa.select(sa.func.count()).select_from(CollectionRow)) == 1
        assert kept.keys() == {pack.id for pack in PACKS} | {"sources"}
        assert (kept["base"].version, kept["base"].content) == (PACK.version, PACK.edition.content)
    move(later, world.mumbai.hearing, mumbai)
    with later.reading() as unit:
        assert [row.version for row in kept_editions.of_pack(unit.session, "base")] == [PACK.version, "9.0"]
        assert len(kept_editions.of_pack(unit.session, "overseas")) == 1


def test_the_page_says_what_the_newer_edition_would_change(later: Units, reference: str, mumbai: Actor) -> None:
    tick(later, reference, REWORDED, mumbai)
    tick(later, reference, GONE, mumbai)
    found = page(later, reference, mumbai)
    assert [(pack.title, pack.after, pack.log) for pack in found.packs] == [
        (PACK.title.en, "9.0", ("Reworded after the first hearings.",))
    ]
    assert [step.id for step in found.coming.in_full] == [NEW]
    assert [(step.id, step.settled) for step in found.going.in_full] == [(GONE, StepState.DONE)]
    changing = {step.id: step for step in found.changing.in_full}
    assert {REWORDED, SHIFTED} <= changing.keys()
    assert (changing[REWORDED].settled, changing[REWORDED].is_reworded) == (StepState.DONE, True)
    assert not changing[SHIFTED].is_reworded
    assert [(field.field, field.after) for field in changing[SHIFTED].fields] == [
        ("When", "28 days before the start of the hearing")
    ]


def test_moving_keeps_ticks_by_id_and_what_goes_stays_in_the_journal(
    later: Units, world: World, reference: str, mumbai: Actor
) -> None:
    assert edition_is_newer(later, world)
    tick(later, reference, REWORDED, mumbai, note="Circular 4")
    tick(later, reference, GONE, mumbai, note="all updated")
    move(later, reference, mumbai)
    steps = steps_of(later)
    assert (steps[REWORDED].state, steps[REWORDED].note) == (StepState.DONE, "Circular 4")
    assert str(steps[REWORDED].content["text"]).startswith("{'en': 'Appoint somebody else.'")
    assert steps.keys() & {NEW, GONE} == {NEW}
    assert versions(later)["base"] == "9.0"
    assert not edition_is_newer(later, world)
    with later.reading() as unit:
        (last,) = [
            json.loads(entry.facts) for entry in journal.history(unit, reference) if entry.action == "checklist.moved"
        ]
    (settled,) = last["settled_of_these"]
    assert (last["dropped"], settled["step"], settled["by"], settled["note"]) == (
        [GONE],
        GONE,
        mumbai.name,
        "all updated",
    )


def test_after_the_move_facts_change_on_the_newer_edition(
    later: Units, world: World, reference: str, mumbai: Actor
) -> None:
    move(later, reference, mumbai)
    facts_change(later, world, mumbai, needs_interpreter)
    assert NEW in steps_of(later)


def test_a_hearing_that_has_begun_keeps_its_list(later: Units, world: World, reference: str, mumbai: Actor) -> None:
    seen = page(later, reference, mumbai).seen
    with later.writing() as unit:
        unit.session.get_one(HearingRow, world.mumbai.hearing_id).state = State.IN_SESSION
    assert not edition_is_newer(later, world)
    with pytest.raises(HasBegun):
        page(later, reference, mumbai)
    with pytest.raises(HasBegun):
        move(later, reference, mumbai, seen=seen)
    assert NEW not in steps_of(later)


def test_what_the_page_did_not_show_is_not_done(later: Units, world: World, reference: str, mumbai: Actor) -> None:
    seen = page(later, reference, mumbai).seen
    later.ports.clock.advance(minutes=1)  # type: ignore[attr-defined]
    facts_change(later, world, mumbai, needs_interpreter)
    with pytest.raises(Stale):
        move(later, reference, mumbai, seen=seen)
    move(later, reference, mumbai)
    with pytest.raises(NothingNewer):
        move(later, reference, mumbai, seen=seen)


def test_only_the_coordinator_of_the_court_moves_it(
    later: Units, reference: str, mumbai: Actor, actor: FindActor
) -> None:
    seen = page(later, reference, mumbai).seen
    mission = actor(Role.MISSION_OFFICIAL)
    assert not page(later, reference, mission).may_move
    with pytest.raises(NotAllowed):
        move(later, reference, mission, seen=seen)


def test_the_same_version_with_another_content_is_named(units: Units, later: Units, ports: Ports) -> None:
    unraised = units.with_ports(replace(ports, packs=lambda: moved_on(raised=False)))
    for several, expected in ((units, []), (later, []), (unraised, [("base", "version")])):
        with several.reading() as unit:
            found = editions.changed_unraised(unit)
        assert [(one.pack_id, one.key) for one in found] == expected
    assert "Raise the version and write the changelog" in found[0].text
    assert found[0].values == {"version": PACK.version, "since": "2026-09-01"}
