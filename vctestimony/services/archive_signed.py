"""The one place that takes what was signed of a hearing for its archive: each file as it is now, and what it proves.

To examine signatures takes long, so it is done before the transaction in which everything is gathered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.archive.contents import SIGNED, Member, as_json
from vctestimony.domain.errors import Refusal
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.sealing import FileSealedForGood
from vctestimony.domain.signing import HERS
from vctestimony.services import signing
from vctestimony.services.signing_report import SignatureView
from vctestimony.services.unit import Unit
from vctestimony.store import signing as store
from vctestimony.store.models import HearingRow, SigningCopyRow


@dataclass(frozen=True, slots=True)
class Examined:
    """A signed file, and what its signatures are; `trouble` says why they could not be examined.

    `content` is empty where the file cannot be had any more.
    """

    sha256: str
    content: bytes = b""
    report: tuple[SignatureView, ...] = ()
    trouble: str = ""


def examined(unit: Unit, hearing: HearingRow, *, with_files: bool) -> dict[str, Examined]:
    """Every signed file of the hearing by its code."""
    return {row.code: _examined(unit, row) for row in _signed(unit, hearing, with_files=with_files)}


def is_unchanged(unit: Unit, hearing: HearingRow, known: Mapping[str, Examined], *, with_files: bool) -> bool:
    """Whether nobody signed anything since it was examined."""
    last = {
        row.code: store.signatures(unit.session, row.id)[-1].sha256
        for row in _signed(unit, hearing, with_files=with_files)
    }
    return last == {code: one.sha256 for code, one in known.items()}


def members(unit: Unit, hearing: HearingRow, known: Mapping[str, Examined]) -> Iterator[Member]:
    """Each signed file with its report; a file that nobody signed is the one that was offered."""
    for row in store.copies(unit.session, hearing.id):
        if row.code in known:
            if known[row.code].content:
                yield Member(f"{SIGNED}{row.code}.pdf", known[row.code].content)
            yield Member(f"{SIGNED}{row.code}.json", as_json(_told(unit, row, known[row.code])))


def _signed(unit: Unit, hearing: HearingRow, *, with_files: bool) -> Iterator[SigningCopyRow]:
    """A scan shows the witness's own hand: it goes along only where the files themselves were asked for."""
    for row in store.copies(unit.session, hearing.id):
        is_signed = any(one.field for one in store.signatures(unit.session, row.id))
        if is_signed and (with_files or row.purpose not in HERS):
            yield row


def _examined(unit: Unit, row: SigningCopyRow) -> Examined:
    added = store.signatures(unit.session, row.id)
    try:
        content = signing.latest_of(unit, row, added)
    except FileSealedForGood as refusal:
        return Examined(added[-1].sha256, trouble=refusal.sentence())
    digest = sha256(content).hexdigest()
    try:
        return Examined(digest, content, signing.report(unit, row.code))
    except Refusal as refusal:
        return Examined(digest, content, trouble=refusal.sentence())


def _told(unit: Unit, row: SigningCopyRow, found: Examined) -> dict[str, object]:
    return {
        "code": row.code,
        "purpose": row.purpose.value,
        "language": row.language,
        "original_sha256": row.original_sha256,
        "size": row.size,
        "sha256": found.sha256,
        "offered_at": row.offered_at.isoformat(),
        "offered_by": row.offered_by,
        "signed": [
            {"field": one.field, "duty": one.duty, "by": one.signed_by, "method": one.method.value}
            | {"at": one.signed_at.isoformat(), "certificate": one.certificate_name}
            | {"certificate_sha256": one.certificate_sha256, "sha256": one.sha256}
            for one in store.signatures(unit.session, row.id)
            if one.field
        ],
        "report": [_report(one) for one in found.report],
        "trouble": found.trouble,
    }


def _report(one: SignatureView) -> dict[str, object]:
    return {
        "field": one.field,
        "result": one.tone,
        "says": [one.headline, one.covers, one.stamp],
        "certificate": one.certificate,
        "issuer": one.issuer,
        "fingerprint": one.fingerprint,
        "claimed_at": _at(one.claimed),
        "kept_at": _at(one.kept),
        "stamped_at": _at(one.stamped),
    }


def _at(both: BothClocks | None) -> str | None:
    return both.own.reading.at.isoformat() if both else None
