"""The one place that reads an instant, or a stretch of time, on the two clocks of a hearing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks, ClockFace
from vctestimony.services.order_limits import breaks_of
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class Clocks:
    """A stretch of time on both clocks."""

    court: Reading
    court_ends: Reading
    remote: Reading
    remote_ends: Reading


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


def zones_of(hearing: HearingRow) -> tuple[tuple[str, str], ...]:
    """Zone and city of both ends, for the clocks in the frame."""
    return tuple(dict.fromkeys((post.zone, post.city) for post in (hearing.court, hearing.remote)))


def clocks_for(hearing: HearingRow) -> Callable[[datetime], BothClocks]:
    """Reads any instant on both clocks, the court's first, also when the hearing is no longer at hand."""
    court, remote = (hearing.court.zone, hearing.court.city), (hearing.remote.zone, hearing.remote.city)

    def on_both(at: datetime) -> BothClocks:
        return BothClocks(ClockFace(End.COURT, read(at, *court)), ClockFace(End.REMOTE, read(at, *remote)))

    return on_both


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


def clocks_of(hearing: HearingRow, starts_at: datetime | None) -> Clocks | None:
    """From the start of the first part to the end of the last, if it starts then; None without a time."""
    if starts_at is None:
        return None
    minutes = hearing.pre_minutes + hearing.main_minutes + hearing.post_minutes
    return span_of(hearing, starts_at, starts_at + timedelta(minutes=minutes))


def span_of(hearing: HearingRow, starts_at: datetime, ends_at: datetime) -> Clocks:
    """Any stretch of time on both clocks of the hearing."""
    court, remote = hearing.court, hearing.remote
    return Clocks(
        court=read(starts_at, court.zone, court.city),
        court_ends=read(ends_at, court.zone, court.city),
        remote=read(starts_at, remote.zone, remote.city),
        remote_ends=read(ends_at, remote.zone, remote.city),
    )
