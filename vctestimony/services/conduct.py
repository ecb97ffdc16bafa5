"""The use-cases of the day: open the hearing, write the running log, correct it, pass a gate, close or adjourn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Stale
from vctestimony.domain.hearing import Move, State, moved
from vctestimony.domain.instants import wall_of
from vctestimony.domain.live_log import Once
from vctestimony.domain.record import adjourning, course, gates
from vctestimony.domain.record.answers import checked
from vctestimony.domain.record.causes import Cause
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.gate_names import GATE_LABELS, GateKey
from vctestimony.domain.record.kinds import REPORTED_BY, WITHDRAWN, Kind
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, journal, log_ticks, logbook
from vctestimony.services.access import may_do
from vctestimony.services.pseudonymity import check_speech, check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, NotOpened, check_court, is_court, unsealed
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow

EARLIEST = timedelta(minutes=60)
_OTHERS_WRITE = frozenset({Kind.OPENED, Kind.CLOSED, Kind.ADJOURNED, Kind.CORRECTION, Kind.GATE_PASSED})


class TooEarly(Conflict):
    """Opening a hearing long before its time is rarely meant."""

    text = N_("This hearing is fixed for {when}. To open it before its time all the same, write the reason.")


class OnlyThePresidingOfficer(NotAllowed):
    """A gate is passed by whoever conducts the hearing, and nobody else."""

    text = N_(
        "“{gate}” is open. Only the presiding officer can pass it, signed in with their own account and with a reason. "
        "Nothing was saved."
    )


@dataclass(frozen=True, slots=True)
class Adjournment:
    """Why a hearing is adjourned, in the court's words and by cause, what is known of that, and the date it named.

    The continuation's own time is found and booked like any other.
    """

    reason: str
    cause: Cause = Cause.OTHER
    about: str = ""
    next_on: date | None = None


class NotLater(Invalid):
    """A hearing goes on on a later day."""

    text = N_("The next date must lie after today, {today}.")


def start(unit: Unit, reference: str, *, version: int, by: Actor, reason: str = "") -> None:
    """Open a confirmed hearing. GateOpen names the steps still open; a reason is needed over an hour too early."""
    hearing, state = _for_the_court(unit, reference, Move.START, version=version, by=by)
    _check_time(unit, hearing, reason=reason, by=by)
    checklists.require(unit, hearing, "start", language=by.language)
    hearing.state, hearing.started_at = state, unit.now
    unit.session.flush()
    logbook.add(unit, hearing, Kind.OPENED, by=by, note=reason.strip())
    journal.write(unit, "hearing.started", subject=reference, by=by, started_at=unit.now, reason=reason.strip())


def complete(unit: Unit, reference: str, *, version: int, by: Actor) -> None:
    """Close the hearing; refuses while the link is lost or a break lasts."""
    hearing, state = _for_the_court(unit, reference, Move.COMPLETE, version=version, by=by)
    course.check_closed(logbook.entries(unit, hearing), said=logbook.said(unit, hearing, language=by.language))
    logbook.add(unit, hearing, Kind.CLOSED, by=by)
    hearing.state, hearing.ended_at = state, unit.now
    unit.session.flush()
    journal.write(unit, "hearing.completed", subject=reference, by=by, ended_at=unit.now)


def adjourn(unit: Unit, reference: str, why: Adjournment, *, version: int, by: Actor) -> None:
    """Close the hearing part-heard, with the court's reason; an interruption may still be open.

    The cause is held to its fact: the log bears it out, or it is told (domain/record/adjourning.py).
    """
    reason, next_on = why.reason.strip(), why.next_on
    hearing, state = _for_the_court(unit, reference, Move.ADJOURN, reason=reason, version=version, by=by)
    check_unnamed(unit, hearing, why.about, field="about")
    today_on = wall_of(unit.now, hearing.court.zone).date()
    if next_on is not None and next_on <= today_on:
        raise NotLater(field="next_on", today=today_on)
    words = logbook.said(unit, hearing, language=by.language)
    facts = adjourning.checked(why.cause, why.about, logbook.entries(unit, hearing), said=words)
    facts |= {"next_on": next_on.isoformat()} if next_on else {}
    logbook.add(unit, hearing, Kind.ADJOURNED, by=by, facts=facts, note=reason)
    hearing.state, hearing.ended_at, hearing.reason = state, unit.now, reason
    unit.session.flush()
    journal.write(unit, "hearing.adjourned", subject=reference, by=by, ended_at=unit.now, reason=reason, **facts)


def log(
    unit: Unit,
    reference: str,
    kind: Kind,
    *,
    by: Actor,
    answers: Mapping[str, str] | None = None,
    note: str = "",
    at_wall: time | None = None,
    once: Once | None = None,
) -> int:
    """Write one entry, now or at an earlier time of the session on the person's own clock; its number.

    What makes the hearing ready is logged before it is opened. Held names the gates that must be settled first. What
    the entry settles is ticked on the checklist.
    What a device kept comes with `once`, and happened when its clock, put right, says.
    """
    hearing = _open_log(unit, reference, kind, by=by)
    if kind in _OTHERS_WRITE:
        raise Absent()
    if not ENTRIES[kind].by_remote:
        check_court(hearing, by)
    facts = checked(kind, answers or {})
    if ENTRIES[kind].of_remote and is_court(hearing, by) and REPORTED_BY.name not in facts:
        raise Missing(field=REPORTED_BY.name)
    check_speech(unit, hearing, *facts.values(), field=next(iter(facts), "note"))
    check_unnamed(unit, hearing, note, field="note")
    at = None if at_wall is None else logbook.instant_of(hearing, kind, at_wall, by=by, now=unit.now)
    number = logbook.add(unit, hearing, kind, by=by, facts=facts, note=note, at=at, once=once)
    log_ticks.tick(unit, hearing, kind, number=number, by=by)
    journal.write(unit, "log.written", subject=reference, by=by, number=number, kind=kind.value)
    return number


def correct(unit: Unit, reference: str, number: int, *, text: str, effect: str, by: Actor) -> int:
    """Correct an entry by a new one; the old one stays readable. Its number.

    What an entry ticked that does not count any more is opened again on the checklist.
    """
    hearing = _open_log(unit, reference, Kind.CORRECTION, by=by)
    rows = store.log(unit.session, hearing.id)
    wrong = next((row for row in rows if row.number == number), None)
    if wrong is None or Kind(wrong.kind) in _OTHERS_WRITE:
        raise Absent()
    if not ENTRIES[Kind(wrong.kind)].by_remote:
        check_court(hearing, by)
    facts = checked(Kind.CORRECTION, {"text": text, "effect": effect})
    check_unnamed(unit, hearing, text, field="text")
    written = logbook.add(unit, hearing, Kind.CORRECTION, by=by, facts=facts, corrects=wrong)
    if effect == WITHDRAWN:
        log_ticks.take_back(unit, hearing, wrong=number, number=written, by=by)
    journal.write(unit, "log.corrected", subject=reference, by=by, number=written, corrects=number, effect=effect)
    return written


def pass_gate(unit: Unit, reference: str, gate: GateKey, *, reason: str, by: Actor) -> int:
    """Go on though a gate is open, on the presiding officer's word, with the reason; the number of the entry."""
    hearing = _open_log(unit, reference, Kind.GATE_PASSED, by=by)
    words = logbook.said(unit, hearing, language=by.language)
    if not may_do(hearing, Action.WAIVE_GATE, by=by):
        raise OnlyThePresidingOfficer(gate=words.word(GATE_LABELS[gate]))
    facts = checked(Kind.GATE_PASSED, {"gate": gate.value, "reason": reason})
    check_unnamed(unit, hearing, reason, field="reason")
    known, since = logbook.entries(unit, hearing), logbook.prepared_from(hearing)
    gates.check_passable(gate, known, facts=logbook.gate_facts(hearing), since=since, said=words)
    number = logbook.add(unit, hearing, Kind.GATE_PASSED, by=by, facts=facts)
    journal.write(unit, "gate.passed", subject=reference, by=by, number=number, gate=gate.value, reason=reason)
    return number


