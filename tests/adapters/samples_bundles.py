"""A sample list of contents, longer than a page."""

from collections.abc import Callable

from tests.adapters.paper_samples import TEXTS, imprint
from tests.adapters.samples_joining import LONG_NAME, LONG_PLACE
from vctestimony.domain.documents.bundles import ContentsSheet, Enclosed, Missing
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.paper import Sheet


def contents(lang: str) -> Sheet:
    """Thirty documents, one of them sealed; four that do not apply, one that failed."""
    titles, why = TEXTS[lang]["people"], TEXTS[lang]["steps"][0]
    return ContentsSheet(
        heading=PlainHeading(
            issuer=LONG_PLACE[lang], about="Special Case (Trafficking) 1214/2026 · H-92KQFT", imprint=imprint(lang)
        ),
        title=TEXTS[lang]["phrases"][0],
        enclosed=tuple(
            Enclosed(
                title=titles[place % len(titles)],
                whom=LONG_NAME[lang] if place % 3 == 1 else "",
                number="" if place == 5 else f"D-7QK4MZ{place:02}",
                version=1 + place % 4,
                apart=place == 5,
            )
            for place in range(30)
        ),
        left_out=tuple(Missing(title=titles[0], whom="", why=why) for _ in range(4)),
        failed=(Missing(title=titles[1], whom=LONG_NAME[lang], why=why),),
    )


SAMPLES: dict[str, Callable[[str], Sheet]] = {"contents": contents}
