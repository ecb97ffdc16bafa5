"""The one place for ticks that came by a signed link: what a phone sends, its clock put right, and what became of each.

A phone keeps its ticks while there is no network and sends them later, each with an id of its own, so that sending
once more after a lost reply never counts twice. Its clock is its own: the difference is measured when it sends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vctestimony.domain import entered
from vctestimony.domain.devices import is_key, moved_by, said_instant
from vctestimony.domain.errors import Invalid
from vctestimony.domain.people import Duty, Role
from vctestimony.domain.wording import N_

MOST_TICKS, LARGEST_SENDING, LONGEST_NOTE = 200, 64 * 1024, 500
_LONGEST_COMPOSED = 3 * LARGEST_SENDING
"""What a note of a whole sending can grow to (a letter becomes three characters at most)."""
SKEW_SAID = 120
"""Seconds; a phone's clock that is further off than this is told to the coordinator."""
_STEP = re.compile(r"[A-Z][A-Z0-9-]{0,19}")
_HIGHEST_VERSION = 2**31 - 1

SETTLES_AS: Mapping[Duty, Role] = {
    Duty.REMOTE_COORDINATOR: Role.MISSION_OFFICIAL,
    Duty.MAGISTRATE: Role.MISSION_OFFICIAL,
    Duty.SUPPORT_PERSON: Role.MISSION_OFFICIAL,
    Duty.TECHNICIAN: Role.MISSION_OFFICIAL,
    Duty.LEGAL_STAFF: Role.LEGAL_STAFF,
    Duty.INTERPRETER: Role.LEGAL_STAFF,
    Duty.PROSECUTION: Role.LEGAL_STAFF,
}
"""Who may have a link, by duty, and as which role their steps are settled. The court's own people sign in."""


class Outcome(StrEnum):
    """What became of a tick."""

    TAKEN = "taken"
    SETTLED = "settled"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    MISTIMED = "mistimed"
    WAITING = "waiting"
    NAMED = "named"
    REFUSED = "refused"


OUTCOME_TEXTS: Mapping[Outcome, str] = {
    Outcome.TAKEN: N_("Stored by the court."),
    Outcome.SETTLED: N_("Not taken: already settled by {who}. The coordinator sees that you ticked it too."),
    Outcome.CHANGED: N_(
        "Not taken: the step has changed since this page was opened. The coordinator sees your tick; look at the step "
        "again, then tick it anew."
    ),
    Outcome.WITHDRAWN: N_("Not taken: this link is no longer in use. The coordinator sees your tick; please call."),
    Outcome.MISTIMED: N_("Not taken: the clock of this phone cannot be right. The coordinator sees your tick."),
    Outcome.WAITING: N_(
        "Not taken: what comes first is still open. The coordinator sees your tick; if it was done before all the "
        "same, tick it again and say why in the note."
    ),
    Outcome.NAMED: N_(
        "Not taken: the note names a person who must not be named, so it was not kept. Tick the step again without it."
    ),
    Outcome.REFUSED: N_("Not taken: this step is for somebody else to tick. The coordinator sees your tick."),
}
REMARK_TEXTS: Mapping[Outcome, str] = {
    Outcome.SETTLED: N_("already settled by {who}"),
    Outcome.CHANGED: N_("the step had changed since the page was opened"),
    Outcome.WITHDRAWN: N_("the link was no longer in use"),
    Outcome.MISTIMED: N_("the clock of the phone cannot have been right"),
    Outcome.WAITING: N_("what comes first was still open, and no note said why"),
    Outcome.NAMED: N_("the note held the real name of the witness and was not kept"),
    Outcome.REFUSED: N_("the step is not theirs"),
}


class Unreadable(Invalid):
    """What was sent is not what our page sends."""

    text = N_("This cannot be read. Nothing was stored; open the link again and send from there.")


class TooMany(Invalid):
    """More than one sending may hold."""

    text = N_("At most {most} ticks are taken at once. Nothing was stored.")


@dataclass(frozen=True, slots=True)
class SentTick:
    """One tick as it was sent. `said_at` is by the phone's clock; None for one made on the page with the network."""

    key: str
    step: str
    version: int
    said_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """Ticks in their order, and when the phone says that it sent them."""

    sent_at: datetime
    ticks: tuple[SentTick, ...]


def read_sending(sent: object) -> Sending:
    """What a page of ours sent, or Unreadable or TooMany.

    >>> read_sending({"sent": "2026-09-14T05:30:00.000Z", "ticks": []}).ticks
    ()
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("ticks"), list):
        raise Unreadable()
    if len(sent["ticks"]) > MOST_TICKS:
        raise TooMany(most=MOST_TICKS)
    return Sending(_instant(sent.get("sent")), tuple(_tick(one) for one in sent["ticks"]))


def is_off(skew_seconds: int) -> bool:
    """Whether the clock of the phone is so far off that the coordinator is told.

    >>> is_off(120), is_off(-121)
    (False, True)
    """
    return abs(skew_seconds) > SKEW_SAID


def put_right(said_at: datetime, skew: timedelta, *, since: datetime, now: datetime) -> datetime | None:
    """When the step was ticked by a right clock; None where no page of a link made at `since` can have said so."""
    done_at = moved_by(said_at, skew)
    return done_at if done_at and since - timedelta(seconds=SKEW_SAID) <= done_at <= now else None


def _tick(sent: object) -> SentTick:
    if not isinstance(sent, dict):
        raise Unreadable()
    key, step, version, note = (sent.get(name) for name in ("id", "step", "version", "note"))
    if not (isinstance(key, str) and is_key(key) and isinstance(step, str) and isinstance(note, str)):
        raise Unreadable()
    if type(version) is not int or not _can_be(step, version):
        raise Unreadable()
    return SentTick(key, step, version, _instant(sent.get("at")), kept_note(note))


def pressed(value: str) -> tuple[str, int] | None:
    """The step and the version that a button of the page stands for; None where no page of ours has such a button.

    >>> pressed("C02.1"), pressed("C02")
    (('C02', 1), None)
    """
    step, _, version = value.rpartition(".")
    if not (version.isascii() and version.isdigit() and len(version) <= len(str(_HIGHEST_VERSION))):
        return None
    return (step, int(version)) if _can_be(step, int(version)) else None


def _can_be(step: str, version: int) -> bool:
    return _STEP.fullmatch(step) is not None and 0 <= version <= _HIGHEST_VERSION


def kept_note(note: str) -> str:
    """The note as it can be kept: what cannot be printed becomes a blank, and too long an end is cut at last.

    Some letters of Bengali and Hindi are two characters once they are written in the form that is kept.

    Nobody is there to type it again, and one note must not hold up the others.

    >>> kept_note("done\u202e twice")
    'done  twice'
    """
    try:
        whole = entered.paragraphs(note, limit=_LONGEST_COMPOSED)
    except Invalid:
        plain = "".join(one if one.isprintable() else " " for one in note)
        whole = entered.paragraphs(plain, limit=_LONGEST_COMPOSED)
    return whole[:LONGEST_NOTE].rstrip()


def _instant(text: object) -> datetime:
    found = said_instant(text)
    if found is None:
        raise Unreadable()
    return found
