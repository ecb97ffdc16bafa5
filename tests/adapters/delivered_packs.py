"""The packs that are delivered and the steps they give to a case, for the tests that hold them to their promises."""

from pathlib import Path

from tests.domain.sop_examples import abroad, case
from vctestimony.adapters.packs import load_packs
from vctestimony.domain.sop import Step, citation, compose

ROOT = Path(__file__).parents[2]
PACKS = load_packs(ROOT / "sop")
COURTS = sorted(pack.selection.high_court for pack in PACKS if pack.selection.high_court)
VERSIONS = [step for pack in PACKS for step in pack.steps]
CHANGES = [change for pack in PACKS for change in pack.changes]


def versions(step_id: str) -> list[Step]:
    """The step in every form it takes: as each pack gives it, and as each High Court changes it."""
    own = [step for step in VERSIONS if step.id == step_id]
    return own + [change.applied_to(step) for step in own for change in CHANGES if change.id == step_id]


def composed(court: str = "model", **facts: bool) -> dict[str, Step]:
    return {step.id: step for step in compose(PACKS, facts=case(**facts), high_court=court)}


def overseas(court: str = "model", **facts: bool) -> dict[str, Step]:
    return {step.id: step for step in compose(PACKS, facts=abroad(**facts), high_court=court)}


def printed(step: Step) -> str:
    return citation(step, high_court_title="the High Court")
