"""R26: five hundred runs of fifty steps in any order, with crashes and restores among them."""

import shutil
import sys
import time
from itertools import count
from pathlib import Path

from tests.services.test_everything_in_any_order import whatever
from tests.torture.stage import stages

EXAMPLES, STEPS = 500, 50


def main() -> None:
    """Print how long it took; on SQLite, which alone is restored within a run."""
    numbers = count()
    stage = next(stages_here := stages())
    template = stage.folder / "template.sqlite"
    shutil.copyfile(Path(str(stage.engine.url.database)), template)

    def fresh() -> str:
        path = stage.folder / f"{next(numbers)}.sqlite"
        for old in stage.folder.glob(f"{path.stem}-replaced-*"):
            old.unlink()
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"

    began = time.monotonic()
    whatever(fresh, examples=EXAMPLES, steps=STEPS)
    stages_here.close()
    sys.stdout.write(f"{stage.name}: {EXAMPLES} runs of {STEPS} steps in {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
