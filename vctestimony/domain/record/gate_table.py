"""The one place that lists the gates of the day: what settles each, what it holds, when it is due, what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain.people import Duty
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.fields import Cite, Evidence, Source, code, model
from vctestimony.domain.record.gate_names import GateKey
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_

REMOTE, COURT, JUDGE = Duty.REMOTE_COORDINATOR, Duty.COURT_COORDINATOR, Duty.JUDGE


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
_SWEARING = frozenset({Kind.OATH, Kind.STAGE_BEGAN})
_EXAMINING = frozenset({Kind.STAGE_BEGAN})
_ANY_OATH = frozenset({Kind.INTERPRETER_SWORN, Kind.OATH, Kind.STAGE_BEGAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Something that must be so before the day goes on.

    `kinds`: the entries that settle it, the first the one that its button logs; an entry with one of the answers in
    `unless` does not. `again`: entries with that answer open it again. `holds`: the entries that may not be logged
    while it is open; empty: the seal asks for it, nothing before. `minutes`: when it is due, counted from the fixed
    time of the examination. `when` names facts of which one must be true; empty: always.
    """

    key: GateKey
    whose: Duty
    phase: Phase
    kinds: tuple[Kind, ...]
    cites: tuple[Cite, ...]
    unless: Mapping[str, str] = field(default_factory=dict)
    again: Mapping[Kind, tuple[str, str]] = field(default_factory=dict)
    holds: frozenset[Kind] = frozenset()
    minutes: int | None = None
    when: tuple[str, ...] = ()
    force: Force = Force.LAW
    evidence: Evidence = Evidence.READ

    def settled(self, entry: Logged) -> bool:
        """Whether the entry settles it."""
        return entry.kind in self.kinds and all(entry.facts.get(name) != value for name, value in self.unless.items())

    def opened_again(self, entry: Logged) -> bool:
        """Whether the entry undoes what settled it: it says the contrary, or something came between."""
        if entry.kind in self.kinds:
            return True
        name, value = self.again.get(entry.kind, ("", ""))
        return bool(name) and entry.facts.get(name) == value


