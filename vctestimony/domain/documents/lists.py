"""The one place for what a room, a post or a court has on a day or in a week: their kinds and their sheets."""

from vctestimony.domain.documents.kinds import Kind

KINDS: tuple[Kind, ...] = ()
