"""The one place that names the causes for which a court adjourns a hearing part-heard."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain.wording import N_


class Cause(StrEnum):
    """Why the testimony goes on another day."""

    LINK = "link"
    WITNESS = "witness"
    PERSON = "person"
    PAPER = "paper"
    TIME = "time"
    OTHER = "other"


CAUSE_LABELS: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.LINK: N_("The link failed"),
        Cause.WITNESS: N_("The witness cannot go on"),
        Cause.PERSON: N_("Somebody who is needed is not there"),
        Cause.PAPER: N_("A document or object is not there"),
        Cause.TIME: N_("The time is over, and the examination is not"),
        Cause.OTHER: N_("Another reason of the court"),
    }
)
