"""What the demonstration shows of finding a time, each thing with whether it is there."""

from collections import Counter
from datetime import date

import sqlalchemy as sa

from vctestimony.domain.access import Actor
from vctestimony.domain.busy import Health, health
from vctestimony.domain.calendar_entries import EntryKind
from vctestimony.domain.calendars import Reason, Status
from vctestimony.domain.hearing import End, State
from vctestimony.domain.instants import offset_minutes
from vctestimony.domain.options import OptionAnswer
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.cycle_words import RUNGS
from vctestimony.services import accounts, cycle_standing
from vctestimony.services.places import post_of
from vctestimony.services.stranded import stranded
from vctestimony.services.unit import Unit, Units
from vctestimony.store.models import (
    AccountRow,
    BusySourceRow,
    CalendarEntryRow,
    HearingRow,
    NeedRow,
    OccupancyRow,
    OptionAnswerRow,
    OrderRow,
    OverlapRow,
    PlanLineRow,
    PlanRow,
    PlanState,
    ResourceRow,
    SealedRecordRow,
)


def shown(units: Units) -> dict[str, bool]:
    """Everything that finding a time can do, and whether the demonstration shows it."""
    with units.reading() as unit:
        return _calendars_shown(unit) | _hearings_shown(unit)


def _calendars_shown(unit: Unit) -> dict[str, bool]:
    rows = unit.session.scalars(sa.select(CalendarEntryRow)).all()
    kolkata = [row for row in rows if row.post_id == post_of(unit, "kolkata-sessions").id]
    keeper = (kolkata[0].post_id, None)
    sources = unit.session.scalars(sa.select(BusySourceRow)).all()
    found = [health(read_at=one.read_at, failures=one.failures, now=unit.now) for one in sources]
    return {
        "a week from next month on": any(row.kind is EntryKind.HOURS and row.first_on.day == 1 for row in kolkata),
        "a vacation": any(row.reason is Reason.VACATION and row.source for row in kolkata),
        "a moon-sighted holiday": any(row.status is Status.TENTATIVE for row in kolkata),
        "a holiday not observed": any(row.kind is EntryKind.OBSERVED_NOT for row in kolkata),
        "a Saturday": any(row.kind is EntryKind.OPEN and row.first_on.weekday() == 5 for row in kolkata),
        "a stranded hearing": bool(stranded(unit, keeper, by=coordinator(unit, "kolkata"))),
        "a season": any(row.kind is EntryKind.SEASON and (row.last_on or date.max) > unit.now.date() for row in rows),
        "own hours": any(row.official_id and row.kind is EntryKind.HOURS for row in rows),
        "own calendars": sorted(found) == [Health.FAILED, Health.FRESH, Health.STALE],
        "what they take": len(set(unit.session.scalars(sa.select(OccupancyRow.kind)))) >= 5,
    }


def _hearings_shown(unit: Unit) -> dict[str, bool]:
    needs = unit.session.scalars(sa.select(NeedRow.need)).all()
    options = unit.session.scalars(sa.select(OptionAnswerRow.answer)).all()
    plans = unit.session.scalars(sa.select(PlanRow)).all()
    sittings = unit.session.scalars(
        sa.select(HearingRow).where(HearingRow.zone == "Asia/Kolkata", HearingRow.state == State.BOOKED)
    ).all()
    london = [row.starts_at for row in sittings if row.remote.zone == "Europe/London" and row.starts_at]
    return {
        "either of two interpreters": max(Counter(need for need in needs if need.startswith("seat:")).values()) == 2,
        "a room of one part": "remote_room:pre" in needs,
        "a turnaround": any(unit.session.scalars(sa.select(ResourceRow.gap_minutes))),
        "daylight and breaks": bool(
            unit.session.scalar(sa.select(OrderRow).where(OrderRow.daylight_only, OrderRow.break_minutes > 0))
        ),
        "sittings of several days": len({at.date() for at in london}) == 3,
        "a change of clocks between them": len({offset_minutes(at, "Europe/London") for at in london}) == 2,
        "answers to options": set(options) >= {OptionAnswer.CAN, OptionAnswer.IF_NEEDED, OptionAnswer.CANNOT, None},
        "an order over another duty": bool(unit.session.scalar(sa.select(OverlapRow.reason))),
        "a backlog": len(unit.session.scalars(sa.select(PlanLineRow.id)).all()) == 12,
        "a transcript at either end": {RUNGS[rung].end for rung in _next_rungs(unit)} == set(End),
        "a sealed record whose transcript went its whole way": _next_of_sealed(unit) == {None},
        "a finished plan": [plan.state for plan in plans] == [PlanState.DONE]
        and any(line.starts_at for line in plans[0].lines),
    }


def _next_rungs(unit: Unit) -> set[Rung]:
    """What is to be done next to the transcripts that are on their way."""
    over = unit.session.scalars(sa.select(HearingRow).where(HearingRow.state == State.COMPLETED)).all()
    return {one.next for one in cycle_standing.standings_of(unit, over).values() if one.next is not None}


def _next_of_sealed(unit: Unit) -> set[Rung | None]:
    sealed = unit.session.scalars(sa.select(HearingRow).join(SealedRecordRow)).all()
    standing = cycle_standing.standings_of(unit, sealed)
    return {standing[row.id].next for row in sealed}


def coordinator(unit: Unit, city: str) -> Actor:
    """The account of the coordinator of the court in that city."""
    row = unit.session.scalar(sa.select(AccountRow).where(AccountRow.email == f"coordinator@{city}.court.example"))
    assert row is not None
    return accounts.actor_of(row)
