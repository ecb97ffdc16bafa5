"""The one place for why a court adjourns a hearing part-heard: the causes, and the fact that each is held to.

Causes are our own sorting and cite no rule; the court's reason, in its words, is asked besides (Model Rules 8.13 as
adopted and BNSS 346 want no needless adjournment).
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Conflict
from vctestimony.domain.record.causes import Cause
from vctestimony.domain.record.course import PLAINLY, Logged, Said, counting
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.wording import N_

ABOUT_ASKED: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.WITNESS: N_("What ails her, and who said so"),
        Cause.PERSON: N_("Who is missing, and why"),
        Cause.PAPER: N_("Which one, and where it is"),
    }
)
"""The fact that must be told of these."""
_LOGGED: Mapping[Cause, Kind] = MappingProxyType({Cause.LINK: Kind.LINK_LOST, Cause.TIME: Kind.STAGE_BEGAN})
"""The entry that bears these out: that the link was lost, and that there was an examination to be cut short."""


class NotInTheLog(Conflict):
    """A cause that the running log does not bear out."""

    text = N_("The log does not say so. Log “{entry}” first, with its time, or choose another cause.")


def checked(cause: Cause, about: str, log: Iterable[Logged], *, said: Said = PLAINLY) -> dict[str, str]:
    """The facts of the adjournment; refuses a cause without the fact it is held to (Missing, NotInTheLog)."""
    kinds = {entry.kind for entry in counting(log)}
    if cause in _LOGGED and _LOGGED[cause] not in kinds:
        raise NotInTheLog(field="cause", entry=said.entry(_LOGGED[cause]))
    if cause in ABOUT_ASKED and not about.strip():
        raise Missing(field="about")
    return {"cause": cause.value, **({"about": about.strip()} if about.strip() else {})}
