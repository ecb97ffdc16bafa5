"""The one place that knows how an inbox is named in the settings: a folder, or an address of an IMAP server."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from vctestimony.adapters.inbox_folder import FolderInbox
from vctestimony.adapters.inbox_imap import PORTS, ImapInbox
from vctestimony.adapters.outbound import allowed
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class InboxRefused(Invalid):
    """A setting with which mail cannot be read."""

    text = N_("VCT_INBOX cannot be used: {why}")


def inbox_at(
    place: str, *, username: str, password: str, own_folder: Path, now: Callable[[], datetime]
) -> FolderInbox | ImapInbox:
    """The inbox that the settings name; without any name the folder of the installation itself."""
    if not place:
        return FolderInbox(own_folder, now, is_made=True)
    if "://" not in place:
        return FolderInbox(Path(place).expanduser().resolve(), now)
    try:
        parts = urlsplit(place)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as broken:
        raise InboxRefused(why=N_("it is no address.")) from broken
    if parts.scheme not in PORTS or not host:
        raise InboxRefused(why=N_("write a folder, imaps://host/INBOX or imap+starttls://host/INBOX."))
    if parts.scheme == "imap" and host not in _LOOPBACK:
        raise InboxRefused(why=N_("imap:// is for a server on this machine only; write imaps://."))
    if parts.username or parts.password:
        raise InboxRefused(why=N_("write the account into VCT_INBOX_USER and VCT_INBOX_PASSWORD instead."))
    if not (username and password):
        raise InboxRefused(why=N_("VCT_INBOX_USER and VCT_INBOX_PASSWORD (or VCT_INBOX_PASSWORD_FILE) are missing."))
    return ImapInbox(
        scheme=parts.scheme,
        host=host,
        port=port,
        folder=unquote(parts.path.strip("/")) or "INBOX",
        username=username,
        password=password,
        moves_to=next(iter(parse_qs(parts.query).get("move", [])), ""),
        outbound=allowed([(host, port)]),
    )
