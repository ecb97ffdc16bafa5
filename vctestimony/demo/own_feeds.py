"""The calendar feeds of the demonstration: one that a program reads, one to share, one of a room. Nobody has the
addresses: like every address of a feed they are shown once."""

from collections.abc import Iterator
from datetime import timedelta

from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import ERNAKULAM, KOLKATA
from vctestimony.domain.feeds import FeedKind
from vctestimony.services import feed_addresses, feeds
from vctestimony.services.feed_addresses import Holder

READ = "hci-dhaka/consular"


def read(stage: Stage) -> Story:
    """The consular officer in Dhaka has her hearings read by a program, and shares when she is busy."""
    yield stage.day(-12, 16)
    holder, by = Holder(official_id=stage.people.officials[READ]), stage.actor(READ)
    with stage.units.writing() as unit:
        address = feed_addresses.make(unit, holder, FeedKind.HEARINGS, by=by)
        feed_addresses.make(unit, holder, FeedKind.BUSY, by=by)
    yield stage.today_at - timedelta(minutes=40)
    feeds.read(stage.units, address.https.rpartition("/")[2].removesuffix(".ics"))


def of_rooms(stage: Stage) -> Story:
    """Two coordinators have one of their rooms read."""
    yield stage.day(-11, 10)
    for court in (KOLKATA, ERNAKULAM):
        holder = Holder(room_id=stage.places.rooms[court][0])
        with stage.units.writing() as unit:
            feed_addresses.make(unit, holder, FeedKind.HEARINGS, by=stage.actor(f"{court}/coordinator"))


def told(stage: Stage) -> Iterator[Story]:
    """Every story of a feed."""
    yield from (tell(stage) for tell in (read, of_rooms))
