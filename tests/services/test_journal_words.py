"""Every kind of entry that the code writes into the journal has words for its readers."""

import re
from pathlib import Path

import pytest

from vctestimony.services.journal_words import WORDS

SOURCES = Path(__file__).resolve().parents[2] / "vctestimony" / "services"
WRITTEN = re.compile(
    r'"((?:account|answer|case|checklist|deposition|document|feed|hearing|invitations|leave|link|log|mail|official'
    r'|order|post|record|reminder|room|step|vault|witness)\.[a-z_]+)"'
)
MADE = ("added", "renamed", "retired", "restored", "turnaround")
NOT_ENTRIES = {"record.json", "record.html", "hearing.ics"}


def written() -> set[str]:
    """The kinds that stand in the sources, and those made from a resource's kind."""
    found = {kind for path in SOURCES.glob("*.py") for kind in WRITTEN.findall(path.read_text(encoding="utf-8"))}
    made = {f"{kind}.{what}" for kind in ("room", "link") for what in MADE}
    return (found | made) - NOT_ENTRIES


def test_every_kind_of_entry_has_words() -> None:
    assert written() <= set(WORDS)


def test_no_words_stand_for_what_nobody_writes() -> None:
    others = {path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py") if path.name != "journal_words.py"}
    made = {f"{kind}.{what}" for kind in ("room", "link") for what in MADE}
    unused = {kind for kind in WORDS if kind not in made and not any(f'"{kind}"' in text for text in others)}
    assert unused == set()


@pytest.mark.parametrize("kind", ["hearing.booked", "vault.opened", "mail.failed"])
def test_words_are_not_codes(kind: str) -> None:
    assert "." not in WORDS[kind]
