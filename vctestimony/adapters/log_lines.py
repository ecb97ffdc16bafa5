"""The one place that writes the log: one JSON line for each event, of our own modules and of every library alike.

A line says when, how grave, what, where from, and what the event adds (`extra=`). Long letters-and-digits words, which
only secrets are, are struck out whoever wrote them. Of an exception the line holds its kind and where it happened,
never its words: they quote what somebody typed.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

TEXT = "text"
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,}")
_STRUCK_OUT = "[redacted]"
_QUIET = ("alembic", "fontTools", "weasyprint", "pyhanko", "imap_tools")
"""Libraries that tell of every step; what they warn of is kept."""


def begin(form: str, *, stream: TextIO | None = None) -> None:
    """From now on everything that is logged in this process goes to `stream` (standard error), a line for an event."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def formatter(form: str) -> logging.Formatter:
    """What makes a line of a record: JSON for programs, `text` for somebody at a terminal."""
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        fault_without_words,
        secrets_struck_out,
    ]
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=True)
    if form == TEXT:
        last = structlog.dev.ConsoleRenderer(colors=False, timestamp_key="time", pad_event_to=0)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        keep_exc_info=True,
    )


def fault_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put the kind of the exception and its frames in the place of the exception."""
    event.pop("stack_info", None)
    told = event.pop("exc_info", None)
    fault = told[1] if isinstance(told, tuple) else told
    record = event.get("_record")
    if record is not None:  # else the formatter of the standard library would write the words after the line
        record.exc_info = record.exc_text = record.stack_info = None
    if isinstance(fault, BaseException):
        event["fault"] = type(fault).__name__
        event["frames"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)
        ]
    return event


def secrets_struck_out(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The same with no text in which a secret could stand.

    >>> secrets_struck_out(None, "", {"event": "GET /feeds/" + "aB3_" * 11 + ".ics"})
    {'event': 'GET /feeds/[redacted].ics'}
    """
    return dict(_struck_out(event))


def _struck_out(event: EventDict) -> Iterator[tuple[str, object]]:
    for name, value in event.items():
        yield name, _SECRET.sub(_STRUCK_OUT, value) if isinstance(value, str) and not name.startswith("_") else value
