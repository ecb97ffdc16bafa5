"""`make papers`: every sample of every document in three languages as PDF and PNG, and the verdict of the validator."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.adapters.every_sample import LANGUAGES, SAMPLES, press_in, printed
from tests.adapters.paper_reading import open_pdf

DEFAULT = Path(tempfile.gettempdir()) / "vctestimony-papers"
_JUDGED = re.compile(r"^(PASS|FAIL|ERROR) (\S+) (\S+)", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write them all; the exit code says whether the validator, where there is one, passed every file."""
    parser = argparse.ArgumentParser(prog="make papers", description=__doc__)
    parser.add_argument("--into", type=Path, default=DEFAULT, help=f"the folder to write to; {DEFAULT} if not given")
    parser.add_argument("--only", choices=sorted(SAMPLES), action="append", help="a kind of document; all if not given")
    options = parser.parse_args(arguments)
    options.into.mkdir(parents=True, exist_ok=True)
    files = list(_written(options.into, options.only or sorted(SAMPLES)))
    verdicts = _judged(files)
    width = max(len(file.stem) for file in files)
    for file in files:
        said = "  ".join(verdicts.get(file.stem, ["not validated: VERAPDF is not set"]))
        sys.stdout.write(f"{file.stem:{width}}  {len(open_pdf(file.read_bytes()).pages):3} pages  {said}\n")
    sys.stdout.write(f"in {options.into}\n")
    return int(any("FAIL" in said or "ERROR" in said for verdict in verdicts.values() for said in verdict))


def _written(folder: Path, codes: list[str]) -> list[Path]:
    with tempfile.TemporaryDirectory(prefix="vct-papers-") as instance:
        press = press_in(Path(instance))
        files = []
        for code in codes:
            for lang in LANGUAGES:
                file = folder / f"{code}-{lang}.pdf"
                file.write_bytes(printed(press, code, lang))
                subprocess.run(["pdftoppm", "-r", "70", "-png", str(file), str(file.with_suffix(""))], check=True)
                files.append(file)
        press.close()
    return files


def _judged(files: list[Path]) -> dict[str, list[str]]:
    """What the validator says of each file by each standard; nothing where there is no validator."""
    checker = os.environ.get("VERAPDF")
    if not checker:
        return {}
    said = subprocess.run([checker, "3a,ua1", *map(str, files)], capture_output=True, check=False, text=True).stdout
    verdicts: dict[str, list[str]] = {}
    for verdict, standard, file in _JUDGED.findall(said):
        verdicts.setdefault(Path(file).stem, []).append(f"{standard} {verdict}")
    return verdicts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
