"""The one place for what a kind of document is: its code, its title, what it is for and about whom it is."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.wording import N_


class About(StrEnum):
    """What one print of a kind is about; it decides what must be named beside the kind.

    What is sealed is of a hearing too, but names the witness: it is printed in a way of its own, with a reason.
    """

    HEARING = "hearing"
    PERSON = "person"
    POST = "post"
    SEALED = "sealed"
    BUNDLE = "bundle"


class Family(StrEnum):
    """Documents that are used together, in the order in which they are offered."""

    PROCEDURE = "procedure"
    FORMS = "forms"
    JOINING = "joining"
    CARDS = "cards"
    CLOSING = "closing"
    LISTS = "lists"


FAMILY_LABELS: dict[Family, str] = {
    Family.PROCEDURE: N_("Procedure and record"),
    Family.FORMS: N_("Requests, letters and notices"),
    Family.JOINING: N_("For those who take part"),
    Family.CARDS: N_("Oaths and declarations"),
    Family.CLOSING: N_("Certificates and dispatch"),
    Family.LISTS: N_("Lists of the day and the week"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. `code` is its name in addresses and templates, `use` is one line for who chooses.

    Where code and title would betray what it is to whoever finds the paper, its file is named by `file_name` and the
    register calls it `outside`.
    """

    code: str
    family: Family
    title: str
    use: str
    about: About = About.HEARING
    file_name: str = ""
    outside: str = ""

    @property
    def title_outside(self) -> str:
        """What the register tells of it to whoever holds the paper."""
        return self.outside or self.title
