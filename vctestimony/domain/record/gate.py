"""The one place for what a gate of the day is: whose, when it is due, what settles it, what it holds, its force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vctestimony.domain.people import Duty
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.fields import Cite, Evidence
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_


class Phase(StrEnum):
    """When a gate's turn comes."""

    PREPARE = "prepare"
    OPEN = "open"
    CLOSE = "close"
    AFTER = "after"


PHASE_LABELS: dict[Phase, str] = {
    Phase.PREPARE: N_("Before the court opens"),
    Phase.OPEN: N_("Before the examination"),
    Phase.CLOSE: N_("When the examination is over"),
    Phase.AFTER: N_("When the hearing is closed"),
}


class Force(StrEnum):
    """What binds in a gate."""

    LAW = "law"
    PREFERRED = "preferred"
    SUGGESTED = "suggested"
    RECOMMENDED = "recommended"


FORCE_LABELS: dict[Force, str] = {
    Force.LAW: N_("required"),
    Force.PREFERRED: N_("required, the time “preferably”"),
    Force.SUGGESTED: N_("the order of events is required, the time suggested"),
    Force.RECOMMENDED: N_("recommended"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Something that must be so before the day goes on.

    `kinds`: the entries that settle it, the first the one that its button logs; an entry with one of the answers in
    `unless` does not. `again`: entries with that answer open it again; those in `anew` do
    whatever their answers. `holds`: the entries that may not be logged
    while it is open; empty: the seal asks for it, nothing before. `minutes`: when it is due, counted from the fixed
    time of the examination. `when` names facts of which one must be true; empty: always. `there`: its force where that
    court's own text, which was read, says more or less.
    """

    key: GateKey
    whose: Duty
    phase: Phase
    kinds: tuple[Kind, ...]
    cites: tuple[Cite, ...]
    unless: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[Kind, tuple[str, str]] = field(default_factory=dict)
    anew: frozenset[Kind] = frozenset()
    holds: frozenset[Kind] = frozenset()
    minutes: int | None = None
    when: tuple[str, ...] = ()
    force: Force = Force.LAW
    there: Mapping[str, Force] = field(default_factory=dict)
    evidence: Evidence = Evidence.READ

    def binds(self, facts: Mapping[str, bool]) -> Force:
        """What binds in it at this court. An unanswered fact is a KeyError, never a no."""
        return next((force for court, force in self.there.items() if facts[court]), self.force)

    def settled(self, entry: Logged) -> bool:
        """Whether the entry settles it."""
        return entry.kind in self.kinds and all(entry.facts.get(name) != value for name, value in self.unless.items())

    def opened_again(self, entry: Logged) -> bool:
        """Whether the entry undoes what settled it: it says the contrary, or something came between."""
        if entry.kind in self.kinds or entry.kind in self.anew:
            return True
        name, value = self.again.get(entry.kind, ("", ""))
        return bool(name) and entry.facts.get(name) == value
