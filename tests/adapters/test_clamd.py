"""Files are looked through by clamd: what it finds is told by name, and whatever is no clear answer is none."""

import logging
from pathlib import Path

import pytest

from tests.clamd_server import listening
from vctestimony.adapters.clamd import CHUNK, Clamd
from vctestimony.adapters.outbound import allowed
from vctestimony.domain.vetting import ScannerUnreachable
from vctestimony.settings.environment import Environment, SettingsRefused
from vctestimony.settings.vetting import vetting_settings

pytestmark = pytest.mark.asvs("5.4.3")
HARM = b"x" * (CHUNK - 2) + b"EICAR of the file canary"


def test_harm_is_found_though_it_lies_across_two_parts_and_the_log_tells_nothing_of_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for folder in (tmp_path, None):
        with listening(folder) as place:
            assert Clamd(place).found(HARM) == "Eicar-Test-Signature"
            assert [Clamd(place).found(content) for content in (b"x", b"x" * CHUNK, b"x" * (CHUNK + 1))] == [""] * 3
            assert Clamd(place).problem() == ""
    assert "Eicar-Test-Signature" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    "said",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: OK FOUND\n\0",
        b"stream: \xff FOUND\0",
        b"\0",
        b"OK\0",
        b"x" * 5000,
    ],
)
def test_any_other_answer_is_none(said: bytes) -> None:
    with listening(said=said) as place:
        with pytest.raises(ScannerUnreachable):
            Clamd(place).found(b"x")
        assert Clamd(place).problem() == "does not answer as clamd does"


def test_a_clamd_that_is_gone_or_that_nobody_set_up_looks_through_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with listening() as place:
        with caplog.at_level(logging.WARNING), pytest.raises(ScannerUnreachable):
            Clamd(place, outbound=allowed([("127.0.0.1", 3310)])).found(b"x")
        assert "nobody set up" in caplog.text
    for gone in (place, str(tmp_path / "none.ctl")):
        with pytest.raises(ScannerUnreachable):
            Clamd(gone).found(b"x")
        assert Clamd(gone).problem() == "cannot be reached"


def test_files_leave_this_machine_for_no_clamd() -> None:
    for good in ("", "/run/clamav/clamd.ctl", "127.0.0.1:3310", "localhost:3310"):
        assert vetting_settings(Environment({"VCT_CLAMD": good})).clamd == good
    for bad in ("clamd.example:3310", "192.0.2.1:3310", "127.0.0.1", "localhost:x", "run/clamd.ctl"):
        with pytest.raises(SettingsRefused, match="VCT_CLAMD"):
            vetting_settings(Environment({"VCT_CLAMD": bad}))
