"""The one place that reads the machine's clock; everywhere else the instant is an argument."""

from datetime import UTC, datetime


class SystemClock:
    """The clock the service runs by."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)
