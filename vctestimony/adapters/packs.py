"""The one place that reads the rule packs in `sop/` and says by file, line and key what is wrong with them."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from vctestimony.adapters import pack_lines
from vctestimony.adapters.pack_schema import (
    AuthorityRow,
    ChangeRow,
    PackFile,
    PackRow,
    SourceRow,
    SourcesFile,
    StepRow,
    Strict,
    TextRow,
    WhenRow,
)
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import (
    Authority,
    Basis,
    BrokenPack,
    Change,
    Cites,
    Condition,
    Gate,
    LogEntry,
    Mark,
    Numbering,
    Origin,
    Pack,
    Problem,
    Selection,
    Source,
    Step,
    Text,
    check,
    parse_evidence,
    parse_offset,
)
from vctestimony.domain.wording import N_

SOURCES = "sources.toml"
Shape = TypeVar("Shape", bound=Strict)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file of the folder: its name, its text and the pack in it."""

    name: str
    text: str
    pack: Pack


def load_packs(folder: Path) -> tuple[Pack, ...]:
    """Every pack of the folder, by id. One fault anywhere refuses them all and names every fault."""
    packs, problems = _read_folder(folder)
    if problems:
        raise BrokenPack(problems)
    return tuple(sorted(packs, key=lambda pack: pack.id))


def check_packs(folder: Path) -> list[Problem]:
    """Every fault of the packs in the folder, by file and line; empty when they can be used."""
    return _read_folder(folder)[1]


def _read_folder(folder: Path) -> tuple[list[Pack], list[Problem]]:
    problems: list[Problem] = []
    sources = _read_sources(folder, problems)
    files = sorted(path for path in folder.glob("*.toml") if path.name != SOURCES)
    read = [found for path in files if (found := _read_pack(path, sources, problems)) is not None]
    if not files:
        problems.append(Problem(file=str(folder), line=1, key="", text=N_("There is no rule pack in this folder.")))
    problems += _found_together(read) if len(read) == len(files) else []
    return [found.pack for found in read], sorted(
        problems, key=lambda problem: (problem.file, problem.line, problem.key)
    )


def _found_together(read: Sequence[_Read]) -> list[Problem]:
    problems = []
    for finding in check([found.pack for found in read]):
        found = [item for item in read if item.pack.id == finding.pack_id][-1]
        line = pack_lines.line_of_step(found.text, step_id=finding.step_id, key=finding.key)
        key = ".".join(part for part in (finding.step_id, finding.key) if part)
        problems.append(Problem(file=found.name, line=line, key=key, text=finding.text, values=finding.values))
    return problems


def _read_sources(folder: Path, problems: list[Problem]) -> dict[str, Source]:
    path = folder / SOURCES
    if not path.is_file():
        problems.append(Problem(file=SOURCES, line=1, key="", text=N_("The list of legal sources is missing.")))
        return {}
    shaped = _shaped(SourcesFile, path=path, text=path.read_text(encoding="utf-8"), problems=problems)
    return {row.code: _source(row) for row in shaped.source} if shaped else {}


def _read_pack(path: Path, sources: Mapping[str, Source], problems: list[Problem]) -> _Read | None:
    text = path.read_text(encoding="utf-8")
    shaped = _shaped(PackFile, path=path, text=text, problems=problems)
    if shaped is None:
        return None
    unknown = _unknown_sources(shaped, path=path, text=text, sources=sources)
    problems += unknown
    return None if unknown else _Read(name=path.name, text=text, pack=_pack(shaped, sources=sources))


def _shaped(shape: type[Shape], *, path: Path, text: str, problems: list[Problem]) -> Shape | None:
    try:
        return shape.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        values = {"detail": str(error)}
        line = _syntax_line(str(error), text=text)
        problems.append(
            Problem(file=path.name, line=line, key="", text=N_("This is not TOML: {detail}."), values=values)
        )
    except ValidationError as error:
        problems += [
            _schema_problem(item["loc"], item["type"], item["msg"], path=path, text=text) for item in error.errors()
        ]
    return None


def _syntax_line(message: str, *, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _schema_problem(location: Sequence[str | int], kind: str, message: str, *, path: Path, text: str) -> Problem:
    sentences = {
        "extra_forbidden": N_("This key is not known. Correct its spelling or remove it."),
        "missing": N_("This is missing."),
        "string_too_short": N_("This is empty."),
    }
    key = ".".join(str(part) for part in location)
    return Problem(
        file=path.name,
        line=pack_lines.line_at(text, location),
        key=key,
        text=sentences.get(kind, N_("This value cannot be used: {detail}.")),
        values={"detail": message.removeprefix("Value error, ").removesuffix(".")},
    )


def _unknown_sources(file: PackFile, *, path: Path, text: str, sources: Mapping[str, Source]) -> list[Problem]:
    cited = [(table, index, key, row.code) for table, index, key, rows in _citations(file) for row in rows]
    sentence = N_("“{code}” is not in the list of legal sources.")
    return [
        Problem(
            file=path.name,
            line=pack_lines.line_at(text, (table, index, key)),
            key=f"{table}.{index}.{key}",
            text=sentence,
            values={"code": code},
        )
        for table, index, key, code in cited
        if code not in sources
    ]


def _citations(file: PackFile) -> Iterator[tuple[str, int, str, Sequence[AuthorityRow]]]:
    for index, step in enumerate(file.step):
        yield "step", index, "authority", step.authority
    for index, change in enumerate(file.change):
        yield "change", index, "authority", change.authority or []
        yield "change", index, "also", change.also


def _text(row: TextRow) -> Text:
    return Text(en=row.en, hi=row.hi, bn=row.bn)


def _source(row: SourceRow) -> Source:
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


def _pack(file: PackFile, *, sources: Mapping[str, Source]) -> Pack:
    header = file.pack
    bare = _header(header)
    origin = Origin(pack_id=header.id, version=header.version, draft=bare.draft)
    return _header(
        header,
        steps=tuple(_step(row, origin=origin, sources=sources) for row in file.step),
        changes=tuple(_change(row, origin=origin, sources=sources) for row in file.change),
    )


def _header(row: PackRow, *, steps: tuple[Step, ...] = (), changes: tuple[Change, ...] = ()) -> Pack:
    return Pack(
        id=row.id,
        title=_text(row.title),
        version=row.version,
        effective_on=row.effective_on,
        status=row.status,
        selection=Selection(high_court=row.selects.high_court, when=_condition(row.selects.when)),
        steps=steps,
        changes=changes,
        inherits=tuple(row.inherits),
        sources=tuple(row.sources),
        changelog=tuple(LogEntry(version=entry.version, made_on=entry.on, what=entry.what) for entry in row.changelog),
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on or None,
        not_read=_text(row.not_read) if row.not_read else None,
        numbering=Numbering(row.numbering),
    )
