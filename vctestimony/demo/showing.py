"""A tick of the demonstration that says when it was done, and the file that shows another one."""

import sqlalchemy as sa

from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import MUMBAI
from vctestimony.domain.hearing import State
from vctestimony.services import checklists
from vctestimony.services.evidence import Sent
from vctestimony.store import checklists as step_rows
from vctestimony.store.models import ChecklistRow, HearingRow, StepRow, StepState

NOMINATION, CIRCULAR = "C02", "C01"
MAIL = b"""From: High Commission of India, Dhaka <consular@dhaka.mission.example>\r
Date: Mon, 2 Nov 2026 10:15:00 +0600\r
Subject: Nomination of the Remote Point Coordinator\r
\r
The consular officer is nominated as Remote Point Coordinator. This mail is invented.\r
"""


def shown(stage: Stage) -> Story:
    """The mail of the nomination is kept, and what was done in the morning is ticked in the afternoon."""
    yield stage.day(-4, 15, 20)
    by = stage.actor(f"{MUMBAI}/coordinator")
    morning_at = stage.day(-4, 10, 5)
    with stage.units.writing() as unit:
        query = sa.select(HearingRow).join(ChecklistRow, ChecklistRow.hearing_id == HearingRow.id).join(StepRow)
        query = query.where(StepRow.step_id == NOMINATION, StepRow.state == StepState.DONE)
        query = query.where(HearingRow.state == State.BOOKED, HearingRow.court_id == by.post_id)
        nominated = unit.session.scalars(query.order_by(HearingRow.id)).all()
        found = ((row, step_rows.step(unit.session, hearing_id=row.id, step_id=CIRCULAR)) for row in nominated)
        hearing, step = next(((row, one) for row, one in found if one and one.state is StepState.OPEN), (None, None))
        if hearing is None or step is None:
            return
        sent = Sent(MAIL, "Mail in which the mission nominates its coordinator")
        checklists.add_evidence(unit, hearing.reference, NOMINATION, sent, by=by)
        reference, version, note = hearing.reference, step.version, "Circular 14 of 2026"
        checklists.tick(unit, reference, CIRCULAR, version=version, note=note, by=by, done_at=morning_at)
