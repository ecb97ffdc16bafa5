"""Answers of every kind of addendum, and one sealed after the other."""

from vctestimony.domain.access import Actor
from vctestimony.domain.record.addenda import AddendumKind
from vctestimony.services import addenda
from vctestimony.services.submissions import FormKey
from vctestimony.services.unit import Units

ANSWERS: dict[AddendumKind, dict[str, str]] = {
    AddendumKind.CORRECTION: {
        "order": "Order below Exh. 61",
        "ordered_on": "1/9/2026",
        "place": "Q. 1",
        "says": "Where did you live?",
        "right": "Where did you live then?",
    },
    AddendumKind.RECEIPT: {
        "what": "Signed transcript, 4 pages",
        "carrier": "Registered speed post",
        "number": "EA 123 456 789 IN",
        "dispatched_on": "28/8/2026",
        "received_on": "1/9/2026",
        "received_by": "Anil Mumbaikar, coordinator",
        "state": "Cover and seals whole; both signatures found.",
    },
    AddendumKind.COSTS: {
        "order": "Exh. 62",
        "ordered_on": "1/9/2026",
        "heads": "Interpreter Rs 2,000\nCourier Rs 900",
        "payer": "The State",
        "waived": "none",
        "honorarium": "Rs 1,500",
    },
    AddendumKind.COMPLAINT: {"complainant": "Defence counsel", "told_on": "1/9/2026", "what": "Q. 1 was not heard."},
    AddendumKind.DECISION: {
        "order": "Exh. 63",
        "ordered_on": "1/9/2026",
        "about": "4",
        "decision": "rejected",
        "reasons": "It was repeated and answered.",
    },
    AddendumKind.CONTINUATION: {"reasons": "The witness was tired.", "next": "H-NEXT", "next_on": "28/9/2026"},
}


def added(units: Units, reference: str, kind: AddendumKind, by: Actor, *, key: str = "", **changes: str) -> str:
    """One addendum in English; its code."""
    answers = ANSWERS[kind] | changes
    once = FormKey.of(key or f"the key of {kind} {answers}", [])
    return addenda.add(units, reference, kind, answers=answers, language="en", key=once, by=by)
