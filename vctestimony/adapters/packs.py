"""The one place that reads the rule packs in `sop/` and says by file, line and key what is wrong with them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from vctestimony.adapters import pack_lines
from vctestimony.adapters.pack_rows import pack_of, source_of
from vctestimony.adapters.pack_schema import AuthorityRow, PackFile, SourcesFile, Strict
from vctestimony.domain.sop import SOURCES_ID, BrokenPack, Edition, Finding, Pack, Problem, Source, check
from vctestimony.domain.wording import N_

SOURCES = f"{SOURCES_ID}.toml"
LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; some ten times what the largest pack has, so that no file can take the service's memory."""
Shape = TypeVar("Shape", bound=Strict)


@dataclass(frozen=True, slots=True)
class _Cited:
    """The list of legal sources: by code, and the file it stands in."""

    by_code: Mapping[str, Source]
    edition: Edition


def load_packs(folder: Path) -> tuple[Pack, ...]:
    """Every pack of the folder, by id. One fault anywhere refuses them all and names every fault."""
    read, problems = _read_folder(folder)
    return _sound(read, [*problems, *_found_together(read, problems)])


def check_packs(folder: Path) -> list[Problem]:
    """Every fault of the packs in the folder, by file and line; empty when they can be used."""
    read, problems = _read_folder(folder)
    return _in_order([*problems, *_found_together(read, problems)])


def read_packs(texts: Mapping[str, str]) -> tuple[Pack, ...]:
    """The packs in these texts by file name, as they once were: their shape is checked, not what they say together."""
    return _sound(*_read_texts(texts))


def texts_in(folder: Path) -> dict[str, str]:
    """The texts of the pack files in a folder, by file name, whatever is in them; what cannot be read is left out."""
    return _texts(folder, [])


def _sound(read: Sequence[Pack], problems: Sequence[Problem]) -> tuple[Pack, ...]:
    if problems:
        raise BrokenPack(_in_order(problems))
    return tuple(sorted(read, key=lambda pack: pack.id))


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.key))


def _read_folder(folder: Path) -> tuple[list[Pack], list[Problem]]:
    unreadable: list[Problem] = []
    texts = _texts(folder, unreadable)
    if not (texts.keys() - {SOURCES} or unreadable):
        text = N_("There is no rule pack in this folder.")
        unreadable.append(Problem(file=str(folder), line=1, key="", text=text))
    read, problems = _read_texts(texts)
    return read, unreadable + problems


def _texts(folder: Path, problems: list[Problem]) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stat().st_size > LARGEST_FILE:
            values = {"most": LARGEST_FILE // 1024 // 1024}
            text = N_("The file is larger than {most} MB, which no pack is. Split it.")
            problems.append(Problem(file=path.name, line=1, key="", text=text, values=values))
            continue
        try:
            found[path.name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            text = N_("This is not text in UTF-8. Save the file in that encoding.")
            problems.append(Problem(file=path.name, line=line, key="", text=text))
    return found


def _read_texts(texts: Mapping[str, str]) -> tuple[list[Pack], list[Problem]]:
    problems: list[Problem] = []
    cited = _read_sources(texts, problems)
    names = sorted(texts.keys() - {SOURCES})
    read = [found for name in names if (found := _read_pack(name, texts[name], cited, problems)) is not None]
    return read, problems


def _found_together(read: Sequence[Pack], problems: Sequence[Problem]) -> list[Problem]:
    """What is wrong with the packs as a whole; nothing can be said of that while one of them cannot be read."""
    if problems:
        return []
    return located(check(read), read)


def located(findings: Iterable[Finding], packs: Iterable[Pack]) -> list[Problem]:
    """What was found in these packs, by file, line and key."""
    of_pack = {pack.id: pack.edition for pack in packs}
    return [_located(finding, of_pack[finding.pack_id]) for finding in findings]


def _located(finding: Finding, edition: Edition) -> Problem:
    return Problem(
        file=edition.name,
        line=pack_lines.line_of_step(edition.content, step_id=finding.step_id, key=finding.key),
        key=".".join(part for part in (finding.step_id, finding.key) if part),
        text=finding.text,
        values=finding.values,
    )


def _read_sources(texts: Mapping[str, str], problems: list[Problem]) -> _Cited:
    text = texts.get(SOURCES)
    if text is None:
        problems.append(Problem(file=SOURCES, line=1, key="", text=N_("The list of legal sources is missing.")))
        return _Cited({}, Edition())
    shaped = _shaped(SourcesFile, name=SOURCES, text=text, problems=problems)
    return (
        _Cited({row.code: source_of(row) for row in shaped.source}, edition_of(text, name=SOURCES))
        if shaped
        else _Cited({}, Edition())
    )


def edition_of(text: str, *, name: str) -> Edition:
    """The edition that a sound file is: comments and layout make no other one of it."""
    said = dumps(tomllib.loads(text), sort_keys=True, ensure_ascii=False, default=str)
    return Edition(digest=sha256(said.encode()).hexdigest(), content=text, name=name)


def _read_pack(name: str, text: str, cited: _Cited, problems: list[Problem]) -> Pack | None:
    shaped = _shaped(PackFile, name=name, text=text, problems=problems)
    if shaped is None:
        return None
    unknown = _unknown_sources(shaped, name=name, text=text, sources=cited.by_code)
    problems += unknown
    if unknown:
        return None
    return pack_of(shaped, sources=cited.by_code, edition=edition_of(text, name=name), cited_from=cited.edition)


def _shaped(shape: type[Shape], *, name: str, text: str, problems: list[Problem]) -> Shape | None:
    try:
        return shape.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        values = {"detail": str(error)}
        line = _syntax_line(str(error), text=text)
        problems.append(Problem(file=name, line=line, key="", text=N_("This is not TOML: {detail}."), values=values))
    except ValidationError as error:
        problems += [
            _schema_problem(item["loc"], item["type"], item["msg"], name=name, text=text) for item in error.errors()
        ]
    return None


def _syntax_line(message: str, *, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _schema_problem(location: Sequence[str | int], kind: str, message: str, *, name: str, text: str) -> Problem:
    sentences = {
        "extra_forbidden": N_("This key is not known. Correct its spelling or remove it."),
        "missing": N_("This is missing."),
        "string_too_short": N_("This is empty."),
    }
    key = ".".join(str(part) for part in location)
    return Problem(
        file=name,
        line=pack_lines.line_at(text, location),
        key=key,
        text=sentences.get(kind, N_("This value cannot be used: {detail}.")),
        values={"detail": message.removeprefix("Value error, ").removesuffix(".")},
    )


def _unknown_sources(file: PackFile, *, name: str, text: str, sources: Mapping[str, Source]) -> list[Problem]:
    cited = [(table, index, key, row.code) for table, index, key, rows in _citations(file) for row in rows]
    sentence = N_("“{code}” is not in the list of legal sources.")
    return [
        Problem(
            file=name,
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
