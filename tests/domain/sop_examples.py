"""Small packs, steps and cases for the tests of the procedure."""

from datetime import date
from typing import TypedDict, Unpack

from vctestimony.domain.facts import FACTS, Facts
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import (
    Authority,
    Basis,
    Change,
    Cites,
    Condition,
    Gate,
    Head,
    Numbering,
    Origin,
    Pack,
    Selection,
    Source,
    Status,
    Step,
    Text,
    parse_evidence,
    parse_offset,
)

MODEL_RULES = Source(code="MR", title=Text("Model Rules", "आदर्श नियम", "আদর্শ বিধি"), cites=Cites.RULE, adopted=True)
SANHITA = Source(code="BNSS", title=Text("Sanhita", "संहिता", "সংহিতা"), cites=Cites.SECTION)


def answers(**given: bool) -> dict[str, bool]:
    """A Sessions case under the Sanhita with a witness in India and nothing special, with some answers changed."""
    plain = dict.fromkeys(FACTS, False) | {"bnss": True, "sessions": True, "in_india": True}
    return plain | given


def case(**given: bool) -> Facts:
    return Facts(answers(**given))


def abroad(**given: bool) -> Facts:
    return case(**({"overseas": True, "in_india": False} | given))


def text(words: str) -> Text:
    return Text(en=words, hi=f"{words} (hi)", bn=f"{words} (bn)")


class StepParts(TypedDict, total=False):
    roles: tuple[Duty, ...]
    basis: Basis
    authority: tuple[Authority, ...]
    condition: Condition
    blocks: Gate
    after: tuple[str, ...]
    preferably: bool
    day_suggested: bool
    numbering: Numbering


class PackParts(TypedDict, total=False):
    changes: tuple[Change, ...]
    inherits: tuple[str, ...]
    selection: Selection
    numbering: Numbering


def step(step_id: str, *, offset: str = "T", evidence: str = "R", rule: str = "1", **given: Unpack[StepParts]) -> Step:
    plain: StepParts = {
        "roles": (Duty.COURT_COORDINATOR,),
        "basis": Basis.LAW,
        "authority": (Authority(source=MODEL_RULES, rule=rule),),
    }
    parts: StepParts = {**plain, **given}
    return Step(
        id=step_id,
        text=text(f"Step {step_id}"),
        offset=parse_offset(offset),
        evidence=parse_evidence(evidence),
        origin=Origin(pack_id="base", version="1.0"),
        **parts,
    )


def pack(pack_id: str, *steps: Step, **given: Unpack[PackParts]) -> Pack:
    plain: PackParts = {"selection": Selection()}
    parts: PackParts = {**plain, **given}
    return Pack(
        id=pack_id,
        title=text(pack_id),
        head=Head(version="1.0", effective_on=date(2026, 11, 23), status=Status.DRAFT),
        steps=steps,
        **parts,
    )


def when(*names: str) -> Selection:
    return Selection(when=Condition(all=names))
