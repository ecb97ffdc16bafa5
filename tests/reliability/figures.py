"""The figures of some runs as a table: one column a run, for reading on a screen and as a document."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.reliability.conductor import CLERK, MAIL, WEB, WORKER, Outcome
from tests.reliability.mail_server import Fault

ONE_BY_ONE, AT_ONCE = "Do the invitations arrive?", "Do they arrive where everything dies at once?"
DOCUMENT = """# {heading}

What `make reliability` printed last, on {place}.

Clerks book, move and cancel hearings, change their rooms and people
and correct addresses, through the services and on the pages; the web process, the workers, the clerks and the mail
server are killed with SIGKILL at random moments, {how}, and started again; the mail server is slow, refuses, and drops
connections, also when it has already accepted the mail. The service's clock goes twenty times as fast as the world's,
so that pauses of minutes pass in seconds. In the end it may calm down, and then:

* every mail that was to leave has arrived (**lost** counts those that have not);
* the mails of each mailbox, read in the order in which they arrived by a calendar written from RFC 5546, leave exactly
  the events that the database says, at its times (**wrong calendars**; read twice, once as the RFC says and once by a
  calendar that forgets what was removed, as Thunderbird does);
* a mail that arrived twice is the same mail, byte by byte (**altered**), and no mail came after a later one about the
  same event (**out of order**);
* every hearing has all its claims and all its people were written to, or none (**half booked**).

{table}
"""

_ROWS: tuple[tuple[str, Callable[[Outcome], object]], ...] = (
    ("workers", lambda run: run.plan.workers),
    ("changes of hearings", lambda run: sum(run.changes.values())),
    ("· booked", lambda run: run.changes["hearing.booked"]),
    ("· moved", lambda run: run.changes["hearing.moved"]),
    ("· cancelled", lambda run: run.changes["hearing.cancelled"]),
    ("· other people or addresses", lambda run: run.changes["hearing.people_named"]),
    ("· other rooms or lengths", lambda run: run.changes["hearing.rooms_changed"]),
    ("of these on the pages, at least", lambda run: run.over_http),
    ("kills of the web process", lambda run: run.kills[WEB]),
    ("kills of workers", lambda run: run.kills[WORKER]),
    ("kills of clerks", lambda run: run.kills[CLERK]),
    ("kills of the mail server", lambda run: run.kills[MAIL]),
    *((f"mail server: {fault}", lambda run, fault=fault: run.faults[fault]) for fault in Fault),
    ("retries", lambda run: run.found.retries),
    ("mails received", lambda run: run.found.received),
    ("of these received before", lambda run: run.found.duplicates),
    ("calendars", lambda run: run.found.calendars),
    ("seconds", lambda run: f"{run.seconds:.0f}"),
    ("wrong calendars", lambda run: run.found.wrong_calendars),
    ("lost", lambda run: run.found.lost),
    ("half booked", lambda run: run.found.half_booked),
    ("altered", lambda run: run.found.altered),
    ("out of order", lambda run: run.found.out_of_order),
    ("not understood", lambda run: run.found.not_understood),
)


def table(outcomes: Sequence[Outcome]) -> str:
    """The figures in columns."""
    cells = _cells(outcomes)
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)


def document(outcomes: Sequence[Outcome], *, place: str) -> str:
    """The whole page."""
    head, *rows = _cells(outcomes)
    lines = [head, ["---", *("---:" for _ in outcomes)], *rows]
    heading = AT_ONCE if outcomes[0].plan.all_at_once else ONE_BY_ONE
    how = "all of them together" if outcomes[0].plan.all_at_once else "one by one"
    return DOCUMENT.format(
        heading=heading, how=how, place=place, table="\n".join(f"| {' | '.join(line)} |" for line in lines)
    )


def put(page: Path, section: str) -> None:
    """Write a section into the page, in place of the one with the same heading, or at its end."""
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    heading = section.partition("\n")[0]
    sections = [part for part in re.split(r"^(?=# )", old, flags=re.MULTILINE) if part.strip()]
    if any(part.startswith(heading) for part in sections):
        sections = [section if part.startswith(heading) else part for part in sections]
    else:
        sections.append(section)
    page.write_text("\n".join(part.strip() + "\n" for part in sections), encoding="utf-8")


def _cells(outcomes: Sequence[Outcome]) -> list[list[str]]:
    return [
        ["", *(outcome.plan.engine for outcome in outcomes)],
        *([name, *(str(figure(outcome)) for outcome in outcomes)] for name, figure in _ROWS),
    ]
