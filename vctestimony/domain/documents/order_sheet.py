"""The one place for the order sheet of a hearing by video: what is signed of time, link, documents and quality."""

from dataclasses import dataclass

from vctestimony.domain.documents.kinds import Family, Kind
from vctestimony.domain.documents.record import FieldGroup, FieldRow, Interruption, ShownDocument, SignatureBox
from vctestimony.domain.paper import Heading
from vctestimony.domain.wording import N_

KINDS: tuple[Kind, ...] = (
    Kind(
        "order-sheet",
        Family.CLOSING,
        N_("Order sheet"),
        N_("Time, link, documents, quality and grievances, as the rules want them stated; what is missing is ruled."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSheet:
    """What the order sheet says, drawn from log and record. The order itself is written in by hand."""

    heading: Heading
    groups: tuple[FieldGroup, ...]
    interruptions: tuple[Interruption, ...]
    documents: tuple[ShownDocument, ...]
    signature: SignatureBox

    @property
    def missing(self) -> tuple[FieldRow, ...]:
        """What nobody has stated; it is ruled."""
        return tuple(row for group in self.groups for row in group.rows if row.missing)
