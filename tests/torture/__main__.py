"""`make torture`: every bad day in the longest form there is, and how long it held. `--only R8` runs one alone."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import machine
from tests.reliability.figures import put
from tests.torture.rows import ROWS, Row

HEADING = "# The last run"


def main(arguments: list[str]) -> int:
    """Print a line for each; 1 where one did not hold."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=list(ROWS), default=list(ROWS))
    parser.add_argument("--write", type=Path, help="a file that gets the figures with the machine's description")
    options = parser.parse_args(arguments)
    lines = [f"{HEADING}\n", f"{machine.described(None)}\n", "| id | what | held | seconds |", "|---|---|---|---|"]
    held = True
    for name in options.only:
        well, seconds = _run(ROWS[name])
        held = held and well is not False
        said = {True: "yes", False: "**no**", None: "not run"}[well]
        lines.append(f"| {name} | {ROWS[name].what} | {said} | {seconds:.0f} |")
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()
    if options.write is not None:
        put(options.write, "\n".join(lines) + "\n")
    return 0 if held else 1


def _run(row: Row) -> tuple[bool | None, float]:
    commands = [(sys.executable, "-m", "pytest", "-q", "-n", "0", *row.short)] if row.short else []
    commands += [(sys.executable, *row.long)] if row.long else []
    began = time.monotonic()
    well = all(subprocess.run(command, check=False).returncode == 0 for command in commands)
    return (well if commands else None), time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
