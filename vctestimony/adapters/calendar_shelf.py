"""The one place that keeps the working calendars at hand, and reads them again when a file changed."""

from pathlib import Path

from vctestimony.adapters.court_calendars import CalendarDefinition, build, load_calendars
from vctestimony.domain.calendars import WorkingCalendar
from vctestimony.domain.errors import Invalid
from vctestimony.domain.public_holidays import PublicHolidays
from vctestimony.domain.wording import N_


class UnknownCalendar(Invalid):
    """A post names a calendar that no file defines; without one, no time of it can be trusted."""

    text = N_("There is no working calendar “{calendar}”. Choose one of: {known}.")


class CalendarShelf:
    """The calendars of a folder, with the public holidays of a list."""

    def __init__(self, folder: Path, holidays: PublicHolidays) -> None:
        self._folder = folder
        self._holidays = holidays
        self._read_from: tuple[tuple[str, int, int], ...] | None = None
        self._definitions: dict[str, CalendarDefinition] = {}
        self._built: dict[str, WorkingCalendar] = {}

    def get(self, calendar_id: str) -> WorkingCalendar:
        """The calendar, or a refusal naming the ones there are."""
        self._refresh()
        found = self._built.get(calendar_id)
        if found is None:
            definition = self._definitions.get(calendar_id)
            if definition is None:
                known = ", ".join(self._definitions)
                raise UnknownCalendar(field="calendar_id", calendar=calendar_id, known=known)
            found = self._built[calendar_id] = build(definition, self._holidays)
        return found

    def ids(self) -> tuple[str, ...]:
        """Every calendar's id, in order."""
        self._refresh()
        return tuple(sorted(self._definitions))

    def all(self) -> tuple[CalendarDefinition, ...]:
        """Every calendar as its file defines it, by id."""
        self._refresh()
        return tuple(self._definitions.values())

    def _refresh(self) -> None:
        files = ((path, path.stat()) for path in sorted(self._folder.glob("*.toml")))
        state = tuple((path.name, found.st_mtime_ns, found.st_size) for path, found in files)
        if state != self._read_from:
            definitions = {definition.id: definition for definition in load_calendars(self._folder)}
            self._definitions, self._built, self._read_from = definitions, {}, state
