"""The one place for what a printed document says: frozen sheets of finished words, ready for the press.

A sheet holds nothing that still has to be looked up, computed or translated, except the fixed words of the form
itself. Times stand in it as both clocks show them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from vctestimony.domain.errors import Refusal
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import Reading
from vctestimony.domain.wording import N_


class PaperFailed(Refusal):
    """The document was not made; `document` names it and `cause` says why. Nothing half-made is ever returned."""

    text = N_("The document “{document}” could not be printed: {cause}")


class PaperTooLarge(PaperFailed):
    """The document needs more time, memory or pages than one print may take."""

    text = N_("The document “{document}” is too large to print in one piece ({cause}). Print it in parts.")


class PaperBusy(PaperFailed):
    """Every press is at work and stayed so for as long as one may wait."""

    text = N_("Other documents are being printed. “{document}” was not started; try again in a minute.")


class GlyphMissing(PaperFailed):
    """A character for which the fonts of this service have no shape."""

    text = N_(
        "The document “{document}” holds characters that no font here can print: {cause}. "
        "Write them in Latin, Bengali or Devanagari letters."
    )


class Force(StrEnum):
    """How strongly a step, or the time of a step, binds: it must be seen at a glance and survive a grey copy."""

    REQUIRED = "required"
    SUGGESTED = "suggested"
    RECOMMENDED = "recommended"
    CONFIRM = "confirm"


FORCE_LABELS: dict[Force, str] = {
    Force.REQUIRED: N_("Required by law"),
    Force.SUGGESTED: N_("Suggested"),
    Force.RECOMMENDED: N_("Recommended"),
    Force.CONFIRM: N_("Confirm locally"),
}

DUTY_BY_LAW = N_("Duty by law, time suggested")
STATED_BY_LAW = N_("Stated by law")
ALLOWED_BY_LAW = N_("Allowed by law")


@dataclass(frozen=True, slots=True)
class Mark:
    """How a step binds, as its page and its paper both call it, and what that says; true of every step so marked."""

    force: Force
    label: str
    meaning: str


MARKS = (
    Mark(
        Force.REQUIRED,
        FORCE_LABELS[Force.REQUIRED],
        N_("the law cited states the duty, and the time where it gives one."),
    ),
    Mark(
        Force.SUGGESTED,
        DUTY_BY_LAW,
        N_("the law cited states the duty; the time is not claimed as binding."),
    ),
    Mark(Force.SUGGESTED, STATED_BY_LAW, N_("the law cited says so, and gives no time.")),
    Mark(Force.SUGGESTED, ALLOWED_BY_LAW, N_("the law cited allows it and does not demand it.")),
    Mark(Force.SUGGESTED, FORCE_LABELS[Force.SUGGESTED], N_("good planning; no law is claimed for it.")),
    Mark(Force.RECOMMENDED, FORCE_LABELS[Force.RECOMMENDED], N_("good practice; no law is claimed for it.")),
    Mark(
        Force.CONFIRM,
        FORCE_LABELS[Force.CONFIRM],
        N_("the text of the provision was not read; ask the local registry."),
    ),
)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A reading and the end whose clock it is; None for somebody who sits at neither end."""

    end: End | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class BothClocks:
    """One instant on two clocks; the reader's own stands first. Where there is no other end, both are the own one."""

    own: ClockFace
    other: ClockFace

    @property
    def same_day(self) -> bool:
        """Whether both calendars show the same date, so that it need not be said twice."""
        return self.own.reading.wall.date() == self.other.reading.wall.date()

    def seen_from(self, end: End) -> "BothClocks":
        """The same instant with the clock of that end first; as it is where neither clock is of that end."""
        return BothClocks(own=self.other, other=self.own) if self.other.end is end else self


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """A rule pack that the document rests on; `status` says who signed it off, or that nobody did, and since when.

    `stage` says the same in a word or two, for the foot of every page.
    """

    title: str
    version: str
    status: str
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What makes a print recognisable: its number, its version, when it was made, where to compare it."""

    number: str
    version: int
    printed: BothClocks
    verify_url: str

    @property
    def stamp(self) -> str:
        """The instant of printing as the file's own date (W3C profile of ISO 8601)."""
        return self.printed.own.reading.at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Masthead(Protocol):
    """What every page of every document says at its head and foot. Before the print there is no imprint: a preview."""

    @property
    def issuer(self) -> str:
        """From which court or post the document comes."""

    @property
    def about(self) -> str:
        """Which hearing, or which day, it is about; never a name."""

    @property
    def packs(self) -> tuple[PackLine, ...]:
        """The rule packs it was made from; empty when it was made from none."""

    @property
    def imprint(self) -> Imprint | None:
        """Number, version, time and place of comparing; None in a preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A document before its print: as HTML, and what its ruled places are for, in its own words.

    `others` tells that there are places besides, such as boxes, so that nobody counts them.
    """

    html: str
    blanks: tuple[str, ...] = ()
    others: bool = False


class Sheet(Protocol):
    """A document ready for the press: a frozen dataclass with a masthead."""

    @property
    def heading(self) -> Masthead:
        """What stands at its head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the head of every document of a hearing. `witness` is a pseudonym, always."""

    hearing_reference: str
    case_number: str
    witness: str
    court: str
    court_point: str
    remote_point: str
    starts: BothClocks
    ends: BothClocks
    packs: tuple[PackLine, ...] = ()
    imprint: Imprint | None = None

    @property
    def issuer(self) -> str:
        """The court."""
        return self.court

    @property
    def about(self) -> str:
        """Case and hearing, as the head of each page names them."""
        return f"{self.case_number} · {self.hearing_reference}"
