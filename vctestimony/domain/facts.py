"""The one place that names the facts of a case on which a step of procedure may depend."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "overseas": N_("The witness is outside India"),
        "in_india": N_("The witness is in India"),
        "route_a": N_("Direct route, through the Indian mission"),
        "route_b": N_("Mutual legal assistance route, through the Central Authorities"),
        "host_bangladesh": N_("The Remote Point is in Bangladesh"),
        "host_nepal": N_("The Remote Point is in Nepal"),
        "host_uk": N_("The Remote Point is in the United Kingdom"),
        "at_mission": N_("The Remote Point is an Indian mission"),
        "other_place": N_("The Remote Point is a place the rules do not list"),
        "no_facility": N_("There is no video link at the place"),
        "bnss": N_("The case is governed by the Bharatiya Nagarik Suraksha Sanhita"),
        "crpc": N_("The case is governed by the Code of Criminal Procedure 1973"),
        "sessions": N_("The trial is before a Court of Session"),
        "magistrate": N_("The trial is before a Magistrate"),
        "trafficking": N_("Trafficking is charged"),
        "sexual": N_("A sexual offence is charged"),
        "pocso": N_("An offence against a child under the POCSO Act is charged"),
        "child": N_("The witness is a child"),
        "child_under_12": N_("The witness is under twelve"),
        "child_unrepresented": N_("The child has no advocate"),
        "vulnerable": N_("The witness is vulnerable"),
        "protected": N_("The witness is protected or under threat"),
        "bangladesh_victim": N_("The witness is a victim living in Bangladesh"),
        "custody_accused": N_("An accused is in custody"),
        "custody_witness": N_("The witness is in custody"),
        "interpreter": N_("An interpreter is needed"),
        "disability": N_("The witness has a disability"),
        "blind": N_("The witness is blind"),
        "speech_disability": N_("The witness cannot speak"),
        "documents": N_("Documents will be put to the witness"),
        "documents_remote": N_("A document is at the Remote Point"),
        "in_camera": N_("The hearing is in camera"),
        "digital_signatures": N_("Both points have digital signatures"),
        "recorded": N_("The court records the hearing"),
        "recording_tendered": N_("A recording is tendered as evidence"),
        "live_streaming_rules": N_("The High Court has adopted the live-streaming rules"),
        "extra_persons": N_("Other persons will be at the Remote Point"),
        "support_person": N_("A support person will be with the witness"),
        "court_initiated": N_("The court itself started the request"),
        "costs_ordered": N_("The court has ordered costs"),
        "off_hours": N_("The sitting is outside court hours"),
        "infirm": N_("The witness is too ill or infirm to travel"),
        "no_recognised_id": N_("The witness has no recognised identity document"),
        "identification": N_("The witness is to identify the accused"),
        "party_at_remote": N_("A party wishes to sit at the Remote Point"),
        "lobby": N_("The software has a virtual lobby"),
        "masking": N_("Face or name is to be masked"),
        "video_declined": N_("The court has declined video evidence"),
        "personal_data_from_bangladesh": N_("Personal data will leave Bangladesh"),
        "officer_abroad_bound": N_("The Delhi practice for process sent abroad is followed"),
        "objection": N_("An objection was raised"),
        "fault": N_("The link or the equipment failed"),
        "grievance": N_("Somebody complained of the quality of the link"),
    }
)

DAY_FACTS = frozenset({"objection", "fault", "grievance"})
"""Facts that can become true only on the day; before it they are answered "no"."""

EXACTLY_ONE = (("overseas", "in_india"), ("bnss", "crpc"), ("sessions", "magistrate"))
AT_MOST_ONE = (
    ("route_a", "route_b"),
    ("host_bangladesh", "host_nepal"),
    ("host_bangladesh", "host_uk"),
    ("host_nepal", "host_uk"),
)

IMPLIES: Mapping[str, str] = MappingProxyType(
    {
        "route_a": "overseas",
        "route_b": "overseas",
        "host_bangladesh": "overseas",
        "host_nepal": "overseas",
        "host_uk": "overseas",
        "child_under_12": "child",
        "child_unrepresented": "child",
    }
)
"""A fact on the left cannot be true while the one on the right is false."""


class MissingFact(Invalid):
    """A fact nobody has answered is never read as "no"."""

    text = N_("This question about the case has not been answered: {fact}. Answer it before the checklist is made.")


class UnknownFact(Invalid):
    """The name is not one of the defined facts."""

    text = N_("“{fact}” is not a fact that procedure steps know. Use one of the names in the list of facts.")


class ContradictoryFacts(Invalid):
    """Two answers cannot both be right."""

    text = N_("These answers contradict each other: {first}; {second}. Correct one of them.")


class NeitherFact(Invalid):
    """One of two answers must be yes."""

    text = N_("One of these must be so, and neither is: {first}; {second}. Answer one of them with yes.")


@dataclass(frozen=True, slots=True, init=False)
class Facts(Mapping[str, bool]):
    """Every fact of one case, each answered yes or no.

    Refuses a missing or unknown name, and answers that contradict each other.
    """

    _values: Mapping[str, bool]

    def __init__(self, answers: Mapping[str, bool]) -> None:
        for name in answers:
            if name not in FACTS:
                raise UnknownFact(fact=name)
        for name, label in FACTS.items():
            if name not in answers:
                raise MissingFact(field=name, fact=label)
        _refuse_contradictions(answers)
        object.__setattr__(self, "_values", MappingProxyType(dict(answers)))

    def __getitem__(self, name: str) -> bool:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def changed(self, **answers: bool) -> "Facts":
        """The same facts with some answers changed."""
        return Facts({**self._values, **answers})


def _refuse_contradictions(answers: Mapping[str, bool]) -> None:
    for first, second in (*EXACTLY_ONE, *AT_MOST_ONE):
        if answers[first] and answers[second]:
            raise ContradictoryFacts(field=second, first=FACTS[first], second=FACTS[second])
    for first, second in EXACTLY_ONE:
        if not answers[first] and not answers[second]:
            raise NeitherFact(field=first, first=FACTS[first], second=FACTS[second])
    for name, implied in IMPLIES.items():
        if answers[name] and not answers[implied]:
            raise ContradictoryFacts(field=implied, first=FACTS[name], second=FACTS[implied])


def implied_by(names: Iterable[str]) -> frozenset[str]:
    """The names and every fact that must be true with them.

    >>> sorted(implied_by(["route_b"]))
    ['overseas', 'route_b']
    """
    found = set(names)
    return frozenset(found | {IMPLIES[name] for name in found if name in IMPLIES})


def can_hold(*, true: Iterable[str], false: Iterable[str]) -> bool:
    """Whether any case could have all of `true` and none of `false`.

    >>> can_hold(true=["bnss", "crpc"], false=[])
    False
    """
    wanted, unwanted = implied_by(true), frozenset(false)
    if wanted & unwanted:
        return False
    if any(first in wanted and second in wanted for first, second in (*EXACTLY_ONE, *AT_MOST_ONE)):
        return False
    return not any(first in unwanted and second in unwanted for first, second in EXACTLY_ONE)
