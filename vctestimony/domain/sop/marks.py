"""The one place for the marks a pack puts on its steps: phase, basis of the time, gate, evidence, way of citing."""

from collections.abc import Mapping
from enum import StrEnum

from vctestimony.domain.wording import N_


class Phase(StrEnum):
    """The part of the procedure a step belongs to; the value is the first letter of the step's id."""

    APPLICATION = "A"
    ORDER = "O"
    SUMMONS = "S"
    COORDINATION = "C"
    TEST = "T"
    BEFORE = "B"
    DURING = "D"
    CLOSE = "X"
    AFTER = "P"


PHASE_LABELS: Mapping[Phase, str] = {
    Phase.APPLICATION: N_("Application"),
    Phase.ORDER: N_("Order"),
    Phase.SUMMONS: N_("Summons and notice"),
    Phase.COORDINATION: N_("Coordination"),
    Phase.TEST: N_("Technical test"),
    Phase.BEFORE: N_("Day of the hearing, before the start"),
    Phase.DURING: N_("During the hearing"),
    Phase.CLOSE: N_("Close"),
    Phase.AFTER: N_("Afterwards"),
}


class Basis(StrEnum):
    """Where the time of a step comes from: stated in the law, only its order in the law, or our own planning."""

    LAW = "law"
    SEQUENCE = "sequence"
    PLANNING = "planning"
    NONE = "none"


BASIS_LABELS: Mapping[Basis, str] = {
    Basis.LAW: N_("stated in the law"),
    Basis.SEQUENCE: N_("the law gives the order of events, the number is ours"),
    Basis.PLANNING: N_("our own planning"),
    Basis.NONE: N_("no time"),
}


class Gate(StrEnum):
    """What an open step holds back."""

    NONE = "none"
    BOOK = "book"
    CONFIRM = "confirm"
    START = "start"
    SEAL = "seal"


GATE_LABELS: Mapping[Gate, str] = {
    Gate.NONE: N_("nothing"),
    Gate.BOOK: N_("booking"),
    Gate.CONFIRM: N_("confirming"),
    Gate.START: N_("the start"),
    Gate.SEAL: N_("the seal of the record"),
}


class Mark(StrEnum):
    """How well a provision is known."""

    READ = "R"
    PARTLY_READ = "P"
    UNVERIFIED = "U"
    OUR_DESIGN = "D"


MARK_LABELS: Mapping[Mark, str] = {
    Mark.READ: N_("the rule was read"),
    Mark.PARTLY_READ: N_("the rule was read in part"),
    Mark.UNVERIFIED: N_("not verified"),
    Mark.OUR_DESIGN: N_("our own recommendation"),
}


class Cites(StrEnum):
    """How provisions of a source are called."""

    RULE = "rule"
    SECTION = "section"
    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    NOTHING = "nothing"


class Numbering(StrEnum):
    """What is known of a High Court's own numbering of the Model Rules."""

    SAME = "same"
    OWN = "own"
    UNREAD = "unread"


CHANGED_COURT = N_("the High Court of the case")
"""Who adopted the Model Rules, while it is not known which High Court it is."""
