"""The one place for what each person needs to take part: their kinds and their sheets.

How the conference is joined never stands on paper: only where it is shown.
"""

from dataclasses import dataclass

from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.kinds import About, Family, Kind
from vctestimony.domain.paper import BothClocks, Force
from vctestimony.domain.wording import N_

KINDS: tuple[Kind, ...] = (
    Kind(
        "joining-sheet",
        Family.JOINING,
        N_("Joining sheet"),
        N_("For one person: where and when, whom to call, what to bring, what happens, what to do if the link breaks."),
        About.PERSON,
    ),
    Kind(
        "survivor-sheet",
        Family.JOINING,
        N_("Plain sheet for the witness"),
        N_("In large print and plain words, with no case and no court in its head: what will happen, and her rights."),
        file_name="appointment",
        outside=N_("Your appointment"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A part of the hearing, or a break in it, with the room the reader sits in; a break has none."""

    title: str
    starts: BothClocks
    ends: BothClocks
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to be called: as what, the name where it may be printed, and the number, where one is known."""

    who: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A step of the procedure as the hearing's own checklist words it, how strongly it binds, and what it rests on."""

    text: str
    force: Force
    authority: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningSheet:
    """For one person. `case` and `witness` are empty for duties that need not know them; `others` are (duty, name).

    `in_room`: whom a coordinator lets into the own room, alike; a name that everybody is to be spared is empty.

    `dials_in`: the court lets its mails tell how to join, so there is a line for a number that it gives by hand.
    """

    heading: PlainHeading
    name: str
    duty: str
    reference: str
    case: str
    witness: str
    place: str
    address: str
    starts: BothClocks
    ends: BothClocks
    ready: BothClocks
    ready_rule: RuleLine | None
    joining: tuple[str, ...]
    dials_in: bool
    stages: tuple[Stage, ...]
    prepare: tuple[str, ...]
    bring: tuple[str, ...]
    calls: tuple[Call, ...]
    in_room: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    broken: tuple[RuleLine, ...]
    conduct: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStage:
    """One thing after the other, with the time on the reader's clock where it has one."""

    text: str
    starts: BothClocks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSheet:
    """For the witness, in plain words. No name, no case, no offence, and no court in its head."""

    heading: PlainHeading
    ready: BothClocks
    starts: BothClocks
    ends: BothClocks
    place: str
    address: str
    phone: str
    stages: tuple[PlainStage, ...]
    in_room: tuple[str, ...]
    on_screen: tuple[str, ...]
    safety: tuple[str, ...]

    @property
    def names_days(self) -> bool:
        """Whether her own clock passes midnight between coming and going, so that each time needs its date."""
        return len({both.own.reading.wall.date() for both in (self.ready, self.starts, self.ends)}) > 1
