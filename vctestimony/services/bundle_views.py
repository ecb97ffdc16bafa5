"""What the pages of bundles show: one's own list, and one bundle with how far it is and what came of each document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.access import Actor
from vctestimony.domain.documents.bundles import Missing
from vctestimony.domain.errors import Absent, NotAllowed
from vctestimony.domain.instants import Reading, read
from vctestimony.domain.wording import N_
from vctestimony.services import bundles
from vctestimony.services.bundle_files import missing
from vctestimony.services.unit import Unit
from vctestimony.store import bundles as store
from vctestimony.store.models import BundleForm, BundleRow, BundleState, LeafRow, LeafState

STATE_LABELS: dict[BundleState, str] = {
    BundleState.QUEUED: N_("waiting to be made"),
    BundleState.RUNNING: N_("being made"),
    BundleState.DONE: N_("ready"),
    BundleState.CANCELLED: N_("cancelled"),
    BundleState.FAILED: N_("could not be made"),
}
FORM_LABELS: dict[BundleForm, str] = {
    BundleForm.ZIP: N_("Single files in one ZIP"),
    BundleForm.PDF: N_("One PDF with bookmarks"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """A bundle in the list. Of a hearing: `hearing`, `case_number`, `pseudonym`; else `code`, `post` and `month_on`."""

    reference: str
    state_label: str
    is_open: bool
    is_done: bool
    asked: Reading
    until: Reading
    language: str
    done: int
    total: int
    hearing: str = ""
    case_number: str = ""
    pseudonym: str = ""
    code: str = ""
    post: str = ""
    month_on: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A printed document of a bundle; one that was sealed has no number of its own."""

    title: str
    whom: str
    number: str
    version: int


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file; the label is a marked text."""

    form: str
    label: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BundlePage:
    """One bundle: its files when it is ready, and its documents by what became of them."""

    summary: Summary
    trouble: str
    downloads: tuple[Download, ...]
    printed: tuple[Document, ...]
    left_out: tuple[Missing, ...]
    failed: tuple[Missing, ...]
    now_at: str


def own(unit: Unit, *, by: Actor) -> tuple[Summary, ...]:
    """What this person asked for and has not been forgotten, the newest first."""
    rows = [] if by.account_id is None else store.of_account(unit.session, by.account_id)
    theirs = [row for row in rows if row.expires_at > unit.now and _may_print(unit, row, by=by)]
    counted = store.progress(unit.session, [row.id for row in theirs])
    return tuple(_summary(unit, row, counted.get(row.id, (0, 0)), by=by) for row in theirs)


def _may_print(unit: Unit, row: BundleRow, *, by: Actor) -> bool:
    try:
        bundles.check_allowed(unit, row, by=by)
    except (Absent, NotAllowed):
        return False
    return True


def page(unit: Unit, reference: str, *, by: Actor) -> BundlePage:
    """The bundle, for whoever asked for it and may still print what is in it."""
    row = bundles.bundle_for(unit, reference, by=by)
    leaves = store.leaves(unit.session, row.id)
    waiting = next((leaf for leaf in leaves if leaf.state is LeafState.WAITING), None)
    is_running = row.state is BundleState.RUNNING and waiting is not None
    return BundlePage(
        summary=_summary(unit, row, _progress(leaves), by=by),
        trouble=row.trouble,
        downloads=tuple(
            Download(one.form.value, FORM_LABELS[one.form], one.size, one.sha256)
            for one in store.files(unit.session, row.id)
        ),
        printed=tuple(
            Document(leaf.title, leaf.whom, leaf.number, leaf.version)
            for leaf in leaves
            if leaf.state is LeafState.PRINTED
        ),
        left_out=missing(unit, row, leaves, LeafState.LEFT_OUT),
        failed=missing(unit, row, leaves, LeafState.FAILED),
        now_at=waiting.title if is_running and waiting is not None else "",
    )


def _progress(leaves: Sequence[LeafRow]) -> tuple[int, int]:
    return sum(leaf.state is not LeafState.WAITING for leaf in leaves), len(leaves)


def _summary(unit: Unit, row: BundleRow, progress: tuple[int, int], *, by: Actor) -> Summary:
    zone, city = by.zone or "UTC", by.city or "UTC"
    hearing = bundles.hearing_of(unit, row) if row.hearing_id is not None else None
    post = bundles.post_of(unit, row) if hearing is None else None
    return Summary(
        reference=row.reference,
        state_label=STATE_LABELS[row.state],
        is_open=row.state in store.OPEN,
        is_done=row.state is BundleState.DONE,
        asked=read(row.created_at, zone, city),
        until=read(row.expires_at, zone, city),
        language=row.language,
        done=progress[0],
        total=progress[1],
        hearing=hearing.reference if hearing else "",
        case_number=hearing.case.number if hearing else "",
        pseudonym=hearing.witness.pseudonym if hearing else "",
        code=post.code if post else "",
        post=post.name if post else "",
        month_on=row.from_on,
    )
