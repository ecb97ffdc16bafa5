"""The log: every event is one line of JSON, whoever wrote it, and no line holds a secret or what somebody typed."""

import io
import json
import logging
import warnings
from collections.abc import Iterator

import pytest

from vctestimony.adapters import log_lines

TOKEN = "aB3_" * 11


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What was logged; the loggers are as before afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    into = io.StringIO()
    log_lines.begin("json", stream=into)
    yield into
    root.handlers[:], root.level = before, level
    logging.captureWarnings(capture=False)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.asvs("16.2.5")
def test_a_line_says_when_how_grave_what_and_where_from(stream: io.StringIO) -> None:
    logging.getLogger("waitress").warning("Task queue depth is %d", 3, extra={"reference": "9f"})
    (line,) = lines(stream)
    assert str(line.pop("time")).endswith("Z")
    assert line == {"level": "warning", "logger": "waitress", "event": "Task queue depth is 3", "reference": "9f"}


@pytest.mark.abuse(47)
@pytest.mark.threat("T20")
@pytest.mark.asvs("16.4.1")
@pytest.mark.parametrize(
    "typed",
    ['x\n{"event":"ok"}', 'x\r\n{"event":"ok"}', '"}\n{"event":"ok', "\u2028\u0085\x00\x1b[2J"],
)
def test_nothing_typed_makes_a_second_line(stream: io.StringIO, typed: str) -> None:
    logging.getLogger("anything").warning("refused %s", typed, extra={"code": typed})
    (line,) = lines(stream)
    assert (line["event"], line["code"]) == (f"refused {typed}", typed)


@pytest.mark.asvs("16.2.5")
def test_a_secret_is_struck_out_whoever_writes_it(stream: io.StringIO) -> None:
    logging.getLogger("waitress").error("Exception while serving /feeds/%s.ics", TOKEN, extra={"route": f"/a/{TOKEN}"})
    assert TOKEN not in stream.getvalue()
    assert lines(stream)[0]["event"] == "Exception while serving /feeds/[redacted].ics"


@pytest.mark.asvs("16.5.1")
def test_of_a_fault_its_kind_and_place_are_told_and_not_its_words(stream: io.StringIO) -> None:
    try:
        raise ValueError("Rahima Khatun")
    except ValueError:
        logging.getLogger("services").exception("a document could not be made")
    (line,) = lines(stream)
    assert line["fault"] == "ValueError"
    assert "test_of_a_fault" in str(line["frames"])
    assert "Rahima" not in stream.getvalue()


def test_libraries_that_tell_of_every_step_are_quiet_and_warnings_are_lines_too(stream: io.StringIO) -> None:
    logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)  # whoever began before and never ended: a second beginning does nothing
        logging.captureWarnings(capture=True)
        warnings.warn("something is old", stacklevel=1)
    assert [line["logger"] for line in lines(stream)] == ["py.warnings"]


def test_at_a_terminal_the_same_can_be_read_by_people() -> None:
    record = logging.LogRecord("web", logging.WARNING, "x.py", 1, "refused", None, None)
    line = log_lines.formatter("text").format(record)
    assert "refused" in line
    assert not line.startswith("{")
