"""Only a few adapters can open a connection, and each goes where the settings, or a vetted address, say."""

import pytest

from tests.architecture import imported, modules
from vctestimony.config import PROJECT

NETWORK = ("ftplib", "http.client", "httpx", "imap_tools", "imaplib", "requests", "smtplib", "socket", "urllib.request")
MAY_CONNECT = {
    "adapters/deadlines.py",  # puts a time limit on the connections of the others
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
