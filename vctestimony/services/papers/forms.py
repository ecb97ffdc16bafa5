"""The one place that knows who makes each document of the family `domain/documents/forms.py`.

The summons for the sealed cover is not among them: it is printed by `services/sealed_papers.py` alone.
"""

from vctestimony.domain.documents.forms import HOST, MISSION, ROUTE_B, SCHEDULE_II, SUMMONS
from vctestimony.services.papers.forms_letters import host_letter, mission_request, route_b_annexes
from vctestimony.services.papers.forms_request import schedule_ii
from vctestimony.services.papers.forms_summons import summons
from vctestimony.services.papers.making import Maker

MAKERS: dict[str, Maker] = {
    SCHEDULE_II: schedule_ii,
    MISSION: mission_request,
    HOST: host_letter,
    ROUTE_B: route_b_annexes,
    SUMMONS: summons,
}
