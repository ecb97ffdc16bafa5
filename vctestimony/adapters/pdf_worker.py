"""The one place for what happens inside a printing process: it limits itself, then prints one job after another.

It is started by `pdf_pool.PressRoom`, reads jobs from its standard input until that closes, and is kept apart from
everything else as `confined` says.
"""

import gc
import os
from pathlib import Path
from typing import BinaryIO

import weasyprint

from vctestimony.adapters.confined import around, grant_processor_time, limit, lock_down
from vctestimony.adapters.pdf_frames import FrameBroken, Job, Limits, Outcome, Trouble, read_frame
from vctestimony.adapters.pdf_kit import Kit, TooDeep
from vctestimony.adapters.pdf_style import style_of


def done(kit: Kit, raw: bytes) -> Outcome:
    """The outcome of one job; nothing a document does gets past this."""
    try:
        return kit.print(Job.from_bytes(raw))
    except MemoryError:
        return Outcome(trouble=Trouble.SIZE, detail="memory")
    except (RecursionError, TooDeep):
        return Outcome(trouble=Trouble.SIZE, detail="nesting")
    except Exception as error:  # noqa: BLE001  # whatever it was, the other side needs an answer and a fresh process
        return Outcome(trouble=Trouble.ERROR, detail=f"{type(error).__name__}: {str(error)[:160]}")


def serve(jobs: BinaryIO, outcomes: BinaryIO, *, kit: Kit, limits: Limits) -> None:
    """Print until there are no more jobs. Garbage is collected between prints, not during them."""
    gc.disable()
    while True:
        try:
            raw = read_frame(jobs)
        except FrameBroken:
            return
        grant_processor_time(limits.cpu_s)
        done(kit, raw).send(outcomes)
        gc.collect()


def main(limits: str, style: str) -> None:
    """Entry of the process: `limits` as JSON, `style` the folder of the style sheets, `base.css` read first."""
    jobs, outcomes = os.fdopen(0, "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    bounds = Limits.from_json(limits)
    kit = Kit.unpack(style=style_of(Path(style)), limits=bounds)
    lock_down(readable=around(weasyprint))
    limit(address_mb=bounds.address_mb)
    os.dup2(nowhere, 2)
    with jobs, outcomes:
        serve(jobs, outcomes, kit=kit, limits=bounds)
