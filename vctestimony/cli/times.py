"""Commands about times: solve a slot problem, read busy calendars, plan what waits, follow changed clock rules."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from vctestimony.cli.at_hand import says_why, units
from vctestimony.domain.errors import Refusal
from vctestimony.domain.slot_problem import solve_text
from vctestimony.services import (
    backlog_data,
    busy_refreshing,
)
from vctestimony.services import timezones as clock_rules

slots = AppGroup("slots", help="The slot search by itself.")
busy = AppGroup("busy", help="Busy time from officials' own calendars.")
backlog_group = AppGroup("backlog", help="Hearings that wait for a time.")
timezones = AppGroup("timezones", help="Clock rules that changed.")
GROUPS = (slots, busy, backlog_group, timezones)


@slots.command("solve")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def solve(file: Path) -> None:
    """Read a neutral slot problem, print its answer."""
    try:
        click.echo(solve_text(file.read_text(encoding="utf-8")))
    except (Refusal, UnicodeDecodeError) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)


@busy.command("refresh")
def refresh_busy_times() -> None:
    """Read the subscribed calendars that are due, as the worker does."""
    count = 0
    while read := busy_refreshing.refresh_due(units()):
        count += read
    click.echo(f"{count} calendars read.")


@backlog_group.command("plan")
@click.argument("email")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1)
@click.option("--seconds", type=click.IntRange(1, 600), default=20, help="About how long to search.")
@click.option("--json", is_flag=True, required=True, expose_value=False, help="The only form there is.")
@says_why
def plan_backlog(email: str, seed: int, seconds: int) -> None:
    """Plan everything that waits for the coordinator with that address; books nothing."""
    found = backlog_data.planned(units(), email, seed=seed, seconds=seconds)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


@timezones.command("check")
@click.option("--move", is_flag=True, help="Move what is found to its agreed hour, and write to everybody.")
@says_why
def check_timezones(move: bool) -> None:  # noqa: FBT001 - click passes flags by name
    """Read every future hearing and held time by today's clock rules. Exit 1 if any is found, or cannot be moved."""
    outcomes = clock_rules.move_all(units()) if move else clock_rules.look(units())
    for line in clock_rules.report(outcomes):
        click.echo(line)
    sys.exit(0 if all(outcome.mails is not None for outcome in outcomes) else 1)
