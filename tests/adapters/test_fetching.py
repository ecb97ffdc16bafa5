"""Fetching from addresses that people enter: which hosts are reached, and that nothing a server does lasts or fills."""

import gzip
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.adapters.calendar_servers import (
    CALENDAR,
    HERE,
    HOST,
    Page,
    Server,
    answering,
    certificate,
    dripping_body,
    dripping_head,
    fetcher,
    hanging,
    running,
    sending_to,
)
from vctestimony.adapters.fetching import CalendarFetcher, FetchLimits
from vctestimony.domain.busy import (
    AddressUnusable,
    CalendarBroken,
    CalendarRefused,
    CalendarTooLarge,
    Fetched,
    HostNotPublic,
    NeedsSignIn,
    NothingThere,
    NotReached,
    NotTrusted,
    PlainHttp,
    PortRefused,
    ServerTrouble,
    TooManyRedirects,
    TooSlow,
    WebPageInstead,
)

ADDRESS = f"http://{HOST}/a.ics?token=s3cret"
PATH = "/a.ics?token=s3cret"


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server(pages={PATH: answering()})) as made:
        yield made


def fetched(server: Server, page: Page, **changes: object) -> Fetched:
    server.pages[PATH] = page
    return fetcher(server, "http", **changes).fetch(ADDRESS)


@pytest.mark.asvs("1.3.6", "13.2.4")
def test_one_private_address_among_public_ones_spoils_them_all(server: Server) -> None:
    mixed = fetcher(server, resolve=lambda host, seconds: (HERE, "10.0.0.1"))
    with pytest.raises(HostNotPublic):
        mixed.fetch(ADDRESS)
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("", AddressUnusable),
        ("calendar.example/a.ics", AddressUnusable),
        ("ftp://calendar.example/a.ics", AddressUnusable),
        ("file:///etc/passwd", AddressUnusable),
        ("https://", AddressUnusable),
        ("https://[::1", AddressUnusable),
        ("https://user:word@calendar.example/a.ics", AddressUnusable),
        ("https://user@calendar.example/a.ics", AddressUnusable),
        ("https://calendar.example/a\r\nHost: evil", AddressUnusable),
        ("https://calendar.example/a b", AddressUnusable),
        ("https://calendar.example/" + "a" * 3000, AddressUnusable),
        ("https://calendar.example:99999/", AddressUnusable),
        ("https://calendar.example:22/a.ics", PortRefused),
        ("http://calendar.example/a.ics", PlainHttp),
    ],
)
def test_an_address_that_is_never_fetched_is_refused_when_it_is_entered(
    address: str, refusal: type[CalendarRefused]
) -> None:
    with pytest.raises(refusal):
        CalendarFetcher().host_of(address)


def test_the_address_that_calendar_programs_copy_is_read_as_https() -> None:
    assert CalendarFetcher().host_of(" webcal://Calendar.Example/a.ics ") == "calendar.example"


def test_a_calendar_is_fetched_and_nothing_of_ours_goes_along(server: Server) -> None:
    found = fetched(server, answering(ETag='"1"', Last_Modified="Tue, 01 Sep 2026 05:00:00 GMT"))
    assert (found.content, found.etag) == (CALENDAR, '"1"')
    ((path, headers),) = server.asked
    assert path == PATH
    assert headers["Host"] == HOST
    assert not {"Cookie", "Authorization", "Referer", "If-None-Match"} & set(headers)


def test_an_unchanged_calendar_is_not_sent_again(server: Server) -> None:
    server.pages[PATH] = answering(b"", status=304)
    found = fetcher(server).fetch(ADDRESS, etag='"1"', modified="Tue, 01 Sep 2026 05:00:00 GMT")
    assert found.content is None
    ((_, headers),) = server.asked
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "Tue, 01 Sep 2026 05:00:00 GMT")


def test_unchanged_without_having_been_asked_is_an_error(server: Server) -> None:
    with pytest.raises(ServerTrouble):
        fetched(server, answering(b"", status=304))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_followed(server: Server, status: int) -> None:
    server.pages["/b.ics"] = answering(b"there")
    assert fetched(server, sending_to("/b.ics", status)).content == b"there"


@pytest.mark.parametrize(
    ("target", "refusal"),
    [
        ("http://127.0.0.2/", HostNotPublic),
        ("http://169.254.169.254/latest/meta-data/", HostNotPublic),
        ("http://[::1]/", HostNotPublic),
        ("file:///etc/passwd", AddressUnusable),
        ("http://10.0.0.1:8080/", PortRefused),
    ],
)
@pytest.mark.asvs("1.3.6", "13.2.5")
def test_a_redirection_is_vetted_like_what_was_entered(
    server: Server, target: str, refusal: type[CalendarRefused]
) -> None:
    with pytest.raises(refusal):
        fetched(server, sending_to(target))
    assert len(server.asked) == 1


def test_a_redirection_to_this_machine_by_its_number_is_refused_where_only_the_name_was_public(server: Server) -> None:
    with pytest.raises(HostNotPublic):
        fetched(server, sending_to(f"http://{HERE}:{server.port}/"), public=lambda number: False)


