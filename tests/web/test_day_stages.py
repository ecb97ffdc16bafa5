"""The deposition's page says what the log does not, with the way to put it right, and knows the present stage."""

from datetime import timedelta

from tests.fakes import FrozenClock
from tests.services.sittings import NORMAL_DAY
from tests.web.browsing import Browser, form_fields
from tests.web.test_day import clerk, hearing, logged, opened, sheet
from vctestimony.domain.record.kinds import Kind

__all__ = ["clerk", "hearing", "sheet"]
