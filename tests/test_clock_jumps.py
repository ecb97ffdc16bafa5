"""R11: the machine's clock jumps under a running process; libfaketime makes it, where Debian's package is installed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Database
from vctestimony.config import PROJECT

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


@pytest.mark.bad_day("R11")
@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_no_jump_of_the_clock_sends_a_mail_again_or_disorders_the_journal(database: Database, tmp_path: Path) -> None:
    if not LIBRARIES or shutil.which("faketime") is None:
        pytest.skip("no libfaketime: apt-get install faketime")
    offset = tmp_path / "offset"
    offset.write_text("+0", encoding="ascii")
    own = {
        "LD_PRELOAD": str(LIBRARIES[-1]),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    command = [sys.executable, "-m", "tests.jumping", database.url]
    done = subprocess.run(command, cwd=PROJECT, env=os.environ | own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen.pop("before") == 7
    assert seen.pop("journal") == [True, 1, ["H-1", "H-2", "H-3"]]
    assert seen == {
        "hour on": {"mails": 7, "signed in": False, "link": True},
        "hour back": {"mails": 7, "signed in": True, "link": False},
        "day on": {"mails": 7, "signed in": False, "link": True},
        "day back": {"mails": 7, "signed in": True, "link": False},
    }
