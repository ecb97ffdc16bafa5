"""R25 in small: a worker's memory does not grow with its mails and documents; `make torture` is the whole of it."""

import subprocess
import sys

import pytest

from vctestimony.config import PROJECT


@pytest.mark.bad_day("R25")
def test_two_hundred_mails_and_ten_documents_leave_nothing_in_memory() -> None:
    command = [sys.executable, "-m", "tests.torture.memory", "--mails", "200", "--papers", "10"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
