"""The one place where anything is committed. A unit is one transaction, one instant and the outside world."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from vctestimony.domain.errors import Refusal, Stale, Unavailable
from vctestimony.domain.wording import N_
from vctestimony.services.ports import Ports
from vctestimony.store.db import NoTurn, begin_reading, begin_writing, is_shut, was_crossed, writers_turn


class NotRead(Unavailable):
    """The database could not be read: gone, or locked too long."""


class NotSaved(Unavailable):
    """The database could not take the change: locked too long, full, read-only or gone."""

    text = N_(
        "Nothing was saved: the database cannot be written just now. Your entries are still in the form; "
        "try again in a minute."
    )


class Crossed(NotSaved):
    """Two changes waited for each other and the database undid this one; the same again will do."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a use-case works with. `now` is read once, so everything in the unit happened at one instant."""

    session: Session
    now: datetime
    ports: Ports


class AnsweredLater(Refusal):
    """A refusal that takes a longer look to say everything: it is finished by reading, when nobody waits any more."""

    def finish(self, unit: Unit) -> None:
        """Find out what is still missing; once."""
        raise NotImplementedError


class Units:
    """Opens units. `session_of` gives the session of the current application context."""

    def __init__(self, session_of: Callable[[], Session], ports: Ports) -> None:
        self._session_of = session_of
        self.ports = ports

    def with_ports(self, ports: Ports) -> "Units":
        """The same database with another outside world."""
        return Units(self._session_of, ports)

    @contextmanager
    def writing(self, *, wakes: bool = True) -> Iterator[Unit]:
        """A unit that commits at its end, or undoes everything if anything raises. Mail leaves after the commit:
        the worker is woken then, unless it is the worker that writes. What refuses is finished after the undoing."""
        session = self._session_of()
        try:
            with writers_turn(session):
                yield from self._written(session)
        except NoTurn as error:
            raise NotSaved() from error
        except AnsweredLater as refusal:
            with self.reading() as unit:
                refusal.finish(unit)
            raise
        if wakes:
            self.ports.wake()

    def _written(self, session: Session) -> Iterator[Unit]:
        try:
            begin_writing(session)
            yield Unit(session, self.ports.clock.now(), self.ports)
            session.commit()
        except StaleDataError as error:
            raise Stale() from error
        except DBAPIError as error:
            if not is_shut(error):
                raise
            raise (Crossed() if was_crossed(error) else NotSaved()) from error
        finally:
            session.rollback()
            session.expunge_all()

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """A unit that only looks, at one moment of the database; whatever it changed by mistake is undone."""
        session = self._session_of()
        try:
            begin_reading(session)
            yield Unit(session, self.ports.clock.now(), self.ports)
        except DBAPIError as error:
            if not is_shut(error):
                raise
            raise NotRead() from error
        finally:
            session.rollback()
            session.expunge_all()
