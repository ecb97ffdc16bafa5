"""The one place for what a post or a person enters into a working calendar, over the calendar that many share."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vctestimony.domain.calendars import Reason, Status
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_


class EntryKind(StrEnum):
    """What an entry does to the calendar below it.

    `hours` rows with the same `first_on` are one week: from that date it replaces every weekly hour before it.
    `season`, `closed` and `open` are dated exceptions as in a calendar file. `observed_not` takes the closures of a
    date away. `confirmed` says that the tentative or estimated closures of its dates stand as they are.
    """

    HOURS = "hours"
    SEASON = "season"
    CLOSED = "closed"
    OPEN = "open"
    OBSERVED_NOT = "observed_not"
    CONFIRMED = "confirmed"


ENTRY_KIND_LABELS: dict[EntryKind, str] = {
    EntryKind.HOURS: N_("weekly hours"),
    EntryKind.SEASON: N_("hours of a season"),
    EntryKind.CLOSED: N_("closed"),
    EntryKind.OPEN: N_("open on a day that is otherwise closed, or with other hours"),
    EntryKind.OBSERVED_NOT: N_("holiday not observed here"),
    EntryKind.CONFIRMED: N_("date confirmed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry for the dates `first_on` to `last_on`, both included; None as the last: until something replaces it.

    `weekdays` (Monday is 0) and `weeks` (of the month) are for `hours` only; `stretches` are minutes of the date.
    Every entry names its source.
    """

    kind: EntryKind
    first_on: date
    last_on: date | None
    label: str
    source: str
    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    stretches: tuple[Span, ...] = ()
    status: Status = Status.CONFIRMED
    reason: Reason = Reason.CLOSED
