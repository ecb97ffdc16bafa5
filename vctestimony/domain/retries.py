"""The one place for the rule of trying again: how long to pause after a failed attempt, and when trying ends.

Nobody is helped by a mail that comes after the hearing it is about. Trying therefore ends with the start of the
hearing, three days after the mail was written at the latest, and the nearer the end is, the shorter are the pauses.
"""

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP = timedelta(hours=72)
SHARES = 24
"""A pause is at most this part of the time that is left: five minutes where there are two hours."""


def last_try_at(now: datetime, *, starts_at: datetime | None) -> datetime:
    """Until when a mail written now is tried; a hearing that has begun is no reason to stop at once."""
    latest = now + GIVE_UP
    return starts_at if starts_at is not None and now < starts_at < latest else latest


def next_try_at(now: datetime, *, tries: int, until_at: datetime, chance: int) -> datetime | None:
    """When to try again after so many tries; None when that was the last. The last one is made at the very end.

    The pause doubles from a minute, with up to a fifth more or less by `chance` (a byte), so that retries do not march
    in step.
    """
    if now >= until_at:
        return None
    longest = max(FIRST_PAUSE, min(LONGEST_PAUSE, (until_at - now) / SHARES))
    plain = min(FIRST_PAUSE * (1 << min(max(tries, 1) - 1, 10)), longest)
    return min(now + plain * (0.8 + 0.4 * chance / 255), until_at)
