"""The one place that takes the files out of a PDF that somebody brings, in a process kept apart.

A PDF may unpack to any size and refer to itself for ever: the process has limits, and nothing but bytes comes back.
"""

import io
from collections.abc import Mapping

from vctestimony.adapters import confined
from vctestimony.adapters.pdf_frames import FrameBroken, read_frame, write_frame
from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_

ADDRESS_MB, CPU_S, WALL_S = 1024, 30, 90


class AttachmentsUnreadable(Refusal):
    """The file is no PDF, is damaged or encrypted, or takes too much to read."""

    text = N_("It is no PDF that can be read, or takes too much to read ({why}).")


def attachments_of(pdf: bytes) -> Mapping[str, bytes]:
    """The files inside by their names; AttachmentsUnreadable where they cannot be read within the limits."""
    question = io.BytesIO()
    write_frame(question, pdf)
    bounds = (str(ADDRESS_MB), str(CPU_S))
    return _answered(confined.asked("pdf_opening", *bounds, question=question.getvalue(), wall_s=WALL_S))


def _answered(answer: confined.Answer) -> Mapping[str, bytes]:
    answers = io.BytesIO(answer.said)
    try:
        count = int(read_frame(answers))
        return {read_frame(answers).decode("utf-8"): read_frame(answers) for _ in range(count)}
    except (FrameBroken, ValueError):
        why = "its limits were reached" if answer.is_limited else "its inside is damaged"
        raise AttachmentsUnreadable(why=why) from None
