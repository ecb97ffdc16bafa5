"""The one place for what each person needs to take part: their kinds and their sheets."""

from vctestimony.domain.documents.kinds import Kind

KINDS: tuple[Kind, ...] = ()
