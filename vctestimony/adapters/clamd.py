"""The one place that has files looked through for malware: by a clamd of this machine (clamd(8): INSTREAM, PING)."""

import logging
import re
import socket

from vctestimony.adapters.deadlines import Deadline
from vctestimony.adapters.outbound import THIS_MACHINE, Outbound
from vctestimony.domain.busy import TooSlow
from vctestimony.domain.vetting import ScannerUnreachable

PATIENCE_S = 30
CHUNK = 64 * 1024
_LONGEST_ANSWER = 1024
_FOUND = re.compile(rb"stream: ([!-~]{1,200}) FOUND")
log = logging.getLogger(__name__)


class Clamd:
    """One clamd: at the path of a socket, or at host:port."""

    def __init__(self, place: str, *, outbound: Outbound = THIS_MACHINE) -> None:
        self._place, self._outbound = place, outbound

    def found(self, content: bytes) -> str:
        """What the file holds, as clamd calls it; empty when it holds nothing, or ScannerUnreachable.

        Any answer but the two is none: of a file that was too long for clamd, too, nobody knows what it holds.
        """
        parts = (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
        sent = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        answer = self._asked(b"zINSTREAM\0" + sent + bytes(4))
        name = _FOUND.fullmatch(answer)
        if name is None and answer != b"stream: OK":
            log.warning("a file could not be looked through for malware")
            raise ScannerUnreachable()
        if name is not None:
            log.warning("a file was refused: %s", name[1].decode("ascii"))
        return name[1].decode("ascii") if name is not None else ""

    def problem(self) -> str:
        """What keeps files from being looked through, in plain words; empty when nothing does."""
        try:
            return "" if self._asked(b"zPING\0") == b"PONG" else "does not answer as clamd does"
        except ScannerUnreachable:
            return "cannot be reached"

    def _asked(self, question: bytes) -> bytes:
        try:
            with Deadline(PATIENCE_S) as deadline, self._connected() as connection:
                deadline.put_under(connection)
                connection.sendall(question)
                answer = b""
                while not answer.endswith(b"\0") and len(answer) <= _LONGEST_ANSWER:
                    more = connection.recv(_LONGEST_ANSWER)
                    if not more:
                        break
                    answer += more
                deadline.check(self._place)
        except (OSError, TooSlow) as error:
            log.warning("clamd cannot be reached: %s", type(error).__name__)
            raise ScannerUnreachable() from error
        return answer.removesuffix(b"\0")

    def _connected(self) -> socket.socket:
        if self._place.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(PATIENCE_S)
            try:
                connection.connect(self._place)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self._place.rpartition(":")
        self._outbound.ask(host, int(port))
        return socket.create_connection((host, int(port)), timeout=PATIENCE_S)
