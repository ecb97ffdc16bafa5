"""Fills the tests' world with hearings that wait: one witness each, at the mission, of the courts' cases."""

from sqlalchemy.orm import Session

from tests.builders import Court, add_hearing, add_resource
from tests.fakes import NOW
from tests.world import World
from vctestimony.domain.casework import ASKED_OF_WITNESS, IdentityDocument
from vctestimony.store.models import HearingRow, ResourceKind, WitnessRow


def add_waiting(session: Session, world: World, court: Court, count: int, *, child: bool = False) -> list[HearingRow]:
    """So many more hearings of 90 minutes of the court's case, each of a witness of its own."""
    return [_waiting(session, world, court, number, child=child) for number in range(count)]


def _waiting(session: Session, world: World, court: Court, number: int, *, child: bool) -> HearingRow:
    name = f"{court.case}-{'C' if child else 'A'}{number}"
    facts = {**dict.fromkeys(ASKED_OF_WITNESS, False), "interpreter": True, "support_person": True, "child": child}
    witness = WitnessRow(
        reference=f"W{name[-18:]}",
        case_id=court.case_id,
        resource=add_resource(session, ResourceKind.WITNESS, f"W-{name}", post_id=None),
        pseudonym=f"PW-{(40 if child else 20) + number}",
        languages="bn",
        nationality="BD",
        identity_document=IdentityDocument.PASSPORT,
        facts=facts,
        created_at=NOW,
    )
    session.add(witness)
    session.flush()
    row = add_hearing(session, court, world.dhaka, world.link_id, reference=f"H{name[-18:]}")
    row.witness_id, row.witness = witness.id, witness
    row.pre_minutes, row.main_minutes, row.post_minutes = 15, 60, 15
    session.flush()
    return row
