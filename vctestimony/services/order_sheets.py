"""What the page of the record shows of the order sheet before anything is sealed."""

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents.record import FieldGroup
from vctestimony.services.access import hearing_for
from vctestimony.services.papers import order_sheet
from vctestimony.services.unit import Unit


def before_seal(unit: Unit, reference: str, *, language: str, by: Actor) -> tuple[FieldGroup, ...]:
    """What it would say if it were printed now, for somebody who may print it."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    return order_sheet.to_be_said(unit, hearing, language=language)
