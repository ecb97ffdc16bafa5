"""The one place that holds the packs against the catalogue of obligations: row, packs that have it, tests."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from vctestimony.adapters.pack_schema import Filled, StepId, Strict
from vctestimony.domain.errors import Invalid
from vctestimony.domain.sop import Pack
from vctestimony.domain.wording import N_

PLACE = Path("coverage") / "catalogue.toml"


class CatalogueUnreadable(Invalid):
    """The list of rows is not there or cannot be read, so nobody can say that none is missing."""

    text = N_("{file}: the catalogue of obligations cannot be read: {detail}.")


class CatalogueFile(Strict):
    """The rows, the test that looks at every one, and tests that look closer at some."""

    every: Filled
    rows: list[StepId]
    closer: Annotated[dict[StepId, list[Filled]], Field(default_factory=dict)]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the catalogue, the packs that give it, those that change it, and the tests that show it."""

    id: str
    packs: tuple[str, ...]
    changed_in: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    def __str__(self) -> str:
        changed = f" (changed in {', '.join(self.changed_in)})" if self.changed_in else ""
        return "\t".join((self.id, f"{', '.join(self.packs) or 'MISSING'}{changed}", ", ".join(self.tests)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every row of the catalogue, and the steps the packs have beyond it."""

    rows: tuple[Row, ...]
    beyond: tuple[Row, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The rows no pack has."""
        return tuple(row.id for row in self.rows if not row.packs)

    @property
    def summary(self) -> str:
        """One line."""
        return f"catalogue: {len(self.rows) - len(self.missing)} of {len(self.rows)} rows in packs"


def coverage(sop: Path, packs: Sequence[Pack]) -> Coverage:
    """The packs held against the catalogue in the folder of the packs."""
    listed = _read(sop / PLACE)
    every = tuple(dict.fromkeys(step.id for pack in packs for step in pack.steps))
    rows = (
        _row(step_id, packs, tests=(f"{listed.every}[{step_id}]", *listed.closer.get(step_id, ())))
        for step_id in listed.rows
    )
    return Coverage(
        rows=tuple(rows),
        beyond=tuple(_row(step_id, packs) for step_id in sorted(every) if step_id not in listed.rows),
    )


def _row(step_id: str, packs: Sequence[Pack], *, tests: tuple[str, ...] = ()) -> Row:
    given = tuple(pack.id for pack in packs if any(step.id == step_id for step in pack.steps))
    changed = tuple(pack.id for pack in packs if any(change.id == step_id for change in pack.changes))
    return Row(step_id, given, changed, tests)


def _read(path: Path) -> CatalogueFile:
    try:
        return CatalogueFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise CatalogueUnreadable(file=str(PLACE), detail="it is not there") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise CatalogueUnreadable(file=str(PLACE), detail=str(error).partition("\n")[0]) from error
