"""The use-cases around a file that is signed: offer it, give it back as it is now, say what its signatures are.

A copy begins with the bytes that were offered, sealed: a scan, which shows the witness's own hand, with her own key;
what knows her by pseudonym, and stands in the database as text or as the record's own file besides, by the service's.
Every signature adds to them and changes nothing before it; each addition is kept beside its line in the journal.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from vctestimony.domain.access import Actor
from vctestimony.domain.errors import Absent, Unavailable
from vctestimony.domain.instants import read
from vctestimony.domain.paper import BothClocks, ClockFace
from vctestimony.domain.sealing import VaultShut
from vctestimony.domain.signing import HERS, PLACES, FieldState, Purpose, SigningCopy
from vctestimony.domain.signing_refusals import NotAPdf, TooLargeToSign
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, journal, witness_keys
from vctestimony.services.references import new_reference
from vctestimony.services.signing_report import SignatureView, worded
from vctestimony.services.unit import Unit
from vctestimony.store import signing as store
from vctestimony.store.models import HearingRow, SignatureRow, SigningCopyRow

MOST_BYTES = 16 * 1024 * 1024
_END = b"%%EOF"
_MOST_ENDS = 100


class CopyShut(Unavailable):
    """The key is missing, or the bytes are not those that were kept."""

    text = N_(
        "This file is sealed and cannot be opened here: its key is missing, or it was tampered with. "
        "Nothing was changed; tell the administrator."
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What this service knows of a file: whose state it is, and the state of which it is an extension made elsewhere.

    `is_latest` when nothing was signed since; `is_extended` when bytes follow that were never added here.
    """

    code: str
    purpose: Purpose
    reference: str
    is_latest: bool
    is_extended: bool


@dataclass(frozen=True, slots=True)
class FileReport:
    """What is known here of a file, and each of its signatures in words."""

    known: Known | None
    signatures: tuple[SignatureView, ...]


def offer(unit: Unit, hearing: HearingRow, *, purpose: str, content: bytes, language: str, by: Actor) -> str:
    """Let a file be signed; the code of its copy. The same bytes of the same hearing give the same code again."""
    digest = sha256(content).hexdigest()
    known = store.copy_of(unit.session, hearing_id=hearing.id, original_sha256=digest)
    if known is not None:
        return known.code
    if not content.startswith(b"%PDF-"):
        raise NotAPdf()
    if len(content) > MOST_BYTES:
        raise TooLargeToSign()
    code = new_reference(unit, "S")
    key_id, sealed = _sealed(unit, hearing, purpose, content, bound_to=sealed_place(code))
    unit.session.add(
        SigningCopyRow(
            hearing_id=hearing.id,
            code=code,
            purpose=Purpose(purpose),
            language=language,
            original_sha256=digest,
            size=len(content),
            key_id=key_id,
            original=sealed,
            offered_at=unit.now,
            offered_by=by.name,
        )
    )
    unit.session.flush()
    journal.write(unit, "signing.offered", subject=hearing.reference, by=by, code=code, purpose=purpose, sha256=digest)
    return code


def copy(unit: Unit, code: str) -> SigningCopy:
    """The copy as it is now; Absent when there is none, CopyShut when its bytes are not those that were kept."""
    row = row_of(unit, code)
    added = store.signatures(unit.session, row.id)
    return SigningCopy(
        code=row.code,
        purpose=row.purpose,
        original_sha256=row.original_sha256,
        latest=latest_of(unit, row, added),
        fields=states(added),
    )


def extended(unit: Unit, hearing: HearingRow, content: bytes) -> bytes:
    """The file with the signatures that were added to it, or as it is where it was never offered to be signed."""
    row = store.copy_of(unit.session, hearing_id=hearing.id, original_sha256=sha256(content).hexdigest())
    return content if row is None else latest_of(unit, row, store.signatures(unit.session, row.id))


def is_signed(unit: Unit, code: str, field: str) -> bool:
    """Whether somebody signed in that field of the copy."""
    return store.is_signed(unit.session, code, field)


def report(unit: Unit, code: str) -> tuple[SignatureView, ...]:
    """What the signatures of the copy are, in words; certificates are judged as of when each was kept here."""
    row = row_of(unit, code)
    added = store.signatures(unit.session, row.id)
    if not any(one.field for one in added):
        return ()
    found = unit.ports.signatures.inspect(latest_of(unit, row, added), now=unit.now, moments=_moments(added))
    return worded(found, added, clocks=hearing_clocks.clocks_for(store.hearing_of(unit.session, row)))


