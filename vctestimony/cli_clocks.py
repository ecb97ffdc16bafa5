"""The command for changed clock rules, beside the others of cli.py."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from vctestimony.services import timezones as clock_rules
from vctestimony.services.unit import Units
from vctestimony.web.context import EXTENSION

timezones = AppGroup("timezones", help="Clock rules that changed.")


@timezones.command("check")
@click.option("--move", is_flag=True, help="Move what is found to its agreed hour, and write to everybody.")
def check(move: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Read every future hearing by the clock rules installed now. Exit 1 if any is found, or cannot be moved."""
    units: Units = current_app.extensions[EXTENSION].units
    outcomes = clock_rules.move_all(units) if move else clock_rules.look(units)
    for line in clock_rules.report(outcomes):
        click.echo(line)
    sys.exit(0 if all(outcome.mails is not None for outcome in outcomes) else 1)