def _open_log(unit: Unit, reference: str, kind: Kind, *, by: Actor) -> HearingRow:
    """The hearing, locked, if its log takes such an entry now: once opened, or before it what makes it ready."""
    hearing = unsealed(unit, reference, by=by, action=Action.CONDUCT)
    is_preparing = hearing.state is State.CONFIRMED and ENTRIES[kind].before_start
    if hearing.state not in HELD and not is_preparing:
        raise NotOpened()
    return hearing


def _for_the_court(
    unit: Unit, reference: str, move: Move, *, version: int, by: Actor, reason: str = ""
) -> tuple[HearingRow, State]:
    hearing = unsealed(unit, reference, by=by, action=Action.CONDUCT)
    check_court(hearing, by)
    state = moved(hearing.state, move, reason=reason)
    check_unnamed(unit, hearing, reason, field="reason")
    if hearing.version != version:
        raise Stale()
    return hearing, state


def _check_time(unit: Unit, hearing: HearingRow, *, reason: str, by: Actor) -> None:
    if hearing.starts_at is not None and unit.now < hearing.starts_at - EARLIEST and not reason.strip():
        when = logbook.said(unit, hearing, language=by.language).time(hearing.starts_at)
        day = unit.ports.words.day(by.language, wall_of(hearing.starts_at, hearing.court.zone).date())
        raise TooEarly(field="reason", when=f"{day}, {when}")
