"""Commands about mail: try whether it leaves, and look at what waits."""

import sys
from secrets import token_bytes

import click
from flask.cli import AppGroup

from vctestimony.adapters import mail_probe
from vctestimony.adapters.mail import ENVELOPE, MailboxSender, SmtpSender
from vctestimony.cli.at_hand import says_why, settings, units
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.itip import new_message_id
from vctestimony.services import held_mails, mail_lists

mail = AppGroup("mail", help="Mail: whether it leaves, and what waits.")
GROUPS = (mail,)


@mail.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send one mail to ADDRESS and say in words what came of it. Exit 0 taken, 1 not taken, 2 no address."""
    if not ENVELOPE.fullmatch(address):
        raise click.BadParameter(f"{address!r} is no mail address; write it like officer@court.example")
    ports = units().ports
    own = settings().organiser
    message_id = new_message_id(token_bytes(10), sequence=0, host=ports.addresses.uid_host)
    message = mail_probe.letter(sender=own, to=address, message_id=message_id, at=ports.clock.now())
    if isinstance(ports.sender, MailboxSender):
        ports.sender.send(message, to=address)
        words = f"No mail server is set (VCT_SMTP_HOST), so nothing left: the mail lies in {ports.sender.folder}."
        click.echo(words, err=True)
        sys.exit(1)
    if not isinstance(ports.sender, SmtpSender):
        raise click.ClickException("This service sends in a way that cannot be tried from here.")
    outcome = mail_probe.tried(ports.sender, message, envelope=own, to=address)
    click.echo(outcome.words, err=not outcome.taken)
    sys.exit(0 if outcome.taken else 1)


@mail.command("status")
def status() -> None:
    """How many mails wait, are being sent, or did not arrive, and since when the oldest waits."""
    with units().reading() as unit:
        found, held = mail_lists.overview(unit), held_mails.is_held(unit)
    click.echo(f"waiting {found.waiting}")
    click.echo(f"being sent {found.leaving}")
    click.echo(f"not delivered {found.undelivered}")
    click.echo(f"sent {found.sent}")
    oldest = found.oldest_at.isoformat(timespec="seconds") if found.oldest_at else "none"
    click.echo(f"oldest that waits {oldest}")
    if held:
        click.echo("all of it is held since a restore: look through it under Administration, or: flask mail release")


@mail.command("held")
@says_why
def held() -> None:
    """The mails that are held since a restore, the oldest first: number, kind, to whom."""
    with units().reading() as unit:
        for number, kind, address in held_mails.in_brief(unit):
            click.echo(f"{number} {kind} to {address}")


@mail.command("release")
@click.option("--only", "chosen", multiple=True, type=int, metavar="ID", help="Only this mail (see: flask mail held).")
@click.confirmation_option(prompt="What waits and was not dropped leaves now. Release it?")
@says_why
def release(chosen: tuple[int, ...]) -> None:
    """Let mail leave again that is held since a restore, all or some; what must not leave is dropped first."""
    with units().writing() as unit:
        count = held_mails.let_go(unit, chosen, by=SYSTEM) if chosen else held_mails.release(unit, by=SYSTEM)
    click.echo(f"Released: {count} mails leave now.")


@mail.command("drop")
@click.argument("chosen", nargs=-1, required=True, type=int, metavar="ID...")
@says_why
def drop(chosen: tuple[int, ...]) -> None:
    """Let mails never leave that are held since a restore (see: flask mail held)."""
    with units().writing() as unit:
        count = held_mails.drop(unit, chosen, by=SYSTEM)
    click.echo(f"Dropped: {count} mails will not leave.")
