"""One hearing of the demonstration whose checklist was made before the rule packs had their present edition."""

import re
from collections.abc import Sequence

from vctestimony.adapters.packs import SOURCES, read_packs
from vctestimony.domain.access import SYSTEM
from vctestimony.domain.hearing import State
from vctestimony.domain.sop import Pack
from vctestimony.services import checklist_making
from vctestimony.services.unit import Units
from vctestimony.store import checklists as store
from vctestimony.store import hearings

PACK, VERSION = "base", "0.9"
CAME_LATER, WAS_LATER = "T03", ("C02", 'offset = "T-21d"', 'offset = "T-14d"')
_BEGINS = "[[step]]\n"


def leave_one_behind(units: Units) -> None:
    """Make the checklist of the booked hearing that comes last from an edition before the present one."""
    with units.writing() as unit:
        booked = [one for one in hearings.with_future_time(unit.session, now=unit.now) if one.state is State.BOOKED]
        if not booked:
            return
        row = store.of_hearing(unit.session, booked[-1].id)
        if row is not None:
            older = before(unit.ports.packs())
            checklist_making.make(unit, booked[-1], row, packs=older, action="checklist.composed", by=SYSTEM)


def before(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs as they might have been: a step was not there yet, and another was due later."""
    texts = {f"{pack.id}.toml": pack.edition.content for pack in packs} | {SOURCES: packs[0].cited_from.content}
    head, *steps = texts[f"{PACK}.toml"].split(_BEGINS)
    head = re.sub(r'version = "[^"]+"', f'version = "{VERSION}"', head)
    texts[f"{PACK}.toml"] = _BEGINS.join([head, *(_older(step) for step in steps if not _is(step, CAME_LATER))])
    return read_packs(texts)


def _is(step: str, step_id: str) -> bool:
    return f'id = "{step_id}"' in step


def _older(step: str) -> str:
    step_id, now, then = WAS_LATER
    return step.replace(now, then) if _is(step, step_id) else step
