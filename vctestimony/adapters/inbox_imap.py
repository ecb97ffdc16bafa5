"""The one place that reads mails from an IMAP server: by TLS, by STARTTLS, or plainly on this machine only.

Each round is a connection of its own. A mail that was taken is marked as seen and with a keyword of ours; where the
server keeps no keywords, or the setting says so, it is moved into another folder. Other people's marks count for
nothing: a mail that somebody has opened in a mail program is taken all the same.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from vctestimony.adapters.outbound import THIS_MACHINE, Outbound
from vctestimony.domain.inbound import HEADERS_READ, LARGEST, MOST_A_ROUND, Arrived, InboxUnreachable

PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
KEYWORD = "VctTaken"
DONE = "VctTaken"
"""The folder into which mails go where no keyword can be set."""
LONGEST_WORDS = 300
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_UID = re.compile(rb"UID (\d{1,12})")
_BROKEN = (imaplib.IMAP4.error, ImapToolsError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapInbox:
    """The mails of one folder of one account."""

    scheme: str
    host: str
    port: int
    folder: str = "INBOX"
    username: str
    password: str = field(repr=False)
    moves_to: str = ""
    timeout: float = 30.0
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    outbound: Outbound = THIS_MACHINE

    @property
    def name(self) -> str:
        """How it is called on pages."""
        return f"{self.scheme}://{self.host}:{self.port}/{self.folder}"

    def each(self, take: Callable[[Arrived], None]) -> int:
        """Let every mail be taken and mark it, as many as fit into a round; gives how many."""
        count = 0
        try:
            with self._opened() as box:
                moves_to = self._moves_to(box)
                for uid, size in self._waiting(box, by_keyword=not moves_to):
                    content = self._content(box, uid, size)
                    if content is None:
                        continue
                    take(Arrived(content, size))
                    self._mark(box, uid, moves_to=moves_to)
                    count += 1
        except _BROKEN as broken:
            raise InboxUnreachable(words=self._words(broken)) from broken
        return count

    def greet(self) -> None:
        """Sign in, open the folder and part again; InboxUnreachable with what the server said."""
        try:
            with self._opened():
                return
        except _BROKEN as broken:
            raise InboxUnreachable(words=self._words(broken)) from broken

    @contextmanager
    def _opened(self) -> Iterator[BaseMailBox]:
        box = self._connected()
        try:
            box.login(self.username, self.password, initial_folder=self.folder)
            yield box
        finally:
            with suppress(*_BROKEN):
                box.logout()

    def _connected(self) -> BaseMailBox:
        self.outbound.ask(self.host, self.port)
        if self.scheme == "imaps":
            return MailBox(self.host, self.port, timeout=self.timeout, ssl_context=self.trust())
        if self.scheme == "imap+starttls":
            return MailBoxStartTls(self.host, self.port, timeout=self.timeout, ssl_context=self.trust())
        return MailBoxUnencrypted(self.host, self.port, timeout=self.timeout)

    def _moves_to(self, box: BaseMailBox) -> str:
        """The folder to move to, or nothing where the server keeps keywords (RFC 3501 7.1: PERMANENTFLAGS)."""
        flags = box.client.untagged_responses.get("PERMANENTFLAGS", [b""])[-1]
        keeps = b"\\*" in flags or KEYWORD.encode() in flags
        moves_to = self.moves_to or ("" if keeps else DONE)
        if moves_to and not box.folder.exists(moves_to):
            box.folder.create(moves_to)
        return moves_to

    def _waiting(self, box: BaseMailBox, *, by_keyword: bool) -> Iterator[tuple[str, int]]:
        """UID and size of each mail that was not taken yet, the oldest first."""
        uids = box.uids(f"UNKEYWORD {KEYWORD} UNDELETED" if by_keyword else "UNDELETED")[:MOST_A_ROUND]
        if not uids:
            return
        sizes = {}
        for line in _asked(box, ",".join(uids), "(UID RFC822.SIZE)"):
            text = line[0] if isinstance(line, tuple) else line
            uid, size = (pattern.search(text) if isinstance(text, bytes) else None for pattern in (_UID, _SIZE))
            if uid and size:
                sizes[uid[1].decode()] = int(size[1])
        yield from ((uid, sizes[uid]) for uid in uids if uid in sizes)

    def _content(self, box: BaseMailBox, uid: str, size: int) -> bytes | None:
        """The mail, or nothing where it is gone; of one that is too large only its first bytes are asked for."""
        wanted = "(BODY.PEEK[])" if size <= LARGEST else f"(BODY.PEEK[]<0.{HEADERS_READ}>)"
        for line in _asked(box, uid, wanted):
            if isinstance(line, tuple) and isinstance(line[1], bytes):
                return line[1]
        return None

    def _mark(self, box: BaseMailBox, uid: str, *, moves_to: str) -> None:
        if moves_to:
            box.move(uid, moves_to)
            return
        status, said = box.client.uid("STORE", uid, "+FLAGS", f"(\\Seen {KEYWORD})")
        if status != "OK":
            raise imaplib.IMAP4.error(said)

    def _words(self, broken: BaseException) -> str:
        words = " ".join(str(broken).split()) or type(broken).__name__
        return (words.replace(self.password, "…") if self.password else words)[:LONGEST_WORDS]


def _asked(box: BaseMailBox, uids: str, what: str) -> list[object]:
    status, said = box.client.uid("FETCH", uids, what)
    if status != "OK":
        raise imaplib.IMAP4.error(said)
    return list(said)
