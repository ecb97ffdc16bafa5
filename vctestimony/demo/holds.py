"""The case of the demonstration that is on legal hold."""

import sqlalchemy as sa

from vctestimony.domain.people import Role
from vctestimony.services import legal_holds
from vctestimony.services.accounts import actor_of
from vctestimony.services.unit import Units
from vctestimony.store.models import AccountRow, CaseRow


def placed(units: Units) -> None:
    """The presiding officer who has the newest case puts it on hold: an appeal is pending."""
    with units.writing() as unit:
        judges = AccountRow.role == Role.PRESIDING_OFFICER, AccountRow.is_active
        query = sa.select(CaseRow, AccountRow).join(AccountRow, AccountRow.post_id == CaseRow.court_id).where(*judges)
        found = unit.session.execute(query.order_by(CaseRow.id.desc(), AccountRow.id).limit(1)).first()
        if found is not None:
            case, judge = found
            reason, by = "an appeal is pending", actor_of(judge)
            legal_holds.place(unit, case.reference, order_reference="Appeal 118/2026", reason=reason, by=by)
