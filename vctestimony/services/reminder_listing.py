"""The use-case of looking ahead: what would be sent to whom in the coming days if nothing changed."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from vctestimony.domain.instants import Reading, read
from vctestimony.domain.reminders.notices import ALONE, EXACT, NO_CHOICE, Notice, Reader, Way
from vctestimony.services.reminder_facts import Remindable, remindable
from vctestimony.services.unit import Unit
from vctestimony.store import reminders as store

_LOOKS_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ComingNotice:
    """What comes by one rule about one hearing: when on the reader's clock, to whom, in what; of how many steps."""

    at: Reading
    name: str
    address: str
    rule: str
    reference: str
    how: str
    count: int = 1


def coming(unit: Unit, *, days: int) -> tuple[ComingNotice, ...]:
    """What is due now and was not given, and what falls due in so many days; the earliest first."""
    length = timedelta(days=days)
    found = remindable(unit, ahead=_LOOKS_AHEAD + length)
    given = store.given(unit.session, [row.id for row in found.hearings.values()])
    wanted = [one for one in found.notices if one.key not in given and one.until_at > unit.now]
    lines = Counter(_line(unit, found, one) for one in wanted if one.due_at <= unit.now + length)
    counted = (replace(line, count=count) for line, count in lines.items())
    return tuple(sorted(counted, key=lambda line: (line.at.at, line.name, line.reference, line.rule)))


def _line(unit: Unit, found: Remindable, notice: Notice) -> ComingNotice:
    person, reader = found.readers.people[notice.reader], found.readers.readers[notice.reader]
    at = max(notice.due_at, unit.now)
    if notice.rule not in EXACT:
        at = reader.days.next_moment(at)
    return ComingNotice(
        at=read(at, person.post.zone, person.post.city),
        name=person.name,
        address=person.address,
        rule=notice.rule.value,
        reference=notice.reference,
        how=_how(notice, reader),
    )


def _how(notice: Notice, reader: Reader) -> str:
    if reader.way is Way.PAGE and notice.rule not in NO_CHOICE:
        return "page"
    if notice.rule in ALONE or reader.way is Way.EACH:
        return "alone"
    return "together"
