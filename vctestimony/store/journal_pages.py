"""Queries of the journal page by page: what concerns one court, the newest first."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from vctestimony.domain.access import Actor
from vctestimony.store import shut_out
from vctestimony.store.models import CaseRow, HearingRow, JournalRow, WitnessRow


def about_court(session: Session, court_id: int, *, by: Actor, before: int | None, limit: int) -> Sequence[JournalRow]:
    """Entries about the hearings, cases and witnesses of the court, older than entry `before` when one is given.

    None about a case of which a hearing is shut to this person.
    """
    shut = shut_out.case_ids(session, by)
    subjects = sa.union_all(
        sa.select(HearingRow.reference).where(HearingRow.court_id == court_id, HearingRow.case_id.not_in(shut)),
        sa.select(CaseRow.reference).where(CaseRow.court_id == court_id, CaseRow.id.not_in(shut)),
        sa.select(WitnessRow.reference).join(CaseRow).where(CaseRow.court_id == court_id, CaseRow.id.not_in(shut)),
    )
    query = sa.select(JournalRow).where(JournalRow.subject.in_(subjects))
    if before is not None:
        query = query.where(JournalRow.id < before)
    return session.scalars(query.order_by(JournalRow.id.desc()).limit(limit)).all()
