"""What the page of a hearing's recordings shows: each with its history, the log, access, certificate, keeping."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.casework import Regime
from vctestimony.domain.documents.citing import Statement
from vctestimony.domain.hearing import State
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.recordings.description import ALGORITHM_LABELS, Algorithm, length_of
from vctestimony.domain.recordings.entries import FORMS, LIVE_STREAMING, WHICH, EntryKind, details
from vctestimony.domain.recordings.keeping import least_until
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, recording_rules, recordings
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.facts import facts_of
from vctestimony.services.recording_entries import made_on, standing
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD
from vctestimony.store import recordings as store
from vctestimony.store.models import HearingRow, RecordingEntryRow, RecordingRow

_CHANGEABLE = {
    "name": N_("Name of the file"),
    "began_at": N_("Began"),
    "ended_at": N_("Ended"),
    "seconds": N_("Length"),
    "size": N_("Size in bytes"),
    "algorithm": N_("Algorithm"),
    "digest": N_("Hash"),
    "custodian": N_("Custodian"),
    "encryption": N_("Encryption"),
    "key_place": N_("Where the key is kept"),
    "copies": N_("Copies"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What was said of a recording at one time. `changed` names, marked with N_, what differs from the one before."""

    number: int
    name: str
    began: BothClocks
    ended: BothClocks
    length: str
    size: int
    algorithm: Algorithm
    algorithm_label: str
    digest: str
    custodian: str
    encryption: str
    key_place: str
    copies: str
    reason: str
    by: str
    written: BothClocks
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingView:
    """One recording: what is said of it now, and what was said before, the latest first."""

    number: int
    title: str
    log_number: int | None
    now: Revision
    before: tuple[Revision, ...]

    @property
    def command(self) -> str:
        """The program for the hash that every Linux and macOS machine of a court has."""
        return "sha256sum" if self.now.algorithm is Algorithm.SHA256 else "sha512sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedView:
    """An entry of the log that nobody has described yet."""

    number: int
    happened: BothClocks
    file_id: str
    sha256: str
    duration: str
    custodian: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry about the recordings; `replaced_by` is the correction that took its place. Labels are translated."""

    number: int
    kind: EntryKind
    label: str
    recording: str
    details: tuple[tuple[str, str], ...]
    happened: BothClocks | None
    replaced_by: int | None
    is_out: bool
    by: str
    written: BothClocks
    returned: "EntryView | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The recordings of a hearing. `least` is the first day on which a recording need not be kept any longer."""

    reference: str
    case_number: str
    pseudonym: str
    state: State
    opened: bool
    ordered: bool
    started: BothClocks | None
    court_city: str
    zones: tuple[tuple[str, str], ...]
    recordings: tuple[RecordingView, ...]
    logged: tuple[LoggedView, ...]
    rules: tuple[Statement, ...]
    access_rules: tuple[Statement, ...]
    access: tuple[EntryView, ...]
    certificate_rule: Statement | None
    parts: tuple[tuple[EntryKind, str, EntryView | None], ...]
    time_rule: Statement | None
    least: date | None
    keeping: EntryView | None
    can_keep: bool


