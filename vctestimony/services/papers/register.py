"""The one place that knows which maker makes which kind of document of a hearing."""

from collections.abc import Mapping

from vctestimony.services.papers import cards, closing, forms, joining, movement, procedure
from vctestimony.services.papers.making import Maker

MAKERS: Mapping[str, Maker] = {
    **procedure.MAKERS,
    **forms.MAKERS,
    **joining.MAKERS,
    **cards.MAKERS,
    **closing.MAKERS,
    **movement.MAKERS,
}
