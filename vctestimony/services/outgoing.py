"""The one place that lays a mail down in the outbox: numbered, in its thread, within the change that it tells of."""

from collections.abc import Callable

from vctestimony.domain.errors import Stale
from vctestimony.domain.itip import new_message_id
from vctestimony.domain.retries import last_try_at
from vctestimony.services import sealed_mails
from vctestimony.services.unit import Unit
from vctestimony.store import outbox
from vctestimony.store.models import HearingRow, OutboxRow, OutboxState, ParticipantRow

Compose = Callable[..., bytes]
"""Takes `message_id` and `references` (with angle brackets) and gives the whole mail."""


def lay_down(
    unit: Unit,
    *,
    kind: str,
    to: str,
    compose: Compose,
    hearing: HearingRow | None = None,
    person: ParticipantRow | None = None,
    sequence: int = 0,
) -> OutboxRow:
    """Write one mail to one address. Mails to one participant are one thread; its first is what later ones refer to.

    Mails about one hearing are written down one after the other, in the order in which they are to leave: Stale where
    somebody changed the hearing after it was read, for this mail would tell of what no longer holds.
    """
    if hearing is not None and outbox.version_held(unit.session, hearing.id) != hearing.version:
        raise Stale()
    message_id = new_message_id(unit.ports.random(10), sequence=sequence, host=unit.ports.addresses.uid_host)
    references = (person.thread,) if person is not None and person.thread else ()
    if person is not None:
        person.thread = person.thread or message_id
    row = OutboxRow(
        message_id=message_id,
        kind=kind,
        hearing_id=hearing.id if hearing is not None else None,
        participant_id=person.id if person is not None else None,
        sequence=sequence,
        to_address=to,
        state=OutboxState.PENDING,
        next_at=unit.now,
        created_at=unit.now,
        until_at=last_try_at(unit.now, starts_at=hearing.starts_at if hearing is not None else None),
    )
    sealed_mails.seal(unit.ports.vault, row, compose(message_id=message_id, references=references))
    unit.session.add(row)
    return row