def test_a_redirection_that_leaves_https_is_refused(tmp_path: Path) -> None:
    serving, trusting = certificate(tmp_path, HOST)
    page = sending_to(f"http://{HOST}/a.ics")
    with running(Server(pages={"/a.ics": page}), tls=serving) as secure, pytest.raises(PlainHttp):
        fetcher(secure, scheme="https", allow_http=False, trust=lambda: trusting).fetch(f"https://{HOST}/a.ics")


def test_three_redirections_are_followed_and_no_fourth(server: Server) -> None:
    for number in range(4):
        server.pages[f"/{number}"] = sending_to(f"/{number + 1}")
    server.pages["/4"] = answering()
    with pytest.raises(TooManyRedirects):
        fetcher(server).fetch(f"http://{HOST}/0")
    assert fetcher(server).fetch(f"http://{HOST}/1").content == CALENDAR


@pytest.mark.asvs("1.3.6")
def test_a_name_that_leads_elsewhere_the_next_moment_changes_nothing(server: Server) -> None:
    """Rebinding: public when it is vetted, this machine when it is asked again. It is not asked again."""
    answers = iter([("203.0.113.9",), (HERE,)])
    bound = fetcher(
        server,
        resolve=lambda host, seconds: next(answers),
        public=lambda number: number != HERE,
        limits=FetchLimits(total_s=0.6, connect_s=0.3),
    )
    with pytest.raises((NotReached, TooSlow)):
        bound.fetch(ADDRESS)
    assert server.asked == []
    assert next(answers) == (HERE,)


@pytest.mark.parametrize("page", [hanging, dripping_body, dripping_head])
def test_a_server_that_takes_its_time_is_left(server: Server, page: Page) -> None:
    """The pages have no end: whoever did not leave would be there for ever."""
    with pytest.raises(TooSlow):
        fetched(server, page, limits=FetchLimits(total_s=0.8))


def test_a_server_that_takes_the_connection_and_never_greets_is_left() -> None:
    with socket.create_server((HERE, 0)) as silent:
        quiet = fetcher(
            Server(port=silent.getsockname()[1]), scheme="https", limits=FetchLimits(total_s=0.5, connect_s=9)
        )
        with pytest.raises(TooSlow):
            quiet.fetch(f"https://{HOST}/a.ics")


def test_a_closed_door_is_not_reached() -> None:
    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotReached):
        fetcher(Server(port=port)).fetch(ADDRESS)


FIFTY_MB = bytes(50 << 20)


@pytest.mark.parametrize(
    ("page", "refusal"),
    [
        (answering(FIFTY_MB), CalendarTooLarge),
        (answering(gzip.compress(FIFTY_MB), Content_Encoding="gzip"), CalendarTooLarge),
        (answering(gzip.compress(gzip.compress(FIFTY_MB)), Content_Encoding="gzip, gzip"), None),
        (answering(b"no gzip", Content_Encoding="gzip"), CalendarBroken),
        (answering(CALENDAR, length=500), NotReached),
        (answering(b"<html>", Content_Type="text/html; charset=utf-8"), WebPageInstead),
        (answering(b"", status=401), NeedsSignIn),
        (answering(b"", status=403), NeedsSignIn),
        (answering(b"", status=404), NothingThere),
        (answering(b"", status=410), NothingThere),
        (answering(b"", status=429), ServerTrouble),
        (answering(b"", status=503), ServerTrouble),
        (answering(b"", status=206), ServerTrouble),
    ],
)
def test_an_answer_that_is_no_calendar(server: Server, page: Page, refusal: type[CalendarRefused] | None) -> None:
    roomy = FetchLimits(total_s=8)
    if refusal is None:  # unpacked once it is still packed, and so no calendar for whoever reads it
        assert (fetched(server, page, limits=roomy).content or b"")[:2] == b"\x1f\x8b"
        return
    with pytest.raises(refusal) as refused:
        fetched(server, page, limits=roomy)
    assert "s3cret" not in f"{refused.value} {refused.value.facts}"


def test_a_packed_calendar_is_unpacked(server: Server) -> None:
    assert fetched(server, answering(gzip.compress(CALENDAR), Content_Encoding="gzip")).content == CALENDAR


def garbage(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x00\x01\x02 nothing\r\n\r\n")


def test_garbage_instead_of_http_is_not_reached(server: Server) -> None:
    with pytest.raises(NotReached):
        fetched(server, garbage)


@pytest.mark.asvs("12.3.2")
def test_the_certificate_must_be_valid_for_the_name(tmp_path: Path) -> None:
    serving, trusting = certificate(tmp_path, HOST)
    with running(Server(pages={"/a.ics": answering()}), tls=serving) as secure:
        told = fetcher(secure, scheme="https", trust=lambda: trusting)
        assert told.fetch(f"https://{HOST}/a.ics").content == CALENDAR
        with pytest.raises(NotTrusted):
            told.fetch(f"https://other.{HOST}/a.ics")
        with pytest.raises(NotTrusted):
            fetcher(secure, scheme="https").fetch(f"https://{HOST}/a.ics")
