"""The use-cases of the court's recordings: describe one, correct what was said of it, find the one a file should be.

The service records nothing, holds no recording and keeps no key. What is said of a recording is never changed: a
correction is a new revision beside the old one.
"""

from dataclasses import dataclass
from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Absent, Conflict, Stale
from vctestimony.domain.instants import resolve
from vctestimony.domain.record import course
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.recordings.description import Algorithm, Description, checked
from vctestimony.domain.wording import N_
from vctestimony.services import journal, logbook
from vctestimony.services.access import hearing_for
from vctestimony.services.pseudonymity import check_file_name, check_speech, check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, NotOpened
from vctestimony.store import hearings, recordings, records
from vctestimony.store.models import HearingRow, RecordingRow


class NotAsLogged(Conflict):
    """Two hashes of one file: one of them is wrong."""

    text = N_(
        "Entry {number} of the log states another SHA-256 for this recording. Compute it again from the file; then "
        "correct the log, or describe the recording without taking the entry over."
    )


class TakenAlready(Conflict):
    """The entry of the log was taken over by somebody else meanwhile."""

    text = N_("Entry {number} of the log was taken over already, as {recording}. Nothing was saved twice.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed of a recording; the two times are on the clock of the court."""

    name: str
    began_wall: datetime
    ended_wall: datetime
    seconds: int
    size: int
    algorithm: Algorithm
    digest: str
    custodian: str
    encryption: str
    key_place: str
    copies: str


def title_of(hearing: HearingRow, number: int) -> str:
    """Our own number of a recording: it names nobody, whatever the file is called."""
    return f"{hearing.reference}-REC-{number}"


def describe(unit: Unit, reference: str, typed: Typed, *, by: Actor, log_number: int | None = None) -> int:
    """Say what a recording is, for the first time; its number. `log_number`: the log's entry that this completes."""
    hearing = kept(unit, reference, by=by)
    known = recordings.newest(unit.session, hearing.id)
    if log_number is not None:
        _check_log(unit, hearing, typed, log_number, known=known)
    number = max(known, default=0) + 1
    row = _row(unit, hearing, typed, number=number, revision=1, by=by)
    row.log_number = log_number
    _store(unit, row)
    journal.write(unit, "recording.described", subject=reference, by=by, **_told(row))
    return number


def correct(unit: Unit, reference: str, number: int, typed: Typed, *, revision: int, reason: str, by: Actor) -> None:
    """Say it anew, with the reason; what was said before stays readable."""
    hearing = kept(unit, reference, by=by)
    before = one(unit, hearing, number)
    if before.revision != revision:
        raise Stale()
    if not reason.strip():
        raise Missing(field="reason")
    check_unnamed(unit, hearing, reason, field="reason")
    row = _row(unit, hearing, typed, number=number, revision=revision + 1, by=by)
    row.log_number, row.reason = before.log_number, reason.strip()
    _store(unit, row)
    journal.write(unit, "recording.corrected", subject=reference, by=by, **_told(row))


def kept(unit: Unit, reference: str, *, by: Actor) -> HearingRow:
    """The hearing, locked for this transaction, for somebody of its court; NotOpened before the court opened it.

    The seal of the record does not shut this: copies are given and certificates made long afterwards.
    """
    records.lock(unit.session, reference)
    hearing = hearing_for(unit, reference, by=by, action=Action.KEEP_RECORDINGS)
    if hearing.state not in HELD:
        raise NotOpened()
    return hearing


def one(unit: Unit, hearing: HearingRow, number: int) -> RecordingRow:
    """What is said of the recording now."""
    found = recordings.newest(unit.session, hearing.id).get(number)
    if found is None:
        raise Absent()
    return found


def logged(unit: Unit, hearing: HearingRow) -> tuple[Logged, ...]:
    """The log's entries that a recording was stopped, as far as they count."""
    log = course.counting(logbook.entries(unit, hearing))
    return tuple(entry for entry in log if entry.kind is Kind.RECORDING_STOPPED)


def expected(unit: Unit, reference: str) -> tuple[tuple[str, Algorithm, str], ...]:
    """Number, algorithm and hash of what a file may be: every recording of a hearing, or the one that is named."""
    plain, _, number = reference.partition("-REC-")
    hearing = hearings.by_reference(unit.session, plain)
    if hearing is None:
        raise Absent()
    rows = recordings.newest(unit.session, hearing.id).values()
    return tuple(
        (title_of(hearing, row.number), Algorithm(row.algorithm), row.digest)
        for row in rows
        if not number or str(row.number) == number
    )


def _check_log(
    unit: Unit, hearing: HearingRow, typed: Typed, log_number: int, *, known: dict[int, RecordingRow]
) -> None:
    entry = next((entry for entry in logged(unit, hearing) if entry.number == log_number), None)
    if entry is None:
        raise Absent()
    taken = next((row for row in known.values() if row.log_number == log_number), None)
    if taken is not None:
        raise TakenAlready(number=log_number, recording=title_of(hearing, taken.number))
    if typed.algorithm is Algorithm.SHA256 and typed.digest != entry.facts["sha256"]:
        raise NotAsLogged(field="digest", number=log_number)


def _row(unit: Unit, hearing: HearingRow, typed: Typed, *, number: int, revision: int, by: Actor) -> RecordingRow:
    """The row of a description that could be true and gives nobody away."""
    described = checked(
        Description(
            name=typed.name,
            began_at=resolve(typed.began_wall, hearing.court.zone),
            ended_at=resolve(typed.ended_wall, hearing.court.zone),
            seconds=typed.seconds,
            size=typed.size,
            algorithm=typed.algorithm,
            digest=typed.digest,
            custodian=typed.custodian,
            encryption=typed.encryption,
            key_place=typed.key_place,
            copies=typed.copies,
        ),
        now=unit.now,
    )
    check_file_name(unit, hearing, described.name, field="name")
    for name in ("custodian", "encryption", "key_place", "copies"):
        check_speech(unit, hearing, getattr(described, name), field=name)
    row = RecordingRow(hearing_id=hearing.id, number=number, revision=revision, reason="", by=by.name)
    for name, value in _columns(described).items():
        setattr(row, name, value)
    row.written_at = unit.now
    return row


def _columns(described: Description) -> dict[str, object]:
    found = {name: getattr(described, name) for name in Description.__dataclass_fields__}
    return {**found, "algorithm": described.algorithm.value}


def _store(unit: Unit, row: RecordingRow) -> None:
    unit.session.add(row)
    unit.session.flush()


def _told(row: RecordingRow) -> dict[str, object]:
    """What the journal holds of it: never the file's own name, nor where its key lies."""
    return {
        "number": row.number,
        "revision": row.revision,
        "algorithm": row.algorithm,
        "digest": row.digest,
        "size": row.size,
    }
