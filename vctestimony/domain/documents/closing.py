"""The one place for certificates, dispatch and receipt: their kinds and their sheets."""

from vctestimony.domain.documents.kinds import Kind

KINDS: tuple[Kind, ...] = ()
