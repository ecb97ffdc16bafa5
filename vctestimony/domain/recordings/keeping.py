"""The one place for how long a recording is kept: six months at least where a rule says so, else as the court says."""

from calendar import monthrange
from datetime import date

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

LEAST_MONTHS = 6


class KeptTooShort(Invalid):
    """The rule gives a shortest time."""

    text = N_(
        "Where the rules on live-streaming and recording are adopted, a recording is kept for at least six months: "
        "not before {least}."
    )


def least_until(made_on: date) -> date:
    """The first day on which six months are over.

    >>> least_until(date(2026, 8, 31)), least_until(date(2026, 9, 14))
    (datetime.date(2027, 2, 28), datetime.date(2027, 3, 14))
    """
    months = made_on.year * 12 + made_on.month - 1 + LEAST_MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(made_on.day, monthrange(year, month)[1]))


def check(until_on: date, *, made_on: date, rule_adopted: bool) -> None:
    """Refuse a period shorter than the rule's, where it is adopted."""
    if rule_adopted and until_on < (least := least_until(made_on)):
        raise KeptTooShort(field="until_on", least=least)
