"""The note that says the data are a demonstration, and how to sign in to it. Readable by the owner only."""

import os
from collections.abc import Sequence
from pathlib import Path

NOTE = "demonstration.txt"
FIRST_SIGN_IN = "first-sign-in.txt"


def is_loaded(instance: Path) -> bool:
    """Whether the database of this installation holds the demonstration."""
    return (instance / NOTE).is_file()


def left(instance: Path, *, name: str = NOTE) -> str:
    """What the note says; empty when none was left."""
    path = instance / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def leave(instance: Path, lines: Sequence[str], *, name: str = NOTE) -> None:
    """Write the note, or that of a bare installation."""
    handle = os.open(instance / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def take_away(instance: Path) -> None:
    """Remove both notes."""
    for name in (NOTE, FIRST_SIGN_IN):
        (instance / name).unlink(missing_ok=True)
