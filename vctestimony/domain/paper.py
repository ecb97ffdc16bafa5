"""The one place for what a printed document says: frozen sheets of finished words, ready for the press.

A sheet holds nothing that still has to be looked up, computed or translated, except the fixed words of the form
itself. Times stand in it as both clocks show them.
"""

from dataclasses import dataclass
from enum import StrEnum

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

FORCE_MEANINGS: dict[Force, str] = {
    Force.REQUIRED: N_("the law cited states the duty and the time."),
    Force.SUGGESTED: N_("the law states the duty or the order of events; the time is a planning figure."),
    Force.RECOMMENDED: N_("good practice; no law is claimed for it."),
    Force.CONFIRM: N_("the text of the provision was not read; ask the local registry."),
}


class Ticked(StrEnum):
    """What the paper says was done about a step."""

    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A reading and the end whose clock it is; None for somebody who sits at neither end."""

    end: End | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class BothClocks:
    """One instant on two clocks; the reader's own stands first."""

    own: ClockFace
    other: ClockFace

    @property
    def same_day(self) -> bool:
        """Whether both calendars show the same date, so that it need not be said twice."""
        return self.own.reading.wall.date() == self.other.reading.wall.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """A rule pack that the document rests on; `status` says who signed it off, or that nobody did."""

    title: str
    version: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the head of every document. `witness` is a pseudonym, always."""

    document_number: str
    hearing_reference: str
    case_number: str
    witness: str
    court: str
    court_point: str
    remote_point: str
    starts: BothClocks
    ends: BothClocks
    printed: BothClocks
    packs: tuple[PackLine, ...]

    @property
    def stamp(self) -> str:
        """The instant of printing as the file's own date (W3C profile of ISO 8601)."""
        return self.printed.own.reading.at.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistStep:
    """One line to tick. `lang` is set where the text is in another language than the document."""

    number: str
    text: str
    who: str
    force: Force
    authority: str
    due_words: str
    due: BothClocks | None = None
    blocks: str = ""
    state: Ticked = Ticked.OPEN
    acted_by: str = ""
    acted: BothClocks | None = None
    reason: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTable:
    """The steps of one phase of the procedure, in order."""

    title: str
    steps: tuple[ChecklistStep, ...]

    @property
    def settled(self) -> int:
        """How many steps are done or waived."""
        return sum(step.state is not Ticked.OPEN for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSheet:
    """The SOP checklist of one hearing."""

    heading: Heading
    phases: tuple[PhaseTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One statement the record must hold. Without a value it prints ruled lines and who can supply it."""

    number: int
    label: str
    authority: str
    value: str = ""
    supplied_by: str = ""
    lang: str = ""

    @property
    def missing(self) -> bool:
        """Nobody has given the value; an entered "none" is a value."""
        return not self.value.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields that are read together."""

    title: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One entry of the running log."""

    number: int
    happened: BothClocks
    what: str
    by: str
    corrects: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositionLine:
    """A numbered question and answer with who spoke; without a question, a passage in the witness's own words."""

    number: int
    answer: str
    answered_by: str
    question: str = ""
    asked_by: str = ""
    note: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositionPart:
    """Examination in chief, cross-examination, re-examination, or questions by the court."""

    title: str
    lines: tuple[DepositionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """A break or loss of the link: from, to, why, what was done, and whether evidence was repeated."""

    began: BothClocks
    ended: BothClocks | None
    cause: str
    done: str
    repeated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument:
    """A document or object shown to the witness."""

    mark: str
    description: str
    original: str
    manner: str
    shown: BothClocks | None
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """A ruled box for ink. `name` is what may be printed of the signer: for the witness the pseudonym."""

    key: str
    title: str
    name: str
    end: End
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What makes a change evident: the hash of the canonical record and where to compare it."""

    sha256: str
    code: str
    verify_url: str
    sealed: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """The hearing record. Without a seal it is a draft and says so on every page."""

    heading: Heading
    groups: tuple[FieldGroup, ...]
    log: tuple[LogLine, ...]
    deposition: tuple[DepositionPart, ...]
    interruptions: tuple[Interruption, ...]
    documents: tuple[ShownDocument, ...]
    signatures: tuple[SignatureBox, ...]
    certificate: str = ""
    seal: Seal | None = None

    @property
    def missing(self) -> tuple[FieldRow, ...]:
        """The fields nobody has given yet."""
        return tuple(row for group in self.groups for row in group.rows if row.missing)
