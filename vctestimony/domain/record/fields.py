"""The one place for what a statement of the record is: its authority, when it applies, who can supply it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_

Translate = Callable[[str], str]
# What follows from the log and the state of the hearing, beside the named facts of the case.
ADJOURNED, DOCUMENT_SHOWN = "adjourned", "document_shown"
# Courts whose own text was read and says something else than the Model Rules.
KERALA, GUJARAT = "kerala", "gujarat"


# What several facts say together; `redaction.grounds` adds them.
SEXUAL_UNDER_BNS, SEXUAL_BEFORE_BNS = "sexual_under_bns", "sexual_before_bns"
PROTECTION_ORDERED = "protection_ordered"


class Group(StrEnum):
    """Statements that are read together, in this order."""

    CASE = "case"
    PLACES = "places"
    PERSONS = "persons"
    SAFEGUARDS = "safeguards"
    EVIDENCE = "evidence"
    CLOSE = "close"
    AFTER = "after"


GROUP_LABELS: dict[Group, str] = {
    Group.CASE: N_("The case and the order"),
    Group.PLACES: N_("Time, places and link"),
    Group.PERSONS: N_("Persons present"),
    Group.SAFEGUARDS: N_("Identity, oath and free will"),
    Group.EVIDENCE: N_("The evidence"),
    Group.CLOSE: N_("Reading over, signatures, quality"),
    Group.AFTER: N_("Afterwards"),
}


class Source(StrEnum):
    """A legal source that fields rest on."""

    MODEL = "model"
    SCHEDULE = "schedule"
    CONDUCT = "conduct"
    KERALA = "kerala"
    KERALA_PRACTICE = "kerala_practice"
    GUJARAT = "gujarat"
    BNSS = "bnss"
    CRPC = "crpc"
    BSA = "bsa"
    EVIDENCE_ACT = "evidence_act"
    OATHS = "oaths"
    POCSO = "pocso"
    SAVING = "saving"
    SUJOY = "sujoy"
    ORDER = "order"
    KERALA_SCHEDULE = "kerala_schedule"
    MUTUAL_ASSISTANCE = "mutual_assistance"
    BNS = "bns"
    OLD_SECRECY = "old_secrecy"
    LIVE_STREAMING = "live_streaming"
    PROTECTING_ORDER = "protecting_order"
    OWN_ORDER = "own_order"


PATTERNS: dict[Source, str] = {
    Source.MODEL: N_("Model Rules, as adopted by {high_court}, r. {rule}"),
    Source.SCHEDULE: N_("Model Rules, as adopted by {high_court}, Schedule II {rule}"),
    Source.CONDUCT: N_("Model Rules, as adopted by {high_court}, Schedule I {rule}"),
    Source.KERALA: N_("Kerala Video Linkage Rules 2021, r. {rule}"),
    Source.KERALA_PRACTICE: N_("Kerala Criminal Rules of Practice 1982, r. {rule}"),
    Source.GUJARAT: N_(
        "Gujarat District Courts rules on electronic communication and audio-video electronic means, 2025, r. {rule}"
    ),
    Source.BNSS: N_("BNSS 2023, s. {rule}"),
    Source.CRPC: N_("CrPC 1973, s. {rule}"),
    Source.BSA: N_("BSA 2023, s. {rule}"),
    Source.EVIDENCE_ACT: N_("Indian Evidence Act 1872, s. {rule} (confirm locally)"),
    Source.OATHS: N_("Oaths Act 1969, s. {rule}"),
    Source.POCSO: N_("POCSO Act 2012, s. {rule}"),
    Source.SAVING: N_("BNSS 2023, s. {rule}"),
    Source.SUJOY: N_("Sujoy Mitra v State of West Bengal (2015), later directions (confirm locally)"),
    Source.ORDER: N_("the order of the court, or host-country law"),
    Source.KERALA_SCHEDULE: N_("Kerala Video Linkage Rules 2021, {rule}"),
    Source.MUTUAL_ASSISTANCE: N_("Mutual Assistance in Criminal Matters Act 2012 of Bangladesh"),
    Source.BNS: N_("BNS 2023, s. {rule}"),
    Source.OLD_SECRECY: N_(
        "the law by which the identity of victims of sexual offences of before 1 July 2024 is secret (confirm locally)"
    ),
    Source.LIVE_STREAMING: N_("Model Rules for Live Streaming and Recording, as adopted by {high_court}, r. {rule}"),
    Source.PROTECTING_ORDER: N_("the order of the court on the protection of the witness"),
    Source.OWN_ORDER: N_("the order of the court that is named here"),
}
# Where the source holds only on facts of the case; citing it without would claim too much.
_ONLY_IF: dict[Source, tuple[str, ...]] = {
    Source.KERALA: (KERALA,),
    Source.KERALA_PRACTICE: (KERALA,),
    Source.GUJARAT: (GUJARAT,),
    Source.BNSS: ("bnss",),
    Source.CRPC: ("crpc",),
    Source.BSA: ("bnss",),
    Source.EVIDENCE_ACT: ("crpc",),
    Source.POCSO: ("pocso",),
    Source.KERALA_SCHEDULE: (KERALA,),
    Source.MUTUAL_ASSISTANCE: ("route_b", "host_bangladesh"),
    Source.SUJOY: ("overseas",),
    Source.BNS: (SEXUAL_UNDER_BNS,),
    Source.OLD_SECRECY: (SEXUAL_BEFORE_BNS,),
    Source.LIVE_STREAMING: ("live_streaming_rules",),
    Source.PROTECTING_ORDER: (PROTECTION_ORDERED,),
}
_ADOPTED = frozenset({Source.MODEL, Source.SCHEDULE, Source.CONDUCT})
CHECK_NUMBERS = N_("check its number there")
RECOMMENDED = N_("recommended")
DETAIL_RECOMMENDED = N_("the detail is recommended, not law")


class Evidence(StrEnum):
    """How well the rule behind a field is known: read, with a detail of our own, with one not read; our own design."""

    READ = "R"
    READ_AND_OURS = "R/D"
    READ_AND_UNREAD = "R/U"
    OURS = "D"


@dataclass(frozen=True, slots=True)
class Cite:
    """A provision; `unless` names the court that has another text in its place, or none."""

    source: Source
    rule: str = ""
    unless: str = ""

    def holds(self, facts: Mapping[str, bool]) -> bool:
        """Whether it may be cited in this case. An unanswered fact is a KeyError, never a no."""
        return all(facts[name] for name in _ONLY_IF.get(self.source, ())) and not (self.unless and facts[self.unless])


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """Something that a statement must hold besides, when a fact of the case is true.

    It is there when somebody entered something for the statement, or when the log has one of these answers, each the
    name of the question and the value; an empty value stands for any.
    """

    when: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One statement the record must hold.

    `when` names facts of which one must be true; empty: always. `derived` fields take their value from the case, the
    order, the log or the deposition; whoever keeps the record may add to it, or supply it when nothing was logged.
    """

    number: int
    key: str
    group: Group
    label: str
    cites: tuple[Cite, ...]
    supplied_by: tuple[Duty, ...]
    evidence: Evidence = Evidence.READ
    when: tuple[str, ...] = ()
    derived: bool = True
    hint: str = ""
    also: tuple[Also, ...] = ()

    def applies(self, facts: Mapping[str, bool]) -> bool:
        """Whether this hearing's record must hold it. An unanswered fact is a KeyError, never a no."""
        return not self.when or any(facts[name] for name in self.when)