def page(unit: Unit, reference: str, *, language: str, by: Actor) -> PageView:
    """The page for whoever may print the hearing's papers; entering is for the court alone."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    opened, rows = hearing.state in HELD, store.entries(unit.session, hearing.id)
    known = recordings_of(hearing, store.revisions(unit.session, hearing.id))
    taken = {one.log_number for one in known}
    read = _Reading(unit, hearing, rows, language)
    return PageView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        state=hearing.state,
        opened=opened,
        started=hearing_clocks.both(hearing, hearing.started_at) if hearing.started_at else None,
        court_city=hearing.court.city,
        zones=hearing_clocks.zones_of(hearing),
        ordered=bool(hearing.order.facts.get("recorded")),
        recordings=known,
        logged=tuple(_logged(unit, hearing, taken)) if opened else (),
        rules=recording_rules.of_keeping(unit, hearing, language=language),
        access_rules=recording_rules.of_access(unit, hearing, language=language) if opened else (),
        access=tuple(read.entry(row) for row in rows if row.kind == EntryKind.ACCESS.value),
        certificate_rule=recording_rules.of_certificate(unit, hearing, language=language),
        parts=read.parts() if hearing.case.regime is Regime.BNSS else (),
        time_rule=recording_rules.of_time(unit, hearing, language=language) if opened else None,
        least=least_until(made_on(hearing)) if opened and facts_of(hearing)[LIVE_STREAMING] else None,
        keeping=read.last(EntryKind.KEEPING),
        can_keep=opened and may_do(hearing, Action.KEEP_RECORDINGS, by=by),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """For whom entries are written out."""

    unit: Unit
    hearing: HearingRow
    rows: Sequence[RecordingEntryRow]
    language: str

    def word(self, text: str) -> str:
        return self.unit.ports.words.gettext(self.language, text)

    def entry(self, row: RecordingEntryRow) -> EntryView:
        kind = EntryKind(row.kind)
        back = next((one for one in standing(self.rows, EntryKind.RETURNED) if one.about == row.number), None)
        which = row.facts.get(WHICH, "")
        replaced_by = next((one.number for one in self.rows if one.replaces == row.number), None)
        return EntryView(
            number=row.number,
            kind=kind,
            label=self.word(FORMS[kind].label),
            recording=recordings.title_of(self.hearing, int(which)) if which else "",
            details=details(kind, row.facts, translate=self.word, on=partial(self.unit.ports.words.day, self.language)),
            happened=hearing_clocks.both(self.hearing, row.happened_at) if row.happened_at else None,
            replaced_by=replaced_by,
            is_out=row.facts.get("manner") == "copy" and back is None and replaced_by is None,
            by=row.by,
            written=hearing_clocks.both(self.hearing, row.written_at),
            returned=self.entry(back) if back else None,
        )

    def last(self, kind: EntryKind) -> EntryView | None:
        found = standing(self.rows, kind)
        return self.entry(found[-1]) if found else None

    def parts(self) -> tuple[tuple[EntryKind, str, EntryView | None], ...]:
        wanted = (EntryKind.PART_A, EntryKind.PART_B)
        return tuple((kind, self.word(FORMS[kind].label), self.last(kind)) for kind in wanted)


def _logged(unit: Unit, hearing: HearingRow, taken: set[int | None]) -> list[LoggedView]:
    return [
        LoggedView(
            number=entry.number,
            happened=hearing_clocks.both(hearing, entry.happened_at),
            **{name: entry.facts[name] for name in ("file_id", "sha256", "duration", "custodian")},
        )
        for entry in recordings.logged(unit, hearing)
        if entry.number not in taken
    ]


def recordings_of(hearing: HearingRow, rows: Sequence[RecordingRow]) -> tuple[RecordingView, ...]:
    """Each recording with all that was ever said of it."""
    by_number: dict[int, list[RecordingRow]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    found = []
    for number, own in by_number.items():
        said = [_revision(hearing, row, before) for row, before in zip(own, (None, *own), strict=False)]
        found.append(
            RecordingView(
                number=number,
                title=recordings.title_of(hearing, number),
                log_number=own[0].log_number,
                now=said[-1],
                before=tuple(reversed(said[:-1])),
            )
        )
    return tuple(found)


def _revision(hearing: HearingRow, row: RecordingRow, before: RecordingRow | None) -> Revision:
    clocks: Callable[..., BothClocks] = hearing_clocks.clocks_for(hearing)
    changed = [label for name, label in _CHANGEABLE.items() if before and getattr(before, name) != getattr(row, name)]
    algorithm = Algorithm(row.algorithm)
    return Revision(
        number=row.revision,
        name=row.name,
        began=clocks(row.began_at),
        ended=clocks(row.ended_at),
        length=length_of(row.seconds),
        size=row.size,
        algorithm=algorithm,
        algorithm_label=ALGORITHM_LABELS[algorithm],
        digest=row.digest,
        custodian=row.custodian,
        encryption=row.encryption,
        key_place=row.key_place,
        copies=row.copies,
        reason=row.reason,
        by=row.by,
        written=clocks(row.written_at),
        changed=tuple(changed),
    )
