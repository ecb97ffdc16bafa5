"""The use-cases that follow a recording: access on an order, return, the facts of the certificate, how long it is kept.

Nothing entered is changed: a correction is a new entry that replaces the old one, and both stay readable.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from vctestimony.domain.access import Actor
from vctestimony.domain.casework import Regime
from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.instants import resolve, wall_of
from vctestimony.domain.recordings import access, keeping
from vctestimony.domain.recordings.description import StillToCome
from vctestimony.domain.recordings.entries import FORMS, LIVE_STREAMING, WHICH, Answer, EntryKind, asked
from vctestimony.domain.wording import N_
from vctestimony.services import journal
from vctestimony.services.facts import facts_of
from vctestimony.services.pseudonymity import check_speech
from vctestimony.services.recordings import kept
from vctestimony.services.unit import Unit
from vctestimony.store import recordings as store
from vctestimony.store.models import HearingRow, RecordingEntryRow

JOURNALLED: Mapping[EntryKind, str] = {
    EntryKind.ACCESS: "recording.access",
    EntryKind.RETURNED: "recording.returned",
    EntryKind.PART_A: "recording.certified",
    EntryKind.PART_B: "recording.certified",
    EntryKind.KEEPING: "recording.kept",
}
CERTIFICATE = frozenset({EntryKind.PART_A, EntryKind.PART_B})


class NoRecording(Conflict):
    """There is nothing to give or to certify."""

    text = N_("No recording of this hearing has been described yet. Describe it first.")


class NotUnderThisCode(Conflict):
    """The certificate of the Adhiniyam belongs to cases under the Sanhita."""

    text = N_(
        "This case continues under the CrPC 1973. Which certificate the court wants for an electronic record was not "
        "read for this service; ask the registry (confirm locally)."
    )


class NotAnAnswer(Invalid):
    """The question has other answers."""

    text = N_("Choose one of the answers offered.")


class BeforeTheOrder(Invalid):
    """A recording is given on an order, not before it."""

    text = N_("This day lies before the date of the order, {order_on}. Correct one of the two.")


class OrderToCome(Invalid):
    """Only an order that was made can be named."""

    text = N_("This date is still to come. Enter the order when it has been made.")


def enter(
    unit: Unit,
    reference: str,
    kind: EntryKind,
    *,
    answers: Mapping[str, str],
    by: Actor,
    about: int | None = None,
    replaces: int | None = None,
) -> int:
    """Write one entry; its number. Answers are texts: days as ISO dates, times as HH:MM on the clock of the court."""
    hearing = kept(unit, reference, by=by)
    facts = _answered(hearing, kind, answers)
    for name, value in facts.items():
        check_speech(unit, hearing, value, field=name)
    known = store.entries(unit.session, hearing.id)
    _check_place(known, kind, about=about, replaces=replaces)
    _check_order(unit, hearing, facts)
    _check_allowed(unit, hearing, kind, facts)
    row = RecordingEntryRow(
        hearing_id=hearing.id,
        number=len(known) + 1,
        kind=kind.value,
        about=about,
        replaces=replaces,
        happened_at=_happened(unit, hearing, kind, facts),
        facts=facts,
        written_at=unit.now,
        by=by.name,
    )
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, JOURNALLED[kind], subject=reference, by=by, **_told(row))
    return row.number


def standing(rows: Sequence[RecordingEntryRow], kind: EntryKind) -> list[RecordingEntryRow]:
    """The entries of a kind that no later one replaces."""
    replaced = {row.replaces for row in rows}
    return [row for row in rows if row.kind == kind.value and row.number not in replaced]


def made_on(hearing: HearingRow) -> date:
    """The day of the hearing on the calendar of the court."""
    at = hearing.ended_at or hearing.started_at
    if at is None:
        raise Absent()
    return wall_of(at, hearing.court.zone).date()


def _answered(hearing: HearingRow, kind: EntryKind, answers: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for question in asked(kind, facts_of(hearing)):
        value = answers.get(question.name, "").strip()
        if question.needed and not value:
            raise Missing(field=question.name)
        if value and question.answer is Answer.CHOICE and question.choices and value not in question.choices:
            raise NotAnAnswer(field=question.name)
        if value:
            found[question.name] = value
    return found


def _check_place(
    rows: Sequence[RecordingEntryRow], kind: EntryKind, *, about: int | None, replaces: int | None
) -> None:
    """A correction is of an entry that stands; a return is of a copy that was given and is still out."""
    if replaces is not None and replaces not in {row.number for row in standing(rows, kind)}:
        raise Absent()
    if kind is not EntryKind.RETURNED:
        if about is not None:
            raise Absent()
        return
    given = next((row for row in standing(rows, EntryKind.ACCESS) if row.number == about), None)
    back = [row for row in standing(rows, EntryKind.RETURNED) if row.about == about and row.number != replaces]
    if given is None or given.facts.get("manner") != "copy" or back:
        raise Absent()


def _check_allowed(unit: Unit, hearing: HearingRow, kind: EntryKind, facts: Mapping[str, str]) -> None:
    adopted, known = facts_of(hearing)[LIVE_STREAMING], store.newest(unit.session, hearing.id)
    if not known:
        raise NoRecording()
    if kind in CERTIFICATE:
        _check_certified(hearing, facts)
    if kind is EntryKind.ACCESS:
        if facts[WHICH] not in {str(number) for number in known}:
            raise NotAnAnswer(field=WHICH)
        access.check(facts, rule_adopted=adopted, still_heard=store.still_heard(unit.session, hearing.case_id))
    if kind is EntryKind.KEEPING:
        keeping.check(date.fromisoformat(facts["until_on"]), made_on=made_on(hearing), rule_adopted=adopted)


def _check_certified(hearing: HearingRow, facts: Mapping[str, str]) -> None:
    """What is not the rule is said in words."""
    if hearing.case.regime is not Regime.BNSS:
        raise NotUnderThisCode()
    for name, answer, wanted in (("source", "other", "other"), ("working", "no", "fault")):
        if facts.get(name) == answer and not facts.get(wanted):
            raise Missing(field=wanted)


def _check_order(unit: Unit, hearing: HearingRow, facts: Mapping[str, str]) -> None:
    today_on = wall_of(unit.now, hearing.court.zone).date()
    for name in ("order_on", "asked_on"):
        if name in facts and date.fromisoformat(facts[name]) > today_on:
            raise OrderToCome(field=name)
    order_on, happened_on = facts.get("order_on"), facts.get("happened_on")
    if order_on and happened_on and happened_on < order_on:
        raise BeforeTheOrder(field="happened_on", order_on=order_on)


def _happened(unit: Unit, hearing: HearingRow, kind: EntryKind, facts: Mapping[str, str]) -> datetime | None:
    """When it happened, where the kind has a time of its own and somebody gave both day and time."""
    if not FORMS[kind].dated or not (facts.get("happened_on") and facts.get("happened_time")):
        return None
    wall = datetime.combine(date.fromisoformat(facts["happened_on"]), time.fromisoformat(facts["happened_time"]))
    at = resolve(wall, hearing.court.zone)
    if at > unit.now:
        raise StillToCome(field="happened_on")
    return at


def _told(row: RecordingEntryRow) -> dict[str, object]:
    """What the journal holds: which order, which recording, what became of it; of certificates only that they came."""
    named = ("decision", WHICH, "order_number", "order_on", "ordered_by", "recipient", "person", "manner", "became")
    told = {name: row.facts[name] for name in (*named, "until_on") if name in row.facts}
    return {"number": row.number, "kind": row.kind, "about": row.about, "replaces": row.replaces, **told}
