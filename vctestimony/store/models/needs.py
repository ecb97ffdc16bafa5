"""Rows of what a hearing needs beyond its own columns: other rooms for a part, and what would do as well."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vctestimony.store.base import Base
from vctestimony.store.models.resources import ResourceRow


class NeedRow(Base):
    """One of those that would do for a need of the hearing; the lowest rank is asked first.

    A need is named as in services/needs.py. For a need without any row the hearing's own column or participant is the
    only one. `chosen` marks which room serves where the hearing has no column for it, the room of a part; without
    `resource_id` no room is taken then.
    """

    __tablename__ = "hearing_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearing.id"), index=True)
    need: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int]
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"), index=True)
    chosen: Mapped[bool] = mapped_column(default=False)

    resource: Mapped[ResourceRow | None] = relationship(lazy="joined")
