"""Each cause of an adjournment is held to its fact: the log bears it out, or it is told."""

import pytest

from tests.domain.test_record_gates import entry, logged
from vctestimony.domain.entered import Missing
from vctestimony.domain.record.adjourning import ABOUT_ASKED, NotInTheLog, checked
from vctestimony.domain.record.causes import Cause
from vctestimony.domain.record.entries import ENTRIES
from vctestimony.domain.record.kinds import Kind

WITHDRAWN = (entry(1, Kind.LINK_LOST, 1), entry(2, Kind.CORRECTION, 2, corrects=1, effect="withdrawn", text="None"))


@pytest.mark.parametrize(("cause", "kind"), [(Cause.LINK, Kind.LINK_LOST), (Cause.TIME, Kind.STAGE_BEGAN)])
def test_the_log_bears_it_out(cause: Cause, kind: Kind) -> None:
    assert checked(cause, "", logged(kind)) == {"cause": cause}
    with pytest.raises(NotInTheLog) as refused:
        checked(cause, "It did", ())
    assert refused.value.facts["entry"] == ENTRIES[kind].label
    if cause is Cause.LINK:
        with pytest.raises(NotInTheLog):
            checked(cause, "", WITHDRAWN)


@pytest.mark.parametrize("cause", ABOUT_ASKED)
def test_what_the_log_cannot_say_is_told(cause: Cause) -> None:
    assert checked(cause, " The clerk ", ()) == {"cause": cause, "about": "The clerk"}
    with pytest.raises(Missing):
        checked(cause, "  ", ())


def test_another_reason_is_the_court_s_own() -> None:
    assert checked(Cause.OTHER, "", ()) == {"cause": Cause.OTHER}
