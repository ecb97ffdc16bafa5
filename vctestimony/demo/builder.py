"""Makes and removes the demonstration. The journal and the seals cannot be emptied, so all tables go and come anew."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import Engine

from vctestimony.adapters.mail import MailboxSender
from vctestimony.demo import (
    calendars,
    choices,
    editions,
    holds,
    inbound,
    joining,
    leaves,
    longer,
    notice,
    orders,
    own_calendars,
    own_feeds,
    plans,
    post,
    reminders,
    replies,
    showing,
    sittings,
    stage,
    stories,
    today,
    transcripts,
    waiting,
)
from vctestimony.demo.people import ADMINISTRATOR, SHARED_WORDS, People
from vctestimony.demo.stage import Stage, Story
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.people import ROLE_LABELS, Role
from vctestimony.services import accounts
from vctestimony.services.accounts import NewAccount
from vctestimony.services.unit import Units
from vctestimony.store import accounts as account_store
from vctestimony.store import outbox, schema
from vctestimony.store import places as store

MAILBOX, INBOX = "mailbox", "inbox"


def is_empty(units: Units) -> bool:
    """Whether nobody has entered anything yet."""
    with units.reading() as unit:
        return store.nothing_entered(unit.session)


def clear(instance: Path, *, engine: Engine) -> None:
    """Remove everything: all tables, with what they hold, then both boxes of mails and the note."""
    schema.upgrade(engine)
    outbox.give_up_all(engine)
    schema.downgrade(engine)
    schema.upgrade(engine)
    for box in (MAILBOX, INBOX):
        shutil.rmtree(instance / box, ignore_errors=True)
    notice.take_away(instance)


def build(units: Units, instance: Path, *, bare: bool, backlog: int = waiting.USUALLY) -> None:
    """Fill an empty database: with the demonstration, or, `bare`, with one administrator. Leaves the note.

    `backlog` says how many hearings of it wait for a time, besides those of its stories.
    """
    if bare:
        with units.writing() as unit:
            new = NewAccount(email=ADMINISTRATOR, name="Administrator", role=Role.ADMINISTRATOR)
            password = accounts.create_with_first_password(unit, new, by=SYSTEM)
        notice.leave(instance, _bare_note(password), name=notice.FIRST_SIGN_IN)
        return
    playing = stage.set_stage(units, MailboxSender(instance / MAILBOX))
    stage.play(playing, _told(playing, backlog=backlog))
    editions.leave_one_behind(units)
    leaves.given(units)
    holds.placed(units)
    notice.leave(instance, tuple(_note(playing.people)))


def _told(playing: Stage, *, backlog: int) -> Iterator[Story]:
    """Every story. Of two at one moment the one that comes first here goes on first."""
    yield from stories.told(playing)
    yield from sittings.told(playing)
    yield today.to_be_opened(playing)
    told = (choices.any_of_two, longer.split, orders.ordered, joining.joined, replies.given)
    yield from (tell(playing) for tell in told)
    yield from calendars.told(playing)
    yield from own_calendars.told(playing)
    yield from own_feeds.told(playing)
    yield from transcripts.told(playing)
    yield waiting.waiting(playing, backlog)
    yield plans.finished(playing)
    yield post.came_back(playing)
    yield reminders.reminded(playing)
    yield inbound.read(playing)
    yield showing.shown(playing)


def sign_ins(units: Units, instance: Path) -> str:
    """How to sign in for the first time; empty when nothing was left or the first password was changed."""
    if notice.is_loaded(instance):
        return notice.left(instance)
    with units.reading() as unit:
        row = account_store.by_email(unit.session, ADMINISTRATOR)
        is_due = row is not None and row.is_active and row.must_change
    return notice.left(instance, name=notice.FIRST_SIGN_IN) if is_due else ""


def _bare_note(password: str) -> tuple[str, ...]:
    return (
        "This installation is empty: one administrator, no data.",
        f"Sign in as {ADMINISTRATOR} with the first password {password}; you will be asked for your own.",
        f"Then delete {notice.FIRST_SIGN_IN}.",
    )


def _note(people: People) -> Iterator[str]:
    yield "Demonstration: every person and case is invented. All sign in with the same passphrase:"
    yield f"    {SHARED_WORDS}"
    width = max(len(email) for email, _ in people.sign_ins)
    for email, role in people.sign_ins:
        yield f"  {email:<{width}}  {ROLE_LABELS[role]}"
