"""The one place that says why the service must not run although its settings can be read; one line each."""

from importlib.metadata import version

from sqlalchemy.engine import Engine

from vctestimony.domain import instants
from vctestimony.domain.errors import Refusal
from vctestimony.store import schema


class NotFit(Refusal):
    """Kept from running."""

    text = "{problem}"


WRONG_SCHEMA = "The database does not fit this version. Run: flask --app wsgi init"
NO_CLOCK_RULES = "The clock rules of {zone} are missing. Install pytz anew, or unset PYTZ_TZDATADIR."
TWO_EDITIONS = "pytz has the clock rules {one}, tzdata {other}: times would differ. Install requirements.lock."
NEEDED = ("Asia/Kolkata", "Asia/Dhaka", "Europe/London")


def refuse_unfit(engine: Engine) -> None:
    """Nothing, or NotFit with the first thing that is wrong."""
    problem = clock_problem() or schema_problem(engine)
    if problem:
        raise NotFit(problem=problem)


def schema_problem(engine: Engine) -> str:
    """What is wrong with the tables."""
    return "" if schema.present(engine) == schema.wanted() else WRONG_SCHEMA


def clock_problem(versions: tuple[str, str] | None = None) -> str:
    """What is wrong with the clock rules: a zone that cannot be read, or two editions in one installation."""
    for zone in NEEDED:
        if not instants.is_readable(zone):
            return NO_CLOCK_RULES.format(zone=zone)
    one, other = versions or (version("pytz"), version("tzdata"))
    return "" if one.partition(".post")[0] == other.partition(".post")[0] else TWO_EDITIONS.format(one=one, other=other)
