"""The one place that makes the cover of the hard copy that goes to the court, and the receipt for it."""

from collections.abc import Mapping

from vctestimony.domain import sop
from vctestimony.domain.documents.citing import KERALA, Citing, Statement
from vctestimony.domain.documents.closing import Address, DispatchCover, DispatchReceipt, Enclosed
from vctestimony.domain.documents.local_rules import Topic
from vctestimony.domain.hearing import End
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import Duty
from vctestimony.domain.record.fields import Source
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.checklist_making import anchors_of
from vctestimony.services.checklist_paper import NoTimeYet, heading
from vctestimony.services.facts import facts_of
from vctestimony.services.papers.citing import citing, holder_of
from vctestimony.services.papers.making import Asked, Made, Maker
from vctestimony.services.unit import Unit
from vctestimony.store import records
from vctestimony.store.models import HearingRow, PostRow

WITHIN = "T+3d"
"""Three days after the examination, counted on the calendar of the Remote Point, as the checklist counts them."""

_PREFERABLY, _PLAINLY = N_("preferably within three days"), N_("within three days")
_TRANSCRIPT = N_("Transcript of the deposition, signed by the witness, countersigned by the Remote Point Coordinator")
_DOCUMENT = N_("Document put to the witness at the Remote Point, countersigned by the witness and the coordinator")
_PRODUCED = N_("Document that the witness produced at the Remote Point, with an authenticated copy")
_IDENTITY = N_("Hard copy of the identity document or affidavit, in an inner cover that is sealed")
_SENT = N_("The hard copy goes to the court by recognised courier or registered speed post.")
_RECEIVED = N_("The Court Point confirms that the hard copy has come, and enters it in the record.")


def cover(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """From the Remote Point to the court; carrier and number are written in when it is handed over."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    sender, receiver = _addresses(hearing)
    return Made(
        DispatchCover(
            heading=heading(unit, hearing, language=asked.language),
            sender=sender,
            receiver=receiver,
            enclosed=_enclosed(cite, facts),
            due=_due(hearing),
            recorded=_recorded(unit, hearing),
            rests_on=_by_courier(cite, _SENT),
        )
    )


def receipt(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """For the Court Point, to be filled in when the cover is opened."""
    facts, cite = facts_of(hearing), citing(unit, hearing, language=asked.language)
    sender, receiver = _addresses(hearing)
    return Made(
        DispatchReceipt(
            heading=heading(unit, hearing, language=asked.language),
            sender=sender,
            receiver=receiver,
            enclosed=_enclosed(cite, facts),
            recorded=_recorded(unit, hearing),
            rests_on=cite.recommended(_RECEIVED),
        )
    )


def _enclosed(cite: Citing, facts: Mapping[str, bool]) -> tuple[Enclosed, ...]:
    """Never the seventy-two hours of the accused's own examination: nothing here is about the accused."""
    found = [Enclosed(_by_courier(cite, _TRANSCRIPT), cite.translate(_PREFERABLY))]
    if facts["documents_remote"] and cite.rule_pack == KERALA:
        produced = cite.required(_PRODUCED, cite.of(Source.KERALA, "7(2), 9(1)(b)"))
        found.append(Enclosed(produced, cite.translate(_PLAINLY)))
    elif facts["documents_remote"]:
        found.append(Enclosed(cite.duty(_DOCUMENT, cite.model("9.2"))))
    if cite.rule_pack == KERALA:
        found.append(Enclosed(cite.duty(_IDENTITY, cite.of(Source.KERALA, "8(6)"))))
    return tuple(found)


def _by_courier(cite: Citing, text: str) -> Statement:
    return cite.ruled(text, Topic.ORIGINAL)


def _due(hearing: HearingRow) -> BothClocks:
    at = sop.instant_of(sop.parse_offset(WITHIN), anchors=anchors_of(hearing), zone=hearing.remote.zone)
    if at is None:
        raise NoTimeYet()
    return hearing_clocks.both(hearing, at, own=End.REMOTE)


def _recorded(unit: Unit, hearing: HearingRow) -> str:
    """What the record holds already of carrier, number and dates."""
    row = records.facts(unit.session, hearing.id).get("dispatch")
    return row.value if row else ""


def _addresses(hearing: HearingRow) -> tuple[Address, Address]:
    return (
        _address(hearing, hearing.remote, Duty.REMOTE_COORDINATOR),
        _address(hearing, hearing.court, Duty.COURT_COORDINATOR),
    )


def _address(hearing: HearingRow, post: PostRow, duty: Duty) -> Address:
    person = holder_of(hearing, duty)
    return Address(
        post=post.name,
        lines=post.address,
        person=f"{person.official.name}, {person.official.designation}" if person else "",
        phone=(person.official.phone if person else "") or post.phone,
    )


MAKERS: dict[str, Maker] = {"dispatch-cover": cover, "receipt": receipt}
