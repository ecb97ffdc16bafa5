"""The one place for what a list of public holidays is, whoever keeps it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from vctestimony.domain.calendars import Status
from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """One public holiday of one country or state."""

    on: date
    label: str
    status: Status


class UnknownPlace(Invalid):
    """The list knows no such country or state."""

    text = N_(
        "The list of public holidays knows no place {place}. Write the country and state as IN and WB, for example."
    )


class PublicHolidays(Protocol):
    """A list of public holidays; a year it cannot answer is an empty tuple, which nobody may read as "none"."""

    edition: str

    def of(self, country: str, state: str, year: int) -> tuple[PublicHoliday, ...]:
        """The year's holidays in order, or a refusal when there is no such place."""
