"""Opening an archive that anybody may have made: whatever the bytes are, it ends soon, with a reason and no file."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from vctestimony.adapters import archive_files
from vctestimony.adapters.archive_files import opened
from vctestimony.adapters.pdf_attachments import AttachmentsUnreadable, attachments_of
from vctestimony.domain.archive.opened import NotAnArchive


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", how) as archive:
        for name, content in files:
            # An hour of its own would give each process that collects the tests other names for them.
            told = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            archive.writestr(told, content, how)
    return whole.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return packed(("a", b"1"), ("a", b"2"))


def lying() -> bytes:
    """Says that its one file has three bytes, and unpacks to a million."""
    true = packed(("a", b"0" * 1_000_000))
    size = (1_000_000).to_bytes(4, "little")
    return true.replace(size, (3).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "cannot be read as a ZIP"),
        (b"%PDF-1.7 the record", "cannot be read as a ZIP"),
        (packed(("a", b"x" * 500))[:-30], "cannot be read as a ZIP"),
        (packed(("a", b"xyz"), how=zipfile.ZIP_STORED).replace(b"xyz", b"xyy"), "cannot be read as a ZIP"),
        (packed(("../../x", b"")), "'../../x', which could lie outside"),
        (packed(("/etc/cron.d/x", b"")), "which could lie outside"),
        (packed(("a\\..\\x", b"")), "which could lie outside"),
        (packed(("সাক্ষী.pdf", b"")), "which could lie outside"),
        (packed((link("a"), b"/etc/passwd")), "only a link"),
        (lying(), "cannot be read as a ZIP"),
    ],
)
def test_what_is_no_archive_or_dangerous_is_refused_with_its_reason(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(NotAnArchive, match=why):
        opened(path)
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (twice, "holds a twice"),
        (lambda: packed(("a", b"0" * 900), ("b", b"0" * 900)), "would fill more than"),
        (lambda: packed(*((f"f{number}", b"") for number in range(9))), "more than 8 files"),
    ],
)
def test_too_much_is_refused_before_anything_is_unpacked(
    tmp_path: Path, make: Callable[[], bytes], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_files, "MOST_BYTES", 1_500)
    monkeypatch.setattr(archive_files, "MOST_FILES", 8)
    path = tmp_path / "x.zip"
    path.write_bytes(make())
    with pytest.raises(NotAnArchive, match=why):
        opened(path)


def test_as_much_as_is_allowed_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_files, "MOST_BYTES", 1_600)
    monkeypatch.setattr(archive_files, "MOST_FILES", 8)
    path = tmp_path / "x.zip"
    path.write_bytes(packed(*((f"f{number}", b"0" * 200) for number in range(8))))
    assert len(opened(path).digests) == 8


def test_an_archive_that_somebody_packed_anew_opens_the_same(tmp_path: Path) -> None:
    digests = []
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = tmp_path / f"{how}.zip"
        path.write_bytes(packed(("log/", b""), ("log/log.json", b"[]"), how=how))
        digests.append(opened(path).digests)
        assert opened(path).read("log/log.json") == b"[]"
    assert digests[0] == digests[1]
    assert list(digests[0]) == ["log/log.json"]


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 not really", b"%PDF-1.7\n1 0 obj\n<</Kids[1 0 R]>>\nendobj\n"])
def test_what_is_no_pdf_carries_nothing_and_is_refused(pdf: bytes) -> None:
    with pytest.raises(AttachmentsUnreadable, match="damaged"):
        attachments_of(pdf)
