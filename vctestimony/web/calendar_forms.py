"""The one place that reads the forms of a kept calendar as entries, and entries as what stands in the forms."""

from vctestimony.domain.calendar_entries import CalendarEntry, EntryKind
from vctestimony.domain.calendar_years import WEEK
from vctestimony.domain.calendars import REASON_LABELS, Reason, Status
from vctestimony.domain.entry_checks import CLOSING_REASONS, SOURCE_LIMIT, NoOpenDay, check_stretches
from vctestimony.domain.errors import Invalid
from vctestimony.domain.intervals import Span
from vctestimony.domain.wording import N_
from vctestimony.services.calendar_pages import Entered
from vctestimony.web.forms import Form

OFFERED_REASONS: dict[Reason, str] = {reason: REASON_LABELS[reason] for reason in CLOSING_REASONS}
EVERY_WEEK = (1, 2, 3, 4, 5)
_WITH_STATUS = {EntryKind.CLOSED, EntryKind.OPEN, EntryKind.SEASON}


class WeeksMissing(Invalid):
    """Hours that hold in no week of the month."""

    text = N_("Tick in which weeks of the month these hours hold, or leave the hours empty.")


def entries_of(form: Form, kind: EntryKind) -> tuple[CalendarEntry, ...]:
    """What the form says: one entry, or the rows of a week. What is wrong is noted in the form."""
    if kind is EntryKind.HOURS:
        return _rows_of(form)
    label = form.text("label")
    reason = form.choice("reason", Reason) if kind is EntryKind.CLOSED else Reason.CLOSED
    first_on, last_on = form.date("first_on"), form.optional_date("last_on")
    one = CalendarEntry(
        kind=kind,
        first_on=first_on,
        last_on=last_on or first_on,
        label=label,
        stretches=_stretches(form, "stretches") if kind in {EntryKind.OPEN, EntryKind.SEASON} else (),
        status=form.choice("status", Status) if kind in _WITH_STATUS else Status.CONFIRMED,
        source=form.text("source", limit=SOURCE_LIMIT),
        reason=reason,
    )
    return (one,)


def _rows_of(form: Form) -> tuple[CalendarEntry, ...]:
    first_on, last_on = form.date("first_on"), form.optional_date("last_on")
    days_of = _week(form)
    label, source = form.optional_text("label"), form.text("source", limit=SOURCE_LIMIT)
    return tuple(
        CalendarEntry(
            kind=EntryKind.HOURS,
            first_on=first_on,
            last_on=last_on,
            label=label,
            source=source,
            weekdays=tuple(sorted(days)),
            weeks=weeks,
            stretches=stretches,
        )
        for (weeks, stretches), days in days_of.items()
    )


def _week(form: Form) -> dict[tuple[tuple[int, ...], tuple[Span, ...]], list[int]]:
    """The days of the week by what they have in common; a day without hours is closed."""
    found: dict[tuple[tuple[int, ...], tuple[Span, ...]], list[int]] = {}
    for day in WEEK:
        stretches = _stretches(form, f"day_{day}", optional=True)
        ticked = tuple(sorted(set(form.integers(f"weeks_{day}", most=EVERY_WEEK[-1]))))
        if stretches and not ticked:
            form.refuse(f"weeks_{day}", WeeksMissing())
        if stretches:
            found.setdefault((() if ticked == EVERY_WEEK else ticked, stretches), []).append(day)
    if not found:
        form.refuse("weekdays", NoOpenDay())
    return found


def _stretches(form: Form, name: str, *, optional: bool = False) -> tuple[Span, ...]:
    read = form.optional_stretches(name) if optional else form.stretches(name)
    try:
        check_stretches(read)
    except Invalid as refusal:
        form.refuse(name, refusal)
    return read


def values_of(entered: Entered) -> dict[str, object]:
    """What stands in the form at first."""
    values: dict[str, object] = {
        "first_on": entered.first_on,
        "last_on": entered.last_on,
        "label": entered.label,
        "source": entered.source,
        "status": entered.status,
        "reason": entered.reason,
        "stretches": _text(entered.stretches),
    }
    if entered.kind is EntryKind.HOURS:
        values |= blank_week()
        for row in entered.rows:
            for day in row.weekdays:
                values |= {f"day_{day}": _text(row.stretches), f"weeks_{day}": row.weeks or EVERY_WEEK}
    return values


def blank_week() -> dict[str, object]:
    """Days without hours, each in every week of the month."""
    return {f"weeks_{day}": EVERY_WEEK for day in WEEK}


def _text(stretches: tuple[Span, ...]) -> str:
    return ", ".join("-".join(f"{at // 60:02}:{at % 60:02}" for at in stretch) for stretch in stretches)
