"""The one place that says to anybody what the signatures of a compared file are: how many hold and of what duty.

Never whose they are. Only a file that begins as one that was sealed, or offered to be signed, here is examined: any
other would cost the service a process, and its signatures would tell nothing of a record of this court.
"""

from dataclasses import dataclass

from vctestimony.domain.errors import Refusal
from vctestimony.domain.signing import BY_FIELD
from vctestimony.domain.wording import N_
from vctestimony.services import signing
from vctestimony.services.comparing import FileVerdict, What
from vctestimony.services.signing_report import SignatureView
from vctestimony.services.unit import Unit

_ANOTHER_FIELD = N_("Another field")
_HOLDING = frozenset({"ok", "warn"})


@dataclass(frozen=True, slots=True)
class NamelessSignature:
    """One signature: the duty of whoever made it, what it was found to be, whether it was made through this service."""

    duty: str
    headline: str
    tone: str
    made_here: bool


@dataclass(frozen=True, slots=True)
class SignaturesSeen:
    """What is known of the file as one that is signed, and each of its signatures; all words are marked with N_.

    `known_here`: it begins as one that was offered to be signed here. `trouble` says why nothing could be examined.
    """

    words: str
    known_here: bool = False
    signatures: tuple[NamelessSignature, ...] = ()
    trouble: str = ""

    @property
    def holding(self) -> int:
        """How many hold: they fit the file, and their issuer is trusted, or this court has no list of issuers."""
        return sum(one.tone in _HOLDING for one in self.signatures)


def seen(unit: Unit, content: bytes, found: FileVerdict) -> SignaturesSeen | None:
    """The signatures of a file that was compared; None where it has none, or is none of this court's."""
    if found.what not in {What.EXTENDED, What.ALTERED, What.UNKNOWN}:
        return None
    known = signing.known_as(unit, content)
    if known is None and found.what is not What.EXTENDED:
        return None
    words, known_here = signing.in_words(known), known is not None
    try:
        report = signing.known(unit, content)
    except Refusal as trouble:
        return SignaturesSeen(words, known_here, trouble=trouble.text)
    return SignaturesSeen(words, known_here, tuple(_nameless(one) for one in report.signatures))


def _nameless(one: SignatureView) -> NamelessSignature:
    """A field of another name may hold anybody's words; they are not repeated on a page that is open to all."""
    label = BY_FIELD[one.field].label if one.field in BY_FIELD else _ANOTHER_FIELD
    return NamelessSignature(one.duty or label, one.headline, one.tone, bool(one.account))
