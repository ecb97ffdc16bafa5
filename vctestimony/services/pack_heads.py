"""The one place that words the heads of the packs a checklist was made from, for pages and paper alike."""

from dataclasses import asdict, dataclass
from datetime import date

from vctestimony.domain import sop
from vctestimony.services.unit import Unit
from vctestimony.store.models import ChecklistRow


@dataclass(frozen=True, slots=True)
class PackHead:
    """A pack as it stood when the checklist was made; `standing` is its effective date and status in words.

    `stage` is the status alone, for the foot of a page.
    """

    id: str
    title: str
    version: str
    standing: str
    stage: str


def as_row(head: sop.Head) -> dict[str, str]:
    """The head as a checklist keeps it."""
    return {name: "" if value is None else str(value) for name, value in asdict(head).items()}


def of_checklist(unit: Unit, row: ChecklistRow | None, *, language: str) -> tuple[PackHead, ...]:
    """The packs of the checklist in the reader's language."""
    return tuple(_head(unit, pack, language=language) for pack in (row.packs if row else []))


def standing(unit: Unit, head: sop.Head, *, language: str) -> str:
    """Effective date and status of a pack in the reader's language."""
    words = unit.ports.words
    return sop.standing_words(
        head,
        translate=lambda text: words.gettext(language, text),
        day=lambda on: words.day(language, on),
    )


def _head(unit: Unit, pack: dict[str, str], *, language: str) -> PackHead:
    title = pack.get(f"title_{language}") or pack["title_en"]
    if not pack.get("effective_on"):
        # A checklist made before heads were kept whole; every pack was a draft then.
        draft = unit.ports.words.gettext(language, sop.DRAFT)
        return PackHead(pack["id"], title, pack["version"], draft, draft)
    head = _from_row(pack)
    stage = sop.DRAFT if head.status is sop.Status.DRAFT else sop.STATUS_LABELS[head.status]
    words = standing(unit, head, language=language), unit.ports.words.gettext(language, stage)
    return PackHead(pack["id"], title, pack["version"], *words)


def _from_row(pack: dict[str, str]) -> sop.Head:
    def on(name: str) -> date | None:
        return date.fromisoformat(pack[name]) if pack[name] else None

    return sop.Head(
        version=pack["version"],
        effective_on=date.fromisoformat(pack["effective_on"]),
        status=sop.Status(pack["status"]),
        reviewed_by=pack["reviewed_by"],
        reviewed_on=on("reviewed_on"),
        adopted_by=pack["adopted_by"],
        adopted_on=on("adopted_on"),
        adopted_under=pack["adopted_under"],
    )
