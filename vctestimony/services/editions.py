"""The one place that keeps the editions of the rule packs and says from which a hearing's checklist is made."""

from collections.abc import Sequence

from vctestimony.domain import sop
from vctestimony.services.unit import Unit
from vctestimony.store import editions as store
from vctestimony.store.models import ChecklistRow, EditionRow

SHORT = 12
"""Letters of a digest that name it; a version is never so long that they could be one."""


def keep(unit: Unit, packs: Sequence[sop.Pack]) -> str:
    """Keep these editions for good and give the digest of them all; packs read from no file are not kept."""
    collection = sop.collection_of(packs)
    if not collection.digest or store.is_kept(unit.session, collection.digest):
        return collection.digest
    versions = {pack.id: pack.version for pack in packs}
    rows = [
        {"pack_id": name, "version": versions.get(name, ""), "digest": edition.digest, "content": edition.content}
        for name, edition in sop.editions_of(packs).items()
    ]
    store.keep(unit.session, rows, digest=collection.digest, members=collection.members, at=unit.now)
    return collection.digest


def for_checklist(unit: Unit, row: ChecklistRow | None, *, high_court: str) -> tuple[sop.Pack, ...]:
    """The editions a checklist is made from: its own, or the newest for one that has none yet.

    Its own have nothing for a court whose pack was written later; the newest are taken then.
    """
    newest = unit.ports.packs()
    if row is None or not row.collection or row.collection == sop.collection_of(newest).digest:
        return newest
    own = read(unit, row.collection)
    has_court = high_court == sop.MODEL or any(pack.selection.high_court == high_court for pack in own)
    return own if has_court else newest


def read(unit: Unit, digest: str) -> tuple[sop.Pack, ...]:
    """The packs of a collection that was kept."""

    def texts() -> dict[str, str]:
        found = store.contents(unit.session, digest)
        if not found:
            raise sop.EditionUnknown()
        return found

    return unit.ports.editions.read(digest, texts)


def changed_unraised(unit: Unit) -> list[sop.Finding]:
    """The packs whose version was in use with another content."""
    current = {pack.id: pack for pack in unit.ports.packs() if pack.edition.digest}
    findings = []
    for row in store.of_versions(unit.session, {name: pack.version for name, pack in current.items()}):
        if row.digest != current[row.pack_id].edition.digest:
            values = {"version": row.version, "since": row.first_used_at.date().isoformat()}
            findings.append(sop.Finding(pack_id=row.pack_id, key="version", text=sop.CHANGED_UNRAISED, values=values))
    return findings


def named(unit: Unit, name: str) -> tuple[sop.Pack, tuple[sop.Pack, ...]]:
    """The kept edition called `id@version`, or `id@` and the beginning of its digest, and the packs it stood among."""
    pack_id, _, wanted = name.partition("@")
    rows = [row for row in store.of_pack(unit.session, pack_id) if wanted and _is_called(row, wanted)]
    if not rows or pack_id == sop.SOURCES_ID:
        raise sop.NoSuchEdition(edition=name)
    if len(rows) > 1:
        digests = ", ".join(f"{pack_id}@{row.digest[:SHORT]}" for row in rows)
        raise sop.SeveralContents(edition=name, count=len(rows), digests=digests)
    collection = store.collection_with(unit.session, pack_id, rows[0].digest)
    if collection is None:
        raise sop.EditionUnknown()
    packs = read(unit, collection)
    return next(pack for pack in packs if pack.id == pack_id), packs


def _is_called(row: EditionRow, wanted: str) -> bool:
    return row.version == wanted or (len(wanted) >= SHORT and row.digest.startswith(wanted))


def count(unit: Unit) -> dict[str, int]:
    """How many editions are kept of each pack."""
    return store.count_by_pack(unit.session)
