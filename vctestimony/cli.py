"""The commands of `flask --app wsgi`, one short function each. Exit 0 done, 1 refused with the reason, 2 wrong call."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Event, Thread
from typing import ParamSpec

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from waitress.server import create_server

from vctestimony import demo
from vctestimony.adapters import languages
from vctestimony.adapters.check import check_everything
from vctestimony.config import Settings
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.errors import Refusal
from vctestimony.domain.people import Role
from vctestimony.domain.slot_problem import solve_text
from vctestimony.services import (
    accounts,
    backlog_data,
    busy_refreshing,
    journal,
    listing,
    plan_office,
    post_office,
    printing,
    records,
)
from vctestimony.services.chores import Chores
from vctestimony.services.unit import Units
from vctestimony.store import backup as store_backup
from vctestimony.store import schema
from vctestimony.store.db import db
from vctestimony.web.context import EXTENSION

P = ParamSpec("P")
WORKER = "worker"
IN_ORDER = "Packs, calendars, templates, fonts and database are in order."


def bind(app: Flask, settings: Settings, *, wake: Event) -> None:
    """Give the application its commands."""
    app.extensions[WORKER] = (settings, wake, app)
    for command in (init, check, serve, worker, demo_command, translations, backup, restore, *GROUPS):
        app.cli.add_command(command)


def _units() -> Units:
    units: Units = current_app.extensions[EXTENSION].units
    return units


def _application() -> Flask:
    app: Flask = current_app.extensions[WORKER][2]
    return app


def _settings() -> Settings:
    settings: Settings = current_app.extensions[WORKER][0]
    return settings


def says_why(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a refusal into one line on standard error and exit code 1."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            click.echo(refusal.sentence(), err=True)
            sys.exit(1)

    return guarded


@click.command("init")
@with_appcontext
@says_why
def init() -> None:
    """Bring the database to this version's schema."""
    schema.upgrade(db.engine)
    click.echo(f"The database is at revision {schema.present(db.engine)}.")


@click.command("check")
@with_appcontext
def check() -> None:
    """Check packs, calendars, templates, fonts, database and mail; one line each."""
    findings = check_everything(_settings().sop_dir, _settings().templates_dir)
    present, wanted = schema.present(db.engine), schema.wanted()
    if present != wanted:
        findings.append(f"database: it has revision {present}, this version needs {wanted}; run: flask --app wsgi init")
    for line in findings:
        click.echo(line, err=True)
    click.echo(f"{len(findings)} problems." if findings else IN_ORDER)
    sys.exit(1 if findings else 0)


