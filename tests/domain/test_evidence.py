"""What a file is that shows a step was done: told by its content, and measured without being unpacked."""

import struct
import zlib
from typing import SupportsIndex

import pytest

from vctestimony.domain.errors import Invalid
from vctestimony.domain.evidence import (
    MOST_BYTES,
    MOST_PIXELS,
    FileKind,
    FileMissing,
    FileTooBig,
    KindUnknown,
    PictureTooLarge,
    kind_of,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MAIL = b"From: desk@example.org\r\nDate: Mon, 2 Nov 2026 10:00:00 +0600\r\nSubject: Nomination\r\n\r\nNominated."


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 16)) + chunk(b"IEND", b"")
    )


def jpeg(width: int, height: int, *, exif: bytes = b"Exif\x00\x00") -> bytes:
    segments = b"\xff\xe1" + struct.pack(">H", 2 + len(exif)) + exif
    frame = struct.pack(">BHHB", 8, height, width, 0)
    segments += b"\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame
    return b"\xff\xd8" + segments + b"\xff\xda\x00\x02" + b"\x00" * 9 + b"\xff\xd9"


def segmented(segment: bytes) -> bytes:
    """A photograph with one segment more, behind its frame."""
    return jpeg(4000, 3000).replace(b"\xff\xda", segment + b"\xff\xda")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (png(800, 600), FileKind.PNG),
        (jpeg(4000, 3000), FileKind.JPEG),
        (MAIL, FileKind.MAIL),
        ("मनोनयन पत्र\r\nসংখ্যা ১২".encode(), FileKind.TEXT),
        (b"Agreed: by telephone at noon", FileKind.TEXT),
        (b"From: Dhaka\nto Mumbai by telephone", FileKind.TEXT),
        pytest.param(b"a" * MOST_BYTES, FileKind.TEXT, id="largest"),
        (png(7000, MOST_PIXELS // 7000), FileKind.PNG),
        (segmented(b"\xff\xc4\x00\x08" + b"\xff" * 6), FileKind.JPEG),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileMissing),
        pytest.param(b"a" * (MOST_BYTES + 1), FileTooBig, id="too-large"),
        (b"MZ\x90\x00 a program", KindUnknown),
        (b"PK\x03\x04 an archive", KindUnknown),
        (b"GIF89a\x01\x00\x01\x00", KindUnknown),
        (b"text\x00with a nought", KindUnknown),
        (b"   \n", KindUnknown),
        (b"%PDF-1.7\ncut off", KindUnknown),
        (png(800, 600)[:-6], KindUnknown),
        (png(800, 600) + b"<html>", KindUnknown),
        (png(0, 600), KindUnknown),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), KindUnknown),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR", KindUnknown),
        (png(65_000, 65_000), PictureTooLarge),
        (png(7000, MOST_PIXELS // 7000 + 1), PictureTooLarge),
        (jpeg(65_535, 65_535), PictureTooLarge),
        (jpeg(65_535, 65_535).replace(b"\xff\xc0", b"\xff\xcf"), PictureTooLarge),
        (jpeg(10, 10)[:12], KindUnknown),
        (b"\xff\xd8\xff" + b"\xff" * 1000, KindUnknown),
        (b"\xff\xd8\xff\xda\x00\x02 no frame", KindUnknown),
    ],
)
@pytest.mark.abuse(94)
@pytest.mark.asvs("5.2.2")
def test_what_is_none_of_the_kinds_or_a_bomb_is_refused_in_words(content: bytes, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal) as refused:
        kind_of(content)
    assert refused.value.field == "file"


def test_a_picture_that_says_its_size_twice_is_judged_by_the_larger() -> None:
    first, second = jpeg(10, 10), jpeg(65_535, 65_535)
    frame = second[second.index(b"\xff\xc0") : second.index(b"\xff\xda")]
    place = first.index(b"\xff\xda")
    with pytest.raises(PictureTooLarge):
        kind_of(first[:place] + frame + first[place:])


class Counted(bytes):
    """Counts how often it is looked into."""

    looks = 0

    def __getitem__(self, place: SupportsIndex | slice) -> int | bytes:  # type: ignore[override]  # either
        self.looks += 1
        return super().__getitem__(place)


@pytest.mark.parametrize("fill", [1, 2, 1000, MOST_BYTES - 1000])
def test_fill_between_the_parts_of_a_photograph_changes_nothing_and_is_jumped_over(fill: int) -> None:
    def filled(picture: bytes, mark: bytes) -> Counted:
        return Counted(picture.replace(mark, b"\xff" * fill + mark))

    for mark in (b"\xff\xe1", b"\xff\xc0", b"\xff\xda"):
        photograph, bomb = filled(jpeg(4000, 3000), mark), filled(jpeg(65_535, 65_535, exif=b""), mark)
        assert kind_of(photograph) is FileKind.JPEG
        assert photograph.looks < 20
        with pytest.raises(PictureTooLarge):
            kind_of(bomb)
        assert bomb.looks < 20


@pytest.mark.parametrize("end", [b"", b"\xd9", b"\xda\x00", b"\xe1\x00\x02", b"\xe1\x00\x01", b"\xe1\x00\x03"])
@pytest.mark.parametrize("fill", [1, 2, 3, 4, MOST_BYTES - 100])
def test_a_photograph_that_ends_in_fill_is_none(fill: int, end: bytes) -> None:
    content = Counted(b"\xff\xd8" + b"\xff" * fill + end)
    with pytest.raises(KindUnknown):
        kind_of(content)
    assert content.looks < 20
