"""The one place for why a file is not taken before anybody reads it."""

from vctestimony.domain.errors import Invalid, Unavailable
from vctestimony.domain.wording import N_


class FileInfected(Invalid):
    """Something in it is known as malware."""

    text = N_(
        "This file was not kept: it holds something that is known as harmful ({found}). "
        "Have the computer looked at that it comes from, and ask for the file anew."
    )


class ScannerUnreachable(Unavailable):
    """Nobody can say what it holds; so it is not taken."""

    text = N_(
        "Nothing was kept: files are looked through for malware first, and that is not possible just now. Try again in "
        "a minute; if it goes on, tell whoever runs the service."
    )
