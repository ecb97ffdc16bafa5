"""The use-cases of the record before its seal: look at it, see what is missing and from whom, fill it in."""

from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Invalid, Stale
from vctestimony.domain.hearing import STATE_LABELS, State
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.record.fields import GROUP_LABELS, Group
from vctestimony.services import hearing_clocks, journal
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.checklists import OpenStep, open_steps
from vctestimony.services.pseudonymity import check_speech
from vctestimony.services.record_from_cycle import SIGNED_FIELDS, ends_with_seal, going_on, says_nothing
from vctestimony.services.record_links import Links, links_of
from vctestimony.services.statements import WHY_UNFINISHED, Statement, missing_of, statements
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, held
from vctestimony.services.whereabouts import check_paper
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, RecordFactRow

SEALABLE = frozenset({State.COMPLETED, State.ADJOURNED})


class SigningUnfinished(Invalid):
    """What was begun and is not finished is not nothing."""

    text = WHY_UNFINISHED


@dataclass(frozen=True, slots=True)
class GroupView:
    """Statements that are read together."""

    group: Group
    label: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SealView:
    """How and when the record was sealed."""

    code: str
    sha256: str
    pdf_sha256: str
    by: str
    language: str
    sealed: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """The record of a hearing as it stands."""

    reference: str
    case_number: str
    pseudonym: str
    state: State
    state_label: str
    groups: tuple[GroupView, ...]
    missing: tuple[Statement, ...]
    total: int
    steps: tuple[OpenStep, ...]
    seal: SealView | None
    has_time: bool
    over: bool
    can_fill: bool
    can_seal: bool
    can_export: bool
    can_sign: bool
    can_add: bool
    signing_ends: bool
    links: Links
    zones: tuple[tuple[str, str], ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of the seal."""
        return self.seal is None and self.over and not self.missing and not self.steps


def page(unit: Unit, reference: str, *, language: str, by: Actor) -> RecordView:
    """The record for a person who may print it."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    check_paper(hearing, "record", None, by=by)
    found = statements(unit, hearing, language=language)
    seal = _seal(unit, hearing)
    opened = hearing.state in HELD and seal is None
    steps = open_steps(unit, hearing, "seal") if seal is None else ()
    return RecordView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        state=hearing.state,
        state_label=STATE_LABELS[hearing.state],
        groups=grouped(found),
        missing=() if seal else missing_of(found),
        total=len(found),
        steps=steps,
        seal=seal,
        has_time=hearing.starts_at is not None,
        over=hearing.state in SEALABLE,
        can_fill=opened and may_do(hearing, Action.FILL_RECORD, by=by),
        can_seal=seal is None and may_do(hearing, Action.SEAL, by=by),
        can_export=may_do(hearing, Action.READ_JOURNAL, by=by),
        can_sign=may_do(hearing, Action.SEE_SIGNED, by=by),
        can_add=seal is not None and may_do(hearing, Action.SEAL, by=by),
        signing_ends=seal is None and ends_with_seal(unit, hearing),
        links=links_of(unit, hearing),
        zones=hearing_clocks.zones_of(hearing),
    )


def grouped(found: tuple[Statement, ...]) -> tuple[GroupView, ...]:
    """The statements by group, each group in the order of the record; labels are marked with N_."""
    return tuple(
        GroupView(group, GROUP_LABELS[group], own)
        for group in Group
        if (own := tuple(statement for statement in found if statement.group is group))
    )


def one(unit: Unit, reference: str, key: str, *, language: str, by: Actor) -> Statement:
    """One statement, to be filled in."""
    hearing = hearing_for(unit, reference, by=by, action=Action.FILL_RECORD)
    found = {statement.key: statement for statement in statements(unit, hearing, language=language)}
    if key not in found:
        raise Absent()
    return found[key]


def fill(unit: Unit, reference: str, key: str, *, value: str, version: int, by: Actor) -> str:
    """Enter or change a statement, unless somebody else did meanwhile; the key of the next missing one, or nothing.

    An empty value takes back what was entered before.
    """
    hearing = held(unit, reference, by=by, action=Action.FILL_RECORD)
    statement = one(unit, reference, key, language=by.language, by=by)
    if statement.version != version:
        raise Stale()
    check_speech(unit, hearing, value, field="value")
    if key in SIGNED_FIELDS and value.strip() and says_nothing(value) and going_on(unit, hearing):
        raise SigningUnfinished(field="value")
    row = store.facts(unit.session, hearing.id).get(key)
    if row is None:
        row = RecordFactRow(hearing_id=hearing.id, field=key)
        unit.session.add(row)
    row.value, row.written_at, row.by = value, unit.now, by.name
    unit.session.flush()
    journal.write(unit, "record.filled", subject=reference, by=by, field=key)
    still = missing_of(statements(unit, hearing, language=by.language))
    return still[0].key if still else ""


def _seal(unit: Unit, hearing: HearingRow) -> SealView | None:
    row = store.sealed(unit.session, hearing.id)
    if row is None:
        return None
    return SealView(
        code=row.code,
        sha256=row.content_sha256,
        pdf_sha256=row.pdf_sha256,
        by=row.by,
        language=row.language,
        sealed=hearing_clocks.both(hearing, row.sealed_at),
    )
