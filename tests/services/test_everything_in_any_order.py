"""R26: the machine of options, where processes are killed meanwhile and a backup takes the place of the database."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import scoped_session, sessionmaker

from tests.services.planned import booked, moved_to
from tests.services.test_option_machine import COURTS, WALLS, Fresh, Options, fresh
from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import State
from vctestimony.services import held_mails, journal
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store import backup, postgres_backup
from vctestimony.store.models import HearingRow, OutboxRow

__all__ = ["fresh"]
_OTHERS_LEAVE = sa.text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
FORK = multiprocessing.get_context("fork")


class Everything(Options):
    """What may happen besides: mails leave, a process is killed at any statement, a backup is made and restored."""

    def __init__(self) -> None:
        super().__init__()
        # A process that dies must not draw the same bytes as the one that comes after it.
        self.units = self.units.with_ports(replace(self.units.ports, random=os.urandom))
        self._folder = TemporaryDirectory()
        self.backups: list[Path] = []
        self.sequences: dict[str, int] = {}

    def teardown(self) -> None:
        super().teardown()
        self._folder.cleanup()

    @rule()
    def deliver(self) -> None:
        with self.units.reading() as unit:
            held = held_mails.is_held(unit)
        count = 0
        while deliver_one(self.units, owner="one"):
            count += 1
        assert not (held and count)

    @rule(city=COURTS, wall=WALLS, at=st.integers(1, 120), moves=st.booleans())
    def crash(self, city: str, wall: datetime, at: int, moves: bool) -> None:
        """A process is killed before one of its statements, or lives to the end."""
        side = self.sides[city]
        before = self._journal_length()
        act = moved_to if moves else booked
        self.units._session_of().close()
        self.engine.dispose()
        child = FORK.Process(target=self._die, args=(lambda: act(self.units, side.reference, side.by, wall), at))
        child.start()
        child.join()
        assert child.exitcode in {0, -signal.SIGKILL}
        if child.exitcode:
            assert self._journal_length() == before, "killed before its commit, it left something"

    def _die(self, act: Callable[[], object], at: int) -> None:
        statements = iter(range(1, at))

        def count(*_: object) -> None:
            if next(statements, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(self.engine, "before_cursor_execute", count)
        with suppress(Refusal):
            act()
        self.units._session_of().close()
        self.engine.dispose()

    def _journal_length(self) -> int:
        with self.units.reading() as unit:
            return journal.verify(unit)[0]

    @rule()
    def back_up(self) -> None:
        target = Path(self._folder.name) / f"{len(self.backups)}.backup"
        if self.engine.dialect.name == "sqlite":
            backup.copy_out(self.engine, target)
        else:
            target.write_bytes(b"".join(postgres_backup.dumped(self.engine.url)))
        self.backups.append(target)

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(self.backups))
        self.units._session_of().close()
        if self.engine.dialect.name == "sqlite":
            backup.copy_in(self.engine, source, named=source, now=self.clock.at, ready=self._hold)
        else:
            self._stop()
            postgres_backup.restored(self.engine, source, named=source, ready=self._hold)
        self.sequences.clear()
        with self.units.reading() as unit:
            assert held_mails.is_held(unit)
        assert not deliver_one(self.units, owner="one")
        self.clock.advance(minutes=1)  # the next database kept aside has another name

    def _stop(self) -> None:
        """What keeps a connection from test to test leaves it; a database that is served is not replaced."""
        with self.engine.connect() as connection:
            connection.execute(_OTHERS_LEAVE)

    def _hold(self, bind: sa.Engine | sa.Connection) -> None:
        sessions = scoped_session(sessionmaker(bind))
        with Units(sessions, self.units.ports).writing() as unit:
            held_mails.hold(unit)
        sessions.remove()

    @invariant()
    def sequences_rise_and_every_version_has_its_mails(self) -> None:
        newest = sa.select(HearingRow.reference, HearingRow.sequence, HearingRow.state, sa.func.max(OutboxRow.sequence))
        query = newest.outerjoin(OutboxRow, OutboxRow.hearing_id == HearingRow.id).group_by(HearingRow.id)
        with self.units.reading() as unit:
            for reference, sequence, state, written in unit.session.execute(query):
                assert sequence >= self.sequences.get(reference, 0)
                self.sequences[reference] = sequence
                if state is State.BOOKED:
                    assert written is not None
                    assert written >= sequence


@pytest.mark.bad_day("R26")
def test_whatever_is_killed_or_restored_in_between_nothing_is_half_done(fresh: Fresh) -> None:
    whatever(fresh, 4, 15)


def whatever(fresh: Fresh, examples: int, steps: int) -> None:
    """So many runs of so many steps."""
    run_state_machine_as_test(
        type("EverythingHere", (Everything,), {"fresh": staticmethod(fresh)}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=[Phase.generate],
        ),
    )
