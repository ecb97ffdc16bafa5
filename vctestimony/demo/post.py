"""What came back for mails of the demonstration: two that were opened, and one to a mailbox that is no more."""

from datetime import timedelta

from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import MUMBAI
from vctestimony.domain.people import Duty
from vctestimony.services import delivery
from vctestimony.services.unit import Unit
from vctestimony.store import hearings, mails
from vctestimony.store.mails import Found
from vctestimony.store.models import OutboxState

_ANSWER = "550 5.1.1 <{address}>: Recipient address rejected: User unknown in local recipient table"
_OPENED_BY = (Duty.JUDGE, Duty.COURT_COORDINATOR)


def came_back(stage: Stage) -> Story:
    """An hour ago receipts came, and a while later a bounce, for the next hearing of the court in Mumbai."""
    yield stage.today_at - timedelta(minutes=55)
    with stage.units.writing() as unit:
        for one in _sent(unit):
            if one.person is not None and one.person.duty in _OPENED_BY:
                delivery.opened(unit, one.row.message_id)
    yield stage.today_at - timedelta(minutes=40)
    with stage.units.writing() as unit:
        for one in _sent(unit):
            if one.person is not None and one.person.duty is Duty.PRISON:
                words = _ANSWER.format(address=one.row.to_address)
                delivery.bounced(unit, one.row.message_id, is_permanent=True, code="5.1.1", words=words)


def _sent(unit: Unit) -> list[Found]:
    """The newest mail to each person on the court's next hearing, if it was sent."""
    ahead = [row for row in hearings.with_future_time(unit.session, now=unit.now) if row.court.code == MUMBAI]
    newest: dict[int, Found] = {}
    for one in reversed(mails.about(unit.session, ahead[0].id)) if ahead else ():
        if one.person is not None:
            newest[one.person.id] = one
    return [one for one in newest.values() if one.row.state is OutboxState.SENT]
