"""What the arguments of addresses name in the walk over the matrix: one thing of the court in Mumbai of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from tests.builders import add_account
from tests.fakes import NOW
from tests.services.inbound import came_in, invitation_known, sample
from tests.services.planned import answered
from tests.web.matrix_things import named_by
from tests.web.matrix_walk import ABSENT, NO_ROW, Object, Step
from tests.web.staged import Stage, staged
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.backlog.asked import Asked
from vctestimony.domain.people import Role
from vctestimony.services import bundles, checklists
from vctestimony.services.unit import Units
from vctestimony.store.models import (
    HearingRow,
    OutboxRow,
    OutboxState,
    ParticipantRow,
    PlanRow,
    PlanState,
    StepRow,
)

# At which stage of a hearing its pages are asked for; where nothing stands, while it is planned.
_STAGES: Mapping[str, Stage] = {
    **dict.fromkeys(
        ("day", "day_people", "live", "depositions", "deposition_drafts", "deposition_imports"), Stage.OPEN
    ),
    **dict.fromkeys(
        ("deposition_fixing", "deposition_parts", "deposition_places", "deposition_versions", "recordings"), Stage.OPEN
    ),
    **dict.fromkeys(("records", "signing_cycle"), Stage.OVER),
    **dict.fromkeys(("addenda", "signing", "archives"), Stage.SEALED),
    "joining": Stage.OPEN,
    **dict.fromkeys(("event_files", "own_answers", "mails", "seats", "proposals"), Stage.BOOKED),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Arguments by name, and the reference by object."""

    values: Mapping[str, str]
    code: str
    """Of what is to be signed of the sealed hearing."""
    references: Mapping[Object, str]
    things: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, step: Step) -> dict[str, str]:
        """What this address names."""
        things = named_by(step, self.things)
        if step.object is Object.HEARING:
            stage = stage_of(step)
            code = {"code": self.code} if stage is Stage.SEALED else {}
            return {**self.values, **code, "reference": stage, **things}
        reference = self.references.get(step.object or Object.HEARING, Stage.PLANNED)
        return {**self.values, "reference": reference, **things}

    def absent(self, step: Step) -> dict[str, str]:
        """The same of something that nobody ever had."""
        return {**self.of(step), "reference": ABSENT, "mail_id": NO_ROW}


def stage_of(step: Step) -> Stage:
    """The hearing of whose pages this is."""
    return _STAGES.get(step.rule.endpoint.partition(".")[0], Stage.PLANNED)


def known_in(units: Units, world: World, by: Actor) -> Known:
    """Everything that an address can name, made where it is not there: `by` is the coordinator in Mumbai."""
    court = world.mumbai
    code = staged(units, world, by)
    with units.writing() as unit:
        answered(unit.session, world)
        hearing = unit.session.get_one(HearingRow, court.hearing_id)
        checklists.compose_for(unit, hearing, by=by)
        bundle = bundles.ask_for_hearing(unit, Stage.OPEN, language="en", by=by)
        unit.session.add(_plan(court.post_id, by))
        mail = unit.session.scalars(sa.select(OutboxRow).where(OutboxRow.participant_id.is_not(None))).first()
        assert mail is not None
        mail.state, mail.dead_at, mail.failure_code = OutboxState.FAILED, unit.now, "550 5.1.1"
        other = add_account(unit.session, Role.SUPPORT, "somebody@else.example", post_id=world.dhaka.post_id)
        first = sa.select(ParticipantRow.id).where(ParticipantRow.hearing_id == court.hearing_id)
        values = {
            "participant": str(unit.session.scalars(first.order_by(ParticipantRow.id)).first()),
            "step_id": str(unit.session.scalars(sa.select(StepRow.step_id).order_by(StepRow.id)).first()),
            "code": "mumbai-court",
            "official_id": str(court.prosecutor_id),
            "room_id": str(court.room_id),
            "resource_id": str(court.room_id),
            "account_id": str(other.id),
            "mail_id": str(mail.id),
            "session_id": NO_ROW,
            "passkey_id": NO_ROW,
            "name": "sig_judge",
            "pack": "bombay",
        }
    invitation_known(units, Stage.BOOKED)
    [mail_in] = came_in(units, sample("words_in_reply"))
    references = {Object.CASE: court.case, Object.WITNESS: court.witness, Object.BUNDLE: bundle}
    return Known(values, code, {**references, Object.PLAN: "P-WALKED1", Object.MAIL_IN: mail_in.reference})


def _plan(court_id: int, by: Actor) -> PlanRow:
    return PlanRow(
        reference="P-WALKED1",
        court_id=court_id,
        asked_by=by.name,
        created_at=NOW,
        from_on=date(2026, 9, 14),
        to_on=date(2026, 9, 18),
        asked=Asked().to_raw(),
        state=PlanState.QUEUED,
    )
