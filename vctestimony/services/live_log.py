"""The use-case of entries that a device kept: each judged by itself as if written here, stored once, never lost.

What the log does not take changes nothing in it and stays as a remark, with the sentence that says why; whoever sent it
is told the same sentence. One remark for one id, however often it is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.devices import seconds_of, skew_of
from vctestimony.domain.errors import Absent, Conflict, Invalid, NotAllowed, Refusal
from vctestimony.domain.live_log import (
    SKEW_SAID,
    Flooded,
    NoLongerOn,
    Once,
    Outcome,
    Sending,
    SentEntry,
    kept_kind,
    kept_text,
    read_entry,
)
from vctestimony.services import conduct, journal, log_ticks
from vctestimony.services.access import hearing_for
from vctestimony.services.pseudonymity import RealName, check_speech, check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, records
from vctestimony.store import live_log as store
from vctestimony.store.models import HearingRow, LogRemarkRow

MOST_KEPT = 300
"""So many refused entries of one account's are kept for a hearing; those after them are answered only."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one entry: its number in the log, or the refusal as `text` and what fills it."""

    key: str
    outcome: Outcome
    number: int | None = None
    text: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def take(unit: Unit, reference: str, sending: Sending, *, by: Actor) -> tuple[Answered, ...]:
    """Judge the entries in their order, one by one; what came before under the same id is answered as it was then.

    Whoever else sends for this hearing waits: of two that send the same at once, one writes.
    """
    records.lock(unit.session, reference)
    hearing, barred = _admitted(unit, reference, by=by)
    log_ticks.lock(unit, hearing)
    skew = skew_of(sending.sent_at, now=unit.now)
    known = _known(unit, hearing, sending.entries, by=by)
    left = MOST_KEPT - store.count_remarks(unit.session, hearing.id, account_id=by.account_id)
    answered: dict[str, Answered] = {}
    kept: list[str] = []
    for one in sending.entries:
        if one.key in known or one.key in answered:
            answered.setdefault(one.key, known.get(one.key) or answered[one.key])
            continue
        answered[one.key], is_kept = _judged(unit, hearing, one, sending, barred, skew=skew, may_keep=left > 0, by=by)
        if is_kept:
            kept.append(kept_kind(one.kind))
            left -= 1
    _journalled(unit, hearing, answered.values(), kept=kept, skew_seconds=seconds_of(skew), by=by)
    return tuple(answered[one.key] for one in sending.entries)


def _admitted(unit: Unit, reference: str, *, by: Actor) -> tuple[HearingRow, Refusal | None]:
    """The hearing, and why this person writes nothing there any more, where it is so."""
    try:
        return hearing_for(unit, reference, by=by, action=Action.CONDUCT), None
    except (Absent, NotAllowed):
        hearing = hearings.by_reference(unit.session, reference)
        if hearing is None or not _was_on(hearing, by):
            raise
        return hearing, NoLongerOn()


def _was_on(hearing: HearingRow, by: Actor) -> bool:
    return by.official_id is not None and any(one.official_id == by.official_id for one in hearing.participants)


def _known(unit: Unit, hearing: HearingRow, entries: Iterable[SentEntry], *, by: Actor) -> dict[str, Answered]:
    """What is answered to those that came before."""
    keys = {one.key for one in entries}
    written = store.numbers_by_key(unit.session, hearing.id, keys)
    refused = store.remarks_by_key(unit.session, hearing.id, keys, account_id=by.account_id)
    found = {key: Answered(key, Outcome.SAME, number) for key, number in written.items()}
    return found | {key: Answered(key, Outcome.REFUSED, None, row.text, row.facts) for key, row in refused.items()}


def _judged(
    unit: Unit,
    hearing: HearingRow,
    sent: SentEntry,
    sending: Sending,
    barred: Refusal | None,
    *,
    skew: timedelta,
    may_keep: bool,
    by: Actor,
) -> tuple[Answered, bool]:
    """What became of one entry, and whether a remark of it is kept.

    What is no answer about the entry, such as a vault without its key, undoes the whole: the device sends it again.
    """
    try:
        if barred is not None:
            raise barred
        return _written(unit, hearing, sent, sending, skew=skew, by=by), False
    except (Absent, Conflict, Invalid, NotAllowed) as refusal:
        refused = refusal if may_keep else Flooded()
        facts = {name: str(value) for name, value in refused.facts.items()}
        if may_keep:
            _keep(unit, hearing, sent, refused, facts, skew=skew, by=by)
        return Answered(sent.key, Outcome.REFUSED, None, refused.text, facts), may_keep


def _written(
    unit: Unit, hearing: HearingRow, sent: SentEntry, sending: Sending, *, skew: timedelta, by: Actor
) -> Answered:
    check_speech(unit, hearing, *sent.texts, field="note")
    read = read_entry(sent, sent_at=sending.sent_at, skew=skew)
    once = Once(sent.key, None if read.at_wall else sent.said_at, seconds_of(skew), read.done_at)
    number = conduct.log(  # whoever reads a refusal reads it in a language of their own: it is kept in English
        unit,
        hearing.reference,
        read.kind,
        answers=read.answers,
        note=read.note,
        at_wall=read.at_wall,
        once=once,
        by=replace(by, language="en"),
    )
    return Answered(sent.key, Outcome.WRITTEN, number)


def _keep(
    unit: Unit,
    hearing: HearingRow,
    sent: SentEntry,
    refused: Refusal,
    facts: dict[str, str],
    *,
    skew: timedelta,
    by: Actor,
) -> None:
    """Keep what was refused; of one that names her, only that it was."""
    is_named = isinstance(refused, RealName) or _names_her(unit, hearing, sent)
    row = LogRemarkRow(
        hearing_id=hearing.id,
        key=sent.key,
        kind=kept_kind(sent.kind),
        clock="" if is_named else kept_text(sent.clock)[:20],
        answers={} if is_named else {name: kept_text(value) for name, value in sent.answers.items() if value.strip()},
        note="" if is_named else kept_text(sent.note),
        said_at=sent.said_at,
        skew_seconds=seconds_of(skew),
        received_at=unit.now,
        account_id=by.account_id,
        by=by.name,
        text=refused.text,
        facts=facts,
    )
    unit.session.add(row)
    unit.session.flush()


def _names_her(unit: Unit, hearing: HearingRow, sent: SentEntry) -> bool:
    """Whether the name stands in a text that was refused for something else."""
    try:
        check_speech(unit, hearing, *sent.texts, field="note")
        check_unnamed(unit, hearing, sent.note, field="note")
    except RealName:
        return True
    return False


def _journalled(
    unit: Unit,
    hearing: HearingRow,
    answered: Iterable[Answered],
    *,
    kept: list[str],
    skew_seconds: int,
    by: Actor,
) -> None:
    """Say of a sending what the entries do not: what was refused, and by how much the clock was put right."""
    written = sum(one.outcome is Outcome.WRITTEN for one in answered)
    if kept or (written and abs(skew_seconds) >= SKEW_SAID):
        facts = {"written": written, "refused": kept, "clock_off_seconds": skew_seconds}
        journal.write(unit, "log.entries_came", subject=hearing.reference, by=by, **facts)
