"""The one place that gives back on an error's page what somebody typed, so that a bad day costs no work.

It stands on the page alone: nothing is stored, and it asks neither session nor database. Files must be chosen again.
"""

from flask import request

_LETTERS = 200_000
_ENDINGS = ("password", "passcode", "secret")
_MACHINERY = frozenset({"csrf_token", "once", "version"})

Fields = tuple[tuple[str, str], ...]


def fields() -> Fields:
    """Every field of the form that was sent, as it was sent; nothing secret, and nothing where it is far too much."""
    if request.method != "POST":
        return ()
    try:
        sent = request.form
    except OSError:  # the disk on which a file in the form was laid down is full
        return ()
    found = tuple((name, value) for name, value in sent.items(multi=True) if not name.endswith(_ENDINGS))
    return found if sum(len(value) for _, value in found) <= _LETTERS else ()


def typed(found: Fields) -> Fields:
    """Those that a person filled in.

    >>> typed((("csrf_token", "x"), ("title", "CRL 1"), ("note", "")))
    (('title', 'CRL 1'),)
    """
    return tuple((name, value) for name, value in found if name not in _MACHINERY and value.strip())
