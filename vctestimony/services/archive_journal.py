"""The one place that takes a hearing's entries out of the journal so that they can be proved elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vctestimony.domain.archive.contents import JOURNAL, LINKS, Member, as_csv, journal_line
from vctestimony.services import journal
from vctestimony.services.unit import Unit
from vctestimony.store import archives as store

COLUMNS = ("number", "previous_hash", "hash")


def members(unit: Unit, reference: str) -> Iterator[Member]:
    """The entries line by line, and the links of these and of their neighbours, which say nothing of what those are."""
    entries = list(journal.history(unit, reference))
    yield Member(JOURNAL, "".join(map(journal_line, entries)).encode())
    near = {number + step for number in (entry.number for entry in entries) for step in (-1, 0, 1)}
    rows = [dict(zip(COLUMNS, link, strict=True)) for link in store.links(unit.session, near)]
    yield Member(LINKS, as_csv(rows, COLUMNS))


def standing(unit: Unit) -> dict[str, object]:
    """The two ends of the whole journal now: the first entry tells installations apart, the last covers all before."""
    first = next(iter(store.links(unit.session, {1})), None)
    last = store.last_link(unit.session)
    return {
        "first_hash": first[2] if first else "",
        "head": {"number": last[0], "hash": last[2]} if last else {"number": 0, "hash": ""},
    }


@dataclass(frozen=True, slots=True)
class Compared:
    """How entries of an archive stand beside the journal here: how many, and those that are other ones."""

    count: int
    differing: tuple[int, ...]


def beside_own(unit: Unit, hashes: Mapping[int, str], *, first_hash: object) -> Compared | None:
    """Hold entries of an archive against the journal that is kept here; None where it comes from another one."""
    first = next(iter(store.links(unit.session, {1})), None)
    if first is None or first[2] != first_hash:
        return None
    here = {number: own for number, _, own in store.links(unit.session, hashes.keys())}
    return Compared(len(hashes), tuple(number for number, own in hashes.items() if here.get(number) != own))
