"""The one place that says which entries wait for another that names them, what answers what, and what was shown."""

from collections.abc import Callable, Iterable, Mapping

from vctestimony.domain.record.course import Logged, counting, undecided
from vctestimony.domain.record.kinds import REFUSED, RESERVED, Kind


def reserved(log: Iterable[Logged]) -> tuple[Logged, ...]:
    """The objections whose ruling was reserved and has not been given since."""
    entries = counting(log)
    ruled = {entry.facts["of"] for entry in entries if entry.kind is Kind.RULING}
    kept = (entry for entry in entries if entry.kind is Kind.OBJECTION and entry.facts.get("ruling") == RESERVED)
    return tuple(entry for entry in kept if str(entry.number) not in ruled)


WAITING: Mapping[Kind, Callable[[Iterable[Logged]], tuple[Logged, ...]]] = {
    Kind.GRIEVANCE_DECIDED: undecided,
    Kind.RULING: reserved,
}
"""The entries that name another one, and what waits for them."""


def in_pairs(entries: Iterable[Logged]) -> tuple[Logged, ...]:
    """Each entry followed by those that name it as what they answer; the rest as it stood."""
    known = tuple(entries)
    numbers = {str(entry.number) for entry in known}
    first = (entry for entry in known if entry.facts.get("of") not in numbers)
    return tuple(one for top in first for one in (top, *(e for e in known if e.facts.get("of") == str(top.number))))


def was_shown(entry: Logged) -> bool:
    """Whether a document or object came before the witness, and was not only offered and refused."""
    return entry.kind is Kind.DOCUMENT_SHOWN and entry.facts.get("leave") != REFUSED
