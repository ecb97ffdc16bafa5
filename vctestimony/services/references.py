"""The one place that makes public references: random, unguessable, easy to read out over a bad line."""

import secrets
from collections.abc import Collection

from vctestimony.services.unit import Unit

# Crockford's base 32: no I, L, O or U, so nothing is confused when it is spoken or written by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_reference(unit: Unit, prefix: str) -> str:
    """A reference such as H-7K3F9QW2: 40 random bits, no order and no count in it."""
    raw = int.from_bytes(unit.ports.random(5), "big")
    letters = [ALPHABET[(raw >> shift) & 31] for shift in range(35, -1, -5)]
    return f"{prefix}-{''.join(letters)}"


def is_reference(text: str, prefixes: Collection[str]) -> bool:
    """Whether a text has the shape of such a reference.

    >>> is_reference("R-7K3F9QW2", "RD"), is_reference("R-7K3F9QWO", "RD"), is_reference("B-X0777123", "RD")
    (True, False, False)
    """
    prefix, _, letters = text.partition("-")
    return prefix in set(prefixes) and len(letters) == LENGTH and set(letters) <= set(ALPHABET)


def new_secret() -> str:
    """A 256-bit text for cookies and form keys."""
    return secrets.token_urlsafe(32)
