"""Lays calendars ready for the tests of busy time: what an address answers and what is taken in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from tests.fakes import NOW, FakeFetcher, FakeReader
from vctestimony.domain.access import Actor
from vctestimony.domain.busy import AHEAD, BusyTimes, CalendarRefused, Fetched
from vctestimony.domain.instants import to_min
from vctestimony.domain.intervals import Span
from vctestimony.services import busy_times, busy_views, journal
from vctestimony.services.busy_views import BusyPage, CalendarLine
from vctestimony.services.unit import Units
from vctestimony.store.models import BusySourceRow, OccupancyKind, OccupancyRow

ADDRESS = "https://calendar.example/private/s3cret/basic.ics"
MONDAY = datetime(2026, 9, 14, tzinfo=UTC)


def span(hour: float, minutes: int = 60, *, day: int = 0) -> Span:
    """Minutes on Monday 14 September 2026 by the hour in UTC, or so many days later."""
    start = to_min(MONDAY + timedelta(days=day, hours=hour))
    return start, start + minutes


def times(
    *taken: Span, tentative: tuple[Span, ...] = (), unreadable: int = 0, until: datetime | None = None
) -> BusyTimes:
    """What a calendar takes."""
    return BusyTimes(
        taken=taken,
        tentative=tentative,
        unreadable=unreadable,
        covers_until_min=to_min(until or NOW + AHEAD),
    )


@dataclass(slots=True)
class Desk:
    """Subscribes, lays answers ready, and looks at what came of it."""

    units: Units
    official_id: int
    by: Actor

    @property
    def fetcher(self) -> FakeFetcher:
        """The fake behind the port."""
        fake = self.units.ports.fetcher
        assert isinstance(fake, FakeFetcher)
        return fake

    @property
    def reader(self) -> FakeReader:
        """The fake behind the port."""
        fake = self.units.ports.reader
        assert isinstance(fake, FakeReader)
        return fake

    def answers(self, found: BusyTimes | CalendarRefused, *, address: str = ADDRESS, etag: str = "") -> None:
        """From now on the address has a calendar that takes this, or a trouble."""
        if isinstance(found, CalendarRefused):
            self.fetcher.answers[address] = found
            return
        content = repr((found, etag)).encode()
        self.fetcher.answers[address] = Fetched(content=content, etag=etag)
        self.reader.known[content] = found

    def subscribe(self, address: str = ADDRESS) -> int:
        """Subscribe; nothing is read yet."""
        with self.units.writing() as unit:
            return busy_times.subscribe(unit, self.official_id, address, by=self.by)

    def upload(self, found: BusyTimes | CalendarRefused) -> None:
        """Upload a file that takes this."""
        content = repr(found).encode()
        self.reader.known[content] = found
        busy_times.upload(self.units, self.official_id, content, by=self.by)

    def page(self) -> BusyPage:
        """The page of the official's calendars."""
        with self.units.reading() as unit:
            return busy_views.busy_page(unit, self.official_id, by=self.by)

    def line(self) -> CalendarLine:
        """The only calendar."""
        (line,) = self.page().summary.calendars
        return line

    def row(self) -> BusySourceRow:
        """The only calendar as it is stored, detached."""
        with self.units.reading() as unit:
            row = unit.session.scalars(sa.select(BusySourceRow)).one()
            unit.session.expunge_all()
            return row

    def stored(self) -> list[tuple[int, int, OccupancyKind, bool]]:
        """What calendars take, as it is stored."""
        with self.units.reading() as unit:
            row = OccupancyRow
            query = sa.select(row.start_min, row.end_min, row.kind, row.blocking).where(row.source_id.is_not(None))
            return [
                (a, b, kind, blocking) for a, b, kind, blocking in unit.session.execute(query.order_by(row.start_min))
            ]

    def journal(self) -> list[str]:
        """What was written down about the official."""
        with self.units.reading() as unit:
            return [entry.action for entry in journal.history(unit, f"official:{self.official_id}")]
