"""The one place for what happens inside a process that looks through one scan: limit itself, look, answer, end.

It is started by `scan_reading.ScanReader` and says nothing but what kind of thing it found, or the name of a refusal.
"""

import json
import os
import sys
from typing import BinaryIO

import pyhanko

from vctestimony.adapters.confined import around, grant_processor_time, limit, lock_down
from vctestimony.adapters.pdf_frames import read_frame, write_frame
from vctestimony.adapters.scan_sifting import sift
from vctestimony.domain.errors import Invalid
from vctestimony.domain.record.scans import ScanBroken, ScanTooHard


def answer(content: bytes) -> dict[str, object]:
    """What was found, or the refusal; nothing that a file does gets past this, and no text of it does."""
    try:
        found = sift(content)
    except Invalid as refusal:
        return {"refusal": type(refusal).__name__}
    except (MemoryError, RecursionError):
        return {"refusal": ScanTooHard.__name__}
    except Exception:  # noqa: BLE001  # whatever it was, the other side needs an answer
        return {"refusal": ScanBroken.__name__}
    return {
        "pages": found.pages,
        "encrypted": found.encrypted,
        "fields": found.fields,
        "inside": [one.value for one in found.inside],
    }


def look_at_one(asked: BinaryIO, answers: BinaryIO, *, cpu_s: int) -> None:
    """Answer the one question that comes."""
    content = read_frame(asked)
    grant_processor_time(cpu_s)
    write_frame(answers, json.dumps(answer(content)).encode("utf-8"))


def main(address_mb: str, cpu_s: str) -> None:
    """Entry of the process: its memory and its processor time."""
    asked, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    lock_down(readable=around(pyhanko))
    limit(address_mb=int(address_mb))
    sys.setrecursionlimit(500)
    with asked, answers:
        look_at_one(asked, answers, cpu_s=int(cpu_s))
