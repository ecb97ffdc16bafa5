"""The one place for the masthead of documents that are not about a case: a day, a week, one person's own way there."""

from dataclasses import dataclass

from vctestimony.domain.paper import Imprint, PackLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainHeading:
    """From whom and what about, in finished words; neutral where the paper must not betray what it is for.

    Lists of a day or a week say nothing here: their days are written in the language of the paper.
    """

    issuer: str
    about: str = ""
    packs: tuple[PackLine, ...] = ()
    imprint: Imprint | None = None
