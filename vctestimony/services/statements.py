"""The one place that puts a record's statements together: drawn from the hearing, and entered by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.hearing import State
from vctestimony.domain.people import DUTY_LABELS, Duty
from vctestimony.domain.record.fields import ADJOURNED, DOCUMENT_SHOWN, Field, Group, applicable, authority, of_court
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.required import FIELDS
from vctestimony.domain.record.waiting import was_shown
from vctestimony.domain.sop import Numbering
from vctestimony.domain.wording import N_
from vctestimony.services.record_basis import Basis, basis_of
from vctestimony.services.record_from_cycle import SIGNED_FIELDS, going_on, says_nothing
from vctestimony.services.record_values import LOGGED_AS, derived
from vctestimony.services.unit import Unit
from vctestimony.store import records as store
from vctestimony.store.models import HearingRow, RecordFactRow

WHY_UNFINISHED = N_(
    "The signing of the transcript was begun and is not finished, so “none” is not true. Finish it, or say why not: "
    "“The transcript was not signed because …”"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement in the reader's language. `drawn` comes from the hearing, `entered` was typed by somebody.

    `supplied_by` names the duties and whoever has them; `logged_as` is the kind of log entry that gives it,
    `also` what this case wants of it besides and nobody has given.
    """

    number: int
    key: str
    group: Group
    label: str
    authority: str
    hint: str
    drawn: str
    entered: str
    entered_by: str
    supplied_by: str
    logged_as: str
    also: tuple[str, ...]
    version: int

    @property
    def value(self) -> str:
        """What the record says."""
        return "\n".join(part for part in (self.drawn, self.entered) if part)

    @property
    def missing(self) -> bool:
        """Nobody has given it, or not all of it; an entered “none” is a value."""
        return not self.value.strip() or bool(self.also)


def statements(unit: Unit, hearing: HearingRow, *, language: str, basis: Basis | None = None) -> tuple[Statement, ...]:
    """Every statement that applies to this hearing, in the order of the record."""
    basis = basis or basis_of(unit, hearing, language=language)
    drawn, entered = derived(basis), store.facts(unit.session, hearing.id)
    facts = field_facts(basis)
    alike, signing = numbers_alike(unit, hearing), going_on(unit, hearing)
    found = (
        _statement(field, basis, facts=facts, drawn=drawn.get(field.key, ""), row=entered.get(field.key), alike=alike)
        for field in applicable(FIELDS, facts)
    )
    return tuple(_unsaid(one, basis) if signing and one.key in SIGNED_FIELDS else one for one in found)


def missing_of(found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements that nobody has given."""
    return tuple(statement for statement in found if statement.missing)


def field_facts(basis: Basis) -> dict[str, bool]:
    """The facts of the case, and what the day added to them."""
    return {
        **basis.facts,
        ADJOURNED: basis.hearing.state is State.ADJOURNED,
        DOCUMENT_SHOWN: any(was_shown(entry) for entry in basis.of(Kind.DOCUMENT_SHOWN)),
        **of_court(basis.hearing.case.rule_pack),
    }


def _statement(
    field: Field,
    basis: Basis,
    *,
    facts: Mapping[str, bool],
    drawn: str,
    row: RecordFactRow | None,
    alike: bool,
) -> Statement:
    court = basis.word(HIGH_COURTS[basis.hearing.case.rule_pack])
    return Statement(
        number=field.number,
        key=field.key,
        group=field.group,
        label=basis.word(field.label),
        authority=authority(field, facts=facts, high_court=court, numbers_alike=alike, translate=basis.word),
        hint=basis.word(field.hint) if field.hint else "",
        drawn=drawn,
        entered=row.value if row else "",
        entered_by=row.by if row else "",
        supplied_by=", ".join(_supplier(basis, duty) for duty in field.supplied_by),
        logged_as=LOGGED_AS[field.key].value if field.key in LOGGED_AS else "",
        also=() if row and row.value.strip() else tuple(map(basis.word, _lacking(field, basis, facts))),
        version=row.version if row else 0,
    )


def _unsaid(one: Statement, basis: Basis) -> Statement:
    """While the transcript is being signed, “none” says nothing of it: it was entered before the signing began."""
    if one.entered.strip() and says_nothing(one.entered):
        return replace(one, also=(*one.also, basis.word(WHY_UNFINISHED)))
    return one


def _lacking(field: Field, basis: Basis, facts: Mapping[str, bool]) -> Iterator[str]:
    """What the case wants of the statement besides, and the log does not give."""
    for also in field.also:
        said = ((name, value) for entry in basis.log for name, value in entry.facts.items() if value)
        if facts[also.when] and not any(
            (name, value) in also.answers or (name, "") in also.answers for name, value in said
        ):
            yield also.text


def _supplier(basis: Basis, duty: Duty) -> str:
    """The duty, and the names of those who have it at this hearing."""
    named = [p.official.name for p in basis.hearing.participants if p.removed_at is None and p.duty is duty]
    title = basis.word(DUTY_LABELS[duty])
    return f"{title} ({', '.join(named)})" if named else title


def numbers_alike(unit: Unit, hearing: HearingRow) -> bool:
    """Whether the High Court's text was read and numbers its rules like the Model Rules."""
    packs = {pack.id: pack.numbering for pack in unit.ports.packs()}
    return packs.get(hearing.case.rule_pack) is Numbering.SAME
