"""The one place that says which passwords are good enough: length, and not made of what everybody tries first.

No rule about kinds of characters (NIST SP 800-63B 3.1.1.2, OWASP ASVS 6.2): a long sentence in any script is welcome.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import pairwise

from vctestimony.domain.errors import Invalid, Unavailable
from vctestimony.domain.wording import N_

SHORTEST = 15
LONGEST = 200
# What must be left when every known piece is taken out.
_OWN_CHARACTERS, _OWN_KINDS = 8, 5
_SHORTEST_PIECE = 3

# Pieces that lists of stolen passwords are made of, and words that lie near at hand in this service.
_WORDS = """
    123456 654321 1q2w3e4r 1qaz2wsx 2wsx3edc abc123 abcd1234 access action admin administrator advocate alexander amanda
    andrea andrew angel anthony apple asdf asdfgh asdfghjkl ashley asshole august austin autumn babygirl badboy bailey
    banana bangla bangladesh barbie baseball basketball batman bengali bharat bigboy birthday blessed bombay boston
    brandon brooklyn bubbles buster butterfly calcutta calendar candidate carlos change changeit changeme charlie
    cheese chelsea chennai chicken chocolate christ clerk coffee computer confirm consulate cookie coordinator correct
    court cricket daniel david december default deepak delhi demo dhaka diamond district dragon eagle eleven embassy
    family february ferrari flower football forever freedom friday friend fuckyou gandhi ganesh george ginger google
    guest hanuman hannah happy harley hearing heather hello hunter hyderabad iloveyou india internet interpreter
    jackson january jasmine jasper jennifer jessica jordan joseph joshua judge judicial july june junior justice justin
    karnataka kerala killer kolkata krishna kumar lakshmi letmein liverpool login london lovely lucky maggie magistrate
    maharashtra manager march maria martin master matrix matthew michael michelle mission monday monkey morgan mother
    muhammad mumbai mustang naruto nathan nicole ninja nothing november number october office officer orange passw0rd
    passphrase password patna peanut pepper phoenix please pokemon police princess prosecutor purple qazwsx qwer qwerty
    qwertyuiop rabbit rachel ranger register robert root sachin samantha samsung sandeep saturday scooter secret section
    secure security september session shadow shiva silver smokey soccer spring starwars sudo summer sunday sunshine
    superman support sweet temp temporary test testimony testing thomas thursday tigger trafficking trial trustno1
    tuesday user vctestimony victoria video wednesday welcome whatever william winner winter witness xxxx yankees
    zaq12wsx zxcv zxcvbn zxcvbnm horse battery staple
"""
_COMMON = frozenset(_WORDS.split())
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_IN_STEPS = frozenset(pair for row in _ROWS for line in (row, row[::-1]) for pair in map("".join, pairwise(line)))
_INSTEAD = str.maketrans("@4301!$57", "aaeoiisst")


class PasswordTooShort(Invalid):
    """Fewer characters than the least."""

    text = N_(
        "This password has {length} characters. Use at least {least}; four or five unrelated words are easy to keep."
    )


class PasswordGuessable(Invalid):
    """Made of words, names and rows of keys that are tried first."""

    text = N_(
        "This password is made of words, names or rows of keys that are tried first. "
        "Use four or five words that have nothing to do with each other or with this work."
    )


class PasswordBreached(Invalid):
    """Somewhere it was stolen, so it is in the lists that are tried first (ASVS 6.2.12)."""

    text = N_(
        "This password is in the lists of stolen passwords, which are tried first. Choose another one, "
        "and change this one wherever else you use it."
    )


class PasswordListUnusable(Unavailable):
    """Nobody can say whether it was stolen; so it is not taken."""

    text = N_(
        "Nothing was changed: the list of stolen passwords cannot be read just now, and without it no password is "
        "taken. Tell whoever runs the service, and try again later."
    )


def exact(password: str) -> str:
    """The password as it is hashed: NFC, because keyboards send the same Bengali or Hindi letter in two ways."""
    return unicodedata.normalize("NFC", password)


def check(password: str, *, near: Iterable[str], breached: Callable[[str], bool], field: str = "password") -> None:
    """Refuse a password that is short, guessable or stolen; `near` are words about the person: name, address, court."""
    length = len(exact(password))
    if length < SHORTEST:
        raise PasswordTooShort(length=length, least=SHORTEST, field=field)
    plain = unicodedata.normalize("NFKC", password).casefold()
    pieces = _COMMON.union(*(_pieces(text) for text in near))
    for spelled in (plain, plain.translate(_INSTEAD)):
        left = _own(spelled, pieces)
        if len(left) < _OWN_CHARACTERS or len(set(left)) < _OWN_KINDS:
            raise PasswordGuessable(field=field)
    if breached(exact(password)):
        raise PasswordBreached(field=field)


def _pieces(text: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return frozenset(piece for piece in found if len(piece) >= _SHORTEST_PIECE)


def _own(spelled: str, pieces: Iterable[str]) -> str:
    """What is left without the known pieces, blanks and marks, and without rows of keys and repeated characters."""
    for piece in sorted(pieces, key=lambda known: (-len(known), known)):
        spelled = spelled.replace(piece, " ")
    letters = [c for c in spelled if c.isalnum() or unicodedata.category(c).startswith("M")]
    return "".join(here for before, here in zip(["", *letters], letters, strict=False) if not _follows(before, here))


def _follows(before: str, here: str) -> bool:
    return before == here or before + here in _IN_STEPS
