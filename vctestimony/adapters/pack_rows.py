"""The one place that turns the rows of a pack file into the values of the domain."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from vctestimony.adapters.pack_schema import (
    AuthorityRow,
    ChangeRow,
    PackFile,
    PackRow,
    SourceRow,
    StepRow,
    TextRow,
    WhenRow,
)
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import (
    Authority,
    Basis,
    Change,
    Cites,
    Condition,
    Edition,
    Gate,
    Head,
    LogEntry,
    Mark,
    Numbering,
    Origin,
    Pack,
    Selection,
    Source,
    Status,
    Step,
    Text,
    parse_evidence,
    parse_offset,
)


def _text(row: TextRow) -> Text:
    return Text(en=row.en, hi=row.hi, bn=row.bn)


def source_of(row: SourceRow) -> Source:
    """A legal instrument."""
    return Source(
        code=row.code,
        title=_text(row.title),
        cites=Cites(row.cites),
        where=row.where,
        adopted=row.adopted,
        only_in=row.only_in,
        only_if=row.only_if,
        never=row.never,
    )


def _condition(row: WhenRow) -> Condition:
    return Condition(all=tuple(row.all), any=tuple(row.any), none=tuple(row.none))


def _authority(rows: Sequence[AuthorityRow], sources: Mapping[str, Source]) -> tuple[Authority, ...]:
    return tuple(
        Authority(
            source=sources[row.code],
            rule=row.rule,
            only_if=row.only_if,
            compare=row.compare,
            mark=Mark(row.mark) if row.mark else None,
        )
        for row in rows
    )


def _parts(row: StepRow | ChangeRow, sources: Mapping[str, Source]) -> dict[str, Any]:
    """The parts of a step that a row states, as domain values; what a change leaves out is left out."""
    made = {
        "text": row.text and _text(row.text),
        "roles": row.roles and tuple(Duty(code) for code in row.roles),
        "offset": row.offset and parse_offset(row.offset),
        "basis": row.basis and Basis(row.basis),
        "evidence": row.evidence and parse_evidence(row.evidence),
        "authority": None if row.authority is None else _authority(row.authority, sources),
        "condition": None if row.when is None else _condition(row.when),
        "blocks": row.blocks and Gate(row.blocks),
        "after": None if row.after is None else tuple(row.after),
        "note": row.note and _text(row.note),
        "source": row.source,
        "preferably": row.preferably,
        "day_suggested": row.day_suggested,
        "permitted": row.permitted,
    }
    return {name: value for name, value in made.items() if value is not None}


def _step(row: StepRow, *, origin: Origin, sources: Mapping[str, Source]) -> Step:
    return Step(id=row.id, origin=origin, **_parts(row, sources))


def _change(row: ChangeRow, *, origin: Origin, sources: Mapping[str, Source]) -> Change:
    return Change(
        id=row.id,
        difference=_text(row.difference) if row.difference else None,
        replaces=_parts(row, sources),
        also=_authority(row.also, sources),
        origin=origin,
    )


def pack_of(file: PackFile, *, sources: Mapping[str, Source], edition: Edition, cited_from: Edition) -> Pack:
    """The pack in a file whose every cited source is known."""
    bare = _header(file.pack)
    origin = Origin(pack_id=bare.id, version=bare.version, draft=bare.draft)
    return replace(
        bare,
        steps=tuple(_step(row, origin=origin, sources=sources) for row in file.step),
        changes=tuple(_change(row, origin=origin, sources=sources) for row in file.change),
        edition=edition,
        cited_from=cited_from,
    )


def _header(row: PackRow) -> Pack:
    return Pack(
        id=row.id,
        title=_text(row.title),
        head=_head(row),
        selection=Selection(high_court=row.selects.high_court, when=_condition(row.selects.when)),
        inherits=tuple(row.inherits),
        sources=tuple(row.sources),
        changelog=tuple(LogEntry(version=entry.version, made_on=entry.on, what=entry.what) for entry in row.changelog),
        not_read=_text(row.not_read) if row.not_read else None,
        numbering=Numbering(row.numbering),
    )


def _head(row: PackRow) -> Head:
    return Head(
        version=row.version,
        effective_on=row.effective_on,
        status=Status(row.status),
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on or None,
        adopted_by=row.adopted_by,
        adopted_on=row.adopted_on or None,
        adopted_under=row.adopted_under,
    )
