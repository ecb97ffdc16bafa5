"""Who may see which identity in the demonstration: leave given, and leave asked for."""

import sqlalchemy as sa

from vctestimony.domain.grants import Length
from vctestimony.domain.people import Role
from vctestimony.services import vault_grants
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, CaseRow, WitnessRow


def given(units: Units) -> None:
    """At each court the presiding officer lets the coordinator see the first witness; a second one is asked for."""
    with units.writing() as unit:
        clerks = sa.select(AccountRow).where(AccountRow.role == Role.COORDINATOR).order_by(AccountRow.id)
        for clerk in unit.session.scalars(clerks).all():
            of_court = AccountRow.role == Role.PRESIDING_OFFICER, AccountRow.post_id == clerk.post_id
            judge = unit.session.scalars(sa.select(AccountRow).where(*of_court)).first()
            theirs = sa.select(WitnessRow.reference).join(CaseRow).where(CaseRow.court_id == clerk.post_id)
            first, *others = [*unit.session.scalars(theirs.order_by(WitnessRow.id).limit(2)), ""]
            if judge is None or not first:
                continue
            vault_grants.give(
                unit, first, clerk.id, length=Length.WEEK, reason="to write the summons", by=actor_of(judge)
            )
            if others[0]:
                vault_grants.ask(unit, others[0], reason="to compare her passport", by=actor_of(clerk))
