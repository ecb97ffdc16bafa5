"""A real SMTP server in a process of its own that is slow, refuses, drops connections and is killed.

What it accepts it writes down, in the order of acceptance and for good, before it says so. The worst fault of all is
one of those it commits: it has written the mail down, and the sender never hears of it.
"""

import asyncio
import json
import os
import random
from base64 import b64decode, b64encode
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LOG, FAULTS, CALM = "accepted.jsonl", "faults", "calm"
SLOWEST = 0.6


class Fault(StrEnum):
    """What a sender may meet."""

    SLOW = "slow"
    REFUSED = "refused for now"
    DROPPED_BEFORE = "dropped before DATA"
    DROPPED_DURING = "dropped after DATA, not accepted"
    DROPPED_AFTER = "dropped after it had accepted"


AT_RECIPIENT = ((None, 88), (Fault.REFUSED, 6), (Fault.DROPPED_BEFORE, 6))
AT_DATA = ((None, 74), (Fault.SLOW, 12), (Fault.REFUSED, 4), (Fault.DROPPED_DURING, 4), (Fault.DROPPED_AFTER, 6))


@dataclass(frozen=True, slots=True)
class Accepted:
    """One mail that the server took upon itself."""

    to: str
    content: bytes


@dataclass(slots=True)
class Unreliable:
    """The server's side of each conversation. While a file called `calm` is there, it commits no fault."""

    folder: Path
    dice: random.Random

    async def recipient(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT."""
        fault = self._next(AT_RECIPIENT)
        if fault is Fault.REFUSED:
            return "451 4.3.2 come again later"
        if fault is Fault.DROPPED_BEFORE:
            _drop(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def data(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer the end of DATA."""
        fault = self._next(AT_DATA)
        if fault is Fault.SLOW:
            await asyncio.sleep(self.dice.uniform(0.1, SLOWEST))
        if fault is Fault.REFUSED:
            return "451 4.3.0 come again later"
        if fault is Fault.DROPPED_DURING:
            _drop(server)
            return "451 nobody hears this"
        for address in envelope.rcpt_tos:
            _append(self.folder / LOG, [address, b64encode(envelope.original_content or b"").decode("ascii")])
        if fault is Fault.DROPPED_AFTER:
            _drop(server)
        return "250 OK"

    def _next(self, chances: tuple[tuple[Fault | None, int], ...]) -> Fault | None:
        if (self.folder / CALM).exists():
            return None
        (fault,) = self.dice.choices([one for one, _ in chances], [weight for _, weight in chances])
        if fault is not None:
            with (self.folder / FAULTS).open("a", encoding="utf-8") as file:
                file.write(f"{fault}\n")
        return fault

    handle_RCPT, handle_DATA = recipient, data  # noqa: N815 - so the server calls them


def _drop(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


def _append(path: Path, record: list[str]) -> None:
    with path.open("ab") as file:
        file.write(json.dumps(record).encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())


def run(folder: Path, port: int, seed: int) -> None:
    """Serve on that port of this machine until killed."""
    _forget_half_a_line(folder / LOG)
    asyncio.run(_serve(Unreliable(folder, random.Random(seed)), port))


def _forget_half_a_line(path: Path) -> None:
    """Killed while it wrote, it had accepted nothing yet."""
    if path.exists():
        whole = path.read_bytes().rpartition(b"\n")
        with path.open("r+b") as file:
            file.truncate(len(whole[0]) + len(whole[1]))


async def _serve(handler: Unreliable, port: int) -> None:
    def conversation() -> SMTP:
        return SMTP(handler, hostname="mail.example", ident="mail", enable_SMTPUTF8=False)

    server = await asyncio.get_running_loop().create_server(conversation, "127.0.0.1", port)
    await server.serve_forever()


def accepted(folder: Path) -> list[Accepted]:
    """Every mail that was accepted, in the order of acceptance."""
    path = folder / LOG
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    records = [json.loads(line) for line in lines[:-1]]
    return [Accepted(to, b64decode(content)) for to, content in records]


def faults(folder: Path) -> Counter[str]:
    """How often the server committed each fault."""
    path = folder / FAULTS
    return Counter(path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
