"""The use-case of planning the whole backlog of one coordinator in one go, as plain data for programs."""

from datetime import timedelta

from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.errors import Absent
from vctestimony.services import accounts, backlog, backlog_views, plan_office
from vctestimony.services.backlog import Request
from vctestimony.services.backlog_views import PlanLine, PlanPage
from vctestimony.services.unit import Units
from vctestimony.store import accounts as store

OWNER = "command"


def planned(units: Units, email: str, *, seed: int, seconds: int) -> dict[str, object]:
    """Plan everything that waits for that coordinator over six weeks and say what came of it; books nothing."""
    with units.writing(wakes=False) as unit:
        account = store.by_email(unit.session, email)
        if account is None:
            raise Absent()
        by = accounts.actor_of(account)
        first_on = backlog.tomorrow(unit, by.zone or "UTC")
        priorities = {row.id: row.priority for row in backlog.waiting(unit, by=by)[: backlog.MOST_HEARINGS]}
        asked = Asked(seed=seed, rounds=seconds, seconds=2 * seconds)
        last_on = first_on + timedelta(weeks=backlog.WEEKS) - timedelta(days=1)
        reference = backlog.ask(unit, Request(priorities, first_on, last_on, asked), by=by)
    while plan_office.make_one(units, owner=OWNER):
        pass
    with units.reading() as unit:
        return _plain(backlog_views.page(unit, reference, by=by))


def _plain(page: PlanPage) -> dict[str, object]:
    return {
        "plan": page.summary.reference,
        "placed": len(page.placed),
        "left_out": len(page.left_out),
        "cost": page.cost,
        "first_cost": page.first_cost,
        "bound": page.bound,
        "gap_percent": page.gap,
        "seconds": page.seconds,
        "rounds": page.rounds,
        "solver": page.solver,
        "trouble": page.trouble,
        "hearings": [_line(line) for line in page.lines],
    }


def _line(line: PlanLine) -> dict[str, object]:
    return {
        "reference": line.reference,
        "priority": line.priority,
        "starts_at": line.time.court.at.isoformat() if line.time else None,
        "days_late": line.late_days,
        "whys": [why.text.format(who=why.who, place=why.place, more=why.more, **why.facts) for why in line.whys],
    }
