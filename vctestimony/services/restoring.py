"""The one use-case of the moment after a restore: hold the mail, and let nothing that was ended since live again.

A backup knows of no sign-out, no used link or code, and no destroyed key that came after it.
"""

from vctestimony.domain.access import SYSTEM
from vctestimony.services import anchors, destroying, held_mails, journal
from vctestimony.services.unit import Unit
from vctestimony.store import accounts, second_steps

SUBJECT = "accounts"


def settle(unit: Unit, *, backup_made_at: str) -> None:
    """End every session, link by mail and recovery code, know again which keys are destroyed, and let no mail leave.

    First the anchors say how far the journal of the backup had come: what it came to after that is given up.
    """
    anchors.set_now(unit, is_restored=True)
    held_mails.hold(unit, backup_made_at=backup_made_at)
    accounts.drop_every_session(unit.session)
    second_steps.drop_every_link(unit.session)
    second_steps.drop_every_code(unit.session)
    destroying.remember(unit)
    journal.write(unit, "account.all_ended", subject=SUBJECT, by=SYSTEM, backup_made_at=backup_made_at)
