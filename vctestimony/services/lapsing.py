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

ORDER_RAN_OUT = N_("The last day that the order allows has passed.")


def lapse_overdue(unit: Unit) -> int:
    """Let every request and held time lapse whose order has run out on the Court Point's clock; returns how many."""
    tomorrow_on = unit.now.date() + timedelta(days=1)  # no court's calendar is ahead of UTC by more than a day
    lapsed = 0
    for hearing in store.past_their_order(unit.session, today_on=tomorrow_on):
        last_on = hearing.order.not_after_on
        if last_on is None or wall_of(unit.now, hearing.court.zone).date() <= last_on:
            continue
        hearing.state, hearing.reason = moved(hearing.state, Move.LAPSE), ORDER_RAN_OUT
        held = options.live_offer(unit.session, hearing.id)
        holding.give_back(unit, hearing)
        journal.write(unit, "hearing.lapsed", subject=hearing.reference, by=SYSTEM, last_on=last_on)
        option_mails.withdraw(unit, hearing, held, ending=Ending.LAPSED, by=SYSTEM)
        lapsed += 1
    return lapsed
