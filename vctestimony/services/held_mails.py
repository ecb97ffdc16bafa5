"""The use-cases of mail held after a restore: hold all, show what would leave, drop or let go some, release the rest.

What waited when a backup was made may have left since. A restored copy that sent it again would tell people old things,
so nothing leaves, not even what is written afterwards, until a person has looked.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from vctestimony.domain.access import SYSTEM, Action, Actor, may_ever
from vctestimony.domain.errors import Conflict, Invalid, NotAllowed
from vctestimony.domain.instants import Reading
from vctestimony.domain.wording import N_
from vctestimony.services import delivery, journal, mail_lists
from vctestimony.services.clocks import both_clocks
from vctestimony.services.mail_lists import MailLine
from vctestimony.services.unit import Unit
from vctestimony.store import holds, mails
from vctestimony.store.models import MailHoldRow, OutboxRow, OutboxState

SUBJECT = "mail"
AT_ONCE = 50


class NotHeld(Conflict):
    """Somebody released it already."""

    text = N_("No mail is held. Somebody released it already; what waits is leaving.")


class NoneChosen(Invalid):
    """Nothing would happen, and it would look as if it had."""

    text = N_("Choose at least one mail.")


class EarlierHeld(Conflict):
    """What one person is told leaves in the order in which it was written."""

    text = N_("An earlier mail to the same person is still held, and must leave first. Choose it too, or drop it.")


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Since when mail is held, when the backup was made, how many mails wait, some of them, and what follows these."""

    since: tuple[Reading, Reading] | None
    backup_made_at: str
    count: int
    lines: tuple[MailLine, ...]
    next_after: int | None


def hold(unit: Unit, *, backup_made_at: str = "") -> int:
    """Let nothing leave any more; how many mails wait."""
    count = holds.put_back(unit.session)
    unit.session.add(MailHoldRow(held_at=unit.now, backup_made_at=backup_made_at, released_at=None))
    journal.write(unit, "mail.held", subject=SUBJECT, by=SYSTEM, waiting=count, backup_made_at=backup_made_at)
    return count


def is_held(unit: Unit) -> bool:
    """Whether all mail waits for somebody to release it."""
    return holds.current(unit.session) is not None


def page(unit: Unit, *, by: Actor, after: int = 0) -> HeldPage:
    """What would leave, for an administrator."""
    _allow(by)
    held = holds.current(unit.session)
    lines = mail_lists.waiting(unit, by=by, after=after, limit=AT_ONCE + 1)
    return HeldPage(
        since=both_clocks(held.held_at, by=by) if held else None,
        backup_made_at=held.backup_made_at if held else "",
        count=mail_lists.count_waiting(unit, by=by),
        lines=lines[:AT_ONCE],
        next_after=lines[AT_ONCE - 1].id if len(lines) > AT_ONCE else None,
    )


def in_brief(unit: Unit) -> list[tuple[int, str, str]]:
    """Number, kind and address of everything that is held, the oldest first, for the command line."""
    return [(row.id, row.kind, row.to_address) for row in holds.all_held(unit.session)]


def drop(unit: Unit, mail_ids: Collection[int], *, by: Actor) -> int:
    """Let these never leave: they had left before, or are of no use any more. Twice does no harm."""
    rows = _chosen(unit, mail_ids, by=by)
    for row in rows:
        row.state, row.attempts = OutboxState.FAILED, max(row.attempts, 1)
        row.dropped_at = row.settled_at = row.dead_at = unit.now
        journal.write(unit, "mail.dropped", subject=delivery.subject_of(unit, row), by=by, message_id=row.message_id)
    return len(rows)


def let_go(unit: Unit, mail_ids: Collection[int], *, by: Actor) -> int:
    """Let these leave now while the rest stays held; EarlierHeld where one of them must wait for one of the rest."""
    rows = _chosen(unit, mail_ids, by=by)
    for row in rows:
        row.let_go_at = unit.now
    unit.session.flush()
    if any(holds.held_before(unit.session, row) is not None for row in rows):
        raise EarlierHeld()
    for row in rows:
        journal.write(unit, "mail.let_go", subject=delivery.subject_of(unit, row), by=by, message_id=row.message_id)
    return len(rows)


def release(unit: Unit, *, by: Actor) -> int:
    """Let everything that was not dropped leave now; how many mails that are."""
    _allow(by)
    held = holds.unreleased(unit.session)
    if not held:
        raise NotHeld()
    for row in held:
        row.released_at, row.released_by = unit.now, by.name
    count = mails.count_waiting(unit.session, whose=sa.true())
    journal.write(unit, "mail.released", subject=SUBJECT, by=by, waiting=count)
    return count


def _chosen(unit: Unit, mail_ids: Collection[int], *, by: Actor) -> Sequence[OutboxRow]:
    _allow(by)
    if holds.current(unit.session) is None:
        raise NotHeld()
    if not mail_ids:
        raise NoneChosen(field="mail")
    return holds.held(unit.session, mail_ids)


def _allow(by: Actor) -> None:
    if by is not SYSTEM and (by.role is None or not may_ever(by.role, Action.ADMINISTER)):
        raise NotAllowed()
