"""Hearings of courts in four zones, for clock rules that change in one of them; used by a short test and a long run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from tests.builders import add_post
from tests.fakes import NOW
from tests.services.crowd import enter, own_set
from tests.services.other_rules import by_the_rules_of
from tests.services.planned import MONDAY_11, booked
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.instants import wall_of
from vctestimony.domain.people import PostKind
from vctestimony.services import journal
from vctestimony.services.post_office import deliver_one
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow, OutboxRow, ParticipantRow

ELSEWHERE = ("Asia/Dhaka", "Europe/London", "Asia/Kathmandu")
PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Hearings:
    """Those whose court's clock will change, those of other zones, and one that is over."""

    affected: tuple[str, ...]
    others: tuple[str, ...]
    over: str


def entered(units: Units, world: World, by: Actor, *, count: int) -> Hearings:
    """So many booked hearings, a quarter in each zone, all of whose mails have left."""
    with units.writing() as unit:
        references = [
            enter(unit, world, f"H-CROWD{number}", own_set(unit, world, number), (15, 60, 15))
            for number in range(count + 1)
        ]
    for reference in references:
        booked(units, reference, by, MONDAY_11)
    while deliver_one(units, owner="one"):
        pass
    affected, others, over = references[: count // 4], references[count // 4 : count], references[count]
    with units.writing() as unit:
        for number, zone in enumerate(ELSEWHERE):
            post = add_post(unit.session, f"court-{number}", kind=PostKind.MISSION, city=zone, country="IN", zone=zone)
            share = others[number :: len(ELSEWHERE)]
            for row in unit.session.scalars(sa.select(HearingRow).where(HearingRow.reference.in_(share))):
                assert row.starts_at is not None
                row.court_id, row.zone, row.starts_wall = post.id, zone, wall_of(row.starts_at, zone)
                _told_nothing(row.participants)
        last = unit.session.scalars(sa.select(HearingRow).where(HearingRow.reference == over)).one()
        last.starts_at = NOW - timedelta(days=1)  # its wall time says another hour by any rules
    return Hearings(tuple(affected), tuple(others), over)


def _told_nothing(people: Sequence[ParticipantRow]) -> None:
    """What they were told of the clock in Kolkata is not of their hearing any more."""
    for person in people:
        person.sent = {}


def settled_by(rules: Path, units: Units, url: str, hearings: Hearings) -> None:
    """Those affected are found once and moved once, with one mail to each person; nothing else is touched."""
    untouched = (*hearings.others, hearings.over)
    before = _versions(units, untouched)
    looked = by_the_rules_of(rules, url, move=False)
    assert sorted(looked.outcomes) == sorted(hearings.affected)
    assert {trouble for trouble, *_ in looked.outcomes.values()} == {"moved"}
    assert set(_sequences(units, hearings.affected)) == {0}, "looking moves nothing"
    moved = by_the_rules_of(rules, url, move=True)
    assert moved.outcomes == dict.fromkeys(hearings.affected, ("moved", PEOPLE, ""))
    assert by_the_rules_of(rules, url, move=True).outcomes == {}
    assert (set(_sequences(units, hearings.affected)), _versions(units, untouched)) == ({1}, before)
    with units.reading() as unit:
        anew = sa.select(sa.func.count()).select_from(OutboxRow).where(OutboxRow.sequence == 1)
        assert unit.session.scalar(anew) == PEOPLE * len(hearings.affected)
        assert journal.verify(unit)[1] is None


def _versions(units: Units, references: Sequence[str]) -> list[int]:
    return _column(units, HearingRow.version, references)


def _sequences(units: Units, references: Sequence[str]) -> list[int]:
    return _column(units, HearingRow.sequence, references)


def _column(units: Units, column: sa.orm.InstrumentedAttribute[int], references: Sequence[str]) -> list[int]:
    query = sa.select(column).where(HearingRow.reference.in_(references)).order_by(HearingRow.reference)
    with units.reading() as unit:
        return list(unit.session.scalars(query))
