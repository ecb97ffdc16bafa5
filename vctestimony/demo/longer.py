"""The testimony of the demonstration that takes several days, on both sides of a change of clocks."""

from datetime import date, datetime, time, timedelta

from vctestimony.demo import casework
from vctestimony.demo.places import KOLKATA as INDIAN_TIME
from vctestimony.demo.stage import NothingFree, Stage, Story, row_of
from vctestimony.demo.stories import DELHI, USUAL, court_seats, registered
from vctestimony.domain.instants import offset_minutes, resolve
from vctestimony.domain.people import Duty
from vctestimony.services import splitting
from vctestimony.services.splitting import Wish

_LONDON, _DAY = "Europe/London", timedelta(days=1)
_WISH = Wish(total_minutes=290, longest_minutes=110, most_days_between=7)
_THIRD_LINK = 2


def split(stage: Stage) -> Story:
    """Delhi and London: sittings on both sides of the night in which London changes its clocks."""
    yield stage.day(-14, 12)
    known = registered(stage, DELHI, casework.DELHI_LONDON_LONG, days=-19)
    seats = court_seats(DELHI) | {"hci-london/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(DELHI, "hci-london", known, seats, lengths=USUAL, link=_THIRD_LINK)
    yield stage.day(-2, 14)
    changes_on = next_change(stage.on(14))
    by = stage.actor(f"{DELHI}/coordinator")
    with stage.units.writing() as unit:
        page = splitting.preview(
            unit, hearing, _WISH, from_on=changes_on - 3 * _DAY, to_on=changes_on + 21 * _DAY, by=by
        )
        if not page.sittings:
            raise NothingFree(hearing)
        starts = [one.time.start_wall for one in page.sittings]
        version = row_of(unit, hearing).version
        splitting.split(unit, hearing, _WISH, starts, zone=INDIAN_TIME, hold=False, version=version, by=by)
    yield stage.day(-1, 12)
    stage.answer(hearing, Duty.REMOTE_COORDINATOR, comment="We keep the room for all of the sittings.")


def next_change(on: date) -> date:
    """The first day from `on` at whose noon London's clocks differ from the noon before.

    >>> next_change(date(2026, 9, 1)), next_change(date(2026, 11, 26))
    (datetime.date(2026, 10, 25), datetime.date(2027, 3, 28))
    """
    while _offset(on) == _offset(on - _DAY):
        on += _DAY
    return on


def _offset(on: date) -> int:
    return offset_minutes(resolve(datetime.combine(on, time(12)), _LONDON), _LONDON)
