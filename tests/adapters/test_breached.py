"""Stolen passwords: found by halving wherever in the file they stand, by real hashes, and never by guessing."""

from hashlib import sha1
from pathlib import Path

import pytest

from vctestimony.adapters.breached import BreachedList
from vctestimony.domain.passphrases import PasswordListUnusable

pytestmark = pytest.mark.asvs("6.2.12")
SOME = [f"number {number} of many" for number in range(601)]
NO_HASHES = "holds lines that are no SHA-1 hash with a count"
# printf 'password' | sha1sum
OF_PASSWORD = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"


def hashed(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def listed(folder: Path, passwords: list[str], *, end: str = "\n", last: str | None = None) -> BreachedList:
    """Counts of every length, so that no line begins where one would reckon it."""
    lines = [f"{found}:{10 ** (number % 7)}" for number, found in enumerate(sorted(map(hashed, passwords)))]
    path = folder / "breached.txt"
    path.write_bytes((end.join(lines) + (end if last is None else last)).encode() if lines else b"")
    return BreachedList(path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [None, ""])
@pytest.mark.parametrize("count", [1, 2, 3, 300])
def test_every_line_is_found_and_whatever_lies_before_between_and_after_is_not(
    tmp_path: Path, end: str, last: str | None, count: int
) -> None:
    ordered = sorted(SOME[: 2 * count + 1], key=hashed)
    absent, passwords = ordered[::2], ordered[1::2]
    found = listed(tmp_path, passwords, end=end, last=last)
    assert [one for one in passwords if not found.holds(one)] == []
    assert [one for one in absent if found.holds(one)] == []
    assert found.problem() == ""


def test_a_hash_that_everybody_knows(tmp_path: Path) -> None:
    path = tmp_path / "breached.txt"
    path.write_text(f"{OF_PASSWORD}:9659365\n", encoding="ascii")
    assert BreachedList(path).holds("password")
    assert not BreachedList(path).holds("Password")


def test_only_a_part_of_a_large_file_is_read(tmp_path: Path) -> None:
    """Ten terabytes without a single block on the disk: whoever read them would still be reading."""
    found = listed(tmp_path, [])
    with (tmp_path / "breached.txt").open("r+b") as file:
        file.truncate(10 * 2**40)
    with pytest.raises(PasswordListUnusable):
        found.holds("anything")
    assert found.problem() == NO_HASHES


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"", "is empty"),
        (b"8846F7EAEE8FB117AD06BDD830B7586C:3\n" * 9, NO_HASHES),
        (b"x" * 5000, NO_HASHES),
        (b"F" * 40 + b":1\n" + b"0" * 40 + b":1\n", "is not in the order of its hashes"),
    ],
)
def test_a_file_that_is_no_such_list_is_told(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "breached.txt"
    if content is not None:
        path.write_bytes(content)
    assert BreachedList(path).problem() == problem


def test_without_its_file_nobody_says_that_a_password_is_good(tmp_path: Path) -> None:
    with pytest.raises(PasswordListUnusable):
        BreachedList(tmp_path / "none").holds("anything")
