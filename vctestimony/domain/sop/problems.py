"""The one place that says where a pack is broken: file, line and key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a pack: where it stands and what it is, as a translatable sentence with its values."""

    pack_id: str
    key: str
    text: str
    step_id: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def _as_given(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of a pack file; `text` is translatable and `values` fill its braces."""

    file: str
    line: int
    key: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = _as_given) -> str:
        return translate(self.text).format(**self.values)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.sentence()}" if self.key else f"{place}: {self.sentence()}"


class BrokenPack(Invalid):
    """The packs are not used at all while one of them is broken; every fault is named."""

    text = N_("The rule packs cannot be used until this is put right: {problems}")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems="\n".join(str(problem) for problem in problems))


MOST_NAMED = 12


def few(names: Sequence[str]) -> str:
    """The names, of many the first twelve, so that a message stays one.

    >>> few(["C01", "C02"])
    'C01, C02'
    """
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
