"""The use-cases of the journal's anchors: set one a day outside the database, and hold the journal against them.

The line is on the disk before the journal says so: after a crash in between there is one anchor more, never one less.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from vctestimony.domain.access import SYSTEM
from vctestimony.domain.account_letters import AccountLetter, AccountMail, AccountReader
from vctestimony.domain.anchors import Anchor, Compared, anchors_in, compared, line_of
from vctestimony.domain.letters import Mailbox
from vctestimony.services import journal, outgoing
from vctestimony.services.unit import Unit, Units
from vctestimony.store import audit

EVERY = timedelta(days=1)
SUBJECT = "journal"
MAIL_KIND = "anchor"
SET = "journal.anchored"


def set_daily(units: Units) -> None:
    """Set one among other chores, where the last one is a day old."""
    with units.reading() as unit:
        if not _is_due(unit):
            return
    with units.writing() as unit:
        journal.queue(unit)
        if _is_due(unit):
            set_now(unit)


def set_now(unit: Unit, *, is_restored: bool = False) -> Anchor | None:
    """Write down how far the journal has come, and mail it where somebody is to have it; None while it is empty."""
    journal.queue(unit)
    number, head = audit.last(unit.session)
    if not number and not is_restored:
        return None
    anchor = Anchor(number, head, unit.now.replace(microsecond=0), is_restored=is_restored)
    unit.ports.anchors.add(line_of(anchor))
    _mail(unit, anchor)
    journal.write(unit, SET, subject=SUBJECT, by=SYSTEM, number=number, hash=head)
    return anchor


def compare(unit: Unit, by_hand: Sequence[Anchor] = ()) -> tuple[Compared, tuple[int, ...]]:
    """Whether the journal is the one that was anchored; and lines of the file that cannot be read."""
    kept, unread = anchors_in(unit.ports.anchors.lines())
    numbers = {one.number for one in (*kept, *by_hand)}
    hashes = audit.hashes(unit.session, sorted(numbers))
    return compared(kept, by_hand, named=_named(unit), hashes=hashes), unread


def newest_at(unit: Unit) -> datetime | None:
    """When the newest anchor outside the database was set; without one, when the journal began. None while it is
    empty."""
    kept, _ = anchors_in(unit.ports.anchors.lines())
    return max((one.at for one in kept if one.at is not None), default=None) or audit.began_at(unit.session)


def head(unit: Unit) -> Anchor:
    """How far the journal has come now."""
    return Anchor(*audit.last(unit.session), unit.now)


def _named(unit: Unit) -> tuple[Anchor, ...]:
    entries = (entry for entry in journal.history(unit, SUBJECT) if entry.action == SET)
    told = ((json.loads(entry.facts), entry.at) for entry in entries)
    return tuple(Anchor(int(facts["number"]), str(facts["hash"]), at) for facts, at in told)


def _is_due(unit: Unit) -> bool:
    last = journal.newest(unit, SUBJECT)
    return last is None or unit.now - last.at >= EVERY


def _mail(unit: Unit, anchor: Anchor) -> None:
    """It names nobody and nothing but the journal's own number and hash."""
    addresses = unit.ports.addresses
    if not addresses.anchors_to:
        return
    letter = AccountLetter(
        kind=AccountMail.JOURNAL_HEAD,
        written_at=unit.now.replace(microsecond=0),
        to=AccountReader(name=addresses.organiser_name, address=addresses.anchors_to, language="en"),
        organizer=Mailbox(addresses.organiser_name, addresses.organiser_address),
        url=f"{addresses.public_url}/admin/journal",
        code=str(anchor),
    )
    compose = partial(unit.ports.letters.compose_account, letter)
    outgoing.lay_down(unit, kind=MAIL_KIND, to=addresses.anchors_to, compose=compose)
