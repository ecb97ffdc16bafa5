"""The one place for the certificate that the key of a witness's identity was destroyed: its kind and its sheet.

It tells pseudonym, times, order and hashes only: no name of anybody stands on it.
"""

from dataclasses import dataclass

from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.kinds import About, Family, Kind
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.wording import N_

DESTRUCTION = Kind(
    "certificate-of-destruction",
    Family.CLOSING,
    N_("Certificate of destruction"),
    N_("That the key of a sealed identity was destroyed, what is gone with it and what stays."),
    About.SEALED,
)
KINDS: tuple[Kind, ...] = (DESTRUCTION,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something done, when, and its entry in the journal: number and hash."""

    at: BothClocks
    number: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashed:
    """A file or a record by its number, and its hash."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What her key held beside the identity: `files` kept with steps, and `scans` of the signed paper.

    `words` counts words that were left out of copies, `mails` those that came in about her hearings. `left` counts what
    the key of the service still holds: it came after the destruction, or an older version destroyed the key.
    """

    files: tuple[Hashed, ...]
    scans: tuple[Hashed, ...]
    words: int
    mails: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DestructionSheet:
    """The whole certificate."""

    heading: PlainHeading
    case_number: str
    pseudonym: str
    key: str
    order: str
    ordered: Step
    destroyed: Step
    held: Held
    hearings: tuple[str, ...]
    records: tuple[Hashed, ...]
