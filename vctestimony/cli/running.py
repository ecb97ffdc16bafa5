"""Commands that run and keep the service: set up, check, serve, work, demonstrate, translate."""

import sys
from threading import Event, Thread

import click
from flask import Flask
from flask.cli import with_appcontext
from waitress.server import BaseWSGIServer

from vctestimony import demo
from vctestimony.adapters import languages, packs
from vctestimony.adapters.check import check_everything
from vctestimony.cli import server, signing
from vctestimony.cli.at_hand import WORKER, application, says_why, settings, units
from vctestimony.cli.pack_lists import catalogue_lines
from vctestimony.cli.starting import refuse_unfit
from vctestimony.config import VAULT_FILE, Settings
from vctestimony.domain.errors import Refusal
from vctestimony.domain.wording import N_
from vctestimony.services import (
    bundle_making,
    busy_refreshing,
    editions,
    inbox,
    joining,
    plan_office,
    post_office,
    vault,
)
from vctestimony.services.chores import Chores
from vctestimony.store import backup as store_backup
from vctestimony.store import schema
from vctestimony.store.db import db


class PortShut(Refusal):
    """Something else serves there, or the system keeps the port to itself."""

    text = N_("Port {port} of 127.0.0.1 cannot be opened ({problem}): stop what uses it, or set another PORT.")


IN_ORDER = "Packs, calendars, templates, fonts and database are in order."


@click.command("init")
@with_appcontext
@says_why
def init() -> None:
    """Bring the database to this version's schema."""
    schema.upgrade(db.engine)
    click.echo(f"The database is at revision {schema.present(db.engine)}.")


@click.command("check")
@click.option("--catalogue", is_flag=True, help="Every row of the catalogue: packs that have it, tests that show it.")
@with_appcontext
def check(*, catalogue: bool) -> None:
    """Check packs, calendars, templates, fonts, signing, database and mail; one line each."""
    for line in catalogue_lines(settings().sop_dir, whole=catalogue):
        click.echo(line)
    click.echo(signing.state(settings().signing))
    findings = check_everything(settings().sop_dir, settings().templates_dir)
    findings += signing.findings(settings().signing, now=units().ports.clock.now())
    present, wanted = schema.present(db.engine), schema.wanted()
    if present != wanted:
        findings.append(f"database: it has revision {present}, this version needs {wanted}; run: flask --app wsgi init")
    else:
        findings += [*_vault_findings(), *_edition_findings()]
    for line in findings:
        click.echo(line, err=True)
    click.echo(f"{len(findings)} problems." if findings else IN_ORDER)
    sys.exit(1 if findings else 0)


def _vault_findings() -> list[str]:
    with units().reading() as unit:
        if vault.opens(unit) and joining.opens(unit):
            return []
    return [f"vault: no key at hand opens what is sealed; put back {VAULT_FILE} of this database, or VCT_VAULT_KEY"]


def _edition_findings() -> list[str]:
    """Packs that were changed under a version that was in use already."""
    with units().reading() as unit:
        return [str(problem) for problem in packs.located(editions.changed_unraised(unit), unit.ports.packs())]


@click.command("serve")
@with_appcontext
@says_why
def serve() -> None:
    """Serve the pages on 127.0.0.1, with a worker for the mail in the same process."""
    own = settings()
    refuse_unfit(db.engine)
    for line in _edition_findings():
        click.echo(line, err=True)
    with store_backup.in_service(db.engine):
        _serve(own)


def _serve(own: Settings) -> None:
    app, serving = application(), _opened(own.port)
    stop = Event()
    if own.worker_in_process:
        Thread(target=_work, args=(app, stop), name="worker", daemon=True).start()
        _beside(app, stop)
    click.echo(f"Serving on {own.public_url}")
    click.echo(demo.sign_ins(units(), own.instance_dir))
    try:
        serving.run()
    finally:
        stop.set()


def _opened(port: int) -> BaseWSGIServer:
    try:
        return server.opened(application(), port=port)
    except OSError as error:
        raise PortShut(port=port, problem=error.strerror) from error


@click.command("worker")
@with_appcontext
@says_why
def worker() -> None:
    """Send and read mail, make plans, print bundles and read calendars until stopped; run as many as you like."""
    refuse_unfit(db.engine)
    stop = Event()
    with store_backup.in_service(db.engine):
        _beside(application(), stop)
        _work(application(), stop)


def _beside(app: Flask, stop: Event) -> None:
    """What may take long, in threads of its own: mail waits neither for a plan nor for a server of others."""
    Thread(target=_plan, args=(app, stop), name="planner", daemon=True).start()
    Thread(target=_print, args=(app, stop), name="printer", daemon=True).start()
    Thread(target=_read, args=(app, stop), name="reader", daemon=True).start()
    Thread(target=_collect, args=(app, stop), name="postman", daemon=True).start()


def _work(app: Flask, stop: Event) -> None:
    with app.app_context():
        wake: Event = app.extensions[WORKER][1]
        post_office.run(units(), owner=post_office.new_owner(), wake=wake, stop=stop, chores=Chores())


def _plan(app: Flask, stop: Event) -> None:
    with app.app_context():
        plan_office.run(units(), owner=post_office.new_owner(), stop=stop)


def _print(app: Flask, stop: Event) -> None:
    with app.app_context():
        bundle_making.run(units(), owner=post_office.new_owner(), stop=stop)


def _read(app: Flask, stop: Event) -> None:
    with app.app_context():
        busy_refreshing.run(units(), stop=stop)


def _collect(app: Flask, stop: Event) -> None:
    with app.app_context():
        inbox.run(units(), stop=stop)


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Only into a database that holds nothing yet.")
@click.option("--untold", is_flag=True, help="Do not say with what to sign in; serving says it.")
@click.option("--empty", is_flag=True, help="A bare installation with one administrator instead.")
@click.option("--backlog", type=click.IntRange(0, 400), default=12, help="How many hearings wait for a time.")
@with_appcontext
@says_why
def demo_command(*, if_empty: bool, untold: bool, empty: bool, backlog: int) -> None:
    """Build the demonstration world anew."""
    own = settings()
    if if_empty and not demo.is_empty(units()):
        return
    demo.clear(own.instance_dir, engine=db.engine)
    demo.build(units(), own.instance_dir, bare=empty, backlog=backlog)
    if not untold:
        click.echo(demo.sign_ins(units(), own.instance_dir))


@click.command("translations")
@with_appcontext
def translations() -> None:
    """Merge new texts into the catalogues of translations."""
    sys.exit(languages.main(["update"]))


COMMANDS = (init, check, serve, worker, demo_command, translations)
