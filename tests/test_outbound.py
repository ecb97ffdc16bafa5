"""Only a few adapters can open a connection, and each goes where the settings, or a vetted address, say."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.architecture import imported, modules
from tests.canary_server import CanaryServer
from vctestimony.adapters.busy_reading import CalendarReader
from vctestimony.adapters.fetching import CalendarFetcher
from vctestimony.adapters.inbox_imap import ImapInbox
from vctestimony.adapters.inbox_mime import MailReader
from vctestimony.adapters.mail import Security, SmtpSender
from vctestimony.adapters.openid import OpenIDProvider
from vctestimony.adapters.outbound import THIS_MACHINE, NotOnTheList, Outbound, allowed
from vctestimony.adapters.time_stamps import asking
from vctestimony.adapters.typed_files import TypedFiles
from vctestimony.config import PROJECT, Settings
from vctestimony.domain.busy import CalendarRefused, Scope
from vctestimony.domain.errors import Refusal
from vctestimony.domain.inbound import Arrived, InboxUnreachable
from vctestimony.domain.letters import TemporaryFailure
from vctestimony.domain.sign_in_providers import ProviderUnreachable, Round
from vctestimony.domain.signing_refusals import StampUnreachable
from vctestimony.outside import outbound_of

NETWORK = ("ftplib", "http.client", "httpx", "imap_tools", "imaplib", "requests", "smtplib", "socket", "urllib.request")
MAY_CONNECT = {
    "adapters/clamd.py",  # the clamd of VCT_CLAMD, on this machine
    "adapters/deadlines.py",  # puts a time limit on the connections of the others
    "adapters/doctor.py",  # mail server and time-stamping authority of the settings, its own port, when asked to
    "adapters/fetching.py",  # calendars that people subscribe to: public hosts only (public_hosts.py)
    "adapters/inbox_imap.py",  # the mailbox of VCT_INBOX
    "adapters/openid_wire.py",  # the issuer of VCT_OIDC_ISSUER, by which people sign in
    "adapters/public_hosts.py",  # looks names up for fetching.py
    "adapters/smtp.py",  # the server of VCT_SMTP_HOST
    "adapters/time_stamps.py",  # the authority of the settings
    "adapters/vetted_connections.py",  # the connections of fetching.py
}


@pytest.mark.asvs("1.3.6", "13.2.4", "13.2.5")
def test_whatever_can_open_a_connection_is_on_the_list() -> None:
    found = {
        module.place
        for module in modules(PROJECT)
        for node in module.tree.body
        for name in imported(node)
        if name.startswith(tuple(f"{one}." for one in (*NETWORK, "urllib3"))) or name in NETWORK
    }
    assert found == MAY_CONNECT


def listening(canary: CanaryServer) -> dict[str, Callable[[Outbound], object]]:
    """Each adapter that connects, made to connect to the server that nobody may ask."""
    public = {"resolve": lambda host, seconds: ("127.0.0.1",), "public": lambda number: True}
    smtp = {"host": "127.0.0.1", "port": canary.port, "security": Security.NONE, "timeout": 2.0}
    box = {"scheme": "imap", "host": "127.0.0.1", "port": canary.port, "username": "u", "password": "p", "timeout": 2.0}
    fetch = {"allow_http": True, "ports": {"http": canary.port, "https": 443}, **public}
    mail = b"From: a@b.example\r\nTo: c@d.example\r\n\r\nx"
    return {
        "smtp": lambda list_: SmtpSender(**smtp, outbound=list_).send(mail, to="c@d.example"),  # type: ignore[arg-type]
        "imap": lambda list_: ImapInbox(**box, outbound=list_).each(print),  # type: ignore[arg-type]
        "stamps": lambda list_: asking(canary.address, list_)(b"x"),
        "provider": lambda list_: provider_at(canary.address, list_).way_there(ROUND),
        "calendars": lambda list_: CalendarFetcher(**fetch, outbound=list_).fetch("http://calendar.example/a.ics"),  # type: ignore[arg-type]
    }


def provider_at(issuer: str, outbound: Outbound) -> OpenIDProvider:
    return OpenIDProvider(
        issuer=issuer, client=("x", "y"), name="Court", scopes=("openid",), passed_by=frozenset(), outbound=outbound
    )


ROUND = Round(state="s", nonce="n", verifier="v", back_to="http://127.0.0.1:8000/sign-in/provider/back")
REFUSED = (ProviderUnreachable, TemporaryFailure, InboxUnreachable, StampUnreachable, CalendarRefused)


@pytest.mark.asvs("1.3.6", "13.2.4", "13.2.5")
@pytest.mark.parametrize("adapter", ["smtp", "imap", "stamps", "provider", "calendars"])
def test_no_adapter_connects_where_the_list_does_not_lead(
    canary: CanaryServer, adapter: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(REFUSED):
        listening(canary)[adapter](allowed([("mail.example", 25)]))
    assert canary.asked == []
    assert f"host=127.0.0.1 port={canary.port}" in caplog.text


def test_who_was_handed_no_list_reaches_this_machine_only() -> None:
    THIS_MACHINE.ask("localhost", 25)
    for host in ("192.0.2.1", "8.8.8.8", "mail.example", "127.0.0.1.evil.example", ""):
        with pytest.raises(NotOnTheList):
            THIS_MACHINE.ask(host, 25)


@pytest.mark.asvs("13.2.4", "13.2.5")
def test_the_list_is_made_of_the_settings(tmp_path: Path) -> None:
    """Mail server, authority of time stamps, issuer, and calendars of public hosts by TLS; nothing else."""
    told = {
        "VCT_INSTANCE": str(tmp_path / "instance"),
        "VCT_SMTP_HOST": "mail.court.example",
        "VCT_TSA_URL": "https://stamps.example/tsa",
        "VCT_OIDC_ISSUER": "https://login.example:8443/realm",
        "VCT_OIDC_CLIENT_ID": "x",
        "VCT_OIDC_CLIENT_SECRET": "y",
    }
    found = outbound_of(Settings.from_env(told))
    servers = ("mail.court.example", 587), ("stamps.example", 443), ("login.example", 8443), ("8.8.8.8", 443)
    for host, port in servers:
        found.ask(host, port)
    for host, port in (("mail.court.example", 25), ("8.8.8.8", 80), ("169.254.169.254", 443), ("10.0.0.1", 443)):
        with pytest.raises(NotOnTheList):
            found.ask(host, port)


@pytest.mark.abuse(86)
@pytest.mark.threat("T14")
@pytest.mark.asvs("1.3.6")
def test_what_comes_in_makes_nobody_ask_the_server_it_names(canary: CanaryServer) -> None:
    """Calendars, mails, tables and typed texts that name the canary in every way their formats have."""
    url = canary.address
    names = ("ATTACH", "URL", "IMAGE;VALUE=URI", "CONFERENCE;VALUE=URI", "SOURCE;VALUE=URI", "ATTACH;FMTTYPE=image/png")
    times = ("UID:x", "DTSTAMP:20260901T000000Z", "DTSTART:20260914T053000Z", "DTEND:20260914T063000Z")
    event = ("BEGIN:VEVENT", *times, *(f"{name}:{url}" for name in names), "END:VEVENT")
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"SOURCE;VALUE=URI:{url}", *event, "END:VCALENDAR", "")
    calendar = "\r\n".join(lines).encode()
    scope = Scope(zone="Asia/Kolkata", owner="x@y.example", from_min=0, until_min=10**8)
    with suppress(CalendarRefused):
        CalendarReader().read(calendar, scope)
    mail = (
        f"From: a@b.example\r\nDisposition-Notification-To: {url}\r\nList-Unsubscribe: <{url}>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: message/external-body; access-type=URL; URL="{url}"\r\n\r\n<img src="{url}">\r\n'
    ).encode()
    MailReader(authserv="").read(Arrived(mail, len(mail)))
    with suppress(Refusal):
        TypedFiles().read(f'<html><img src="{url}"></html>'.encode())
    assert canary.asked == []
