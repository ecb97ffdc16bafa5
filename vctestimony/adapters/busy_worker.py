"""The one place for what happens inside a process that reads one foreign calendar: limit itself, read, answer, end.

It is started by `busy_reading.CalendarReader` and says nothing but minutes, or the name and facts of a refusal.
"""

import json
import os
import sys
from typing import BinaryIO

import icalendar
import recurring_ical_events  # noqa: F401  # what it loads must be loaded before the process is locked

from vctestimony.adapters.busy_expanding import expand
from vctestimony.adapters.busy_sifting import sift
from vctestimony.adapters.confined import around, grant_processor_time, limit, lock_down
from vctestimony.adapters.pdf_frames import read_frame, write_frame
from vctestimony.domain.busy import CalendarBroken, CalendarRefused, ReadingTooHard, Scope


def answer(asked: bytes, content: bytes) -> dict[str, object]:
    """The minutes, or the refusal; nothing that a calendar does gets past this, and no text of it does."""
    try:
        scope = Scope(**json.loads(asked))
        busy = expand(sift(content, owner=scope.owner), scope)
    except CalendarRefused as refusal:
        return _refused(refusal)
    except (MemoryError, RecursionError):
        return _refused(ReadingTooHard())
    except Exception:  # noqa: BLE001  # whatever it was, the other side needs an answer
        return _refused(CalendarBroken())
    return {
        "taken": busy.taken,
        "tentative": busy.tentative,
        "unreadable": busy.unreadable,
        "covers_until_min": busy.covers_until_min,
    }


def _refused(refusal: CalendarRefused) -> dict[str, object]:
    return {"refusal": type(refusal).__name__, "facts": refusal.facts}


def read_one(asked: BinaryIO, answers: BinaryIO, *, cpu_s: int) -> None:
    """Answer the one question that comes."""
    scope, content = read_frame(asked), read_frame(asked)
    grant_processor_time(cpu_s)
    write_frame(answers, json.dumps(answer(scope, content)).encode("utf-8"))


def main(address_mb: str, cpu_s: str) -> None:
    """Entry of the process: its memory and its processor time."""
    icalendar.use_pytz()  # type: ignore[no-untyped-call]  # the library leaves this one open
    asked, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    lock_down(readable=around(icalendar))
    limit(address_mb=int(address_mb))
    sys.setrecursionlimit(500)
    with asked, answers:
        read_one(asked, answers, cpu_s=int(cpu_s))
