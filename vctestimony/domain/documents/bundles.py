"""The one place for the list of contents that lies on top of many documents made at once: its kind and its sheet."""

from dataclasses import dataclass

from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.kinds import About, Family, Kind
from vctestimony.domain.wording import N_

CONTENTS = Kind(
    "contents",
    Family.PROCEDURE,
    N_("List of contents"),
    N_("Lies on top of documents that were made together."),
    About.BUNDLE,
)
KINDS: tuple[Kind, ...] = (CONTENTS,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A document of the bundle: what it is, for whom if for one person, its number and version.

    `apart` where the file stays as it is, sealed or to be filled in by a program, and is not among the joined pages.
    """

    title: str
    whom: str
    number: str
    version: int
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A document that is not in the bundle, and the whole sentence that says why."""

    title: str
    whom: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsSheet:
    """What is in a bundle, what does not apply and was left out, and what could not be made."""

    heading: PlainHeading
    title: str
    enclosed: tuple[Enclosed, ...]
    left_out: tuple[Missing, ...]
    failed: tuple[Missing, ...]
