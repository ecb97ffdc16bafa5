"""What the page of one hearing shows: both clocks, who is missing, who answered what, what holds it, its history."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.facts import FACTS
from vctestimony.domain.hearing import MOVES, PART_LABELS, STATE_LABELS, End, Move, Part, State
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.paper import BothClocks
from vctestimony.services import checklists, gates, hearing_clocks, journal, screening
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.hearing_clocks import Clocks, span_of
from vctestimony.services.held_times import Held, held_of
from vctestimony.services.journal_words import WORDS, kind_of
from vctestimony.services.needs import Wanted, wanted_of
from vctestimony.services.ordered_overlaps import Ordered, ordered
from vctestimony.services.part_rooms import part_room
from vctestimony.services.replies import Replies, replies_of
from vctestimony.services.sittings import Sitting, sittings
from vctestimony.services.stranded import Stranded, times_stranded
from vctestimony.services.unit import Unit
from vctestimony.store import options as store
from vctestimony.store.models import HearingRow, OptionRow, ParticipantRow

HISTORY_SHOWN = 8
_UNCONFIRMED = (State.REQUESTED, State.PROPOSED, State.BOOKED)
_CAME_TO_NOTHING = (State.CANCELLED, State.LAPSED)
_TIMED = (Move.RESCHEDULE, Move.CANCEL, Move.CONFIRM, Move.BOOK, Move.HOLD, Move.RELEASE, Move.START)


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of the hearing with its times."""

    label: str
    minutes: int
    clocks: Clocks
    rooms: tuple[str, ...]
    breaks: tuple[tuple[BothClocks, BothClocks], ...]


@dataclass(frozen=True, slots=True)
class Alternates:
    """One need for which others would do: what it is, who serves now, and the others in the order they are asked."""

    label: str
    serves: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of the journal as the page shows it; `kind` says which entry of the log it is about."""

    at: Reading
    who: str
    what: str
    kind: str


@dataclass(frozen=True, slots=True)
class HearingPage:
    """Everything the page of a hearing shows; texts marked by the domain are translated where they are shown."""

    reference: str
    case_reference: str
    case_number: str
    pseudonym: str
    witness_reference: str
    witness_facts: tuple[str, ...]
    languages: str
    order: str
    state: State
    state_label: str
    court: str
    court_room: str
    court_city: str
    remote: str
    remote_room: str
    remote_city: str
    ends: tuple[tuple[str, str], ...]
    clocks: Clocks | None
    parts: tuple[PartView, ...]
    options: tuple[Held, ...]
    was_asked: bool
    ordered: tuple[Ordered, ...]
    stranded: tuple[Stranded, ...]
    sittings: tuple[Sitting, ...]
    reason: str
    missing: tuple[gates.Need, ...]
    open_steps: tuple[checklists.OpenStep, ...]
    replies: Replies
    alternates: tuple[Alternates, ...]
    history: tuple[HistoryLine, ...]
    may: frozenset[Action]
    moves: frozenset[Move]
    version: int

    @property
    def knows_steps(self) -> bool:
        """Whether to say what stands before confirming: to whoever may read the checklist, and to nobody else."""
        return self.state in _UNCONFIRMED and Action.SEE_CHECKLIST in self.may

    @property
    def court_place(self) -> str:
        """The Court Point and, where the reader is shown it, its room."""
        return ", ".join(part for part in (self.court, self.court_room) if part)

    @property
    def remote_place(self) -> str:
        """The same of the Remote Point."""
        return ", ".join(part for part in (self.remote, self.remote_room) if part)

    @property
    def names_remote(self) -> bool:
        """Whether the Remote Point is named to the reader: whoever is shown its room is."""
        return bool(self.remote_room)

    @property
    def can_book(self) -> bool:
        """Whether to offer looking for a time."""
        return Action.BOOK in self.may and bool(self.moves & {Move.BOOK, Move.RESCHEDULE})

    @property
    def can_overlap(self) -> bool:
        """Whether to offer ordering a time at which somebody is taken."""
        return Action.OVERLAP in self.may and bool(self.moves & {Move.BOOK, Move.RESCHEDULE})

    @property
    def can_cancel(self) -> bool:
        """Whether to offer calling it off."""
        return Action.BOOK in self.may and Move.CANCEL in self.moves

    @property
    def can_confirm(self) -> bool:
        """Whether to offer confirming; what stands in the way is shown beside it."""
        return Action.CONFIRM in self.may and Move.CONFIRM in self.moves

    @property
    def can_continue(self) -> bool:
        """Whether to offer setting up the continuation of a part-heard hearing; there is one at most."""
        went_on = any(one.continues_this and one.state not in _CAME_TO_NOTHING for one in self.sittings)
        return Action.PLAN in self.may and self.state is State.ADJOURNED and not went_on

    @property
    def hold_expired(self) -> bool:
        """Whether the clock has ended everything that was held."""
        return bool(self.options) and not any(one.is_held for one in self.options)

    @property
    def waits(self) -> int:
        """How many things stand before confirming."""
        return len(self.missing) + len(self.open_steps)


def open_page(unit: Unit, reference: str, *, by: Actor) -> HearingPage:
    """The hearing, for somebody who may see it."""
    row = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    reader, shown = _reader(row, by)
    options, starts_at = _held_for(unit, row, reader)
    return HearingPage(
        reference=row.reference,
        case_reference=row.case.reference,
        case_number=row.case.number,
        pseudonym=row.witness.pseudonym,
        witness_reference=row.witness.reference,
        witness_facts=() if reader else tuple(label for name, label in FACTS.items() if row.witness.facts.get(name)),
        languages=row.witness.languages,
        order=row.order.reference,
        state=row.state,
        state_label=STATE_LABELS[row.state],
        court=row.court.name,
        court_room=row.court_room.name if End.COURT in shown else "",
        court_city=row.court.city,
        remote=screening.remote_name(unit, row, by=by),
        remote_room=row.remote_room.name if End.REMOTE in shown else "",
        remote_city=row.remote.city,
        ends=((row.court.zone, row.court.city), (row.remote.zone, row.remote.city)),
        clocks=screening.shown_clocks(row, starts_at, by=by),
        parts=_parts(row, reader, starts_at, ends=shown),
        options=held_of(unit, row, options),
        was_asked=any(option.answers for option in options),
        ordered=() if reader else ordered(unit, row),
        stranded=() if reader else times_stranded(unit, row, options, by=by),
        sittings=() if reader else sittings(unit, row, by=by),
        reason=row.reason,
        missing=gates.shown(gates.missing_of(row)) if row.state in _UNCONFIRMED and not reader else (),
        open_steps=_open_steps(unit, row, reader),
        replies=replies_of(unit, row, by=by),
        alternates=_alternates(unit, row) if row.needs and not reader else (),
        history=_history(unit, row) if may_do(row, Action.READ_JOURNAL, by=by) else (),
        may=_may(row, by),
        moves=frozenset(move for move in _TIMED if (row.state, move) in MOVES),
        version=row.version,
    )


def _held_for(
    unit: Unit, row: HearingRow, reader: ParticipantRow | None
) -> tuple[Sequence[OptionRow], datetime | None]:
    """The times held for it, and that at which it starts or would start; who is kept apart is shown none held."""
    options = store.live_offer(unit.session, row.id) if row.state is State.PROPOSED and not reader else ()
    return options, options[0].starts_at if len(options) == 1 else row.starts_at


def _open_steps(unit: Unit, row: HearingRow, reader: ParticipantRow | None) -> tuple[checklists.OpenStep, ...]:
    if row.state not in _UNCONFIRMED or reader is not None:
        return ()
    return checklists.open_steps(unit, row, gates.CONFIRM)


def _reader(row: HearingRow, by: Actor) -> tuple[ParticipantRow | None, tuple[End, ...]]:
    """The reader's seat where they are kept apart from somebody, and the ends whose rooms they are shown."""
    reader = screening.screened(row, by=by)
    return reader, screening.shown_ends(row, reader, by=by)


