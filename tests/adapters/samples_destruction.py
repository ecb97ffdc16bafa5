"""A sample certificate of a destroyed key, with files and records."""

from collections.abc import Callable
from hashlib import sha256

from tests.adapters.paper_samples import imprint
from tests.adapters.samples_joining import LONG_PLACE
from vctestimony.domain.documents.destruction import DestructionSheet, Hashed, Held, Step
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.paper import Sheet


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def certificate(lang: str) -> Sheet:
    """Twelve files, two scans, two records; no name of anybody."""
    mark = imprint(lang)
    return DestructionSheet(
        heading=PlainHeading(
            issuer=LONG_PLACE[lang], about="Special Case (Trafficking) 1214/2026 · W-7F3K", imprint=mark
        ),
        case_number="Special Case (Trafficking) 1214/2026",
        pseudonym="PW-7",
        key=_hash("key")[:32],
        order="Exh. 90, 1214/2026",
        ordered=Step(at=mark.printed, number=812, sha256=_hash("ordered")),
        destroyed=Step(at=mark.printed, number=840, sha256=_hash("destroyed")),
        held=Held(
            files=tuple(Hashed(number=f"E-7QK4MZ{place:02}", sha256=_hash(str(place))) for place in range(12)),
            scans=tuple(Hashed(number=f"F-7QK4MZ{place}", sha256=_hash(f"f{place}")) for place in range(2)),
            words=3,
            mails=4,
            left=1,
        ),
        hearings=("H-92KQFT", "H-92KQFU"),
        records=tuple(Hashed(number=f"R-7QK4MZ{place}", sha256=_hash(f"r{place}")) for place in range(2)),
    )


SAMPLES: dict[str, Callable[[str], Sheet]] = {"certificate-of-destruction": certificate}
