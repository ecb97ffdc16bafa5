"""Commands that give data and paper away, prove what was kept, and open accounts."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import says_why, units
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.anchors import Compared, typed
from vctestimony.domain.people import Role
from vctestimony.domain.wording import LANGUAGES
from vctestimony.services import (
    account_links,
    accounts,
    anchors,
    journal,
    listing,
    printing,
    second_steps,
)
from vctestimony.services.papers import lists

hearings = AppGroup("hearings", help="Hearings as data.")
documents = AppGroup("documents", help="Paper.")
journal_group = AppGroup("journal", help="The hash-chained journal.")
user = AppGroup("user", help="Accounts.")
GROUPS = (hearings, documents, journal_group, user)


@hearings.command("list")
@click.option("--json", is_flag=True, required=True, expose_value=False, help="The only form there is.")
def list_hearings() -> None:
    """Every hearing by reference, state and time; no person is named."""
    with units().reading() as unit:
        click.echo(json.dumps(listing.hearings(unit), indent=2, ensure_ascii=False))


@documents.command("list")
@click.argument("reference")
@click.option("--json", is_flag=True, required=True, expose_value=False, help="The only form there is.")
@says_why
def list_documents(reference: str) -> None:
    """What can be printed for a hearing."""
    with units().reading() as unit:
        click.echo(json.dumps(printing.offered(unit, reference), indent=2, ensure_ascii=False))


@documents.command("render")
@click.argument("reference")
@click.argument("document")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en")
@click.option("--for", "person", default="", help="Public id of the participant it is for, where it is for one.")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@says_why
def render(reference: str, document: str, lang: str, person: str, out: Path) -> None:
    """Print one document of a hearing as PDF."""
    out.write_bytes(printing.render(units(), reference, document, lang=lang, by=SYSTEM, person=person))


@documents.command("day")
@click.argument("post")
@click.argument("date", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--room", default="", help="Name of one room of the post, where not the whole post is meant.")
@click.option("--week", is_flag=True, help="The list of the working week in which the date lies.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@says_why
def print_day(post: str, date: datetime, room: str, week: bool, lang: str, out: Path) -> None:  # noqa: FBT001 - click passes flags by name
    """Print the day sheet of a post, for that date there, as PDF."""
    if week and room:
        raise click.UsageError("The list of a week is of a whole post: leave out --room or --week.")
    on = date.date()
    week_or_day = (
        lists.render_week(units(), post, on, lang=lang)
        if week
        else lists.render_day(units(), post, on, lang=lang, room=room)
    )
    out.write_bytes(week_or_day)


@journal_group.command("verify")
@click.option("--anchor", "by_hand", multiple=True, help="NUMBER:HASH from paper or a mail; as often as you like.")
@says_why
def verify(by_hand: tuple[str, ...]) -> None:
    """Walk the chain; name the first entry that was changed, removed or put elsewhere, and anchors that differ."""
    typed_in = [typed(one) for one in by_hand]
    with units().reading() as unit:
        found = journal.examine(unit)
        anchored, unread = anchors.compare(unit, typed_in)
        head = anchors.head(unit)
    for place in found.set_back:
        click.echo(
            f"Note: entry {place.number} bears an earlier time ({place.at.isoformat()}) than the entry before it "
            f"({place.before.isoformat()}). The clock was set back; the order of the numbers stands."
        )
    if found.times_set_back > len(found.set_back):
        click.echo(f"Note: so it was at {found.times_set_back} places; the first {len(found.set_back)} are named.")
    if found.broken is not None:
        click.echo(f"The journal is broken: {found.broken.problem}. {found.count} entries before it hold.", err=True)
        sys.exit(1)
    click.echo(f"{found.count} entries, all in place and unchanged.")
    click.echo(f"The last is {head}.")
    for line in anchor_lines(anchored, unread):
        click.echo(line, err=not anchored.is_well)
    sys.exit(0 if anchored.is_well else 1)


def anchor_lines(found: Compared, unread: tuple[int, ...]) -> Iterator[str]:
    """What comes of holding the journal against its anchors, a line each."""
    if unread:
        yield f"Note: lines of the file of anchors that cannot be read: {', '.join(map(str, unread))}."
    if found.given_up:
        yield f"Note: {found.given_up} anchors are of entries that a restored backup did not have."
    for anchor, now in found.other:
        when = f" of {anchor.at.isoformat()}" if anchor.at else ""
        there = f"has the hash {now}" if now else "is not there"
        yield f"The anchor {anchor}{when} does not fit: entry {anchor.number} {there}. The journal was written anew."
    for anchor in found.missing:
        yield (
            f"The anchor {anchor} is missing from the file, though the journal says that it was written. "
            "Look for it on paper or in the mail, and give it with --anchor."
        )
    yield f"{found.held} anchors outside the database hold." if found.held else "No anchor outside the database holds."


@user.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--post", default="", help="Code of the post; administrators need none.")
@says_why
def add_user(email: str, name: str, role: str, post: str) -> None:
    """Open an account; prints its first password once."""
    with units().writing() as unit:
        post_id = accounts.post_of(unit, post) if post else None
        new = accounts.NewAccount(email=email, name=name, role=Role(role), post_id=post_id)
        password = accounts.create_with_first_password(unit, new, by=SYSTEM)
    click.echo(f"First password of {email}: {password}")


@user.command("invite")
@click.argument("email")
@says_why
def invite_user(email: str) -> None:
    """Mail a new link to the owner of an account, to choose a password by."""
    with units().writing() as unit:
        account_links.send_invitation(unit, accounts.numbered(unit, email), by=SYSTEM)
    click.echo(f"An invitation to {email} lies in the outbox.")


@user.group("second-step")
def second_step() -> None:
    """Second steps of signing in."""


@second_step.command("reset")
@click.argument("email")
@click.option("--reason", required=True, help="Why, and how you made sure that it is the person.")
@says_why
def reset_second_step(email: str, reason: str) -> None:
    """Take app, passkeys and recovery codes of somebody away who lost them; ends their sessions."""
    with units().writing() as unit:
        second_steps.reset(unit, accounts.numbered(unit, email), reason=reason, by=SYSTEM)
    click.echo(f"A link to set up a new second step lies in the outbox, for {email}; it works once, for one hour.")