def known(unit: Unit, content: bytes) -> FileReport:
    """What copy a file is of, and what its signatures are, in words; NotAPdf where it cannot be read at all."""
    found = known_as(unit, content)
    if found is None:
        seen = unit.ports.signatures.inspect(content, now=unit.now, moments={})
        return FileReport(None, worded(seen, (), clocks=_universal))
    row = row_of(unit, found.code)
    added = store.signatures(unit.session, row.id)
    clocks = hearing_clocks.clocks_for(store.hearing_of(unit.session, row))
    seen = unit.ports.signatures.inspect(content, now=unit.now, moments=_moments(added))
    return FileReport(found, worded(seen, added, clocks=clocks))


def _universal(at: datetime) -> BothClocks:
    """An instant of a file that is of no hearing here."""
    face = ClockFace(None, read(at, "UTC", "UTC"))
    return BothClocks(face, face)


def in_words(found: Known | None) -> str:
    """What is known here of a file, as one sentence that is marked with N_."""
    if found is None:
        return N_("This file is not one that was offered here to be signed.")
    if found.is_extended:
        return N_("This file begins as one that was signed here, but what follows was not added here.")
    if found.is_latest:
        return N_("This is a file that was offered here to be signed, as it is now.")
    return N_("This is a file that was offered here to be signed; others have signed it since.")


def row_of(unit: Unit, code: str) -> SigningCopyRow:
    """The row of the copy, or Absent."""
    row = store.copy(unit.session, code)
    if row is None:
        raise Absent()
    return row


def states(added: Sequence[SignatureRow]) -> tuple[FieldState, ...]:
    """Every field in its order, with who signed there."""
    signed = {row.field: row for row in added}
    return tuple(
        FieldState(place.field, row.duty, row.signed_by, row.signed_at, row.method.value)
        if (row := signed.get(place.field))
        else FieldState(place.field, place.duties[0].value if place.duties else "")
        for place in PLACES
    )


def latest_of(unit: Unit, row: SigningCopyRow, added: Sequence[SignatureRow]) -> bytes:
    """The bytes of the copy with everything that was added, compared with their hashes.

    FileSealedForGood where they were sealed with the witness's key and that is destroyed.
    """
    witness, place = store.hearing_of(unit.session, row).witness, sealed_place(row.code)
    try:
        content = witness_keys.opened_file(unit, witness, row.original, key_id=row.key_id, bound_to=place)
    except VaultShut as refusal:
        raise CopyShut() from refusal
    whole = b"".join((content, *(one.increment for one in added)))
    if sha256(whole).hexdigest() != (added[-1].sha256 if added else row.original_sha256):
        raise CopyShut()
    return whole


def _moments(added: Sequence[SignatureRow]) -> dict[str, datetime]:
    return {row.field: row.signed_at for row in added if row.field}


def known_as(unit: Unit, content: bytes) -> Known | None:
    """What copy a file is of, without looking at its signatures; None where it was never offered here."""
    states_of = _states_in(content)
    found = store.copy_with_file(unit.session, states_of[-1:]) or store.copy_with_file(unit.session, states_of)
    if found is None:
        return None
    row, digest = found
    added = store.signatures(unit.session, row.id)
    last = added[-1].sha256 if added else row.original_sha256
    return Known(
        code=row.code,
        purpose=row.purpose,
        reference=store.hearing_of(unit.session, row).reference,
        is_latest=states_of[-1] == last,
        is_extended=digest != states_of[-1],
    )


def _states_in(content: bytes) -> list[str]:
    """The hashes of the states that a file went through: each ends with its own mark. The whole file comes last."""
    found, running, place = [], sha256(), 0
    for _ in range(_MOST_ENDS):
        mark = content.find(_END, place)
        if mark < 0:
            break
        end = mark + len(_END)
        running.update(content[place:end])
        place = end
        for tail in (b"", b"\n", b"\r\n"):
            if content.startswith(tail, end):
                with_tail = running.copy()
                with_tail.update(tail)
                found.append(with_tail.hexdigest())
    return [*found, sha256(content).hexdigest()]


def _sealed(unit: Unit, hearing: HearingRow, purpose: str, content: bytes, *, bound_to: str) -> tuple[str, bytes]:
    if purpose in HERS:
        return witness_keys.seal_file(unit, hearing.witness, content, bound_to=bound_to)
    return unit.ports.vault.seal(b64encode(content).decode("ascii"), bound_to=bound_to)


def sealed_place(code: str) -> str:
    """What the sealed file is bound to."""
    return f"signing_copy|{code}|original"
