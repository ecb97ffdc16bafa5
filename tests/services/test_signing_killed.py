"""A signer whose process is killed before any statement leaves the old file, or the new one with its line."""

import os
import signal
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.conftest import Database
from tests.services.racers import FORK, opened
from tests.services.test_signing import PDF, offered, signed
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.services import journal, signing
from vctestimony.services.unit import Units
from vctestimony.store.models import SignatureRow, SigningCopyRow


@pytest.fixture
def hearing(world: World) -> str:
    return world.mumbai.hearing


def test_a_signer_that_is_killed_leaves_the_old_file_or_the_new_one_with_its_line(
    units: Units, hearing: str, judge: Actor, database: Database
) -> None:
    survived = 0
    for point in range(1, 60):
        code = offered(units, hearing, judge, PDF + str(point).encode())
        process = FORK.Process(target=_sign_and_die, args=(database.url, hearing, code, judge, point))
        process.start()
        process.join(30)
        assert process.exitcode in (0, -signal.SIGKILL)
        with units.reading() as unit:
            rows = unit.session.scalar(
                sa.select(sa.func.count())
                .select_from(SignatureRow)
                .join(SigningCopyRow)
                .where(SigningCopyRow.code == code)
            )
            told = [e for e in journal.history(unit, hearing) if e.action == "signing.signed" and code in e.facts]
            assert journal.verify(unit)[1] is None
            assert (rows, len(told)) in ((0, 0), (1, 1))
            assert len(signing.copy(unit, code).latest) > len(PDF)
        survived += process.exitcode == 0
        if survived:
            break
    assert survived


def _sign_and_die(url: str, hearing: str, code: str, by: Actor, point: int) -> None:
    units, engine = opened(url)
    left = [point]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in ("before_cursor_execute", "commit"):
        listen: Callable[..., None] = sa.event.listen
        listen(engine, event, count)
    signed(units, hearing, code, "sig_judge", by)
