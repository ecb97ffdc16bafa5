"""The one place that says which steps of the checklist the running log shows to be done, and by which entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from vctestimony.domain.record import gates
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.gate_table import GATES
from vctestimony.domain.record.gates import GateState
from vctestimony.domain.record.kinds import Kind

STEPS: Mapping[str, tuple[GateKey, ...]] = MappingProxyType(
    {
        "B01": (GateKey.READINESS,),
        "B05": (GateKey.ROOM,),
        "B06": (GateKey.PHONES,),
        "B08": (GateKey.PRESENCE_COURT, GateKey.PRESENCE_REMOTE),
        "D01": (GateKey.LINK,),
        "D02": (GateKey.SEEN_AND_HEARD,),
        "D03": (GateKey.IDENTITY,),
        "D05": (GateKey.COERCION,),
        "D06": (GateKey.INTERPRETER, GateKey.OATH),
        "D07": (GateKey.OATH,),
        "X11": (GateKey.QUALITY_ASKED,),
        "X18": (GateKey.RECORDING,),
    }
)
"""The gates that must all be settled by entries; a gate that was passed while open settles no step."""
TELLING = frozenset(kind for gate in GATES if any(gate.key in keys for keys in STEPS.values()) for kind in gate.kinds)
"""The kinds of entry that can show a step to be done."""
_SHOWS_NOTHING: Mapping[Kind, tuple[str, str]] = MappingProxyType({Kind.OATH: ("form", "none")})
"""Who was not sworn was not sworn, though the hearing may go on: that step is waived by somebody, with the reason."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A step that the log shows to be done: when, and by the entries with these numbers."""

    step_id: str
    done_at: datetime
    numbers: tuple[int, ...]


def shown(log: Iterable[Logged], *, since: datetime | None = None) -> tuple[Shown, ...]:
    """Every step that the log shows to be done, in the order of the checklist; done with the last of its entries."""
    entries = tuple(log)
    found: list[Shown] = []
    for step_id, keys in STEPS.items():
        settled = [one for one in (_settles(key, entries, since) for key in keys) if one is not None]
        if len(settled) == len(keys):
            numbers = tuple(sorted(one.number for one in settled))
            found.append(Shown(step_id, max(one.happened_at for one in settled), numbers))
    return tuple(found)


def _settles(key: GateKey, entries: tuple[Logged, ...], since: datetime | None) -> Logged | None:
    """The entry that settles the gate and shows its step done."""
    standing = gates.standing_of(key, entries, since=since)
    if standing.state is not GateState.SETTLED or standing.entry is None:
        return None
    name, value = _SHOWS_NOTHING.get(standing.entry.kind, ("", ""))
    return None if name and standing.entry.facts.get(name) == value else standing.entry
