"""The one place that makes the movement sheet: for an escort who is told when and where, and neither who nor why."""

from datetime import datetime, timedelta

from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.joining import Call
from vctestimony.domain.documents.lists import MovementSheet, Way
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import Duty, PostKind
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.invited import part_times
from vctestimony.services.papers import coming
from vctestimony.services.papers.coming import Translate
from vctestimony.services.papers.making import Asked, Made, Maker, NotForThisHearing
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow

TITLE = N_("Journey there and back")
WAYS = (30, 60, 90, 120, 180, 240)
"""Minutes of the way for which the time to fetch is printed; the escort knows the way, the service does not."""
RESERVE = timedelta(minutes=15)
_OFFICE = N_("Office at the place")
_RECEIVES = N_("Who receives you there")
_OFFICIAL = N_("Official of this country who is there too")
_ELSE = N_("If nobody answers there")


class NoJourney(NotForThisHearing):
    """Whoever testifies from a prison is there."""

    text = N_("The Remote Point is a prison, and the witness is held there. There is no journey to print a sheet for.")


def movement_sheet(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """From the time when the witness must be ready at the Remote Point, and back after the last part."""
    starts_at, word, remote = coming.start_to_come(hearing), coming.translator(unit, asked.language), hearing.remote
    if remote.kind is PostKind.PRISON:
        raise NoJourney()
    ready_at = coming.ready_at(hearing)
    ends_at = max(end for _, end in part_times(hearing, starts_at).values())
    sheet = MovementSheet(
        heading=PlainHeading(issuer=word(TITLE), about=""),
        place=remote.name,
        address=", ".join(part for part in (remote.address, word(remote.city)) if part),
        ready=_local(hearing, ready_at),
        ends=_local(hearing, ends_at),
        ways=tuple(
            Way(minutes=minutes, fetch=_local(hearing, ready_at - RESERVE - timedelta(minutes=minutes)))
            for minutes in WAYS
        ),
        calls=_calls(hearing, word),
    )
    return Made(sheet)


def _local(hearing: HearingRow, at: datetime) -> BothClocks:
    return hearing_clocks.both(hearing, at, own=End.REMOTE)


def _calls(hearing: HearingRow, word: Translate) -> tuple[Call, ...]:
    """Who can be reached, by what they do for the journey: no duty that tells what it is for."""
    calls = [
        coming.call_of(hearing, Duty.REMOTE_COORDINATOR, word(_RECEIVES)),
        Call(who=word(_OFFICE), name="", phone=hearing.remote.phone),
    ]
    if coming.first_of_duty(hearing, Duty.MAGISTRATE) is not None:
        calls.append(coming.call_of(hearing, Duty.MAGISTRATE, word(_OFFICIAL)))
    return (*calls, coming.call_of(hearing, Duty.COURT_COORDINATOR, word(_ELSE)))


MAKERS: dict[str, Maker] = {"movement-sheet": movement_sheet}
