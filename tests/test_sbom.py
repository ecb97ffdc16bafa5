"""`make sbom` lists every part the service is made of, with its hashes, and the same each time."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from vctestimony.config import PROJECT

_LOCKED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def made(folder: Path) -> bytes:
    """What the recipe writes, without the set-up it begins with."""
    for name in ("requirements.lock", "pyproject.toml", "Makefile"):
        shutil.copy(PROJECT / name, folder)
    recipe = re.search(r"^sbom:.*\n((?:\t.*\n)+)", (folder / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    (folder / "Makefile").write_text(f"PYTHON := {PROJECT / '.venv/bin/python'}\nsbom:\n{recipe[1]}", encoding="utf-8")
    subprocess.run(["make", "sbom"], cwd=folder, check=True, capture_output=True)
    return (folder / "instance" / "sbom.json").read_bytes()


@pytest.mark.asvs("15.1.2")
@pytest.mark.threat("T30")
def test_every_locked_package_is_listed_with_its_version_and_hashes(tmp_path: Path) -> None:
    listed = json.loads(made(tmp_path))
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["name"] == "vctestimony"
    assert "timestamp" not in listed["metadata"]
    assert "serialNumber" not in listed
    parts = {part["name"]: part for part in listed["components"]}
    assert {(name, part["version"]) for name, part in parts.items()} == set(_LOCKED.findall(lock))
    hashes = {
        one["content"]
        for part in parts.values()
        for place in part["externalReferences"]
        for one in place.get("hashes", ())
    }
    assert hashes == set(_HASH.findall(lock))
    assert all(any(place.get("hashes") for place in part["externalReferences"]) for part in parts.values())
