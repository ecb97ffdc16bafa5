"""Commands of the schedule of retention: what it says and what is due, and carrying it out now."""

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import says_why, units
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.retention import FATE_LABELS, HAND_LABELS
from vctestimony.services import retention

retention_group = AppGroup("retention", help="What is kept for how long. The worker carries it out once a day.")
GROUPS = (retention_group,)


@retention_group.command("list")
@says_why
def listed() -> None:
    """Print every kind of data with what becomes of it, when, by whose hand, and how much is due now."""
    with units().reading() as unit:
        standing = retention.standing(unit, by=SYSTEM)
    for line in standing.lines:
        rule = line.rule
        after = f" {rule.days} days after: {rule.after}" if rule.days else f" {rule.after}" if rule.after else ""
        due = "" if line.count is None else f"; due now: {line.count}"
        click.echo(f"{rule.held}: {rule.what}")
        own = " (set by this court)" if rule.is_own else ""
        click.echo(f"    {FATE_LABELS[rule.fate]}{after}{own}; {HAND_LABELS[rule.hand]}{due}")
    click.echo(f"Cases on legal hold: {standing.holds}.")


@retention_group.command("run")
@click.option("--dry", is_flag=True, help="Only count; change nothing.")
@says_why
def run(dry: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Wipe and delete what is due. Cases on legal hold are left alone."""
    for held, count in retention.run(units(), is_dry=dry).items():
        if count:
            click.echo(f"{held}: {count}")
    click.echo("Nothing was changed: this only counted." if dry else "Done. The counts are in the journal.")
