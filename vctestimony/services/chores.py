"""What the worker sees to between the mails: held times that ran out, orders that are over, bundles, reminders, keys,
and once a day whatever the schedule of retention says is due, and an anchor of the journal.

Each takes an instant. What may wait for somebody else has a thread of its own (plan_office, busy_refreshing).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.services import anchors, bundles, lapsing, offering, reminding, retention, vault_rotation
from vctestimony.services.unit import Units

EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class Chores:
    """Does the chores at most once a minute. Several workers may: whoever comes second finds less to do."""

    done_at: datetime | None = None

    def __call__(self, units: Units) -> None:
        """Do what is due, if a minute has passed since the last time."""
        now = units.ports.clock.now()
        if self.done_at is not None and now - self.done_at < EVERY:
            return
        self.done_at = now
        with units.writing() as unit:
            offering.release_expired(unit)
        with units.writing() as unit:
            lapsing.lapse_overdue(unit)
        with units.writing() as unit:
            bundles.forget_old(unit)
        vault_rotation.move_quietly(units)
        reminding.remind(units)
        retention.run_daily(units)
        anchors.set_daily(units)
