"""The one place for cards that are read aloud and declarations that are signed: their kinds and their sheets."""

from dataclasses import dataclass

from vctestimony.domain.documents.kinds import Family, Kind
from vctestimony.domain.paper import Heading
from vctestimony.domain.wording import N_

KINDS: tuple[Kind, ...] = (
    Kind(
        "oath-interpreter",
        Family.CARDS,
        N_("Oath and affirmation of the interpreter"),
        N_("To be read aloud before the interpreter begins, and before the witness is sworn."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OathCard:
    """A card to read from: `name` is what may be printed of the person who swears or affirms; `authority` as cited."""

    heading: Heading
    name: str
    languages: str
    authority: str
