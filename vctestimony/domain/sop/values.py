"""The one place for the values of a rule pack: text, source, authority, condition, step, change, pack."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from vctestimony.domain.errors import Invalid
from vctestimony.domain.facts import can_hold
from vctestimony.domain.people import Duty
from vctestimony.domain.sop.heads import Head, Status, faults
from vctestimony.domain.sop.marks import Basis, Cites, Gate, Mark, Numbering, Phase
from vctestimony.domain.sop.offsets import Offset
from vctestimony.domain.wording import N_


class EvidenceUnreadable(Invalid):
    """The mark is not one of R, P, U, D or two of them joined."""

    text = N_("“{mark}” is not an evidence mark. Use R, P, U or D, or two of them joined as in R/D.")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the three languages of the service."""

    en: str
    hi: str
    bn: str

    def of(self, language: str) -> str:
        """The sentence in `language`; a language the packs do not have gets English."""
        return {"hi": self.hi, "bn": self.bn}.get(language, self.en)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One or two marks: the first is the rule itself, the second a detail added to it."""

    marks: tuple[Mark, ...]

    @property
    def rule(self) -> Mark:
        return self.marks[0]

    def __str__(self) -> str:
        return "/".join(self.marks)


def parse_evidence(written: str) -> Evidence:
    """Read a mark.

    >>> str(parse_evidence("R/D"))
    'R/D'
    """
    if re.fullmatch(r"[RPUD](/[RPUD])?", written) is None:
        raise EvidenceUnreadable(field="evidence", mark=written)
    return Evidence(tuple(Mark(letter) for letter in written.split("/")))


@dataclass(frozen=True, slots=True)
class Source:
    """A legal instrument as the packs cite it."""

    code: str
    title: Text
    cites: Cites
    where: str = ""
    adopted: bool = False
    """Binds only as a High Court adopted it, so that it is never cited alone."""
    only_in: str = ""
    """The High Court whose own instrument it is; elsewhere it can only be compared."""
    only_if: str = ""
    """The fact without which citing it would claim too much."""
    never: bool = False
    """Describes another country's hearings; never an authority."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A provision of a source, with the fact on which it applies if it does not always."""

    source: Source
    rule: str = ""
    only_if: str = ""
    compare: bool = False
    mark: Mark | None = None

    @property
    def binds(self) -> bool:
        return not self.compare and self.mark is not Mark.UNVERIFIED


@dataclass(frozen=True, slots=True)
class Condition:
    """When something applies: all of these facts, any of those, none of these."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def holds(self, facts: Mapping[str, bool]) -> bool:
        return (
            all(facts[name] for name in self.all)
            and (not self.any or any(facts[name] for name in self.any))
            and not any(facts[name] for name in self.none)
        )

    def possible(self, *, with_: "Condition | None" = None) -> bool:
        """Whether any case could meet this condition (and `with_` too)."""
        other = with_ or Condition()
        wanted, unwanted = (*self.all, *other.all), (*self.none, *other.none)
        return all(
            any(can_hold(true=(*wanted, choice), false=unwanted) for choice in choices)
            for choices in (self.any, other.any)
            if choices
        ) and can_hold(true=wanted, false=unwanted)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which pack a step or a change came from, and whether a lawyer has signed that pack off."""

    pack_id: str = ""
    version: str = ""
    draft: bool = True


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """The trace a High Court's change leaves on a step."""

    origin: Origin
    difference: Text | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done: what, by whom, when, on what authority, and what waits for it."""

    id: str
    text: Text
    roles: tuple[Duty, ...]
    offset: Offset
    basis: Basis
    evidence: Evidence
    authority: tuple[Authority, ...] = ()
    condition: Condition = Condition()
    blocks: Gate = Gate.NONE
    after: tuple[str, ...] = ()
    note: Text | None = None
    source: str = ""
    preferably: bool = False
    day_suggested: bool = False
    """The law states the duty, not the day the pack gives it."""
    permitted: bool = False
    """The law allows it and does not demand it."""
    origin: Origin = Origin()
    changed_by: tuple[ChangeMark, ...] = ()
    numbering: Numbering = Numbering.UNREAD

    @property
    def phase(self) -> Phase:
        return Phase(self.id[0])

    @property
    def pack_id(self) -> str:
        return self.origin.pack_id

    @property
    def pack_version(self) -> str:
        return self.origin.version

    @property
    def draft(self) -> bool:
        return self.origin.draft or any(mark.origin.draft for mark in self.changed_by)

    @property
    def overrides(self) -> tuple[Text, ...]:
        """What the High Court's own rules change, in words; empty when nothing was changed."""
        return tuple(mark.difference for mark in self.changed_by if mark.difference is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """What a High Court's rules make different in a step of another pack; parts not named stay as they were."""

    id: str
    difference: Text | None
    replaces: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[Authority, ...] = ()
    origin: Origin = Origin()

    def applied_to(self, step: Step) -> Step:
        changed = replace(step, **self.replaces)
        return replace(
            changed,
            authority=(*self.also, *changed.authority),
            changed_by=(*step.changed_by, ChangeMark(origin=self.origin, difference=self.difference)),
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The cases a pack is for: those of one High Court, or those whose facts meet a condition. Empty: every case."""

    high_court: str = ""
    when: Condition = Condition()

    def picks(self, *, facts: Mapping[str, bool], high_court: str) -> bool:
        return self.high_court in ("", high_court) and self.when.holds(facts)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of a pack's history."""

    version: str
    made_on: date
    what: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A file as it was read: text, name, and the digest of what it says whatever its layout and its comments."""

    digest: str = ""
    content: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """The steps of one legal source, with its standing, what was not read, and the files it was read from."""

    id: str
    title: Text
    head: Head
    selection: Selection
    steps: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    inherits: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    changelog: tuple[LogEntry, ...] = ()
    not_read: Text | None = None
    numbering: Numbering = Numbering.UNREAD
    edition: Edition = Edition()
    cited_from: Edition = Edition()
    """The list of legal sources that the pack was read with."""

    @property
    def version(self) -> str:
        return self.head.version

    @property
    def effective_on(self) -> date:
        return self.head.effective_on

    @property
    def status(self) -> Status:
        return self.head.status

    @property
    def reviewed_by(self) -> str:
        return self.head.reviewed_by

    @property
    def draft(self) -> bool:
        """True until the head says in full who reviewed or adopted the pack, and when."""
        return self.status is Status.DRAFT or any(faults(self.head))
