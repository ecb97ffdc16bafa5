"""The one place that reads a data file which lies in the package and is part of the code."""

from importlib.resources import files


def shipped(name: str) -> str:
    """The text of the file, read once with the module that asks for it."""
    return files("vctestimony.domain").joinpath(name).read_text(encoding="utf-8")
