"""The one place for what a scan may be: what was found in the file, and in which words it is refused."""

from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.errors import Conflict, Invalid, Unavailable
from vctestimony.domain.evidence import FileKind
from vctestimony.domain.wording import N_

MOST_PAGES = 2000
KINDS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})


class Inside(StrEnum):
    """What a file can hold that a scanner never puts there."""

    SCRIPT = "script"
    ACTION = "action"
    FILE = "file"
    MEDIA = "media"


INSIDE_LABELS: dict[Inside, str] = {
    Inside.SCRIPT: N_("JavaScript"),
    Inside.ACTION: N_("an action that opens, starts or sends something"),
    Inside.FILE: N_("another file"),
    Inside.MEDIA: N_("sound, film or another active part"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What stands in a PDF: its pages, whether it is encrypted, fields one can fill in, and what does not belong."""

    pages: int
    encrypted: bool = False
    fields: int = 0
    inside: tuple[Inside, ...] = ()


class NotAScan(Invalid):
    """A mail or a text shows no signature."""

    text = N_("This is no scan. Send the pages as PDF, JPEG or PNG.")


class NotPdf(Invalid):
    """A picture cannot be signed electronically."""

    text = N_("This scan is to be signed electronically, and a picture cannot be. Scan it into a PDF.")


class ScanBroken(Invalid):
    """Whatever it says it is, nobody could open it."""

    text = N_("This PDF is damaged or cut off. Scan the pages again, or save the file anew and send that.")


class ScanEncrypted(Invalid):
    """What needs a password today will not be opened in ten years."""

    text = N_("This PDF is encrypted. Send it without a password and without restrictions.")


class ScanActive(Invalid):
    """A scan is pictures of pages and nothing else."""

    text = N_("This PDF holds what no scan has: {what}. Print the pages and scan them.")


class ScanEditable(Invalid):
    """Model Rules 8.8.2 asks for a scan that cannot be edited."""

    text = N_(
        "This PDF has fields that can be filled in or changed. Print it and scan the pages, or print it into a PDF."
    )


class ScanEmpty(Invalid):
    """A file without a page shows no signature."""

    text = N_("This PDF has no page.")


class ScanTooLong(Invalid):
    """More pages than any deposition has."""

    text = N_("This PDF has more than {most} pages. Send the pages of this transcript only.")


class ScanTooHard(Invalid):
    """Reading it took more time or memory than any scan needs."""

    text = N_("This PDF takes too long to be looked through. Print the pages and scan them anew.")


class ScansBusy(Unavailable):
    """Others' scans are being looked through."""

    text = N_("Other scans are being looked through at this moment. Nothing was saved; send it again in a minute.")


class ScanKept(Conflict):
    """The very same bytes."""

    text = N_("This very file is kept for this hearing already. Send the scan of this step.")


REFUSALS: tuple[type[Invalid], ...] = (ScanBroken, ScanEncrypted, ScanTooHard)
"""What the reading itself can answer; by the name of its class."""


def check(found: Scanned) -> None:
    """Refuse what is not the picture of pages."""
    if found.encrypted:
        raise ScanEncrypted(field="file")
    if found.pages < 1:
        raise ScanEmpty(field="file")
    if found.pages > MOST_PAGES:
        raise ScanTooLong(field="file", most=MOST_PAGES)
    if found.inside:
        raise ScanActive(field="file", what=INSIDE_LABELS[found.inside[0]])
    if found.fields:
        raise ScanEditable(field="file")
