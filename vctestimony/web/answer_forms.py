"""The one place that reads the form of an answer, as the pages behind a link and behind a sign-in both show it."""

from datetime import datetime

from werkzeug.datastructures import MultiDict

from vctestimony.domain.wording import N_
from vctestimony.services import answering
from vctestimony.services.answer_pages import Said, Way
from vctestimony.web.forms import Form

OFFERED = {
    Way.ACCEPTED: N_("Yes, I will be there"),
    Way.TENTATIVE: N_("Only if I am needed"),
    Way.DECLINED: N_("No, I cannot come"),
    Way.TIME: N_("Not then, but at another time"),
    Way.SUBSTITUTE: N_("Somebody else can go instead of me"),
}
_LONGEST_ADDRESS = 254


def said_in(posted: MultiDict[str, str]) -> Said:
    """What the form says, or FormRefused with everything that is wrong; fields of another way are not looked at."""
    with Form(posted) as form:
        way = form.one_of("choice", OFFERED)
        comment = form.optional_long_text("comment", limit=answering.LONGEST_COMMENT)
        seen = form.text("seen")
        on, at = (form.date("on"), form.clock("at")) if way == Way.TIME else (None, None)
        fields = {"name": 200, "designation": 200, "address": _LONGEST_ADDRESS} if way == Way.SUBSTITUTE else {}
        person = {field: form.text(field, limit=limit) for field, limit in fields.items()}
    wall = datetime.combine(on, at) if on is not None and at is not None else None
    return Said(way=Way(way), seen=seen, comment=comment, start_wall=wall, **person)
