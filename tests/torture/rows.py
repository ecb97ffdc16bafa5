"""The bad days R1 to R26: what each is, the short tests that show it, and what is run in its place when time allows."""

from dataclasses import dataclass

_RUN = ("-m", "tests.reliability", "--only")


@dataclass(frozen=True, slots=True)
class Row:
    """One bad day. `short` are files or tests of the suite; `long` a longer form, a command of Python."""

    what: str
    short: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    lacks: str = ""


_DYING = "tests/services/test_dying.py"
_MAIL = "tests/adapters/test_mail.py"
_POST = "tests/services/test_post_office.py"
_PAGES = "tests/web/test_bad_days.py"
_SAFE = "tests/test_encrypted_backup.py"

ROWS: dict[str, Row] = {
    "R1": Row(
        "web and workers killed at random points",
        ("tests/reliability/test_reliability.py", _DYING, "tests/services/test_worker.py"),
        (*_RUN, "invitations"),
    ),
    "R2": Row("all processes killed at once", (_DYING,), (*_RUN, "sealing"), lacks="all at once is not run by itself"),
    "R3": Row("the mail server is down for minutes", (_POST, _MAIL), lacks="pages are not timed meanwhile"),
    "R4": Row(
        "the mail server answers slowly",
        ("tests/adapters/test_smtp_limits.py",),
        lacks="eight workers and a timed booking page",
    ),
    "R5": Row(
        "every answer of a mail server",
        (_MAIL, "tests/adapters/test_smtp_limits.py", "tests/domain/test_smtp_answers.py"),
        lacks="250 that comes three minutes late",
    ),
    "R6": Row("many workers on one outbox", ("tests/services/test_many_workers.py",), lacks="5,000 rows"),
    "R7": Row("a mail that takes longer than its lease", (_POST,)),
    "R8": Row("the database is locked", (_PAGES,), lacks="a lock held for 5 and 60 seconds by another process"),
    "R9": Row("the disk is full", ("tests/services/test_signing_shut.py", _PAGES), lacks="a tmpfs of 16 MB"),
    "R10": Row("the database is read-only", (_PAGES, "tests/services/test_sealing_shut.py")),
    "R11": Row("the clock jumps", (_PAGES,), lacks="libfaketime under a running service"),
    "R12": Row("clock rules change", ("tests/services/test_timezones.py",), lacks="200 hearings in four zones"),
    "R13": Row("clock rules change for what is past", ("tests/services/test_timezones.py",)),
    "R14": Row("one form sent twenty times at once", ("tests/services/test_submissions.py",)),
    "R15": Row("many want one room at one time", ("tests/services/test_racing.py", "tests/web/test_rush.py")),
    "R16": Row("two people save one thing", (_PAGES,)),
    "R17": Row("moved five times while no mail leaves", ("tests/services/test_superseding.py",)),
    "R18": Row("cancelled before the invitation left", ("tests/services/test_superseding.py",)),
    "R19": Row("backups while everything goes on", (_SAFE, "tests/test_backup.py"), lacks="one every 0.3 s during R1"),
    "R20": Row("an old backup is restored", (_SAFE,)),
    "R21": Row("the key is missing or another one", (_SAFE, "tests/services/test_vault.py", "tests/test_config.py")),
    "R22": Row(
        "the schema goes up and down",
        ("tests/store/test_migrations.py",),
        lacks="each revision by itself with 1,000 rows, and a kill in the middle",
    ),
    "R23": Row("the move from SQLite to PostgreSQL", ("tests/test_moving.py",)),
    "R24": Row("many hearings", (), ("-m", "tests.bench"), lacks="a short form"),
    "R25": Row("memory of a worker", lacks="everything: it is not measured"),
    "R26": Row("everything in any order", ("tests/services/test_option_machine.py",), lacks="crash and restore in it"),
}
