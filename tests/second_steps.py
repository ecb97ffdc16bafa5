"""The second step of the accounts of tests: one secret for all, so that a test knows the code of the moment."""

from datetime import datetime

from vctestimony.domain.one_time_codes import code_at, step_of
from vctestimony.services.unit import Units
from vctestimony.store.models import AuthenticatorRow

TYPED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECRET = b"Hello!\xde\xad\xbe\xefHello!\xde\xad\xbe\xef"


def code(at: datetime, *, later: int = 0) -> str:
    """The code of the half minute, or of one that many later."""
    return code_at(SECRET, step_of(at) + later)


def give_app(units: Units, account_id: int) -> None:
    """The account's app, as if no code of it had been used yet."""
    with units.writing() as unit:
        row = unit.session.get(AuthenticatorRow, account_id) or AuthenticatorRow(account_id=account_id)
        row.key_id, row.sealed = unit.ports.vault.seal(TYPED, bound_to=f"authenticator:{account_id}")
        row.last_step, row.made_at = 0, unit.now
        unit.session.add(row)
