"""The one place for cards that are read aloud and declarations that are signed: their kinds and their sheets."""

from dataclasses import dataclass

from vctestimony.domain.documents.citing import Statement
from vctestimony.domain.documents.kinds import Family, Kind
from vctestimony.domain.paper import BothClocks, Heading
from vctestimony.domain.wording import N_

KINDS: tuple[Kind, ...] = (
    Kind(
        "oath-interpreter",
        Family.CARDS,
        N_("Oath and affirmation of the interpreter"),
        N_("To be read aloud before the interpreter begins, and before the witness is sworn."),
    ),
    Kind(
        "oath-witness",
        Family.CARDS,
        N_("Oath and affirmation of the witness"),
        N_("To be read aloud line by line; print it in the language of the court and in hers."),
    ),
    Kind(
        "declaration-start",
        Family.CARDS,
        N_("Declaration of the Remote Point Coordinator at the start"),
        N_("The room, who is in it and what was put away; signed before the examination begins."),
    ),
    Kind(
        "declaration-end",
        Family.CARDS,
        N_("Declaration of the Remote Point Coordinator at the end"),
        N_("That nobody entered or prompted, and who left; signed when the examination is over."),
    ),
    Kind(
        "consent",
        Family.CARDS,
        N_("Consent and willingness of the witness"),
        N_("In plain words, to be read over to her; with what counsel confirms, and what is said of recording."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Words to be spoken, a line at a time; `original` is the text that governs, empty where the lines are it."""

    title: str
    lines: tuple[str, ...]
    original: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPart:
    """For a witness under twelve: what the court may ask first, and the proviso under which no oath is needed."""

    questions: tuple[str, ...]
    asking: Statement
    proviso: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class OathCard:
    """A card to read from: `name` is what may be printed of the person who swears or affirms."""

    heading: Heading
    name: str
    languages: str
    oath: Spoken
    affirmation: Spoken
    statements: tuple[Statement, ...]
    child: ChildPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InRoom:
    """Somebody named for the Remote Point, with the part in the hearing; the witness by pseudonym."""

    name: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Somebody who entered or left, as the running log has it."""

    happened: BothClocks
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationSheet:
    """What the Remote Point Coordinator declares; `present` and `sweep` at the start, `passages` at the end."""

    heading: Heading
    name: str
    statements: tuple[Statement, ...]
    present: tuple[InRoom, ...] = ()
    sweep: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentSheet:
    """What the witness says of giving evidence by video, and what calling counsel confirms."""

    heading: Heading
    languages: str
    points: tuple[Statement, ...]
    recording: tuple[Statement, ...]
    confirmed: Statement
    counsel: str
    interpreter: str
    is_child: bool
