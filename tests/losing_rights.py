"""Takes the right to write a file from this thread, also where the tests run as root, and gives it back."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_VERSION, _OVERRIDES = 0x20080522, 0b10
"""Version 3 of the interface, and CAP_DAC_OVERRIDE, with which root writes whatever a file's mode is."""


class _Head(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Word(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def may_not_write(*files: Path) -> Iterator[None]:
    """The files can be read and no more."""
    modes = {file: file.stat().st_mode for file in files if file.exists()}
    for file in modes:
        file.chmod(0o400)
    try:
        with _as_others_are():
            yield
    finally:
        for file, mode in modes.items():
            if file.exists():
                file.chmod(mode)


@contextmanager
def _as_others_are() -> Iterator[None]:
    """Without root's way round the mode of a file."""
    libc, head, words = ctypes.CDLL(None, use_errno=True), _Head(_VERSION, 0), (_Word * 2)()
    _checked(libc.capget(ctypes.byref(head), words))
    before = words[0].effective
    words[0].effective = before & ~_OVERRIDES
    _checked(libc.capset(ctypes.byref(head), words))
    try:
        yield
    finally:
        words[0].effective = before
        _checked(libc.capset(ctypes.byref(head), words))


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
