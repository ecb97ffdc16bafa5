"""The use-cases of the journal: write what was done, read it back, prove that nothing was changed."""

from collections.abc import Iterator

from vctestimony.domain.access import Actor
from vctestimony.domain.journal import Break, Entry, Examined, canonical, examined, walk
from vctestimony.services.unit import Unit
from vctestimony.store import audit


def write(unit: Unit, action: str, *, subject: str, by: Actor, **facts: object) -> Entry:
    """Add an entry in this unit's transaction. `subject` is a public reference; facts never hold an identity."""
    return audit.append(
        unit.session, at=unit.now, actor=by.name, action=action, subject=subject, facts=canonical(facts)
    )


def queue(unit: Unit) -> None:
    """Wait until nobody else is changing anything that is journalled, and keep them waiting until the unit ends."""
    audit.queue(unit.session)


def verify(unit: Unit) -> tuple[int, Break | None]:
    """How many entries hold, and the first break if there is one."""
    return walk(audit.entries(unit.session))


def examine(unit: Unit) -> Examined:
    """The same, and where the clock was set back while it was written."""
    return examined(audit.entries(unit.session))


def history(unit: Unit, subject: str) -> Iterator[Entry]:
    """The entries about one hearing, case or witness, in order."""
    return audit.entries(unit.session, subject=subject)


def newest(unit: Unit, subject: str) -> Entry | None:
    """The last entry about one thing."""
    return audit.newest(unit.session, subject=subject)
