"""The one place for requests, letters and notices: their kinds and their sheets."""

from vctestimony.domain.documents.kinds import Kind

KINDS: tuple[Kind, ...] = ()