@click.command("serve")
@with_appcontext
@says_why
def serve() -> None:
    """Serve the pages on 127.0.0.1, with a worker for the mail in the same process."""
    settings = _settings()
    if schema.present(db.engine) != schema.wanted():
        click.echo("The database does not fit this version. Run: flask --app wsgi init", err=True)
        sys.exit(1)
    app = _application()
    stop = Event()
    if settings.worker_in_process:
        Thread(target=_work, args=(app, stop), name="worker", daemon=True).start()
        Thread(target=_plan, args=(app, stop), name="planner", daemon=True).start()
    server = create_server(
        app, host="127.0.0.1", port=settings.port, threads=8, channel_timeout=30, connection_limit=200, ident=None
    )
    click.echo(f"Serving on {settings.public_url}")
    click.echo(demo.sign_ins(settings.instance_dir))
    try:
        server.run()
    finally:
        stop.set()


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Send mail and make plans until stopped; run as many as you like."""
    Thread(target=_plan, args=(_application(), Event()), name="planner", daemon=True).start()
    _work(_application(), Event())


def _work(app: Flask, stop: Event) -> None:
    with app.app_context():
        wake: Event = app.extensions[WORKER][1]
        post_office.run(_units(), owner=post_office.new_owner(), wake=wake, stop=stop, chores=Chores())


def _plan(app: Flask, stop: Event) -> None:
    with app.app_context():
        plan_office.run(_units(), owner=post_office.new_owner(), stop=stop)


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Only into a database that holds nothing yet.")
@click.option("--empty", is_flag=True, help="A bare installation with one administrator instead.")
@click.option("--backlog", type=click.IntRange(0, 400), default=12, help="How many hearings wait for a time.")
@with_appcontext
@says_why
def demo_command(if_empty: bool, empty: bool, backlog: int) -> None:  # noqa: FBT001 - click passes flags by name
    """Build the demonstration world anew."""
    settings = _settings()
    if if_empty and not demo.is_empty(_units()):
        return
    demo.clear(settings.instance_dir, engine=db.engine)
    demo.build(_units(), settings.instance_dir, bare=empty, backlog=backlog)
    click.echo(demo.sign_ins(settings.instance_dir))


@click.command("translations")
@with_appcontext
def translations() -> None:
    """Merge new texts into the catalogues of translations."""
    sys.exit(languages.main(["update"]))


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@with_appcontext
@says_why
def backup(target: Path) -> None:
    """Copy the SQLite database, consistently, while the service runs."""
    store_backup.copy_out(db.engine, target)
    click.echo(f"Written to {target}. Keep it apart from the keys in {_settings().instance_dir}.")


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@with_appcontext
@says_why
def restore(source: Path) -> None:
    """Put a backup in place of the SQLite database; stop the service first."""
    store_backup.copy_in(db.engine, source)
    click.echo("Restored.")


slots = AppGroup("slots", help="The slot search by itself.")
hearings = AppGroup("hearings", help="Hearings as data.")
documents = AppGroup("documents", help="Paper.")
journal_group = AppGroup("journal", help="The hash-chained journal.")
record_group = AppGroup("record", help="Sealed records.")
user = AppGroup("user", help="Accounts.")
busy = AppGroup("busy", help="Busy time from officials' own calendars.")
backlog_group = AppGroup("backlog", help="Hearings that wait for a time.")
GROUPS = (busy, slots, hearings, backlog_group, documents, journal_group, record_group, user)


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
    while read := busy_refreshing.refresh_due(_units()):
        count += read
    click.echo(f"{count} calendars read.")


@hearings.command("list")
@click.option("--json", is_flag=True, required=True, expose_value=False, help="The only form there is.")
def list_hearings() -> None:
    """Every hearing by reference, state and time; no person is named."""
    with _units().reading() as unit:
        click.echo(json.dumps(listing.hearings(unit), indent=2, ensure_ascii=False))


@backlog_group.command("plan")
@click.argument("email")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1)
@click.option("--seconds", type=click.IntRange(1, 600), default=20, help="About how long to search.")
@click.option("--json", is_flag=True, required=True, expose_value=False, help="The only form there is.")
@says_why
def plan_backlog(email: str, seed: int, seconds: int) -> None:
    """Plan everything that waits for the coordinator with that address; books nothing."""
    found = backlog_data.planned(_units(), email, seed=seed, seconds=seconds)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))


@documents.command("list")
@click.argument("reference")
@click.option("--json", is_flag=True, required=True, expose_value=False, help="The only form there is.")
@says_why
def list_documents(reference: str) -> None:
    """What can be printed for a hearing."""
    with _units().reading() as unit:
        click.echo(json.dumps(printing.offered(unit, reference), indent=2, ensure_ascii=False))


@documents.command("render")
@click.argument("reference")
@click.argument("document")
@click.option("--lang", type=click.Choice(["en", "hi", "bn"]), default="en")
@click.option("--out", type=click.Path(path_type=Path), required=True)
@says_why
def render(reference: str, document: str, lang: str, out: Path) -> None:
    """Print one document of a hearing as PDF."""
    out.write_bytes(printing.render(_units(), reference, document, lang=lang, by=SYSTEM))


@journal_group.command("verify")
def verify() -> None:
    """Walk the chain; name the first entry that was changed, removed or put elsewhere."""
    with _units().reading() as unit:
        count, found = journal.verify(unit)
    if found is not None:
        click.echo(f"The journal is broken: {found.problem}. {count} entries before it hold.", err=True)
        sys.exit(1)
    click.echo(f"{count} entries, all in place and unchanged.")


@record_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_record(file: Path) -> None:
    """Tell whether a PDF is a record sealed here, to the last byte."""
    with _units().reading() as unit:
        found = records.verify_file(unit, file.read_bytes())
    if found.verdict is None or not found.verdict.unchanged:
        click.echo("This file is not a record that was sealed here, or it was changed since.", err=True)
        sys.exit(1)
    click.echo(f"This is the sealed record {found.verdict.code}, unchanged.")


@user.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--post", default="", help="Code of the post; administrators need none.")
@says_why
def add_user(email: str, name: str, role: str, post: str) -> None:
    """Open an account; prints its first password once."""
    with _units().writing() as unit:
        post_id = accounts.post_of(unit, post) if post else None
        new = accounts.NewAccount(email=email, name=name, role=Role(role), post_id=post_id)
        password = accounts.create_with_first_password(unit, new, by=SYSTEM)
    click.echo(f"First password of {email}: {password}")
