"""The one place that makes the documents of the family `domain/documents/joining.py`."""

from vctestimony.services.papers.making import Maker

MAKERS: dict[str, Maker] = {}
