"""The one place that makes the certificate of a destroyed key as a paper: for the court, and for who destroyed it."""

from datetime import datetime

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents.destruction import DESTRUCTION, DestructionSheet, Hashed, Held, Step
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.errors import Absent
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import read
from vctestimony.domain.journal import Entry
from vctestimony.domain.paper import BothClocks, ClockFace
from vctestimony.domain.signing import HERS
from vctestimony.services import destroying, journal, vault
from vctestimony.services.destroying import Certificate
from vctestimony.services.papers.making import Made
from vctestimony.services.printing import Draft, Printed, issue
from vctestimony.services.unit import Unit, Units
from vctestimony.services.witness_keys import PREFIX
from vctestimony.store import addenda, persons
from vctestimony.store import witness_keys as store
from vctestimony.store.models import WitnessKeyRow

_ORDERED, _DESTROYED = "vault.destruction_ordered", "vault.key_destroyed"


def for_court(unit: Unit, reference: str, *, by: Actor) -> Certificate:
    """What is told of the destruction, for presiding officer and coordinator of the witness's court."""
    return destroying.certificate(unit, _of_court(unit, reference, by=by).public_id, by=by)


def print_for_court(units: Units, reference: str, *, language: str, by: Actor) -> Printed:
    """The same as a paper."""
    with units.reading() as unit:
        draft = _draft(unit, _of_court(unit, reference, by=by), language=language)
    return issue(units, draft, by=by)


def print_for_administrator(units: Units, public_id: str, *, language: str, by: Actor) -> Printed:
    """The same for whoever destroyed it; the page asks whether this person may."""
    with units.reading() as unit:
        row = store.key_named(unit.session, public_id)
        if row is None:
            raise Absent()
        draft = _draft(unit, row, language=language)
    return issue(units, draft, by=by)


def _of_court(unit: Unit, reference: str, *, by: Actor) -> WitnessKeyRow:
    witness = vault.witness_to_open(unit, reference, by=by, action=Action.GIVE_LEAVE)
    row = store.key_of(unit.session, witness.id)
    if row is None or row.destroyed_at is None:
        raise Absent()
    return row


def _draft(unit: Unit, row: WitnessKeyRow, *, language: str) -> Draft:
    if row.destroyed_at is None or row.ordered_at is None:
        raise Absent()
    witness, court = row.witness, row.witness.case.court
    hearings = persons.hearings_of(unit.session, witness.id)
    post = hearings[-1].remote if hearings else court
    here, there = (court.zone, court.city), (post.zone, post.city)

    def clocks(at: datetime) -> BothClocks:
        """The court's clock, and that of the post where the witness was heard last."""
        own = ClockFace(End.COURT, read(at, *here))
        return BothClocks(own, own if here == there else ClockFace(End.REMOTE, read(at, *there)))

    entries = {entry.action: entry for entry in journal.history(unit, witness.reference)}
    numbers = [one.id for one in hearings]
    sheet = DestructionSheet(
        heading=PlainHeading(issuer=court.name, about=f"{witness.case.number} · {witness.reference}"),
        case_number=witness.case.number,
        pseudonym=witness.pseudonym,
        key=row.public_id,
        order=row.order_reference,
        ordered=_step(entries, _ORDERED, clocks(row.ordered_at)),
        destroyed=_step(entries, _DESTROYED, clocks(row.destroyed_at)),
        held=_held(unit, numbers),
        hearings=tuple(one.reference for one in hearings),
        records=tuple(
            Hashed(number=one.code, sha256=one.content_sha256) for one in persons.records_of(unit.session, numbers)
        ),
    )
    return Draft(
        kind=DESTRUCTION,
        key="|".join((witness.reference, DESTRUCTION.code, language)),
        language=language,
        made=Made(sheet),
        clocks=clocks,
        subject=witness.reference,
        post_id=court.id,
    )


def _held(unit: Unit, hearing_ids: list[int]) -> Held:
    """What her key held, told by the key that stands beside it; and what the service's key holds of these hearings."""
    scans = [(one.key_id, one.public_id, one.sha256) for one in persons.scans_of(unit.session, hearing_ids)]
    copies = [one for one in persons.copies_of(unit.session, hearing_ids) if one.purpose in HERS]
    scans += [(one.key_id, one.code, one.original_sha256) for one in copies]
    mails = persons.mails_about(unit.session, hearing_ids)
    keys = (*(key_id for key_id, _, _ in scans), *mails)
    return Held(
        files=tuple(
            Hashed(number=one.public_id, sha256=one.sha256) for one in persons.evidence_of(unit.session, hearing_ids)
        ),
        scans=tuple(Hashed(number=number, sha256=digest) for key_id, number, digest in scans if _is_hers(key_id)),
        words=sum(len(addenda.left_out(unit.session, number)) for number in hearing_ids),
        mails=sum(map(_is_hers, mails)),
        left=sum(not _is_hers(key_id) for key_id in keys),
    )


def _is_hers(key_id: str) -> bool:
    return key_id.startswith(PREFIX)


def _step(entries: dict[str, Entry], action: str, at: BothClocks) -> Step:
    entry = entries[action]
    return Step(at=at, number=entry.number, sha256=entry.hash)
