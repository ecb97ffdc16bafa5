"""Commands about reminders: what would be sent to whom."""

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import says_why, units
from vctestimony.services import reminder_listing

reminders = AppGroup("reminders", help="Reminders of hearings, answers and steps.")
GROUPS = (reminders,)


@reminders.command("due")
@click.option("--days", type=click.IntRange(1, 60), default=7, help="How far to look ahead.")
@click.option("--addresses", is_flag=True, help="Show mail addresses too.")
@says_why
def due(days: int, addresses: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Print what would be sent to whom, each at the reader's own clock; sends nothing."""
    with units().reading() as unit:
        lines = reminder_listing.coming(unit, days=days)
    for line in lines:
        to = f"{line.name} <{line.address}>" if addresses else line.name
        at = f"{line.at.wall:%a %Y-%m-%d %H:%M} {line.at.city} ({line.at.offset})"
        many = f" ({line.count})" if line.count > 1 else ""
        click.echo(f"{at}  {line.rule}{many}  {line.reference}  {line.how}  {to}")
    click.echo(f"{sum(line.count for line in lines)} reminders in {days} days.")
