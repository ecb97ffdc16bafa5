"""`make torture`: every bad day in its longest form, with figures and how long it took. `--only R8` runs one."""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench import machine
from tests.evidence.marks import marks
from tests.reliability.figures import put
from tests.torture.rows import BESIDE, ROWS, shown_by

HEADING = "# The last run"
ALL = ROWS | BESIDE


@dataclass(frozen=True, slots=True)
class Ended:
    """How one bad day ended; None where there was nothing to run."""

    held: bool | None
    seconds: float
    figures: str


def main(arguments: list[str]) -> int:
    """Print a line for each; 1 where one did not hold."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=list(ALL), default=list(ALL))
    parser.add_argument("--write", type=Path, help="a file that gets the figures with the machine's description")
    options = parser.parse_args(arguments)
    lines = [
        f"{HEADING}\n",
        f"{machine.described(None)}\n",
        "| id | what | held | seconds | figures |",
        "|---|---|---|---|---|",
    ]
    held = True
    for name in options.only:
        ended = _run(name)
        held = held and ended.held is not False
        said = {True: "yes", False: "**no**", None: "not run"}[ended.held]
        lines.append(f"| {name} | {ALL[name].what} | {said} | {ended.seconds:.0f} | {ended.figures} |")
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()
    if options.write is not None:
        put(options.write, "\n".join(lines) + "\n")
    return 0 if held else 1


def _run(name: str) -> Ended:
    short, long = shown_by(name, marks()), ALL[name].long
    commands = [(sys.executable, "-m", "pytest", "-q", "-n", "0", *short)] if short else []
    commands += [(sys.executable, *long)] if long else []
    began, held, figures = time.monotonic(), True, ""
    for command in commands:
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
        sys.stderr.write(done.stdout)
        held = held and done.returncode == 0
        if command[1:] == long:
            figures = (done.stdout.strip().splitlines() or [""])[-1]
    return Ended(held if commands else None, time.monotonic() - began, figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
