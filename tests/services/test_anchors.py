"""Anchors of the journal outside its database: one a day, mailed where asked; a chain made anew is found."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.conftest import Database
from tests.fakes import FrozenClock, MemoryAnchors
from tests.store.test_journal_chain import forge, written
from vctestimony.adapters.anchor_file import AnchorFile, AnchorsUnwritable
from vctestimony.domain.anchors import Anchor, Compared, anchors_in
from vctestimony.domain.journal import GENESIS, entry_hash
from vctestimony.services import anchors, journal
from vctestimony.services.chores import Chores
from vctestimony.services.ports import Ports
from vctestimony.services.unit import Units
from vctestimony.store import audit
from vctestimony.store.models import JournalRow, OutboxRow


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "anchors.jsonl"


@pytest.fixture
def ports(ports: Ports, file: Path) -> Ports:
    return replace(ports, anchors=AnchorFile(file))


def kept(units: Units) -> tuple[Anchor, ...]:
    return anchors_in(units.ports.anchors.lines())[0]


def compare(units: Units, *by_hand: Anchor) -> Compared:
    with units.reading() as unit:
        return anchors.compare(unit, by_hand)[0]


def made_anew(engine: Engine, *, actor: str) -> None:
    """Every entry is said to be somebody else's, with a chain that holds: by who owns the database."""
    with engine.begin() as connection:
        rows = connection.execute(sa.select(JournalRow.__table__).order_by(JournalRow.id)).mappings().all()
    forge(engine, "DELETE FROM journal")
    previous = GENESIS
    with engine.begin() as connection:
        for row in rows:
            fields = {name: row[name] for name in ("at", "action", "subject", "facts")}
            digest = entry_hash(previous_hash=previous, number=row["id"], actor=actor, **fields)
            new = {**row, "actor": actor, "previous_hash": previous, "hash": digest}
            connection.execute(sa.insert(JournalRow), new)
            previous = digest


@pytest.mark.threat("T19")
def test_a_journal_that_was_made_anew_with_a_right_chain_is_found_by_its_anchor(
    units: Units, database: Database
) -> None:
    written(units, 3)
    anchors.set_daily(units)
    written(units, 2)
    assert (compare(units).held, compare(units).is_well) == (1, True)
    made_anew(database.engine, actor="Somebody else")
    with units.reading() as unit:
        assert journal.verify(unit) == (6, None)
        now = audit.hashes(unit.session, [3])[3]
    assert compare(units).other == ((kept(units)[0], now),)


@pytest.mark.threat("T19")
def test_an_anchor_that_was_taken_out_of_the_file_is_missed_until_it_is_given_from_paper(
    units: Units, file: Path
) -> None:
    written(units, 1)
    anchors.set_daily(units)
    [on_paper] = kept(units)
    file.unlink()
    assert [str(one) for one in compare(units).missing] == [str(on_paper)]
    assert compare(units, Anchor(on_paper.number, on_paper.hash)).is_well


def test_the_worker_sets_one_a_day_for_the_owner_alone(units: Units, clock: FrozenClock, file: Path) -> None:
    written(units, 1)
    chores = Chores()
    for hours in (0, 23, 1):
        clock.advance(hours=hours)
        Chores()(units)
        chores(units)
    assert [one.at for one in kept(units)] == [clock.at.replace(hour=5, day=1), clock.at]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_anchor_is_mailed_where_somebody_is_to_have_it_and_says_number_and_hash_alone(
    units: Units, ports: Ports
) -> None:
    ports = replace(ports, addresses=replace(ports.addresses, anchors_to="registry@court.example"))
    units = units.with_ports(ports)
    written(units, 2)
    anchors.set_daily(units)
    with units.reading() as unit:
        [row] = unit.session.scalars(sa.select(OutboxRow)).all()
        assert (row.to_address, row.kind) == ("registry@court.example", anchors.MAIL_KIND)
    [letter] = ports.letters.about_accounts  # type: ignore[attr-defined]  # the fake keeps them
    assert letter.code == str(kept(units)[0])


def test_where_the_file_cannot_be_written_the_journal_does_not_say_that_it_was(units: Units, ports: Ports) -> None:
    written(units, 1)
    failing = replace(ports, anchors=MemoryAnchors(failure=AnchorsUnwritable(path="x")))
    with pytest.raises(AnchorsUnwritable):
        anchors.set_daily(units.with_ports(failing))
    anchors.set_daily(units)
    assert [one.number for one in kept(units)] == [1]


def test_a_line_after_a_torn_one_stands_by_itself(file: Path) -> None:
    file.write_text('{"number": 3, "ha')
    AnchorFile(file).add("{}")
    assert file.read_text() == '{"number": 3, "ha\n{}\n'
