"""The one place that makes docs/abuse.md, docs/asvs.md and docs/threat-model.md of the rows beside it and of the marks.

A row that no test shows says so: "not shown". Nothing here decides that something is met without a test.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.evidence.marks import Mark, tests_of

HERE = Path(__file__).parent
NOT_SHOWN = "not shown"
GROUPS = {
    "A": "Access and tenants",
    "B": "Signing in, sessions, recovery",
    "C": "Text, names, headers",
    "D": "Time",
    "R": "Links of answers, and feeds",
    "G": "Mails that come in",
    "P": "Paper, packs, files",
    "X": "Import, export, programs, jobs",
    "H": "HTTP, host, platform",
}
ATTACKERS = (
    "**O** an outsider, **I** somebody invited who goes too far, **T** a coordinator of another court, **M** who reads "
    "a leaked mailbox or calendar, **B** who has a stolen backup or disk, **N** somebody inside with the rights of an "
    "administrator or of the database."
)
ASSETS = (
    "who the witness is: name, birth, address, documents, photograph",
    "where she testifies, when she arrives, and who comes with her",
    "how the conference is joined",
    "what she said, and that it stays what she said",
    "that a hearing takes place when everybody believes it does",
    "the accounts through which all of this is reached, and the journal that tells who did what",
)
NOT_PROMISED = (
    "An application server that was taken over, with its key in memory, sees everything that it opens.",
    "An administrator of the machine who also has the master key can open the vault, and no journal need tell of it.",
    "The provider of the video conference sees and hears what passes through it; so does whoever took it over.",
    "Nobody can stop an official who photographs the screen, tells what was read, or hands the paper on.",
    "Who holds a calendar address or the link of an answer can use it until it is withdrawn or runs out.",
    "Such a link stands in an address, which programs and proxies keep. Behind it are times, cities and duties.",
    "Whoever reads the mailbox of an official learns when a hearing takes place and between which cities.",
    "Who can watch the network learns that the service is used, by whom and how much, though not for what.",
    "How long an answer takes is measured (`make even-times`), not promised; how often it asks the database is.",
    "When a witness's key is destroyed, copies that somebody made of papers or of the key folder are out of reach.",
    "Who comes by force, or with an order of another state, to those who hold the keys, is not held off by software.",
    'Without JavaScript "Exit this page" leads away, but the Back button leads back.',
    "What a browser, a mail program or a phone kept before the way out was taken is outside of our reach.",
)
Row = Mapping[str, Any]


def rows(name: str) -> list[Row]:
    """The rows of one of the files beside this one."""
    found: list[Row] = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["row"]
    return found


def abuse(marks: tuple[Mark, ...], results: Mapping[str, str]) -> str:
    """The abuse list: row, what is expected, the tests, and how they ended when the page was written."""
    lines = [
        "# The abuse list",
        "",
        "What hostile hands send, what must come of it, which tests show it, and how those ended when this page was",
        "written by `make safety`. A row of which only a part is shown says so.",
        "",
        "Of every row it holds besides: no fault, no traceback, nothing stored half-way, the same headers, and a line",
        "in the log without what was sent. `tests/web/test_hostile_forms.py` holds every form of the running service",
        "to that: it finds the forms by walking the pages as a coordinator, a presiding officer, an administrator, a",
        "mission official and nobody, types each text of group C into each field, and looks at what was kept. The",
        "address of a server on this machine stands in what is typed, and in calendars, mails and texts that come in",
        "(`tests/test_outbound.py`). It counts who asks it; a run in which anybody did fails.",
    ]
    found = rows("abuse")
    for group, title in GROUPS.items():
        lines += ["", f"## {group}. {title}", "", "| row | sent | expected | tests | result |", "|---|---|---|---|---|"]
        for row in (one for one in found if one["group"] == group):
            tests = tests_of("abuse", str(row["number"]), marks)
            shown = _tests(tests) if tests else "–"
            said = f"no such door. {row['absent']}" if "absent" in row else _result(tests, results)
            said += f". {row['partly']}" if "partly" in row else ""
            lines.append(f"| {row['number']} | {row['input']} | {row['expected']} | {shown} | {said} |")
    return "\n".join(lines) + "\n"


def asvs(marks: tuple[Mark, ...]) -> str:
    """The requirements of ASVS, what is done, and which tests show it."""
    lines = [
        "# OWASP ASVS 5.0, level 2",
        "",
        "Requirements that shape this service, its own rule for each, and the tests that carry the mark of one of its",
        'numbers. "Shown" names those numbers of a row that a test shows; of its others the last column says how they',
        "are met without one, or that they are not and why; where it is silent, nothing is claimed. This table is no",
        "audit by somebody independent.",
        "",
        "| requirement | our rule | tests | standing |",
        "|---|---|---|---|",
    ]
    for row in rows("asvs"):
        tests = sorted({mark.test for mark in marks if mark.kind == "asvs" and covers(row["numbers"], mark.shows)})
        numbers = sorted({m.shows for m in marks if m.kind == "asvs" and covers(row["numbers"], m.shows)}, key=_order)
        standing = f"shown for {', '.join(numbers)}" if numbers else NOT_SHOWN
        standing += f". {row['lacks']}" if "lacks" in row else ""
        lines.append(f"| {row['numbers']} | {row['rule']} | {_tests(tests) or '–'} | {standing} |")
    return "\n".join(lines) + "\n"


def threats(marks: tuple[Mark, ...]) -> str:
    """What could happen to whom, where the defence lives, what shows it, and what is not promised."""
    lines = [
        "# Threats",
        "",
        "People in this system can be hunted: a witness who is found can be silenced, and so can her family.",
        "",
        "What is at stake:",
        "",
        *(f"- {asset}" for asset in ASSETS),
        "",
        f"From whom: {ATTACKERS}",
        "",
        "Who is trusted: the operator of the machine with the machine; the court with its own cases; an official with",
        "what is told to the duty. Nobody is trusted with another court's witness, and an administrator of accounts",
        "with no witness at all. Each defence below lives in the place named and is shown by the tests named;",
        "[the abuse list](abuse.md) says what was tried, [the table of ASVS](asvs.md) which requirements are met,",
        "[who may do what](who-may-do-what.md) what each role may.",
        "",
        "| | asset | from | what must hold | where | tests |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows("threats"):
        tests = _tests(tests_of("threat", row["name"], marks)) or NOT_SHOWN
        lines.append(f"| {row['name']} | {row['asset']} | {row['who']} | {row['holds']} | {row['lives']} | {tests} |")
    return "\n".join([*lines, "", "## Not promised", "", *(f"- {line}" for line in NOT_PROMISED)]) + "\n"


def covers(numbers: str, one: str) -> bool:
    """Whether a requirement is among those of a row.

    >>> covers("3.3.1–3.3.4, 3.7.2", "3.3.4"), covers("3.3.1–3.3.4, 3.7.2", "3.4.1")
    (True, False)
    """
    for part in numbers.split(","):
        first, _, last = part.strip().partition("–")
        if _order(first) <= _order(one) <= _order(last or first):
            return True
    return False


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _tests(tests: list[str]) -> str:
    return "<br>".join(f"`{test}`" for test in tests)


def _result(tests: list[str], results: Mapping[str, str]) -> str:
    if not tests:
        return NOT_SHOWN
    ends = {results.get(test, "not run") for test in tests}
    return "passed" if ends == {"passed"} else ", ".join(sorted(ends))


def named_in(page: str) -> Iterator[str]:
    """The ids of tests that a page names."""
    for part in page.split("`"):
        if part.startswith("tests/") and "::" in part:
            yield part
