"""The plan of the demonstration that is finished: times for the hearings that wait, to look at and to book from."""

from datetime import timedelta

from vctestimony.demo.stage import POSTMAN, Stage, Story
from vctestimony.demo.stories import MUMBAI
from vctestimony.domain.backlog.asked import Asked
from vctestimony.services import backlog, plan_office
from vctestimony.services.backlog import Request

_MOST, _ROUNDS, _SECONDS = 12, 3, 10
_WEEKS = timedelta(weeks=6)


def finished(stage: Stage) -> Story:
    """The coordinator in Mumbai asked this hour for a plan of the next six weeks."""
    yield stage.today_at - timedelta(minutes=30)
    by = stage.actor(f"{MUMBAI}/coordinator")
    with stage.units.writing() as unit:
        rows = backlog.waiting(unit, by=by)[:_MOST]
        if not rows:
            return
        from_on = backlog.tomorrow(unit, by.zone or "UTC")
        request = Request(
            priorities={row.id: row.priority for row in rows},
            from_on=from_on,
            to_on=from_on + _WEEKS,
            asked=Asked(rounds=_ROUNDS, seconds=_SECONDS),
        )
        backlog.ask(unit, request, by=by)
    plan_office.make_one(stage.units, owner=POSTMAN)
