"""The note that says the data are a demonstration, and how to sign in to it. Readable by the owner only."""

import os
from collections.abc import Sequence
from pathlib import Path

NOTE = "demonstration.txt"


def is_loaded(instance: Path) -> bool:
    """Whether the database of this installation holds the demonstration."""
    return (instance / NOTE).is_file()


def sign_ins(instance: Path) -> str:
    """The note's text; empty when there is none."""
    path = instance / NOTE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def leave(instance: Path, lines: Sequence[str]) -> None:
    """Write the note."""
    handle = os.open(instance / NOTE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def take_away(instance: Path) -> None:
    """Remove the note."""
    (instance / NOTE).unlink(missing_ok=True)
