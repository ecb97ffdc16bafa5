"""The one place that says what is wrong with the running service, in words for the person who runs it.

Anybody may read it, so it tells no path, no address, no name and no number of hearings.
"""

from datetime import timedelta

from vctestimony.domain.errors import Unavailable
from vctestimony.domain.wording import N_
from vctestimony.services import heartbeat
from vctestimony.services.unit import Unit, Units
from vctestimony.store import condition, holds, outbox

STUCK_SECONDS = 15 * 60
LEAST_FREE = 200 * 1024 * 1024
SET_BACK = timedelta(seconds=5)
LEFT_OVER = 20 * 1024 * 1024
"""So much stays free for all that is small: bookings must go on when no file fits any more."""
COPIES = 3
"""A file is sealed, written ahead and copied into its place: for a moment it is there so many times."""

NO_DATABASE = "The database does not answer."
NO_SCHEMA = "The database does not fit this version. Run: flask --app wsgi init"
READ_ONLY = "The database is read-only, so nothing can be saved. Look at the rights of its file, or at its server."
HELD = "Mail is held since a restore. An administrator must look through it and release it."


class NoRoom(Unavailable):
    """The disk would be full, or nearly, with this file."""

    text = N_(
        "Nothing was saved: the disk of the service has too little room for this file. Tell the administrator; "
        "then choose the file again."
    )


def make_sure_of_room(units: Units, *, size: int) -> None:
    """Nothing, or NoRoom for what is so large that the disk of the database would be full; before any of it is read."""
    with units.reading() as unit:
        free = condition.free_bytes(unit.session)
    if free is not None and free < COPIES * size + LEFT_OVER:
        raise NoRoom()


def troubles(units: Units, *, least_free: int = LEAST_FREE) -> list[str]:
    """What stops the service from doing its work; empty when all is well."""
    try:
        with units.reading() as unit:
            if not condition.fits(unit.session):
                return [NO_SCHEMA]
            found = [*_of_mail(unit), *_of_disk(unit, least_free)]
            return found + ([READ_ONLY] if condition.is_read_only(unit.session) else [])
    except Exception:  # noqa: BLE001 - whatever it is, the answer must come, and must not tell more
        return [NO_DATABASE]


def notes(units: Units) -> list[str]:
    """What somebody must see to, though the service works."""
    try:
        with units.reading() as unit:
            return ([HELD] if holds.current(unit.session) is not None else []) + _of_clock(unit)
    except Exception:  # noqa: BLE001 - as above
        return []


def _of_mail(unit: Unit) -> list[str]:
    found = []
    silence = heartbeat.silent_for(unit)
    if silence is not None:
        minutes = silence // timedelta(minutes=1)
        found.append(f"The worker has given no sign of life for {minutes} minutes, so no mail leaves. Start it again.")
    waiting = outbox.seconds_overdue(unit.session, now=unit.now)
    if waiting > STUCK_SECONDS and holds.current(unit.session) is None:
        found.append(
            f"Mail has been waiting for {waiting // 60} minutes. Is a worker running, is the mail server there?"
        )
    return found


def _of_disk(unit: Unit, least_free: int) -> list[str]:
    free = condition.free_bytes(unit.session)
    if free is None or free >= least_free:
        return []
    return [f"The disk of the database is nearly full: {free // 1024**2} MB are free. Make room before it is full."]


def _of_clock(unit: Unit) -> list[str]:
    last = condition.last_entry_at(unit.session)
    if last is None or last - unit.now <= SET_BACK:
        return []
    seconds = int((last - unit.now).total_seconds())
    return [f"The clock is {seconds} seconds behind the newest entry of the journal: it was set back. Set it right."]
