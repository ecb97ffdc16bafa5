"""What the forms about recordings show: a description to be given or corrected, and one entry."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents.citing import Statement
from vctestimony.domain.recordings.entries import FORMS, EntryKind, Question, asked
from vctestimony.services import recording_rules, recordings
from vctestimony.services.access import hearing_for
from vctestimony.services.facts import facts_of
from vctestimony.services.recording_entries import standing
from vctestimony.services.recording_views import LoggedView, PageView, RecordingView, page, recordings_of
from vctestimony.services.unit import Unit
from vctestimony.store import recordings as store


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """The form of one entry. `which` are the recordings that can be meant."""

    reference: str
    case_number: str
    pseudonym: str
    kind: EntryKind
    label: str
    asks: tuple[Question, ...]
    which: tuple[tuple[str, str], ...]
    filled: dict[str, str]
    city: str
    rules: tuple[Statement, ...]


def described(unit: Unit, reference: str, number: int, *, by: Actor) -> RecordingView:
    """One recording, to be described anew."""
    hearing = hearing_for(unit, reference, by=by, action=Action.KEEP_RECORDINGS)
    recordings.one(unit, hearing, number)
    return next(
        one for one in recordings_of(hearing, store.revisions(unit.session, hearing.id)) if one.number == number
    )


def to_describe(unit: Unit, reference: str, log_number: int | None, *, by: Actor) -> tuple[PageView, LoggedView | None]:
    """The page with the entry of the log that a new description takes over, if one is named and still to be taken."""
    hearing_for(unit, reference, by=by, action=Action.KEEP_RECORDINGS)
    view = page(unit, reference, language=by.language, by=by)
    return view, next((entry for entry in view.logged if entry.number == log_number), None)


def ask(unit: Unit, reference: str, kind: EntryKind, *, replaces: int | None, language: str, by: Actor) -> AskView:
    """The form of one entry, filled with the one that it replaces."""
    hearing = hearing_for(unit, reference, by=by, action=Action.KEEP_RECORDINGS)
    rows = store.entries(unit.session, hearing.id)
    old = next((row for row in standing(rows, kind) if row.number == replaces), None)
    return AskView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        kind=kind,
        label=FORMS[kind].label,
        asks=asked(kind, facts_of(hearing)),
        which=tuple(
            (str(number), recordings.title_of(hearing, number)) for number in store.newest(unit.session, hearing.id)
        ),
        filled=dict(old.facts) if old else {},
        city=hearing.court.city,
        rules=recording_rules.of_access(unit, hearing, language=language) if kind is EntryKind.ACCESS else (),
    )
