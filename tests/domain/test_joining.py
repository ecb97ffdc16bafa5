"""What may be entered as the address of a conference, and what stands for it elsewhere."""

import pytest

from vctestimony.domain.joining import LONGEST_ADDRESS, Joining, JoiningAddressRefused, checked, mark_of

USABLE = (
    "https://meet.example/h-7",
    "https://zoom.example/j/123456789?pwd=QUJD.1",
    "https://webex.example:8443/m/a;b=c,d#room",
    "https://[2001:db8::1]/x%20y",
    "https://m.example/" + "a" * (LONGEST_ADDRESS - len("https://m.example/")),
)
REFUSED = (
    "",
    "http://meet.example/h-7",
    "meet.example/h-7",
    "javascript:alert(1)//https://",
    "https:///h-7",
    "https://",
    "https://court@evil.example/h-7",
    "https://meet.example/h 7",
    "https://meet.example/h-7\r\nATTENDEE:mailto:x@y.example",
    "https://meet.example/\u202eevil",
    "https://সভা.example/h-7",
    'https://meet.example/"><script>',
    "https://meet.example:port/h-7",
    "https://[::1/h-7",
    "https://m.example/" + "a" * (LONGEST_ADDRESS + 1 - len("https://m.example/")),
)


@pytest.mark.parametrize("address", USABLE)
def test_an_encrypted_address_with_a_host_is_kept_as_it_is(address: str) -> None:
    assert checked(address) == address


@pytest.mark.parametrize("address", REFUSED)
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(JoiningAddressRefused) as refused:
        checked(address)
    assert refused.value.field == "address"


def test_a_mark_follows_the_sealed_bytes_and_says_nothing_of_the_text() -> None:
    assert mark_of(b"sealed", b"code") == mark_of(b"sealed", b"code")
    sealed = ((b"sealed", b"code"), (b"sealed", b"cod"), (b"sealedcode",), (b"code", b"sealed"))
    marks = {mark_of(*one) for one in sealed}
    assert len(marks) == 4
    assert all(len(mark) == 64 for mark in marks)


def test_neither_address_nor_passcode_is_printed_by_mistake() -> None:
    assert repr(Joining("https://meet.example/h-7", "4711")) == "Joining()"
