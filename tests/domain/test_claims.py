"""Which seal a file claims to be: read from whatever is left of it, and never for long."""

import zlib
from hashlib import sha256

from vctestimony.domain.record.claims import MOST_CODES, claimed

SAID = b"".join(b'"%s",' % sha256(b"%d" % number).hexdigest().encode() for number in range(400))
DATA = b'{"case":{},"code":"R-7K3F9QW2","deposition":[' + SAID + b'1],"format":"vctestimony-record/2"}'
ADDED = b'{"before":{"code":"A-00000001"},"by":"","code":"A-00000002","edition":"","record":{"code":"R-00000003"}}'


def packed(data: bytes) -> bytes:
    return b"stream\r\n" + zlib.compress(data) + b"\nendstream\n"


def test_the_own_code_is_read_and_not_those_of_what_it_is_bound_to() -> None:
    assert claimed(packed(DATA)) == ("R-7K3F9QW2",)
    assert claimed(b"%PDF\n" + packed(ADDED)) == ("A-00000002",)


def test_a_broken_stream_still_tells() -> None:
    whole = packed(DATA)
    assert claimed(whole[: len(whole) // 2]) == ("R-7K3F9QW2",)
    assert claimed(whole[:-30] + b"!" + whole[-29:]) == ("R-7K3F9QW2",)


def test_the_title_tells_where_the_data_is_gone() -> None:
    title = b"<dc:title><rdf:li>Record of testimony by video link R-7K3F9QW2</rdf:li></dc:title>"
    assert claimed(title + packed(b"nothing")) == ("R-7K3F9QW2",)


def test_a_bomb_and_a_heap_of_codes_are_bounded() -> None:
    assert claimed(packed(bytes(30_000_000)) * 30) == ()
    heap = b"".join(b'"code":"R-%08d","edition"' % number for number in range(1000))
    assert len(claimed(heap)) == MOST_CODES
