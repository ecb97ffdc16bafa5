"""The one place that says a refusal in the language of the request, its days and times as every page writes them."""

from datetime import date, datetime

from vctestimony.domain.errors import Refusal
from vctestimony.domain.instants import Reading
from vctestimony.domain.moments import Moments
from vctestimony.web.formats import clock_text, day_text
from vctestimony.web.language import current_language, translate


def said(refusal: Refusal) -> str:
    """The refusal in whole sentences."""
    return refusal.sentence(translate, written)


def written(fact: object) -> object:
    """A day with its weekday, a time with its city and offset; anything else as it is."""
    if isinstance(fact, Moments):
        return "; ".join(" / ".join(_reading(one) for one in clocks) for clocks in fact.each) or "–"
    if isinstance(fact, Reading):
        return _reading(fact)
    if isinstance(fact, datetime):
        return f"{day_text(fact, current_language())}, {clock_text(fact)}" if fact.tzinfo is None else fact
    return day_text(fact, current_language()) if isinstance(fact, date) else fact


def _reading(one: Reading) -> str:
    return f"{day_text(one, current_language())}, {clock_text(one)} · {translate(one.city)} ({one.offset})"
