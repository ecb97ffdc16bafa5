"""The one place that bounds the numbers of addresses: digits 0-9, few enough for any table; else nothing is there."""

import re
from collections.abc import Mapping

from flask import Flask
from werkzeug.routing import IntegerConverter

_DIGITS = "[0-9]{1,9}"


class Number(IntegerConverter):
    """What `<int:…>` in a route takes."""

    regex = _DIGITS


def bind(app: Flask) -> None:
    """Let every route of `app` take such numbers only; before its routes are made."""
    app.url_map.converters["int"] = Number


def asked(values: Mapping[str, str], name: str) -> int | None:
    """The number behind the question mark, or in a hidden field; None where there is none.

    >>> asked({"page": "3"}, "page"), asked({"page": "9" * 30}, "page"), asked({"page": "\u09e7"}, "page")
    (3, None, None)
    """
    typed = values.get(name, "")
    return int(typed) if re.fullmatch(_DIGITS, typed) else None
