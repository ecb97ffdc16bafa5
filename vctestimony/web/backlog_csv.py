"""The one place that writes a plan as CSV. A cell that a spreadsheet would take for a formula is made plain text."""

import csv
import io

from vctestimony.domain.instants import Reading
from vctestimony.services.backlog_reasons import Why
from vctestimony.services.backlog_views import PlanLine, PlanPage
from vctestimony.web.language import translate

COLUMNS = (
    "hearing", "case", "witness", "court", "remote_point", "priority", "deadline", "days_late", "outcome",
    "court_start", "court_city", "court_offset", "remote_start", "remote_city", "remote_offset", "minutes", "why",
)  # fmt: skip
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_csv(page: PlanPage) -> str:
    """The plan, a line a hearing, with a byte order mark so that spreadsheets read Bengali."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in page.lines:
        writer.writerow([_plain(cell) for cell in _cells(line)])
    return f"\ufeff{out.getvalue()}"


def _cells(line: PlanLine) -> list[str]:
    court = _at(line.time.court) if line.time else ["", "", ""]
    remote = _at(line.time.remote) if line.time else ["", "", ""]
    return [
        line.reference,
        line.case_number,
        line.pseudonym,
        line.court,
        line.remote,
        str(line.priority),
        str(line.deadline_on or ""),
        str(line.late_days or ""),
        translate(line.outcome_label),
        *court,
        *remote,
        str(line.lengths.total),
        " ".join(_said(why) for why in line.whys),
    ]


def _said(why: Why) -> str:
    return translate(why.text).format(who=translate(why.who), place=translate(why.place), more=why.more, **why.facts)


def _at(reading: Reading) -> list[str]:
    return [f"{reading.wall:%Y-%m-%d %H:%M}", reading.city, reading.offset]


def _plain(cell: str) -> str:
    """The cell, quoted when it would be a formula.

    >>> _plain("=1+1"), _plain("SC 12/2025")
    ("'=1+1", 'SC 12/2025')
    """
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
