"""The one place that says what the gates and the incidents of the day give for the statements of the record."""

from collections.abc import Callable, Iterable
from datetime import datetime

from vctestimony.domain.record.course import Logged, undecided
from vctestimony.domain.record.entries import ENTRIES, details, sentences
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.waiting import in_pairs
from vctestimony.domain.wording import N_

_GRIEVANCES = (Kind.GRIEVANCE, Kind.GRIEVANCE_DECIDED)


def said(
    log: Iterable[Logged],
    *,
    since: datetime | None,
    clock: Callable[[datetime], str],
    word: Callable[[str], str],
) -> dict[str, str]:
    """Statements by their key, empty where the day gave none; `log` holds the entries that count, in order.

    What was made ready for an earlier time, before `since`, is no part of this day.
    """
    entries = tuple(entry for entry in log if since is None or entry.happened_at >= since)

    def lines(*kinds: Kind, only: str = "") -> str:
        return "\n".join(
            f"{clock(entry.happened_at)}: {_words(entry, only=only, word=word)}"
            for entry in entries
            if entry.kind in kinds and (not only or entry.facts.get(only))
        )

    def have(*kinds: Kind) -> bool:
        return any(entry.kind in kinds for entry in entries)

    at_start = have(Kind.READY_REMOTE, Kind.ROOM_SWEPT)
    declared = lines(Kind.READY_REMOTE, Kind.ROOM_SWEPT, Kind.REMOTE_CLOSING)
    accused = (lines(Kind.PRESENCE_COURT, only="accused"), lines(Kind.ACCUSED))
    return {
        "software": lines(Kind.SOFTWARE_CHANGED),
        "link_test": lines(Kind.LINK_TESTED),
        "accused": "\n".join(part for part in accused if part),
        "remote_declaration": declared if at_start and have(Kind.REMOTE_CLOSING) else "",
        "identification": lines(Kind.IDENTIFIED),
        # A grievance counts as stated when each has its decision; without any, what everybody answered when asked.
        "grievance": ""
        if undecided(entries)
        else _paired(entries, clock=clock, word=word) or lines(Kind.QUALITY_ASKED),
    }


def _paired(entries: Iterable[Logged], *, clock: Callable[[datetime], str], word: Callable[[str], str]) -> str:
    """Each grievance with the number of its entry, and after it the decision that names it."""
    numbered = word(N_("Entry {number}"))
    return "\n".join(
        f"{numbered.format(number=entry.number)}, {clock(entry.happened_at)}: {_words(entry, only='', word=word)}"
        for entry in in_pairs(one for one in entries if one.kind in _GRIEVANCES)
    )


def _words(entry: Logged, *, only: str, word: Callable[[str], str]) -> str:
    facts = {name: value for name, value in entry.facts.items() if not only or name == only}
    pairs = details(entry.kind, facts, translate=word)
    alone = pairs[0][1] if len(pairs) == 1 else ""
    told = alone or "; ".join(f"{label}: {value}" for label, value in pairs) or word(ENTRIES[entry.kind].label)
    return sentences((told, entry.note), translate=word) if entry.note and not only else told
