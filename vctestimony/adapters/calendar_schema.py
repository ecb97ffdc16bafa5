"""The one place for the shape of a calendar file in `sop/calendars/`; every value is typed, no key is guessed."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from vctestimony.domain.calendars import Kind, Reason, Status
from vctestimony.domain.errors import Invalid
from vctestimony.domain.instants import FIRST_YEAR, LAST_YEAR, canonical_zone

Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Clock = Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Evidence = Literal["R", "P", "U", "D"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _a_zone(name: str) -> str:
    try:
        canonical = canonical_zone(name)
    except Invalid as refusal:
        raise ValueError(refusal.sentence()) from None
    if canonical != name:
        raise ValueError(f"write {canonical}")
    return name


def _forward(pair: list[str]) -> list[str]:
    if pair[0] >= pair[1]:
        raise ValueError("the second time must come after the first; hours past midnight are two entries")
    return pair


def _in_order(span: list[date]) -> list[date]:
    if span[-1] < span[0]:
        raise ValueError("the last date must not come before the first")
    return span


Zone = Annotated[Filled, AfterValidator(_a_zone)]
Stretch = Annotated[list[Clock], Field(min_length=2, max_length=2), AfterValidator(_forward)]
Dates = Annotated[list[date], Field(min_length=1, max_length=2), AfterValidator(_in_order)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class Row(BaseModel):
    """Strict, closed and frozen, as every table of these files."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sourced(Row):
    """An entry says where it comes from and how sure that is: R read, P from the press, U unconfirmed, D derived."""

    source: Filled
    evidence: Evidence


class HolidayRow(Row):
    """Which list of public holidays is shut on."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{0,3}$")] = ""


class CalendarRow(Row):
    """Who the calendar is of, and for which years its closures were entered."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    label: Filled
    zone: Zone
    years: Annotated[list[Year], Field(min_length=1)]
    holidays: HolidayRow | None = None
    note: str = ""


class HoursRow(Sourced):
    """Weekly hours; a break is the space between two stretches."""

    days: Annotated[list[Weekday], Field(min_length=1)]
    stretches: Annotated[list[Stretch], Field(min_length=1)]
    weeks: list[Annotated[int, Field(ge=1, le=5)]] = []
    valid_from: date | None = None
    valid_to: date | None = None
    label: str = ""


class DatedRow(Sourced):
    """Something on dates: each entry is one date or a first and a last."""

    label: Filled
    dates: Annotated[list[Dates], Field(min_length=1)]
    status: Annotated[Status, Field(strict=False)] = Status.CONFIRMED


class SeasonRow(DatedRow):
    """Other hours on the days that are open anyway."""

    stretches: Annotated[list[Stretch], Field(min_length=1)]


class ClosedRow(DatedRow):
    """Shut."""

    reason: Annotated[Reason, Field(strict=False)] = Reason.CLOSED


class OpenRow(DatedRow):
    """Open with these hours, whatever the week and the holidays say."""

    stretches: Annotated[list[Stretch], Field(min_length=1)]


class NotClosedRow(Sourced):
    """Dates on which a public holiday of the list is not observed here."""

    label: Filled
    dates: Annotated[list[Dates], Field(min_length=1)]


class CalendarFile(Row):
    """One whole file."""

    calendar: CalendarRow
    hours: Annotated[list[HoursRow], Field(min_length=1)]
    season: list[SeasonRow] = []
    closed: list[ClosedRow] = []
    open: list[OpenRow] = []
    not_closed: list[NotClosedRow] = []

    def dated(self) -> tuple[tuple[Kind, str, int, DatedRow], ...]:
        """Every dated entry with its kind, its table and which of that table it is."""
        tables: tuple[tuple[Kind, str, list[SeasonRow] | list[ClosedRow] | list[OpenRow]], ...] = (
            (Kind.SEASON, "season", self.season),
            (Kind.CLOSED, "closed", self.closed),
            (Kind.OPEN, "open", self.open),
        )
        return tuple((kind, table, at, row) for kind, table, rows in tables for at, row in enumerate(rows))
