"""The one place that makes another tz database: the installed one with some zones compiled anew by `zic`."""

import shutil
import subprocess
from pathlib import Path

import pytest
import pytz

ZIC = shutil.which("zic") or shutil.which("zic", path="/usr/sbin:/sbin")
INSTALLED = Path(pytz.__file__).parent / "zoneinfo"

HALF_AN_HOUR_ON = """
Zone Asia/Kolkata 5:30 - IST 2026 Sep 10
                  6:00 - IST
"""
HALF_AN_HOUR_BACK = """
Zone Asia/Kolkata 5:30 - IST 2026 Sep 10
                  5:00 - IST
"""
SUMMER_IN_DHAKA = """
Zone Asia/Dhaka 6:00 - +06 2026 Sep 10
                7:00 - +07 2026 Dec 31 24:00
                6:00 - +06
"""
NO_ELEVEN_ON_MONDAY = """
Zone Asia/Kolkata 5:30 - IST 2026 Sep 14 10:45
                  6:30 - IST
"""


def edition(folder: Path, source: str, *, version: str) -> Path:
    """A folder of clock rules to name in PYTZ_TZDATADIR: as installed but for the zones of `source`."""
    if ZIC is None:
        pytest.skip("no zic: apt-get install libc-bin")
    rules = folder / version
    shutil.copytree(INSTALLED, rules)
    written = folder / f"{version}.zi"
    written.write_text(source, encoding="ascii")
    subprocess.run([ZIC, "-b", "fat", "-d", str(rules), str(written)], check=True, capture_output=True)
    (rules / "+VERSION").write_text(f"{version}\n", encoding="ascii")
    return rules
