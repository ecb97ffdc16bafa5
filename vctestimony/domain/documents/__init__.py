"""The documents this service prints: what each is, and what stands on it, as frozen sheets of finished words.

`kinds`: what a kind is · one file a family: its kinds and its sheets (the checklist and the record: `domain/paper.py`).
"""

from vctestimony.domain.documents import bundles, cards, closing, destruction, forms, joining, lists, order_sheet
from vctestimony.domain.documents.kinds import FAMILY_LABELS, About, Family, Kind
from vctestimony.domain.wording import N_

ADDENDUM, REDACTED = "addendum", "record-redacted"
PROCEDURE = (
    Kind("checklist", Family.PROCEDURE, N_("SOP checklist"), N_("Every step, to be ticked by hand.")),
    Kind(
        "checklist-role",
        Family.PROCEDURE,
        N_("SOP checklist for one person"),
        N_("The steps of one duty, its own clock first; on one page where it fits."),
        About.PERSON,
    ),
    Kind(
        "checklist-form",
        Family.PROCEDURE,
        N_("SOP checklist, to be ticked on a screen"),
        N_("Every step, with boxes that a PDF program fills in."),
    ),
    Kind(
        "checklist-role-form",
        Family.PROCEDURE,
        N_("SOP checklist for one person, to be ticked on a screen"),
        N_("The steps of one duty, with boxes that a PDF program fills in."),
        About.PERSON,
    ),
    Kind("record", Family.PROCEDURE, N_("Hearing record"), N_("What the record states so far, or the sealed record.")),
    Kind(
        REDACTED,
        Family.PROCEDURE,
        N_("Redacted copy of the record"),
        N_("The sealed record without what would identify the witness, for those who may read it without her name."),
    ),
    Kind(
        ADDENDUM,
        Family.PROCEDURE,
        N_("Addendum to a sealed record"),
        N_("What came after the seal: correction, receipt, costs, complaint, decision, continuation."),
        About.SEALED,
    ),
    Kind(
        "transcript",
        Family.PROCEDURE,
        N_("Deposition"),
        N_("Questions and answers alone, in 25 numbered lines a page, to be signed."),
    ),
)

OF_THE_COURT = frozenset({"record", REDACTED, ADDENDUM, "transcript", "order-sheet"})
"""What belongs to the court and to those who sign it; everything else is what both ends need."""

TELLS_THE_PLACE = frozenset(
    {"record", "movement-sheet", "survivor-sheet", forms.SUMMONS, forms.SEALED_SUMMONS, "dispatch-cover", "receipt"}
)
"""What must say where the testimony is given, for whoever goes, writes or is called there: the record by the rules."""

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        *PROCEDURE,
        *forms.KINDS,
        *joining.KINDS,
        *cards.KINDS,
        *closing.KINDS,
        *order_sheet.KINDS,
        *lists.KINDS,
        *bundles.KINDS,
        *destruction.KINDS,
    )
}

__all__ = ["ADDENDUM", "FAMILY_LABELS", "KINDS", "REDACTED", "About", "Family", "Kind"]
