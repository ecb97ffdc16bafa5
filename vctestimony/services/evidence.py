"""The one place that keeps and gives out the files that show that steps were done.

A file is kept as it came, byte for byte, sealed like an identity because a scan may name the witness. What a camera
wrote into a photograph (place, time, device) stays in it: without that its hash would not be that of the file somebody
holds. The name that a file had is kept nowhere, for it may hold a name; whoever sends it says what it shows.
Nothing here looks for viruses: a file is only ever taken away to be opened elsewhere, never shown by a page.
"""

from dataclasses import dataclass, field
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Conflict, Unavailable
from vctestimony.domain.evidence import FileKind, kind_of
from vctestimony.domain.sealing import VaultShut
from vctestimony.domain.wording import N_
from vctestimony.services import journal, witness_keys
from vctestimony.services.access import hearing_for
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import evidence as store
from vctestimony.store.models import EvidenceRow, HearingRow, StepRow, StepState

MOST_FILES = 20


class NotSettled(Conflict):
    """A file shows what was done; before that there is nothing to show."""

    text = N_("Step {step} is open. Tick it first, with the file.")


class KeptAlready(Conflict):
    """The very same bytes."""

    text = N_("This very file is kept with step {step} already.")


class TooManyFiles(Conflict):
    """Files are kept for ever; one step needs no more."""

    text = N_("Step {step} has {count} files already, as many as are kept. Put the papers into one PDF.")


class EvidenceShut(Unavailable):
    """The key is missing, or the bytes are not those that were kept."""

    text = N_(
        "This file is sealed and cannot be opened here: its key is missing, or it was tampered with. "
        "Nothing was changed; tell the administrator."
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A file somebody sends, with what it shows in their words; it is judged here, before anybody waits for it."""

    content: bytes
    description: str
    kind: FileKind = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", kind_of(self.content))


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to be taken away, under a name of our own."""

    content: bytes
    file_name: str


def attach(unit: Unit, hearing: HearingRow, row: StepRow, sent: Sent, *, by: Actor) -> None:
    """Keep the file with a step that is settled. The caller has checked that the step is this person's."""
    digest = sha256(sent.content).hexdigest()
    check_unnamed(unit, hearing, sent.description, field="description")
    if row.state is StepState.OPEN:
        raise NotSettled(step=row.step_id)
    known = store.of_step(unit.session, hearing_id=hearing.id, step_id=row.step_id)
    if any(one.sha256 == digest and one.taken_back_at is None for one in known):
        raise KeptAlready(field="file", step=row.step_id)
    if len(known) >= MOST_FILES:
        raise TooManyFiles(step=row.step_id, count=len(known))
    _keep(unit, hearing, row, sent, digest=digest, by=by)


def take(unit: Unit, reference: str, public_id: str, *, by: Actor) -> Taken:
    """The file as it was sent, its hash compared; who took it is written down."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_CHECKLIST)
    row = store.one(unit.session, hearing_id=hearing.id, public_id=public_id)
    if row is None:
        raise Absent()
    content = _opened(unit, hearing, row)
    journal.write(unit, "evidence.taken", subject=reference, by=by, step=row.step_id, sha256=row.sha256)
    return Taken(content, f"{reference}-{row.step_id}-{row.public_id}.{row.kind}")


def _keep(unit: Unit, hearing: HearingRow, row: StepRow, sent: Sent, *, digest: str, by: Actor) -> None:
    public_id = new_reference(unit, "E")
    key_id, sealed = witness_keys.seal_file(unit, hearing.witness, sent.content, bound_to=sealed_place(public_id))
    unit.session.add(
        EvidenceRow(
            public_id=public_id,
            hearing_id=hearing.id,
            step_id=row.step_id,
            kind=sent.kind.value,
            size=len(sent.content),
            sha256=digest,
            description=sent.description,
            key_id=key_id,
            content=sealed,
            added_by=by.name,
            added_at=unit.now,
        )
    )
    unit.session.flush()
    facts = {"step": row.step_id, "sha256": digest, "kind": sent.kind.value, "size": len(sent.content)}
    journal.write(unit, "evidence.added", subject=hearing.reference, by=by, **facts)


def _opened(unit: Unit, hearing: HearingRow, row: EvidenceRow) -> bytes:
    place = sealed_place(row.public_id)
    try:
        content = witness_keys.opened_file(
            unit, hearing.witness, row.content, key_id=row.key_id, bound_to=place, always_hers=True
        )
    except VaultShut as refusal:
        raise EvidenceShut() from refusal
    if sha256(content).hexdigest() != row.sha256:
        raise EvidenceShut()
    return content


def sealed_place(public_id: str) -> str:
    """What the sealed file is bound to."""
    return f"evidence|{public_id}|content"
