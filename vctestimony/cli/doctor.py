"""`flask doctor`: everything that whoever runs the service can get wrong, one line each, with what to do about it."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from vctestimony.adapters import doctor as looks
from vctestimony.adapters.backup_files import header_of, is_backup
from vctestimony.adapters.breached import BreachedList
from vctestimony.adapters.check import check_everything
from vctestimony.adapters.inbox_imap import ImapInbox
from vctestimony.cli import signing
from vctestimony.cli.at_hand import outbound, settings, units
from vctestimony.config import LOOPBACK, VAULT_FILE, Settings
from vctestimony.domain.errors import Refusal
from vctestimony.services import anchors, heartbeat, held_mails, inbox_views, joining, mail_lists, vault, wellbeing
from vctestimony.services.unit import Unit
from vctestimony.store import condition, schema
from vctestimony.store.db import db
from vctestimony.store.sqlite_driver import SQLITE

ALL_WELL = "Everything is in order."
_SAFE_WAL = (3, 51, 3)


@click.command("doctor")
@click.option("--backups", type=click.Path(path_type=Path), help="The folder in which backups are kept.")
@click.option("--no-network", is_flag=True, help="Try no other server.")
@with_appcontext
def doctor(backups: Path | None, *, no_network: bool) -> None:
    """Look at everything that can be set up wrongly, and say what to do. Exit 0 all well, 1 something is not."""
    own = settings()
    found = [
        *looks.look_at_files(own.instance_dir),
        *looks.look_at_open_copies(own.instance_dir, units().ports.clock.now()),
        *looks.look_at_keys(_key_places(own)),
        *looks.look_at_port(own.port),
        *looks.look_at_disk(own.instance_dir),
        *looks.look_at_rules(looks.packaged_rules()),
        *_of_breached(own.vetting.breached),
        *looks.look_at_address(own.public_url, loopback=LOOPBACK),
        *looks.look_at_proxies(own.public_url, own.trusted_proxies),
        *check_everything(own.sop_dir, own.templates_dir),
        *signing.findings(own.signing, now=units().ports.clock.now()),
        *_of_engine(own),
        *_of_database(),
        *(() if no_network else _of_other_servers(own)),
        *(() if no_network else _of_provider()),
        *_of_scanner(own.vetting.clamd),
        *_of_backups(backups),
    ]
    for line in found:
        click.echo(line)
    click.echo(_counted(len(found), "thing", "to see to.") if found else ALL_WELL)
    sys.exit(1 if found else 0)


def _of_engine(own: Settings) -> Iterator[str]:
    place = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not place:
        return
    folder, mounts = Path(place).parent, Path("/proc/mounts")
    if mounts.exists():
        yield from looks.look_at_place(folder, mounts.read_text(encoding="utf-8", errors="replace"))
    if folder.resolve() != own.instance_dir.resolve():
        yield from looks.look_at_disk(folder)
    if SQLITE.sqlite_version_info < _SAFE_WAL:
        yield f"database: SQLite {SQLITE.sqlite_version} is old, so the slow safe way is used; install pysqlite3"


def _of_database() -> list[str]:
    try:
        if schema.present(db.engine) != schema.wanted():
            return [f"database: {wellbeing.NO_SCHEMA}"]
        with units().reading() as unit:
            found = [*_of_keys(unit), *_of_mail(unit)]
            last = condition.last_entry_at(unit.session)
            found += looks.look_at_clock(unit.now, last)
            found += looks.look_at_anchor(unit.now, anchors.newest_at(unit))
            return found + ([f"database: {wellbeing.READ_ONLY}"] if condition.is_read_only(unit.session) else [])
    except (Refusal, SQLAlchemyError):
        return ["database: it does not answer; correct VCT_DATABASE_URL, or start its server"]


def _of_keys(unit: Unit) -> Iterator[str]:
    if not (vault.opens(unit) and joining.opens(unit)):
        yield f"vault: no key at hand opens what is sealed; put back {VAULT_FILE} of this database, or VCT_VAULT_KEY"


def _of_mail(unit: Unit) -> Iterator[str]:
    overview = mail_lists.overview(unit)
    if held_mails.is_held(unit):
        yield f"mail: {_held(overview.waiting)}; look through them under Held mail, then: flask mail release"
    if heartbeat.silent_for(unit) is not None:
        yield "worker: it gives no sign of life; start it: flask --app wsgi worker, or serve"
    if overview.undelivered:
        yield f"mail: {_counted(overview.undelivered, 'mail', 'did not arrive')}; look under Undelivered mails"
    if inbox_views.is_failing(unit):
        yield "inbox: it cannot be read; correct VCT_INBOX and its user and password"


def _key_places(own: Settings) -> tuple[Path, ...]:
    """What is secret beside what lies in the instance folder itself."""
    mail_key = (own.dkim.path,) if own.dkim is not None else ()
    return (own.witness_keys_dir, *mail_key)


def _of_other_servers(own: Settings) -> Iterator[str]:
    yield from _of_mail_server(own)
    if own.signing.stamps_from:
        yield from looks.look_at_stamps(own.signing.stamps_from, outbound())
    inbox = units().ports.inbox
    if isinstance(inbox, ImapInbox):
        yield from looks.look_at_inbox(inbox)


def _held(waiting: int) -> str:
    """What a restore keeps from leaving; with nothing waiting yet, what is written from now on.

    >>> _held(0), _held(1)
    ('no mail leaves since a restore; none waits yet', 'no mail leaves since a restore; 1 mail waits')
    """
    counted = f"{_counted(waiting, 'mail', 'waits' if waiting == 1 else 'wait')}" if waiting else "none waits yet"
    return f"no mail leaves since a restore; {counted}"


def _counted(number: int, one: str, what: str) -> str:
    """So many of something.

    >>> _counted(1, "mail", "did not arrive"), _counted(2, "mail", "did not arrive")
    ('1 mail did not arrive', '2 mails did not arrive')
    """
    return f"{number} {one}{'' if number == 1 else 's'} {what}"


def _of_mail_server(own: Settings) -> list[str]:
    if own.smtp is None:
        return ["mail: no mail server is set, so invitations go to nobody; set VCT_SMTP_HOST"]
    return looks.look_at_mail(own.smtp.host, own.smtp.port, own.smtp.security, outbound())


def _of_provider() -> Iterator[str]:
    """Whether people can sign in by the provider that is set."""
    provider = units().ports.provider
    problem = provider.problem() if provider is not None else ""
    if provider is not None and problem:
        yield f"sign-in: {provider.name}: {problem}; correct VCT_OIDC_ISSUER, or see to the provider"


def _of_breached(path: Path | None) -> Iterator[str]:
    """Whether the list of stolen passwords can be looked into."""
    problem = BreachedList(path).problem() if path is not None else ""
    if problem:
        yield f"passwords: {path} {problem}, so no password is taken; correct VCT_BREACHED_PASSWORDS, or unset it"


def _of_scanner(place: str) -> Iterator[str]:
    """Whether files can be looked through for malware."""
    scanner = units().ports.vetting.scanner
    problem = scanner.problem() if scanner is not None else ""
    if problem:
        yield f"files: {place} {problem}, so no file is taken; start clamd, or correct VCT_CLAMD"


def _of_backups(folder: Path | None) -> list[str]:
    """The newest backup in the folder, by what it says of itself."""
    if folder is None:
        return []
    made = [datetime.fromisoformat(header_of(path).made_at) for path in folder.iterdir() if is_backup(path)]
    newest = max(made, default=datetime.min.replace(tzinfo=UTC))
    if units().ports.clock.now() - newest <= looks.OLDEST_BACKUP:
        return []
    told = newest.isoformat() if made else "none"
    return [f"backup: the newest in {folder} is {told}; run every night: flask --app wsgi backup FILE"]


COMMANDS = (doctor,)
