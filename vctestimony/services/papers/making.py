"""The one place for what a maker of documents is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vctestimony.domain.documents import Kind
from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.paper import Sheet
from vctestimony.domain.wording import N_
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, ParticipantRow


class NotForThisHearing(Conflict):
    """The document would say something that is not so of this hearing; `why` is a finished sentence."""

    text = N_("This document is not for this hearing. {why}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made: the kind, the language of the paper, and the person it is for, if it is for one."""

    kind: Kind
    language: str
    person: ParticipantRow | None = None

    @property
    def named(self) -> ParticipantRow:
        """The person; Absent where nobody was named, though the kind is for one person."""
        if self.person is None:
            raise Absent()
        return self.person


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet without its imprint, and what travels inside the file; or the bytes of what was printed once for all.

    `facts` are told in the journal with each print.
    """

    sheet: Sheet
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    stored: bytes | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


Maker = Callable[[Unit, HearingRow, Asked], Made]
"""Makes one kind of document of a hearing; raises Refusal where the hearing lacks what the document must say."""

Check = Callable[[Unit, HearingRow, Asked], object]
"""Raises the same Refusal as the maker does, without making anything."""
