"""The one place that reads the forms about recordings, and fills them with what is known."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Invalid
from vctestimony.domain.recordings.description import Algorithm, digest_of, seconds_of, size_of
from vctestimony.domain.recordings.entries import Answer, Question
from vctestimony.services.recording_views import LoggedView, PageView, Revision
from vctestimony.services.recordings import Typed
from vctestimony.web.forms import Form

Read = TypeVar("Read")


def typed_of(form: Form) -> Typed:
    """Everything that is said of a recording."""
    name = form.text("name", limit=300)
    began, ended = _moment(form, "began"), _moment(form, "ended")
    length, size = _read(form, "length", seconds_of, 1), _read(form, "size", size_of, 1)
    algorithm = form.choice("algorithm", Algorithm)
    return Typed(
        name=name,
        began_wall=began,
        ended_wall=ended,
        seconds=length,
        size=size,
        algorithm=algorithm,
        digest=_read(form, "digest", lambda text: digest_of(text, algorithm), ""),
        custodian=form.text("custodian", limit=300),
        encryption=form.text("encryption", limit=300),
        key_place=form.text("key_place", limit=300),
        copies=form.text("copies", limit=300),
    )


def answers_of(form: Form, asks: Iterable[Question]) -> dict[str, str]:
    """The answers of an entry as texts; what is needed must be there."""
    return {question.name: _answer(form, question) for question in asks}


def as_logged(entry: LoggedView | None, view: PageView) -> dict[str, object]:
    """What the log says of a recording already, and the bounds of the session; nothing where there is no such entry."""
    if entry is None or view.started is None:
        return {"algorithm": Algorithm.SHA256.value}
    began, ended = view.started.own.reading.wall, entry.happened.own.reading.wall
    return {
        "name": entry.file_id,
        "began_on": began.date().isoformat(),
        "began_time": began.time(),
        "ended_on": ended.date().isoformat(),
        "ended_time": ended.time(),
        "length": entry.duration,
        "algorithm": Algorithm.SHA256.value,
        "digest": entry.sha256,
        "custodian": entry.custodian,
    }


def as_said(now: Revision) -> dict[str, object]:
    """What is said of a recording now, to be corrected."""
    began, ended = now.began.own.reading.wall, now.ended.own.reading.wall
    return {
        "name": now.name,
        "began_on": began.date().isoformat(),
        "began_time": began.time(),
        "ended_on": ended.date().isoformat(),
        "ended_time": ended.time(),
        "length": now.length,
        "size": now.size,
        "algorithm": now.algorithm.value,
        "digest": now.digest,
        "custodian": now.custodian,
        "encryption": now.encryption,
        "key_place": now.key_place,
        "copies": now.copies,
    }


def _answer(form: Form, question: Question) -> str:
    name, needed = question.name, question.needed
    if question.answer is Answer.TEXT:
        return form.long_text(name, limit=5000) if needed else form.optional_long_text(name, limit=5000)
    if question.answer is Answer.DAY:
        day = form.date(name) if needed else form.optional_date(name)
        return day.isoformat() if day else ""
    if question.answer is Answer.CLOCK:
        clock = form.clock(name) if needed else form.optional_clock(name)
        return f"{clock:%H:%M}" if clock else ""
    return form.text(name, limit=300) if needed else form.optional_text(name, limit=300)


def _moment(form: Form, name: str) -> datetime:
    return datetime.combine(form.date(f"{name}_on"), form.clock(f"{name}_time"))


def _read(form: Form, name: str, reader: Callable[[str], Read], placeholder: Read) -> Read:
    """What the reader makes of a line that must not be empty."""
    try:
        typed = form.optional_text(name, limit=300)
        if not typed:
            raise Missing(field=name)
        return reader(typed)
    except Invalid as refusal:
        form.refuse(name, refusal)
        return placeholder