def applicable(fields: Iterable[Field], facts: Mapping[str, bool]) -> tuple[Field, ...]:
    """The fields that this hearing's record must hold, in order."""
    return tuple(field for field in fields if field.applies(facts))


def missing(fields: Iterable[Field], *, facts: Mapping[str, bool], values: Mapping[str, str]) -> tuple[Field, ...]:
    """The applicable fields without a value; an entered “none” is a value, blanks are not."""
    return tuple(field for field in applicable(fields, facts) if not values.get(field.key, "").strip())


class Resting(Protocol):
    """Something that rests on provisions: a field of the record, a gate of the day."""

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The provisions."""

    @property
    def evidence(self) -> Evidence:
        """How well they are known."""


def authority(
    field: Resting, *, facts: Mapping[str, bool], high_court: str, numbers_alike: bool, translate: Translate = str
) -> str:
    """Everything the field rests on in this case, in one line.

    The Model Rules are cited only as the High Court adopted them; where that court's own numbering was not read or
    differs (`numbers_alike` is false) the reader is told to check. What is our own is called recommended.
    """
    cites: dict[Source, list[str]] = {}
    for cite in field.cites:
        if cite.holds(facts):
            cites.setdefault(cite.source, []).append(cite.rule)
    parts = [
        translate(PATTERNS[source]).format(high_court=high_court, rule=", ".join(rules)).rstrip()
        for source, rules in cites.items()
    ]
    if not numbers_alike and any(source in _ADOPTED for source in cites):
        parts.append(translate(CHECK_NUMBERS))
    if field.evidence is Evidence.OURS or not cites:
        parts.append(translate(RECOMMENDED))
    if field.evidence is Evidence.READ_AND_OURS:
        parts.append(translate(DETAIL_RECOMMENDED))
    return "; ".join(parts)


def of_court(rule_pack: str) -> dict[str, bool]:
    """Which court's own text holds: what stands beside the facts of the case wherever rules are cited."""
    return {court: rule_pack == court for court in (KERALA, GUJARAT)}


def model(*rules: str, unless: str = "") -> tuple[Cite, ...]:
    """Rules of the Model Rules, unless that court has another text in their place."""
    return tuple(Cite(Source.MODEL, rule, unless) for rule in rules)


def schedule(rule: str = "") -> Cite:
    """A part of their Schedule II, or the whole of it."""
    return Cite(Source.SCHEDULE, rule)


def code(bnss: str, crpc: str) -> tuple[Cite, ...]:
    """The section of the governing code."""
    return (Cite(Source.BNSS, bnss), Cite(Source.CRPC, crpc))
