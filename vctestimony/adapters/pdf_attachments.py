"""The one place that takes the files out of a PDF that somebody brings, in a process kept apart.

A PDF may unpack to any size and refer to itself for ever: the process has limits, and nothing but bytes comes back.
"""

import io
import signal
import subprocess
from collections.abc import Mapping
from threading import Timer

from vctestimony.adapters.confined import command
from vctestimony.adapters.pdf_frames import FrameBroken, read_frame, write_frame
from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_

ADDRESS_MB, CPU_S, WALL_S = 1024, 30, 90


class AttachmentsUnreadable(Refusal):
    """The file is no PDF, is damaged or encrypted, or takes too much to read."""

    text = N_("It is no PDF that can be read, or takes too much to read ({why}).")


def attachments_of(pdf: bytes) -> Mapping[str, bytes]:
    """The files inside by their names; AttachmentsUnreadable where they cannot be read within the limits."""
    asked = io.BytesIO()
    write_frame(asked, pdf)
    with subprocess.Popen(  # noqa: S603  # the command is ours, from first word to last
        command("pdf_opening", str(ADDRESS_MB), str(CPU_S)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin", "LANG": "C.UTF-8"},
        start_new_session=True,
    ) as process:
        timer = Timer(WALL_S, process.kill)
        timer.start()
        try:
            said, _ = process.communicate(asked.getvalue())
        finally:
            timer.cancel()
    return _answered(said, process.returncode)


def _answered(said: bytes, returncode: int) -> Mapping[str, bytes]:
    answers = io.BytesIO(said)
    try:
        count = int(read_frame(answers))
        return {read_frame(answers).decode("utf-8"): read_frame(answers) for _ in range(count)}
    except (FrameBroken, ValueError):
        ended = returncode in {-signal.SIGXCPU, -signal.SIGKILL}
        raise AttachmentsUnreadable(why="its limits were reached" if ended else "its inside is damaged") from None
