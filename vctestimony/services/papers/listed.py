"""The one place that writes a hearing as a line of a list: on the post's clock first, nobody named whom all screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vctestimony.domain.documents.lists import Listed, OpenStep, Span
from vctestimony.domain.hearing import STATE_LABELS, End, Part, State
from vctestimony.domain.people import DUTY_LABELS, SCREENED
from vctestimony.services import hearing_clocks, whereabouts
from vctestimony.services.gates import CONFIRM
from vctestimony.services.invited import part_times
from vctestimony.services.papers.coming import Translate, present
from vctestimony.services.part_rooms import part_room, rooms_in_words
from vctestimony.services.reminder_facts import link_is_missing
from vctestimony.services.unit import Unit
from vctestimony.store import day_lists as store
from vctestimony.store.models import HearingRow, PostRow, ResourceRow, StepRow

_GATES = (CONFIRM, "start")
_NOT_BEGUN = frozenset({State.BOOKED, State.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Taking:
    """A hearing, from when to when it has the room or the post, and at which of its ends the post is."""

    hearing: HearingRow
    starts_at: datetime
    ends_at: datetime
    end: End


def across(taking: Taking) -> PostRow:
    """The post at the other end of the hearing."""
    return taking.hearing.remote if taking.end is End.COURT else taking.hearing.court


def taken(
    unit: Unit, post: PostRow, room: ResourceRow | None, *, from_at: datetime, until_at: datetime
) -> tuple[Taking, ...]:
    """What the post, or that room of it, has within [from_at, until_at), by time."""
    rows = store.hearings_at(unit.session, post.id, from_at=from_at, until_at=until_at)
    found = (_taking(row, post, room) for row in rows)
    return tuple(one for one in found if one is not None and one.starts_at < until_at and one.ends_at > from_at)


def _taking(hearing: HearingRow, post: PostRow, room: ResourceRow | None) -> Taking | None:
    if hearing.starts_at is None:
        return None
    end = End.COURT if hearing.court_id == post.id else End.REMOTE
    times = part_times(hearing, hearing.starts_at)
    own = [span for part, span in times.items() if room is None or _has(hearing, room, part)]
    return Taking(hearing, min(own)[0], max(end_at for _, end_at in own), end) if own else None


def _has(hearing: HearingRow, room: ResourceRow, part: Part) -> bool:
    rooms = (part_room(hearing, end, part) for end in End)
    return any(found is not None and found.id == room.id for found in rooms)


def open_before(unit: Unit, takings: Iterable[Taking]) -> Mapping[int, Sequence[StepRow]]:
    """The open steps that hold confirming or the start, by hearing; nothing for what has begun. One query."""
    waiting = {one.hearing.id for one in takings if one.hearing.state in _NOT_BEGUN}
    found: dict[int, list[StepRow]] = {}
    for hearing_id, step in store.open_steps(unit.session, waiting, gates=_GATES) if waiting else ():
        found.setdefault(hearing_id, []).append(step)
    return found


def line(one: Taking, on: date, *, steps: Sequence[StepRow], word: Translate) -> Listed:
    """The hearing on the list of that date."""
    hearing = one.hearing
    return Listed(
        span=Span(
            starts=hearing_clocks.both(hearing, one.starts_at, own=one.end),
            ends=hearing_clocks.both(hearing, one.ends_at, own=one.end),
            on=on,
        ),
        reference=hearing.reference,
        case_number=hearing.case.number,
        witness=hearing.witness.pseudonym,
        state=word(STATE_LABELS[hearing.state]),
        across=whereabouts.called(across(one), word=word),
        rooms=rooms_in_words(hearing, one.end, word=word),
        has_link=not link_is_missing(hearing),
        people=tuple(
            (word(DUTY_LABELS[person.duty]), "" if person.duty in SCREENED else person.official.name)
            for person in present(hearing)
        ),
        open_steps=tuple(step.step_id for step in steps),
    )


def in_words(
    takings: Sequence[Taking], steps: Mapping[int, Sequence[StepRow]], *, language: str
) -> tuple[OpenStep, ...]:
    """Every step that is open for any of the hearings, once, with the hearings it is open for."""
    texts: dict[tuple[str, str], list[str]] = {}
    for one in takings:
        for step in steps.get(one.hearing.id, ()):
            text = step.content["text"]
            words = str(text.get(language, text["en"])) if isinstance(text, dict) else ""
            texts.setdefault((step.step_id, words), []).append(one.hearing.reference)
    return tuple(
        OpenStep(number=number, text=text, hearings=tuple(found)) for (number, text), found in sorted(texts.items())
    )
