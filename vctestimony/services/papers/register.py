"""The one place that knows which maker makes which kind of document of a hearing, and what costs too much to try."""

from collections.abc import Mapping

from vctestimony.services.papers import cards, closing, forms, joining, movement, order_sheet, procedure
from vctestimony.services.papers.making import Check, Maker

MAKERS: Mapping[str, Maker] = {
    **procedure.MAKERS,
    **forms.MAKERS,
    **joining.MAKERS,
    **cards.MAKERS,
    **closing.MAKERS,
    **order_sheet.MAKERS,
    **movement.MAKERS,
}
CHECKS: Mapping[str, Check] = {**procedure.CHECKS, **joining.CHECKS}
"""For makers of which all together are too slow for a page: only what they refuse. The others are quick."""
