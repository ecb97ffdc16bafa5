"""What the journal's page shows: who did what to the hearings, cases and witnesses of one's own court."""

import json
from dataclasses import dataclass

from vctestimony.domain.access import Action, Actor, Relation, relations_needed
from vctestimony.domain.instants import Reading
from vctestimony.services.clocks import both_clocks
from vctestimony.services.journal_facts import Fact, in_words
from vctestimony.services.journal_words import WORDS, kind_of
from vctestimony.services.unit import Unit
from vctestimony.store import journal_pages as store
from vctestimony.store.models import JournalRow

LINES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One entry. `facts` are in words; `kind` says which entry of the log it is about."""

    number: int
    at: tuple[Reading, Reading]
    actor: str
    action: str
    words: str
    kind: str
    subject: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, the newest first; `older` is the number to ask for the next page with."""

    lines: tuple[JournalLine, ...]
    older: int | None


def page(unit: Unit, *, before: int | None, by: Actor) -> JournalPage:
    """A page of what happened at the person's own court; empty for whoever has none or may not read it."""
    wanted = relations_needed(by.role, Action.READ_JOURNAL) if by.role else frozenset()
    if by.post_id is None or Relation.OWN_COURT not in wanted:
        return JournalPage((), None)
    rows = store.about_court(unit.session, by.post_id, by=by, before=before, limit=LINES + 1)
    shown = rows[:LINES]
    return JournalPage(tuple(_line(row, by) for row in shown), shown[-1].id if len(rows) > LINES else None)


def _line(row: JournalRow, by: Actor) -> JournalLine:
    facts = json.loads(row.facts)
    return JournalLine(
        number=row.id,
        at=both_clocks(row.at, by=by),
        actor=row.actor,
        action=row.action,
        words=WORDS.get(row.action, row.action),
        kind=kind_of(row.action, facts),
        subject=row.subject,
        facts=in_words(facts, by=by),
    )
