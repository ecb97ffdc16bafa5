"""The one place for what reading a typed file gives: its text, what was left out of it, and why one is refused."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

MOST_BYTES = 2 * 2**20
MOST_UNPACKED = 24 * 2**20
MOST_PARTS = 1_000
MOST_TIMES = 300
"""How many times larger than in the file a part may be; typed text packs twenty to thirty times."""


class Form(StrEnum):
    """How a file was written."""

    TEXT = "text"
    DOCX = "docx"
    ODT = "odt"


class Notice(StrEnum):
    """What a person should look at before the text is taken."""

    NOTES = "notes"
    NUMBERING = "numbering"
    OLD_FONT = "old_font"
    WINDOWS = "windows"


NOTICE_LABELS: dict[Notice, str] = {
    Notice.NOTES: N_("Footnotes and comments of the file are not taken. Type what belongs to the deposition."),
    Notice.NUMBERING: N_(
        "The word processor numbers some paragraphs by itself; such numbers and marks are no part of the text. "
        "Where “Q.” or “A.” came from there, type them."
    ),
    Notice.OLD_FONT: N_("The file uses an old font for Bengali or Hindi. Look whether the letters below are right."),
    Notice.WINDOWS: N_("The text is not in Unicode and was read as Windows-1252. Look whether the letters are right."),
}


@dataclass(frozen=True, slots=True)
class TypedText:
    """The text of a file, one paragraph a line."""

    text: str
    form: Form
    notices: tuple[Notice, ...] = ()


class FileUnusable(Invalid):
    """A file that is not read; why, in the sentence."""

    def __init__(self) -> None:
        super().__init__(field="file", megabytes=MOST_BYTES // 2**20)


class NoFile(FileUnusable):
    """Nothing came with the form."""

    text = N_("Choose a file.")


class FileTooLarge(FileUnusable):
    """More than is read at once."""

    text = N_("This file is larger than {megabytes} MB. Divide it into two or three smaller ones.")


class UnknownForm(FileUnusable):
    """Whatever its name says."""

    text = N_("This is no plain text, DOCX or ODT file. Save it as one of these and send it again.")


class Locked(FileUnusable):
    """Office encrypts by wrapping the file into its old format."""

    text = N_(
        "This file is protected by a password, or it is in the old format of Word (.doc). "
        "Save it without a password as DOCX or ODT."
    )


class HoldsProgram(FileUnusable):
    """A deposition needs none."""

    text = N_("This file holds a macro, which is a program. Save it as DOCX or ODT without macros.")


class HoldsObject(FileUnusable):
    """What stands in another file is not read, and must not be lost in silence."""

    text = N_("This file holds other files or objects inside. Take them out, or copy their text, and send it again.")


class HoldsChanges(FileUnusable):
    """What was deleted or inserted is not settled."""

    text = N_("This file holds tracked changes. Accept or reject all of them in the word processor first.")


class FileDamaged(FileUnusable):
    """A package that is not whole, or not what its head says."""

    text = N_("This file is damaged, or it is not what its head says. Save it anew in the word processor.")


class TooMuchInside(FileUnusable):
    """A small file can unpack to more than any machine holds."""

    text = N_("Unpacked, this file is larger than any deposition. Save only its text as a new file.")