def _parts(
    row: HearingRow, reader: ParticipantRow | None, starts_at: datetime | None, *, ends: tuple[End, ...]
) -> tuple[PartView, ...]:
    if starts_at is None:
        return ()
    parts = screening.shown_parts(row, reader, starts_at=starts_at)
    return tuple(
        PartView(
            PART_LABELS[part],
            int((end - start).total_seconds()) // 60,
            span_of(row, start, end),
            rooms=tuple(room.name for room in (part_room(row, side, part) for side in ends) if room is not None),
            breaks=hearing_clocks.breaks(row, starts_at) if part is Part.MAIN else (),
        )
        for part, (start, end) in parts.items()
    )


def _alternates(unit: Unit, row: HearingRow) -> tuple[Alternates, ...]:
    return tuple(_alternate(one) for one in wanted_of(unit, row, stay=True) if len(one.candidates) > 1)


def _alternate(one: Wanted) -> Alternates:
    serves, *others = (each.official.name if each.official else each.resource.name for each in one.candidates)
    return Alternates(one.label, serves, tuple(others))


def _history(unit: Unit, row: HearingRow) -> tuple[HistoryLine, ...]:
    entries = list(journal.history(unit, row.reference))[-HISTORY_SHOWN:]
    return tuple(
        HistoryLine(
            at=read(entry.at, row.court.zone, row.court.city),
            who=entry.actor,
            what=WORDS.get(entry.action, entry.action),
            kind=kind_of(entry.action, json.loads(entry.facts)),
        )
        for entry in reversed(entries)
    )


def _may(row: HearingRow, by: Actor) -> frozenset[Action]:
    return frozenset(action for action in Action if may_do(row, action, by=by))
