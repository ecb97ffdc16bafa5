"""What the browser tests leave behind them must not stop later ones."""

import os
from pathlib import Path

from tests.browser.serving import sweep

NOBODY = 2**22 + 1  # above the highest number a process can have


def test_only_what_belongs_to_no_living_process_is_swept(tmp_path: Path) -> None:
    names = {f"{kind}_{number}" for kind in ("faketime_shm", "sem.faketime_sem") for number in (NOBODY, os.getpid())}
    for name in names | {"somebody_elses_1"}:
        (tmp_path / name).touch()
    sweep(tmp_path)
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {f"faketime_shm_{os.getpid()}", f"sem.faketime_sem_{os.getpid()}", "somebody_elses_1"}
