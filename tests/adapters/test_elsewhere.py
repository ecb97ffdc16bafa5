"""The machine may stand anywhere and speak any language: what is written is the same to the byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import contextlib, locale, time
with contextlib.suppress(locale.Error):
    locale.setlocale(locale.LC_ALL, "")
from hashlib import sha256
from tests.adapters.letter_examples import INVITATION
from tests.adapters.test_letters import COMPOSER, LETTERS, composed
from vctestimony.domain.entered import day, line
for name, letter in sorted(LETTERS.items()):
    print(name, sha256(composed(letter)).hexdigest(), sha256(COMPOSER.preview(letter).calendar).hexdigest())
print(sha256(COMPOSER.download(INVITATION)).hexdigest(), day("14/9/2026"), line("\\u0130I\\u0131i"), time.tzname[0])
"""
ANYWHERE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONTZPATH": ""}


def told(**settings: str) -> tuple[str, str]:
    """The digests of every mail, and the zone of the machine that made them."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM]
    done = subprocess.run(command, cwd=ROOT, env={**ANYWHERE, **settings}, capture_output=True, check=True, text=True)
    body, _, zone = done.stdout.strip().rpartition(" ")
    return body, zone


@pytest.mark.abuse(62)
@pytest.mark.threat("T26")
def test_the_zone_and_the_language_of_the_machine_change_nothing() -> None:
    here, utc = told(TZ="UTC", LANG="C.UTF-8")
    there, newfoundland = told(TZ="America/St_Johns", LANG="tr_TR.UTF-8")
    assert (utc, newfoundland) == ("UTC", "NST")
    assert there == here
