"""The one place that watches the days within which the hard copy is to be sent: preferably, and where it is a must.

Model Rules 8.8.1 and 8.8.2, as adopted, say preferably within three days; the Kerala rules say it plainly of a document
that the witness produced (7(2), 9(1)(b)).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.wording import N_

WITHIN = "T+3d"
"""Three days after the examination, counted on the calendar of the end that sends it."""


class Watch(StrEnum):
    """How the sending stands against its day."""

    NOT_ITS_TURN = "not_its_turn"
    AHEAD = "ahead"
    PAST = "past"
    IN_TIME = "in_time"
    LATER = "later"


WATCH_LABELS: dict[Watch, str] = {
    Watch.NOT_ITS_TURN: N_("Nothing is to be sent yet: the signed transcript is not back at the court."),
    Watch.AHEAD: N_("Not sent yet"),
    Watch.PAST: N_("Not sent yet, and that time is over"),
    Watch.IN_TIME: N_("Sent within the days"),
    Watch.LATER: N_("Sent after the days"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """Until when, and whether the rules only prefer it."""

    at: datetime
    is_preferred: bool


def watched(due: Due, *, dispatched_at: datetime | None, now: datetime, is_its_turn: bool = True) -> Watch:
    """How it stands. Clocks are told to the minute: that minute itself is in time. Nobody is late with a paper that
    others still have to sign.

    >>> at = datetime.fromisoformat("2026-09-17T05:45:00+00:00")
    >>> watched(Due(at, True), dispatched_at=at, now=at).value
    'in_time'
    """
    if dispatched_at is None:
        if not is_its_turn:
            return Watch.NOT_ITS_TURN
        return Watch.PAST if _minute(now) > _minute(due.at) else Watch.AHEAD
    return Watch.LATER if _minute(dispatched_at) > _minute(due.at) else Watch.IN_TIME


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
