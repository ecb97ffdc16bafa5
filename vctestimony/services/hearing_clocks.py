"""The one place that reads an instant on the two clocks of a hearing."""

from datetime import datetime, timedelta

from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks, ClockFace
from vctestimony.services.order_limits import breaks_of
from vctestimony.store.models import HearingRow


def at_end(hearing: HearingRow, at: datetime, end: End) -> Reading:
    """The instant on the clock of one end."""
    post = hearing.court if end is End.COURT else hearing.remote
    return read(at, post.zone, post.city)


def both(hearing: HearingRow, at: datetime, *, own: End = End.COURT) -> BothClocks:
    """The instant on both clocks, the reader's own first."""
    other = End.REMOTE if own is End.COURT else End.COURT
    return BothClocks(
        own=ClockFace(own, at_end(hearing, at, own)),
        other=ClockFace(other, at_end(hearing, at, other)),
    )


def breaks(
    hearing: HearingRow, starts_at: datetime | None = None, *, main_minutes: int | None = None
) -> tuple[tuple[BothClocks, BothClocks], ...]:
    """Start and end of each break that the order asks for within the examination; none without a time.

    Of the hearing as it is, or at another start, or with another length of the examination.
    """
    first_at = starts_at or hearing.starts_at
    if first_at is None:
        return ()
    main_at = first_at + timedelta(minutes=hearing.pre_minutes)
    spans = breaks_of(hearing.order).within(main_minutes or hearing.main_minutes)
    return tuple(
        (both(hearing, main_at + timedelta(minutes=start)), both(hearing, main_at + timedelta(minutes=end)))
        for start, end in spans
    )


def ends_at(hearing: HearingRow) -> datetime | None:
    """When the last part is over; None without a time."""
    if hearing.starts_at is None:
        return None
    return hearing.starts_at + timedelta(minutes=hearing.pre_minutes + hearing.main_minutes + hearing.post_minutes)