GATES: tuple[Gate, ...] = (
    Gate(
        key=GateKey.READINESS,
        whose=REMOTE,
        phase=Phase.PREPARE,
        kinds=(Kind.READY_REMOTE,),
        holds=_SWEARING,
        minutes=-30,
        cites=model("5.6.1"),
    ),
    Gate(
        key=GateKey.TRIAL,
        whose=COURT,
        phase=Phase.PREPARE,
        kinds=(Kind.LINK_TESTED,),
        unless=MappingProxyType({"result": "faults"}),
        holds=_SWEARING,
        minutes=-30,
        force=Force.PREFERRED,
        cites=model("10.5"),
    ),
    Gate(
        key=GateKey.ROOM,
        whose=REMOTE,
        phase=Phase.PREPARE,
        kinds=(Kind.ROOM_SWEPT,),
        again=MappingProxyType({Kind.LINK_RESTORED: ("undisturbed", "no")}),
        holds=_SWEARING,
        minutes=-15,
        force=Force.SUGGESTED,
        cites=model("5.6.2–5.6.4"),
    ),
    Gate(
        key=GateKey.IN_CAMERA,
        whose=COURT,
        phase=Phase.PREPARE,
        kinds=(Kind.LOBBY_LOCKED,),
        holds=_SWEARING,
        minutes=-15,
        when=("in_camera",),
        force=Force.SUGGESTED,
        cites=(*model("16.1"), *code("366", "327")),
    ),
    Gate(
        key=GateKey.LINK,
        whose=COURT,
        phase=Phase.OPEN,
        kinds=(Kind.LINK_CONNECTED,),
        holds=_ANY_OATH,
        minutes=0,
        cites=model("10.6", "14.6"),
    ),
    Gate(
        key=GateKey.SEEN_AND_HEARD,
        whose=JUDGE,
        phase=Phase.OPEN,
        kinds=(Kind.SEEN_AND_HEARD,),
        holds=_ANY_OATH,
        minutes=0,
        cites=model("14.7"),
    ),
    Gate(
        key=GateKey.PHONES,
        whose=COURT,
        phase=Phase.OPEN,
        kinds=(Kind.PHONES_OFF,),
        holds=_SWEARING,
        minutes=-10,
        force=Force.SUGGESTED,
        cites=(Cite(Source.CONDUCT, "8"),),
    ),
    Gate(
        key=GateKey.PRESENCE_COURT,
        whose=COURT,
        phase=Phase.OPEN,
        kinds=(Kind.PRESENCE_COURT,),
        holds=_SWEARING,
        minutes=0,
        cites=model("14.2"),
    ),
    Gate(
        key=GateKey.PRESENCE_REMOTE,
        whose=REMOTE,
        phase=Phase.OPEN,
        kinds=(Kind.PRESENCE_REMOTE,),
        holds=_SWEARING,
        minutes=0,
        cites=model("14.2", "16.2"),
    ),
    Gate(
        key=GateKey.ACCUSED,
        whose=COURT,
        phase=Phase.OPEN,
        kinds=(Kind.PRESENCE_COURT, Kind.ACCUSED),
        holds=_SWEARING,
        minutes=0,
        cites=code("308", "273"),
    ),
    Gate(
        key=GateKey.COUNSEL,
        whose=COURT,
        phase=Phase.OPEN,
        kinds=(Kind.ACCUSED,),
        holds=_SWEARING,
        minutes=0,
        when=("custody_accused",),
        cites=model("8.3", "12.8"),
    ),
    Gate(
        key=GateKey.IDENTITY,
        whose=REMOTE,
        phase=Phase.OPEN,
        kinds=(Kind.IDENTITY_SEEN,),
        holds=_SWEARING,
        minutes=0,
        cites=model("8.1", "12.3"),
    ),
    Gate(
        key=GateKey.INTERPRETER,
        whose=JUDGE,
        phase=Phase.OPEN,
        kinds=(Kind.INTERPRETER_SWORN,),
        unless=MappingProxyType({"independent": "no"}),
        holds=_SWEARING,
        minutes=0,
        when=("interpreter", "speech_disability"),
        force=Force.SUGGESTED,
        cites=(Cite(Source.OATHS, "4(1)(b)"),),
    ),
    Gate(
        key=GateKey.OATH,
        whose=JUDGE,
        phase=Phase.OPEN,
        kinds=(Kind.OATH,),
        holds=_EXAMINING,
        minutes=0,
        cites=(*model("8.2"), Cite(Source.OATHS, "4–6")),
    ),
    Gate(
        key=GateKey.COERCION,
        whose=JUDGE,
        phase=Phase.OPEN,
        kinds=(Kind.COERCION_CHECKED,),
        unless=MappingProxyType({"free": "no"}),
        holds=_EXAMINING,
        minutes=0,
        force=Force.SUGGESTED,
        evidence=Evidence.READ_AND_OURS,
        cites=model("5.6.4", "8.12"),
    ),
    Gate(
        key=GateKey.EXAMINATION,
        whose=JUDGE,
        phase=Phase.OPEN,
        kinds=(Kind.STAGE_BEGAN,),
        minutes=0,
        cites=(Cite(Source.BSA, "142"), Cite(Source.EVIDENCE_ACT, "137")),
    ),
    Gate(
        key=GateKey.IDENTIFIED,
        whose=JUDGE,
        phase=Phase.CLOSE,
        kinds=(Kind.IDENTIFIED,),
        when=("identification",),
        cites=(Cite(Source.KERALA, "8(15)"),),
        evidence=Evidence.READ_AND_OURS,
    ),
    Gate(
        key=GateKey.READ_OVER,
        whose=JUDGE,
        phase=Phase.CLOSE,
        kinds=(Kind.READ_OVER,),
        cites=code("313", "278"),
    ),
    Gate(
        key=GateKey.ADMITTED,
        whose=JUDGE,
        phase=Phase.CLOSE,
        kinds=(Kind.ADMITTED_CORRECT,),
        cites=code("313", "278"),
    ),
    Gate(
        key=GateKey.QUALITY_ASKED,
        whose=COURT,
        phase=Phase.CLOSE,
        kinds=(Kind.QUALITY_ASKED,),
        force=Force.SUGGESTED,
        cites=model("10.9"),
    ),
    Gate(
        key=GateKey.QUALITY,
        whose=JUDGE,
        phase=Phase.CLOSE,
        kinds=(Kind.QUALITY_SATISFIED,),
        cites=model("10.8"),
    ),
    Gate(
        key=GateKey.REMOTE_CLOSING,
        whose=REMOTE,
        phase=Phase.CLOSE,
        kinds=(Kind.REMOTE_CLOSING,),
        force=Force.RECOMMENDED,
        evidence=Evidence.READ_AND_OURS,
        cites=(*model("5.6.3–5.6.4"), Cite(Source.SUJOY)),
    ),
    Gate(
        key=GateKey.RECORDING,
        whose=COURT,
        phase=Phase.AFTER,
        kinds=(Kind.RECORDING_STOPPED,),
        when=("recorded",),
        force=Force.SUGGESTED,
        evidence=Evidence.READ_AND_OURS,
        cites=model("8.9"),
    ),
)
ONLY_IF: Mapping[Kind, Mapping[tuple[str, str], str]] = MappingProxyType(
    {Kind.OATH: MappingProxyType({("form", "none"): "child_under_12"})}
)
"""Answers that the law leaves only for a case of which a fact is true: no oath, for a child under twelve."""
