"""The reminders of the demonstration: what the worker would have sent on the mornings before today."""

from datetime import datetime, time

from vctestimony.demo.places import KOLKATA
from vctestimony.demo.stage import Stage, Story
from vctestimony.domain.instants import resolve
from vctestimony.services import reminding

FIRST_DAY = -3
AFTER_NINE = time(9, 1)


def reminded(stage: Stage) -> Story:
    """Every morning of the last days, a minute after nine in the courts; it is half past nine in Dhaka then."""
    for days in range(FIRST_DAY, 1):
        morning = resolve(datetime.combine(stage.on(days), AFTER_NINE), KOLKATA)
        if morning > stage.today_at:
            return
        yield morning
        reminding.remind(stage.units)
