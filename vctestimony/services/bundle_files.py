"""The one place that puts the documents of a bundle together: the list of contents, one ZIP, one joined PDF.

The same documents give the same files, byte for byte: nothing in them tells when they were put together.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from vctestimony.domain.access import SYSTEM, Actor
from vctestimony.domain.documents.bundles import CONTENTS, ContentsSheet, Enclosed, Missing
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.paper import Sheet
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.bundle_leaves import NothingThatDay
from vctestimony.services.bundles import hearing_of, post_of
from vctestimony.services.papers import lists
from vctestimony.services.papers.making import Made
from vctestimony.services.printing import Draft, Printed, issued, stamped
from vctestimony.services.unit import Unit, Units
from vctestimony.store import bundles as store
from vctestimony.store.models import BundleRow, LeafRow, LeafState

EVERYTHING, DAY_SHEETS = N_("Everything for this hearing"), N_("Day sheets of the month {month}")
_CONTENTS, _LEFT_OUT, _FAILED = N_("Contents"), N_("Left out, because it does not apply"), N_("Could not be made")
_FREE_DAYS = N_("No hearing on {count} days of the month.")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A printed document at hand: its name for readers, its file, and itself loose; nothing where it stays apart."""

    label: str
    file_name: str
    content: bytes
    loose: bytes


def named(title: str, whom: str) -> str:
    """A document for the bookmarks and for lists."""
    return f"{title} – {whom}" if whom else title


def contents_draft(unit: Unit, row: BundleRow) -> Draft:
    """The list of contents as the documents of the bundle stand."""
    leaves, language = store.leaves(unit.session, row.id), row.language
    title = unit.ports.words.gettext(language, EVERYTHING if row.hearing_id is not None else DAY_SHEETS)
    month = unit.ports.words.month(language, row.from_on) if row.from_on else ""

    def made(issuer: str, about: str) -> Made:
        return Made(
            ContentsSheet(
                heading=PlainHeading(issuer=issuer, about=about),
                title=title.format(month=month),
                enclosed=tuple(_enclosed(leaf) for leaf in leaves if leaf.state is LeafState.PRINTED),
                left_out=missing(unit, row, leaves, LeafState.LEFT_OUT),
                failed=missing(unit, row, leaves, LeafState.FAILED),
            )
        )

    if row.from_on is None:
        hearing = hearing_of(unit, row)
        return Draft(
            kind=CONTENTS,
            key="|".join((hearing.reference, CONTENTS.code, language)),
            language=language,
            made=made(hearing.court.name, f"{hearing.case.number} · {hearing.reference}"),
            clocks=hearing_clocks.clocks_for(hearing),
            subject=hearing.reference,
            hearing_id=hearing.id,
            starts_at=hearing.starts_at,
        )
    post = post_of(unit, row)
    of_day = lists.drafts_for_day(unit, post, row.from_on, language, by=SYSTEM)
    about = f"{row.from_on:%Y-%m}"
    key = "|".join((post.code, CONTENTS.code, about, language))
    return replace(of_day, kind=CONTENTS, key=key, made=made(post.name, month), facts={"about": about})


@dataclass(frozen=True, slots=True)
class Top:
    """The list of contents, printed, and loose to be joined with the others."""

    printed: Printed
    text: bytes
    label: str
    loose: bytes


def top(units: Units, draft: Draft, *, by: Actor) -> Top:
    """Print the list of contents; it has a number and versions of its own."""

    def word(text: str) -> str:
        return units.ports.words.gettext(draft.language, text)

    printed, imprint = issued(units, draft, by=by)
    sheet = stamped(draft.made.sheet, imprint)
    loose = units.ports.press.loose(CONTENTS.code, sheet, lang=draft.language)
    return Top(printed, _as_text(draft.made.sheet, word).encode("utf-8"), word(CONTENTS.title), loose)


def as_zip(contents: Top, leaves: Sequence[Leaf]) -> bytes:
    """The list of contents as text and as paper, then every document, in order."""
    files = [("contents.txt", contents.text), (f"00-{contents.printed.file_name}", contents.printed.content)]
    return zipped(files + [(f"{place:02}-{leaf.file_name}", leaf.content) for place, leaf in enumerate(leaves, 1)])


def as_pdf(units: Units, contents: Top, leaves: Sequence[Leaf]) -> bytes:
    """One PDF: the list of contents, then every document with pages of its own; PaperFailed where it cannot be."""
    loose = [(contents.label, contents.loose), *((leaf.label, leaf.loose) for leaf in leaves if leaf.loose)]
    apart = {leaf.file_name: leaf.content for leaf in leaves if not leaf.loose}
    return units.ports.press.joined(CONTENTS.code, loose, apart=apart)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files under these names in this order, each dated alike and stored as it is."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def _enclosed(leaf: LeafRow) -> Enclosed:
    return Enclosed(
        title=leaf.title,
        whom=leaf.whom,
        number=leaf.number,
        version=leaf.version,
        apart=leaf.apart,
    )


def missing(unit: Unit, row: BundleRow, leaves: Sequence[LeafRow], state: LeafState) -> tuple[Missing, ...]:
    """What was left out, or failed; persons and days for which the same is so stand together, free days as a count."""
    free = unit.ports.words.gettext(row.language, NothingThatDay.text)
    found: dict[tuple[str, str], list[str]] = {}
    for leaf in leaves:
        if leaf.state is state:
            found.setdefault((leaf.title, leaf.why), []).append(leaf.whom)
    return tuple(
        Missing(title=title, whom="", why=unit.ports.words.gettext(row.language, _FREE_DAYS).format(count=len(who)))
        if why == free and len(who) > 1
        else Missing(title=title, whom="; ".join(filter(None, who)), why=why)
        for (title, why), who in found.items()
    )


def _as_text(sheet: Sheet, word: Callable[[str], str]) -> str:
    """The list of contents for whoever opens the ZIP without a reader of PDF."""
    if not isinstance(sheet, ContentsSheet):
        raise TypeError(type(sheet))
    lines = [sheet.title, sheet.heading.issuer, sheet.heading.about, "", word(_CONTENTS)]
    for place, one in enumerate(sheet.enclosed, 1):
        imprint = f"{one.number}/{one.version}" if one.number else ""
        lines.append("  ".join(filter(None, (f"{place:02}", named(one.title, one.whom), imprint))))
    for title, absent in ((_LEFT_OUT, sheet.left_out), (_FAILED, sheet.failed)):
        if absent:
            lines += ["", word(title), *(f"{named(one.title, one.whom)}: {one.why}" for one in absent)]
    return "\n".join(lines) + "\n"
