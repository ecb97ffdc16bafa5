"""The one place that finds the line of a pack file on which a key stands, so that a fault can be shown where it is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TABLE = re.compile(r"^\s*\[\[?\s*([A-Za-z_.-]+)\s*\]\]?\s*(?:#.*)?$")

_ID = re.compile(r"""^\s*id\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True, slots=True)
class Block:
    """One table of the file: its name, which of that name it is (from 0), its lines (from 1)."""

    name: str
    index: int
    first: int
    lines: tuple[str, ...]

    def line_of(self, path: Sequence[str]) -> int:
        """The line of the key `path` leads to; of the nearest key above it when that is not there."""
        for length in range(len(path), 0, -1):
            pattern = re.compile(r"^\s*" + r"\s*\.\s*".join(re.escape(part) for part in path[:length]) + r"\s*[=.]")
            for number, line in enumerate(self.lines):
                if pattern.match(line):
                    return self.first + number
        return self.first


@lru_cache(maxsize=4)
def blocks(text: str) -> tuple[Block, ...]:
    """The tables of a file in their order.

    >>> [block.index for block in blocks("[[step]]\\nid = 1\\n[[step]]\\nid = 2\\n")]
    [0, 1]
    """
    lines = text.splitlines()
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := _TABLE.match(line))]
    found_blocks: list[Block] = []
    so_far: Counter[str] = Counter()
    for position, (number, name) in enumerate(starts):
        end = starts[position + 1][0] if position + 1 < len(starts) else len(lines)
        block = Block(name=name, index=so_far[name], first=number + 1, lines=tuple(lines[number:end]))
        so_far[name] += 1
        found_blocks.append(block)
    return tuple(found_blocks)


@lru_cache(maxsize=4)
def _by_place(text: str) -> Mapping[tuple[str, int], Block]:
    return {(block.name, block.index): block for block in blocks(text)}


@lru_cache(maxsize=4)
def _by_id(text: str) -> Mapping[str, Sequence[Block]]:
    """The tables by the id they give; the pack's own table has none here."""
    found: defaultdict[str, list[Block]] = defaultdict(list)
    for block in blocks(text):
        ids = [named[1] for line in block.lines if (named := _ID.match(line))]
        for name in ids if block.name != "pack" else [""]:
            found[name].append(block)
    return found


def line_at(text: str, location: Sequence[str | int]) -> int:
    """The line for a place such as `("step", 3, "text", "hi")`; 1 when the file has no such table."""
    for name, index, path in _readings(location):
        if (name, index) in _by_place(text):
            return _by_place(text)[name, index].line_of(path)
    return 1


def _readings(location: Sequence[str | int]) -> Iterator[tuple[str, int, list[str]]]:
    """The tables a place may mean, the more exact first: `[[pack.changelog]]` before `[pack]`."""
    match list(location):
        case [str(table), str(part), int(index), *rest]:
            yield f"{table}.{part}", index, _keys(rest)
            yield table, 0, [part, *_keys(rest)]
        case [str(table), int(index), *rest]:
            yield table, index, _keys(rest)
        case [str(table), *rest]:
            yield table, 0, _keys(rest)


def _keys(path: Sequence[str | int]) -> list[str]:
    return [part for part in path if isinstance(part, str)]


def line_of_step(text: str, *, step_id: str, key: str) -> int:
    """The line of `key` in the step or change `step_id`; in the pack's own table when no step is named."""
    found = _by_id(text).get(step_id)
    return found[-1].line_of(key.split(".")) if found else 1
