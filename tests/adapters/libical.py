"""Calendar objects read by libical, the C library of Evolution, KDE and Cyrus, and checked by its rules of iTIP."""

import ctypes
from collections.abc import Iterator
from ctypes import c_char_p, c_int, c_void_p
from functools import cache

NAMES = ("libical.so.3", "libical.dylib")


class NoLibical(Exception):
    """The library is not installed here."""


@cache
def library() -> ctypes.CDLL:
    """The library with the types of what is used of it."""
    for name in NAMES:
        try:
            found = ctypes.CDLL(name)
        except OSError:
            continue
        for function, result, *arguments in _SHAPES:
            entry = getattr(found, function)
            entry.restype, entry.argtypes = result, arguments
        found.icalerror_set_errors_are_fatal(0)
        return found
    raise NoLibical("no libical: apt-get install libical3")


_SHAPES = (
    ("icalparser_parse_string", c_void_p, c_char_p),
    ("icalcomponent_free", None, c_void_p),
    ("icalcomponent_get_inner", c_void_p, c_void_p),
    ("icalcomponent_count_errors", c_int, c_void_p),
    ("icalcomponent_as_ical_string", c_char_p, c_void_p),
    ("icalcomponent_get_summary", c_char_p, c_void_p),
    ("icalcomponent_get_description", c_char_p, c_void_p),
    ("icalcomponent_get_location", c_char_p, c_void_p),
    ("icalcomponent_get_first_property", c_void_p, c_void_p, c_int),
    ("icalcomponent_get_next_property", c_void_p, c_void_p, c_int),
    ("icalproperty_string_to_kind", c_int, c_char_p),
    ("icalproperty_get_value_as_string", c_char_p, c_void_p),
    ("icalrestriction_check", c_int, c_void_p),
    ("icalerror_set_errors_are_fatal", None, c_int),
)


class Component:
    """A VCALENDAR as libical understood it."""

    def __init__(self, content: bytes) -> None:
        self._library = library()
        self._calendar = self._library.icalparser_parse_string(content)
        if not self._calendar:
            raise ValueError("libical read nothing")
        self._event = self._library.icalcomponent_get_inner(self._calendar)

    def close(self) -> None:
        """Give the memory back."""
        self._library.icalcomponent_free(self._calendar)

    def complaints(self) -> list[str]:
        """What the parser, and then its table of what each method may hold (RFC 5546 3), find fault with."""
        self._library.icalrestriction_check(self._calendar)
        written = self._library.icalcomponent_as_ical_string(self._calendar).decode()
        return [line for line in written.replace("\r\n ", "").splitlines() if line.startswith("X-LIC-ERROR")]

    def method(self) -> str:
        """METHOD; empty when there is none."""
        return next(self._values(self._calendar, "METHOD"), "")

    def values(self, name: str) -> list[str]:
        """The event's properties of that name, as they are written; none of them is a text."""
        return list(self._values(self._event, name))

    def texts(self) -> tuple[str, str, str]:
        """SUMMARY, LOCATION and DESCRIPTION as a person reads them."""
        every = (
            self._library.icalcomponent_get_summary(self._event),
            self._library.icalcomponent_get_location(self._event),
            self._library.icalcomponent_get_description(self._event),
        )
        one, two, three = ((text or b"").decode() for text in every)
        return one, two, three

    def _values(self, component: int, name: str) -> Iterator[str]:
        kind = self._library.icalproperty_string_to_kind(name.encode("ascii"))
        found = self._library.icalcomponent_get_first_property(component, kind)
        while found:
            yield self._library.icalproperty_get_value_as_string(found).decode()
            found = self._library.icalcomponent_get_next_property(component, kind)
