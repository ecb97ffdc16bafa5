"""The use-case of letting requests lapse: the order's last day is over and nothing was booked. For the worker."""

from datetime import timedelta

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.hearing import Move, moved
from vctestimony.domain.instants import wall_of
from vctestimony.domain.options import Ending
from vctestimony.domain.wording import N_
from vctestimony.services import holding, journal, option_mails
from vctestimony.services.unit import Unit
from vctestimony.store import lapsing as store
from vctestimony.store import options
from vctestimony.store.models import HearingRow

ORDER_RAN_OUT = N_("The last day that the order allows has passed.")


def lapse_overdue(unit: Unit) -> int:
    """Let every request and held time lapse whose order has run out on the Court Point's clock; returns how many."""
    tomorrow_on = unit.now.date() + timedelta(days=1)  # no court's calendar is ahead of UTC by more than a day
    due = store.past_their_order(unit.session, today_on=tomorrow_on)
    overdue = [(one, options.live_offer(unit.session, one.id)) for one in due if _is_over(unit, one)]
    for hearing, _ in overdue:
        holding.give_back(unit, hearing)  # all of them before the journal, which every other change queues for
    for hearing, held in overdue:
        last_on = hearing.order.not_after_on
        hearing.state, hearing.reason = moved(hearing.state, Move.LAPSE), ORDER_RAN_OUT
        journal.write(unit, "hearing.lapsed", subject=hearing.reference, by=SYSTEM, last_on=last_on)
        option_mails.withdraw(unit, hearing, held, ending=Ending.LAPSED, by=SYSTEM)
    return len(overdue)


def _is_over(unit: Unit, hearing: HearingRow) -> bool:
    last_on = hearing.order.not_after_on
    return last_on is not None and wall_of(unit.now, hearing.court.zone).date() > last_on
