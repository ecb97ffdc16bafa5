"""The one place that asks the `astral` package when the sun rises and sets."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from astral import Observer
from astral.sun import sunrise, sunset

from vctestimony.domain.daylight import Daytime
from vctestimony.domain.instants import offset_minutes

_DAY = timedelta(days=1)


class Sun:
    """Sunrise and sunset at sea level, when the upper rim of the sun is on the horizon."""

    def daytime(self, on: date, *, latitude: float, longitude: float, zone: str) -> Daytime | None:
        """From sunrise to sunset of that date in the zone; None when the sun does not rise and set then."""
        return _daytime(on, latitude, longitude, zone)


@lru_cache(maxsize=4096)
def _daytime(on: date, latitude: float, longitude: float, zone: str) -> Daytime | None:
    observer = Observer(latitude=latitude, longitude=longitude, elevation=0)
    noon_at = datetime.combine(on, time(12), UTC)
    local = timezone(timedelta(minutes=offset_minutes(noon_at, zone)))
    try:
        rises_at, sets_at = sunrise(observer, date=on, tzinfo=local), sunset(observer, date=on, tzinfo=local)
        if sets_at <= rises_at:  # near the polar circle in summer the sun sets after midnight
            sets_at = sunset(observer, date=on + _DAY, tzinfo=local)
    except ValueError:
        return None
    return rises_at.astimezone(UTC), sets_at.astimezone(UTC)
