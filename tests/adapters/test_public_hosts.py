"""What counts as the public internet, however an address is written, and names that lead nowhere or take for ever."""

import socket

import pytest

from vctestimony.adapters.fetching import CalendarFetcher
from vctestimony.adapters.public_hosts import is_public, resolved
from vctestimony.domain.busy import HostNotPublic, HostUnknown

NOT_PUBLIC = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("192.0.2.1", "198.18.0.1", "203.0.113.5", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"),
    *("fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1", "2002:7f00:1::"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "100::1", "3fff::1", "calendar.example", ""),
)


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_what_is_not_an_ordinary_address_of_the_internet_is_no_target(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "1.1.1.1", "103.10.4.1", "2606:4700::1111", "2a00:1450:4001:81b::200e"])
def test_ordinary_addresses_are(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"],
)
def test_every_way_of_writing_this_machine_is_refused_by_the_real_resolver(host: str) -> None:
    with pytest.raises((HostNotPublic, HostUnknown)):
        CalendarFetcher().fetch(f"https://{host}/a.ics")


def test_a_name_that_leads_nowhere_is_said_so() -> None:
    assert resolved("no-such-host.invalid", 5.0) == ()
    with pytest.raises(HostUnknown):
        CalendarFetcher().fetch("https://no-such-host.invalid/a.ics")


def test_a_resolver_that_does_not_answer_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    released = socket.socketpair()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_named: list(released[0].recv(1))[:0])
    assert resolved("slow.example", 0.1) == ()
    released[1].send(b"x")
    for one in released:
        one.close()
