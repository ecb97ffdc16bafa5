"""The one place for what a place must tell, and what its sky must do, before an order for daylight can be kept."""

from datetime import datetime

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

Daytime = tuple[datetime, datetime]
"""Sunrise and sunset of one date, as instants."""

FURTHEST_NORTH, FURTHEST_EAST = 90.0, 180.0


class PlaceNotLocated(Invalid):
    """Without its coordinates nobody can say when the sun rises there, and nothing is assumed."""

    text = N_(
        "The order allows daylight only, but it is not known where {place} lies. "
        "Enter its latitude and longitude in the facts of the place; then search again."
    )


class NoSunriseOrSunset(Invalid):
    """Beyond the polar circles a day may have neither; what the court meant then is for the court to say."""

    text = N_(
        "The order allows daylight only, but at {place} the sun does not rise and set on {on}. "
        "Choose other days, or ask the court which hours it allows."
    )


class NotOnEarth(Invalid):
    """Coordinates are degrees."""

    text = N_("Write degrees with a decimal point: latitude from -90 to 90, longitude from -180 to 180.")


class HalfLocated(Invalid):
    """One coordinate is no place."""

    text = N_("Latitude and longitude belong together: enter both or neither.")


def check_located(latitude: float | None, longitude: float | None) -> None:
    """Refuse coordinates that are no place on Earth; neither is fine."""
    if (latitude is None) != (longitude is None):
        raise HalfLocated(field="latitude" if latitude is None else "longitude")
    for field, degrees, furthest in (("latitude", latitude, FURTHEST_NORTH), ("longitude", longitude, FURTHEST_EAST)):
        if degrees is not None and not -furthest <= degrees <= furthest:
            raise NotOnEarth(field=field)
