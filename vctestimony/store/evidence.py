"""Queries of the files that show that steps were done; their content is read only where somebody takes one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.store.models import EvidenceRow


def of_hearing(session: Session, hearing_id: int) -> Mapping[str, Sequence[EvidenceRow]]:
    """The files of the hearing by step, the oldest first."""
    query = sa.select(EvidenceRow).where(EvidenceRow.hearing_id == hearing_id).order_by(EvidenceRow.id)
    found: dict[str, list[EvidenceRow]] = {}
    for row in session.scalars(query):
        found.setdefault(row.step_id, []).append(row)
    return found


def of_step(session: Session, *, hearing_id: int, step_id: str) -> Sequence[EvidenceRow]:
    """The files of one step, the oldest first."""
    return of_hearing(session, hearing_id).get(step_id, [])


def one(session: Session, *, hearing_id: int, public_id: str) -> EvidenceRow | None:
    """The file of that name, if it belongs to the hearing."""
    query = sa.select(EvidenceRow).where(EvidenceRow.hearing_id == hearing_id, EvidenceRow.public_id == public_id)
    return session.scalar(query)


def take_back(session: Session, *, hearing_id: int, step_id: str, at: datetime) -> None:
    """Mark what was shown for the step until now as belonging to what was taken back."""
    marked = sa.update(EvidenceRow).where(EvidenceRow.hearing_id == hearing_id, EvidenceRow.step_id == step_id)
    session.execute(marked.where(EvidenceRow.taken_back_at.is_(None)).values(taken_back_at=at))
