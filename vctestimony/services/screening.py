"""The one place that says what of a hearing somebody may be shown who is kept apart from somebody else on it.

Who is kept apart sees their own part of it: the own times, the own end's rooms, and nobody of the other side.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from vctestimony.domain.access import Actor, Relation
from vctestimony.domain.hearing import End, Part
from vctestimony.domain.sides import KeptApart
from vctestimony.domain.wording import N_
from vctestimony.services import invited, whereabouts
from vctestimony.services.hearing_clocks import Clocks, clocks_of, span_of
from vctestimony.services.unit import Unit
from vctestimony.store import hearings
from vctestimony.store.models import HearingRow, ParticipantRow

_REMOTE = N_("Remote Point")


def screened(hearing: HearingRow, *, by: Actor) -> ParticipantRow | None:
    """The reader's own seat, if they are kept apart from anybody on the hearing; None for everybody else."""
    if Relation.SCREENED not in hearings.relations(hearing, by):
        return None
    own = (one for one in hearing.participants if one.official_id == by.official_id and one.removed_at is None)
    return next(one for one in own if hearings.kept_apart(hearing, one))


def shown_people(hearing: HearingRow, reader: ParticipantRow | None) -> list[ParticipantRow]:
    """Who is named now and may be named to this reader; everybody, where the reader is kept apart from nobody."""
    present = (one for one in hearing.participants if one.removed_at is None)
    return [one for one in present if reader is None or not hearings.apart(hearing, reader, one)]


def shown_clocks(hearing: HearingRow, starts_at: datetime | None, *, by: Actor) -> Clocks | None:
    """From when to when the hearing is for this reader."""
    reader = screened(hearing, by=by)
    if reader is None or starts_at is None:
        return clocks_of(hearing, starts_at)
    return span_of(hearing, *invited.own_times(hearing, reader, starts_at=starts_at))


def shown_start(hearing: HearingRow, reader: ParticipantRow | None) -> datetime | None:
    """When the hearing starts; for somebody who is kept apart, when their own first part does."""
    if reader is None or hearing.starts_at is None:
        return hearing.starts_at
    return invited.own_times(hearing, reader, starts_at=hearing.starts_at)[0]


def shown_parts(
    hearing: HearingRow, reader: ParticipantRow | None, *, starts_at: datetime
) -> Mapping[Part, tuple[datetime, datetime]]:
    """The parts with their times; of somebody who is kept apart, those they come to."""
    times = invited.part_times(hearing, starts_at)
    return times if reader is None else {part: times[part] for part in times if part in invited.attends(reader)}


def shown_ends(hearing: HearingRow, reader: ParticipantRow | None, *, by: Actor) -> tuple[End, ...]:
    """Of which ends the rooms are shown; the rooms of a confidential place are part of where it is."""
    if reader is not None:
        return (reader.end,)
    return tuple(End) if whereabouts.knows(hearing, by=by) else (End.COURT,)


def names_remote(hearing: HearingRow, *, by: Actor) -> bool:
    """Whether the place of the testimony is named to this reader."""
    reader = screened(hearing, by=by)
    return reader.end is End.REMOTE if reader is not None else whereabouts.knows(hearing, by=by)


def remote_name(unit: Unit, hearing: HearingRow, *, by: Actor) -> str:
    """What the place of the testimony is called to this reader: its name is where the witness is."""

    def word(text: str) -> str:
        return unit.ports.words.gettext(by.language, text)

    if names_remote(hearing, by=by):
        return hearing.remote.name
    return word(_REMOTE) if screened(hearing, by=by) else whereabouts.called(hearing.remote, word=word)


def check_sees_all(found: Iterable[HearingRow], *, by: Actor) -> None:
    """Refuse a list that would show somebody a hearing at which they are kept apart, or which is shut to them."""
    if any(screened(one, by=by) is not None or hearings.is_shut(one, by) for one in found):
        raise KeptApart()


def screened_ids(unit: Unit, *, by: Actor) -> frozenset[int]:
    """The hearings at which this person is kept apart from somebody."""
    return hearings.kept_apart_at(unit.session, by.official_id) if by.official_id is not None else frozenset()
