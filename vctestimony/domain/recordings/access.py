"""The one place that says who may be given a recording: on an order of the court, and under which rule what else."""

from collections.abc import Mapping

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.wording import N_

GRANTED, REFUSED = "granted", "refused"
_FOR_THE_COURTS = frozenset({"bench", "appeal"})
_WHEN_GRANTED = ("person", "manner", "happened_on", "happened_time")


class EvidenceStillRecorded(Conflict):
    """Where the rules on live-streaming are adopted, nobody is given testimony while others still testify."""

    text = N_(
        "Evidence in this case is still being recorded. Where the rules on live-streaming and recording are adopted, "
        "the recording of testimony is withheld until all evidence is recorded (rr. 5.7–5.8). Nothing was saved."
    )


class ForTheCourtsOnly(Invalid):
    """The same rules name who may have it."""

    text = N_(
        "Where the rules on live-streaming and recording are adopted, the recording of testimony is for the bench and "
        "the court of appeal only (rr. 5.7–5.8)."
    )


def check(facts: Mapping[str, str], *, rule_adopted: bool, still_heard: bool) -> None:
    """Refuse an access that the rules do not allow, or of which it is not said who was given what, and when.

    A request that the court refused is kept without any of it. `still_heard`: a hearing of the case is to come.
    """
    if facts["decision"] == REFUSED:
        return
    for name in _WHEN_GRANTED:
        if not facts.get(name):
            raise Missing(field=name)
    if not rule_adopted:
        return
    if still_heard or facts.get("all_heard") != "yes":
        raise EvidenceStillRecorded(field="all_heard")
    if facts["recipient"] not in _FOR_THE_COURTS:
        raise ForTheCourtsOnly(field="recipient")
