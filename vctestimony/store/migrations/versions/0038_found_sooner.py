"""case numbers and pseudonyms as they are looked for, and the order in which mails leave"""

import sqlalchemy as sa
from alembic import op

from vctestimony.domain.searching import folded

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_FOLDED = (("case", "number", "number_folded"), ("witness", "pseudonym", "pseudonym_folded"))


def upgrade() -> None:
    """Write beside each what it is compared by; let the index of due mails go down to the single mail."""
    _index_due("state", "next_at", "id")
    connection = op.get_bind()
    for table, source, target in _FOLDED:
        op.add_column(table, sa.Column(target, sa.Text, nullable=False, server_default=""))
        row = sa.table(table, sa.column("id"), sa.column(source), sa.column(target))
        wanted = sa.update(row).where(row.c.id == sa.bindparam("this")).values({target: sa.bindparam("words")})
        known = connection.execute(sa.select(row.c.id, row.c[source])).all()
        if known:
            connection.execute(wanted, [{"this": one[0], "words": folded(one[1])} for one in known])


def downgrade() -> None:
    """Take the change back."""
    for table, _, target in _FOLDED:
        op.drop_column(table, target)
    _index_due("state", "next_at")


def _index_due(*columns: str) -> None:
    op.drop_index("outbox_due", "outbox")
    op.create_index("outbox_due", "outbox", list(columns))
