"""The one place that reads `sop/calendars/*.toml` and says by file, line and key what is wrong with them."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import ValidationError

from vctestimony.adapters.calendar_schema import (
    WEEKDAYS,
    CalendarFile,
    ClosedRow,
    DatedRow,
    HoursRow,
    OpenRow,
    SeasonRow,
)
from vctestimony.adapters.pack_lines import line_at
from vctestimony.domain.calendars import DatedException, Kind, Reason, Rule, WorkingCalendar
from vctestimony.domain.errors import Invalid
from vctestimony.domain.intervals import Span, overlap
from vctestimony.domain.public_holidays import PublicHolidays, UnknownPlace
from vctestimony.domain.sop import Problem
from vctestimony.domain.wording import N_


@dataclass(frozen=True, slots=True)
class CalendarDefinition:
    """One file that was read without fault; public holidays are not in it yet."""

    id: str
    label: str
    zone: str
    years: tuple[int, ...]
    country: str
    state: str
    rules: tuple[Rule, ...]
    exceptions: tuple[DatedException, ...]
    not_closed: frozenset[date]
    note: str
    file: str
    digest: str


class BrokenCalendars(Invalid):
    """A calendar file cannot be used; `facts["problems"]` holds every fault."""

    text = N_("The working calendars cannot be used:\n{faults}")


def load_calendars(folder: Path) -> tuple[CalendarDefinition, ...]:
    """Every calendar of the folder, by id. One fault anywhere refuses them all and names every fault."""
    definitions, problems = _read_folder(folder)
    if problems:
        raise BrokenCalendars(problems=tuple(problems), faults="\n".join(map(str, problems)))
    return tuple(definitions)


def check_calendars(folder: Path, holidays: PublicHolidays) -> list[Problem]:
    """Every fault of the folder, holidays that are missing included; empty when all can be used."""
    definitions, problems = _read_folder(folder)
    return problems + [problem for definition in definitions for problem in _holiday_problems(definition, holidays)]


def build(definition: CalendarDefinition, holidays: PublicHolidays) -> WorkingCalendar:
    """The calendar with its public holidays. A year is known only if the file lists it and the list has entries."""
    closures: list[DatedException] = []
    known: set[int] = set()
    for year in definition.years:
        listed = holidays.of(definition.country, definition.state, year) if definition.country else ()
        if listed or not definition.country:
            known.add(year)
        closures += [
            DatedException(
                first_on=holiday.on,
                last_on=holiday.on,
                kind=Kind.CLOSED,
                label=holiday.label,
                source=f"list of public holidays ({holidays.edition})",
                status=holiday.status,
                reason=Reason.PUBLIC_HOLIDAY,
            )
            for holiday in listed
            if holiday.on not in definition.not_closed
        ]
    content = repr((definition.digest, closures, sorted(known)))
    return WorkingCalendar(
        id=definition.id,
        version=hashlib.sha256(content.encode()).hexdigest()[:16],
        zone=definition.zone,
        rules=definition.rules,
        exceptions=(*definition.exceptions, *closures),
        known_years=frozenset(known),
        label=definition.label,
        file=definition.file,
        note=definition.note,
    )


def _read_folder(folder: Path) -> tuple[list[CalendarDefinition], list[Problem]]:
    problems: list[Problem] = []
    definitions: list[CalendarDefinition] = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        problems.append(Problem(file=str(folder), line=1, key="", text=N_("There is no calendar in this folder.")))
    for path in files:
        definition = _read(path, problems)
        if definition is not None and any(definition.id == other.id for other in definitions):
            text = N_("Another file already has the calendar “{id}”.")
            line = line_at(path.read_text(encoding="utf-8"), ("calendar", "id"))
            problems.append(_problem(path.name, line, "calendar.id", text, {"id": definition.id}))
        elif definition is not None:
            definitions.append(definition)
    return sorted(definitions, key=lambda definition: definition.id), problems


def _read(path: Path, problems: list[Problem]) -> CalendarDefinition | None:
    try:
        text = path.read_text(encoding="utf-8")
        file = CalendarFile.model_validate(tomllib.loads(text))
    except UnicodeDecodeError:
        problems.append(_problem(path.name, 1, "", N_("This is not a text file in UTF-8.")))
        return None
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"at line (\d+)", str(fault))
        line = int(found[1]) if found else len(text.splitlines())
        problems.append(_problem(path.name, line, "", N_("This is not TOML: {detail}."), {"detail": str(fault)}))
        return None
    except ValidationError as fault:
        problems += [_misshapen(path, text, item["loc"], item["type"], item["msg"]) for item in fault.errors()]
        return None
    faults = _overlapping(path, text, file) + _outside_the_years(path, text, file)
    problems += faults
    return None if faults else _definition(path, text, file)


def _problem(file: str, line: int, key: str, text: str, values: Mapping[str, object] | None = None) -> Problem:
    return Problem(file=file, line=line, key=key, text=text, values=values or {})


def _misshapen(path: Path, text: str, place: Sequence[str | int], kind: str, message: str) -> Problem:
    sentences = {
        "extra_forbidden": N_("This key is not known. Correct its spelling or remove it."),
        "missing": N_("This is missing."),
        "string_too_short": N_("This is empty."),
    }
    return Problem(
        file=path.name,
        line=line_at(text, place),
        key=".".join(str(part) for part in place),
        text=sentences.get(kind, N_("This value cannot be used: {detail}.")),
        values={"detail": message.removeprefix("Value error, ").removesuffix(".")},
    )


def _overlapping(path: Path, text: str, file: CalendarFile) -> list[Problem]:
    """Stretches of one entry must not overlap: it is a slip of the pen, and which was meant is not guessed."""
    rows = [("hours", at, row.stretches) for at, row in enumerate(file.hours)]
    rows += [(table, at, row.stretches) for _, table, at, row in file.dated() if isinstance(row, (SeasonRow, OpenRow))]
    return [
        _problem(
            path.name, line_at(text, (table, at, "stretches")), f"{table}.{at}.stretches", N_("Two stretches overlap.")
        )
        for table, at, stretches in rows
        if _any_overlap([_span(stretch) for stretch in stretches])
    ]


def _any_overlap(spans: Sequence[Span]) -> bool:
    return any(overlap(one, other) for at, one in enumerate(spans) for other in spans[:at])


def _outside_the_years(path: Path, text: str, file: CalendarFile) -> list[Problem]:
    """A date in a year that `years` does not list would never be looked at."""
    return [
        _problem(
            path.name,
            line_at(text, (table, at, "dates")),
            f"{table}.{at}.dates",
            N_("{on} lies in a year that calendar.years does not list."),
            {"on": span[0].isoformat()},
        )
        for _, table, at, row in file.dated()
        for span in row.dates
        if span[0].year not in file.calendar.years
    ]


def _holiday_problems(definition: CalendarDefinition, holidays: PublicHolidays) -> list[Problem]:
    if not definition.country:
        return []
    place = f"{definition.country}-{definition.state}" if definition.state else definition.country
    text = N_("The list of public holidays has no entry for {place} in {year}, so the year stays unknown.")
    try:
        empty = [year for year in definition.years if not holidays.of(definition.country, definition.state, year)]
    except UnknownPlace as refusal:
        return [_problem(definition.file, 1, "calendar.holidays", refusal.text, refusal.facts)]
    return [_problem(definition.file, 1, "calendar.years", text, {"place": place, "year": year}) for year in empty]


def _definition(path: Path, text: str, file: CalendarFile) -> CalendarDefinition:
    row = file.calendar
    return CalendarDefinition(
        id=row.id,
        label=row.label,
        zone=row.zone,
        years=tuple(sorted(set(row.years))),
        country=row.holidays.country if row.holidays else "",
        state=row.holidays.state if row.holidays else "",
        rules=tuple(rule for hours in file.hours for rule in _rules(hours)),
        exceptions=tuple(exception for kind, _, _, dated in file.dated() for exception in _exceptions(kind, dated)),
        not_closed=frozenset(on for entry in file.not_closed for span in entry.dates for on in _each(span)),
        note=row.note,
        file=f"{path.parent.name}/{path.name}",
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _rules(row: HoursRow) -> list[Rule]:
    return [
        Rule(
            WEEKDAYS.index(day), *_span(stretch), row.valid_from, row.valid_to, row.label, tuple(row.weeks), row.source
        )
        for day in row.days
        for stretch in row.stretches
    ]


def _exceptions(kind: Kind, row: DatedRow) -> list[DatedException]:
    stretches = tuple(_span(stretch) for stretch in row.stretches) if isinstance(row, (SeasonRow, OpenRow)) else ()
    reason = row.reason if isinstance(row, ClosedRow) else Reason.SEASON if kind is Kind.SEASON else Reason.CLOSED
    return [
        DatedException(span[0], span[-1], kind, stretches, row.label, row.source, row.status, reason)
        for span in row.dates
    ]


def _span(stretch: Sequence[str]) -> Span:
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in stretch)
    return start, end


def _each(span: Sequence[date]) -> list[date]:
    return [span[0] + timedelta(days=day) for day in range((span[-1] - span[0]).days + 1)]
