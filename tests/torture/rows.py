"""The bad days R1 to R26: what each is, its longer form, what is not shown. Which tests show it, their marks say."""

from dataclasses import dataclass

from tests.evidence.marks import Mark, tests_of

_KILLS = ("-m", "tests.reliability", "--only")


def _own(name: str) -> tuple[str, ...]:
    return ("-m", f"tests.torture.{name}")


@dataclass(frozen=True, slots=True)
class Row:
    """One bad day. `long` is a longer form, a command of Python whose last line tells the figures."""

    what: str
    long: tuple[str, ...] = ()
    lacks: str = ""


ROWS: dict[str, Row] = {
    "R1": Row("web and workers killed at random points", (*_KILLS, "invitations")),
    "R2": Row("all processes killed at once", (*_KILLS, "invitations", "--all-at-once")),
    "R3": Row(
        "the mail server is down for minutes",
        _own("slow_mail"),
        lacks="in the suite, that pages are as quick meanwhile; the longer form measures it",
    ),
    "R4": Row("the mail server answers slowly", _own("slow_mail")),
    "R5": Row("every answer of a mail server", _own("slow_mail")),
    "R6": Row("many workers on one outbox", _own("many_workers")),
    "R7": Row("a mail that takes longer than its lease"),
    "R8": Row("the database is locked", _own("locked")),
    "R9": Row("the disk is full"),
    "R10": Row("the database is read-only"),
    "R11": Row("the clock jumps"),
    "R12": Row("clock rules change", _own("clock_rules")),
    "R13": Row("clock rules change for what is past", _own("clock_rules")),
    "R14": Row("one form sent twenty times at once"),
    "R15": Row("many want one room at one time"),
    "R16": Row("two people save one thing"),
    "R17": Row("moved five times while no mail leaves"),
    "R18": Row("cancelled before the invitation left"),
    "R19": Row("backups while everything goes on", (*_own("many_hearings"), "--restore")),
    "R20": Row("an old backup is restored"),
    "R21": Row("the key is missing or another one"),
    "R22": Row("the schema goes up and down", _own("migrations")),
    "R23": Row("the move from SQLite to PostgreSQL"),
    "R24": Row("many hearings", _own("many_hearings"), lacks="PDF of 30 pages (docs/bench.md)"),
    "R25": Row("memory of a worker", _own("memory")),
    "R26": Row("everything in any order", _own("any_order")),
}

# Measured beside the bad days, for rows of docs/abuse.md and docs/threat-model.md: no test of the suite times anything.
BESIDE: dict[str, Row] = {
    "A17": Row("how long it takes to say no", _own("even_times")),
    "A107": Row("forty that dawdle, and files that are none", _own("hostile")),
}


def shown_by(name: str, among: tuple[Mark, ...]) -> list[str]:
    """The tests of the suite that carry the mark of this row."""
    return tests_of("bad_day", name, among)
