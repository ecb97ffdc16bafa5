"""The worker's use-cases for bundles: take one up, have document by document made, put the files together.

Each document is printed and journalled as if it were asked for alone, and kept at once. A worker that dies leaves a
lease that runs out; the next one goes on with the first document that still waits.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from threading import Event

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Refusal
from vctestimony.domain.paper import PaperFailed
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import bundle_files, bundle_leaves, bundles, journal
from vctestimony.services.bundle_files import Leaf, named
from vctestimony.services.bundle_leaves import NOT_POSSIBLE, Outcome, asker, in_words
from vctestimony.services.rounds import keep_at
from vctestimony.services.unit import NotRead, NotSaved, Unit, Units
from vctestimony.store import bundles as store
from vctestimony.store.models import BundleFileRow, BundleForm, BundleRow, BundleState, LeafRow, LeafState

LEASE, JOINING_LEASE = timedelta(seconds=60), timedelta(seconds=200)
"""For one document, which rarely takes as long, and for putting the files together, which never takes longer."""
IDLE_SECONDS = 1.0
NOTHING = N_("None of the documents could be made.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A bundle in hand."""

    bundle_id: int
    owner: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How a bundle ended: a marked text or a refusal where something is amiss, the files where there are any."""

    state: BundleState
    trouble: str = ""
    refusal: Refusal | None = None
    files: Mapping[BundleForm, bytes] = field(default_factory=dict)
    by: Actor | None = None


def run(units: Units, *, owner: str, stop: Event) -> None:
    """Make whatever bundles are asked for until told to stop. Runs beside the post, so that mail never waits."""
    keep_at(
        lambda: make_one(units, owner=owner, stop=stop), stop=stop, idle_seconds=IDLE_SECONDS, log=log, what="printing"
    )


def make_one(units: Units, *, owner: str, stop: Event | None = None) -> bool:
    """Make the oldest bundle that waits, or go on with it; False when none does."""
    with units.reading() as unit:
        if not store.any_due(unit.session, now=unit.now):
            return False
    taken = _take_up(units, owner)
    if taken is None:
        return False
    try:
        while (leaf_id := _next(units, taken)) is not None:
            _keep(units, taken, leaf_id, bundle_leaves.made(units, taken.bundle_id, leaf_id))
            if stop is not None and stop.is_set():
                _let_go(units, taken)
                return True
        _finish(units, taken)
    except (NotSaved, NotRead):  # a later round goes on with it
        raise
    except Refusal as refusal:
        _end(units, taken, Ended(BundleState.FAILED, refusal=refusal))
    except Exception:
        log.exception("a bundle could not be made")
        _end(units, taken, Ended(BundleState.FAILED, NOT_POSSIBLE))
    return True


def _take_up(units: Units, owner: str) -> _Taken | None:
    with units.writing(wakes=False) as unit:
        row = store.next_due(unit.session, now=unit.now)
        if row is None:
            return None
        row.state, row.owner, row.leased_until = BundleState.RUNNING, owner, unit.now + LEASE
        return _Taken(row.id, owner)


def _let_go(units: Units, taken: _Taken) -> None:
    """Leave the rest to whoever comes next, at once."""
    with units.writing(wakes=False) as unit:
        row = store.owned(unit.session, bundle_id=taken.bundle_id, owner=taken.owner)
        if row is not None:
            row.state, row.owner, row.leased_until = BundleState.QUEUED, "", None


def _next(units: Units, taken: _Taken) -> int | None:
    """The next document, the lease renewed; None when none waits or the bundle is not ours any more."""
    with units.writing(wakes=False) as unit:
        row = store.owned(unit.session, bundle_id=taken.bundle_id, owner=taken.owner)
        if row is None:
            return None
        leaf = store.next_leaf(unit.session, row.id)
        row.leased_until = unit.now + (JOINING_LEASE if leaf is None else LEASE)
        return None if leaf is None else leaf.id


def _keep(units: Units, taken: _Taken, leaf_id: int, outcome: Outcome) -> None:
    """Write down what became of a document, unless somebody has already, or the bundle was cancelled.

    Whoever lost the lease over a slow document keeps it all the same: so it is never drawn for ever by turns.
    """
    with units.writing(wakes=False) as unit:
        if not store.is_running(unit.session, taken.bundle_id):
            return
        leaf = unit.session.get_one(LeafRow, leaf_id)
        if leaf.state is LeafState.WAITING:
            leaf.state, leaf.why, leaf.file_name = outcome.state, outcome.why, outcome.file_name
            leaf.number, leaf.version = outcome.number, outcome.version
            leaf.content, leaf.loose, leaf.apart = outcome.content, outcome.loose, outcome.apart


def _finish(units: Units, taken: _Taken) -> None:
    """Put the files together and end the bundle; without the joined PDF where only that cannot be made."""
    with units.reading() as unit:
        row = store.owned(unit.session, bundle_id=taken.bundle_id, owner=taken.owner)
        if row is None:
            return
        leaves, by = _at_hand(unit, row), asker(unit, row)
        draft = bundle_files.contents_draft(unit, row)
    if not leaves:
        _end(units, taken, Ended(BundleState.FAILED, NOTHING))
        return
    contents = bundle_files.top(units, draft, by=by)
    files = {BundleForm.ZIP: bundle_files.as_zip(contents, leaves)}
    refusal: Refusal | None = None
    try:
        files[BundleForm.PDF] = bundle_files.as_pdf(units, contents, leaves)
    except PaperFailed as error:
        refusal = error
    _end(units, taken, Ended(BundleState.DONE, refusal=refusal, files=files, by=by))


def _at_hand(unit: Unit, row: BundleRow) -> list[Leaf]:
    return [
        Leaf(named(one.title, one.whom), one.file_name, one.content or b"", one.loose or b"")
        for one in store.printed(unit.session, row.id)
    ]


def _end(units: Units, taken: _Taken, ended: Ended) -> None:
    """Write the end down with the files, kept for their time from now; nothing if the bundle is no longer ours."""
    with units.writing(wakes=False) as unit:
        row = store.owned(unit.session, bundle_id=taken.bundle_id, owner=taken.owner)
        if row is None:
            return
        why = units.ports.words.gettext(row.language, ended.trouble)
        row.trouble = in_words(units, row.language, ended.refusal) if ended.refusal is not None else why
        row.state, row.owner, row.leased_until = ended.state, "", None
        row.ended_at, row.expires_at = unit.now, unit.now + unit.ports.lasts(Held.BUNDLES)
        store.empty(unit.session, row.id)
        hashes = {form.value: _stored(unit, row, form, content) for form, content in ended.files.items()}
        if ended.by is not None:
            subject = bundles.subject_for(unit, row)
            journal.write(unit, "bundle.made", subject=subject, by=ended.by, bundle=row.reference, **hashes)


def _stored(unit: Unit, row: BundleRow, form: BundleForm, content: bytes) -> str:
    """Keep one file under a neutral name; gives its hash."""
    digest = sha256(content).hexdigest()
    file_name = f"papers-{row.reference}.{form}"
    unit.session.add(
        BundleFileRow(
            bundle_id=row.id, form=form, file_name=file_name, size=len(content), sha256=digest, content=content
        )
    )
    return digest
