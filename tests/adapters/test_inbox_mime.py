"""Taking foreign mails apart: what is read of them, and that no bytes raise an error or take long."""

import base64
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vctestimony.adapters.inbox_calendar import calendar_part
from vctestimony.adapters.inbox_mime import MailReader
from vctestimony.adapters.inbox_text import text_of_html
from vctestimony.domain.inbound import LARGEST, LONGEST_COMMENT, Arrived, Inbound
from vctestimony.domain.inbound_reading import understood
from vctestimony.domain.inbound_words import Reason

SAMPLES = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parent / "replies").glob("*.eml"))}
READER = MailReader(authserv="mx.court.example")


def read(content: bytes) -> Inbound:
    return READER.read(Arrived(content, len(content)))


def test_a_reply_of_outlook_is_read_with_its_zone_names_and_without_an_organizer() -> None:
    [part] = read(SAMPLES["outlook_accept"]).calendars
    [event] = part.events
    assert (part.method, part.header_method, event.uid) == ("REPLY", "REPLY", "h-mumbai1@court.example")
    assert (event.attendees[0].address, event.attendees[0].part_stat) == ("nasrin.alam@dhaka.example", "ACCEPTED")
    assert event.starts_at == datetime(2026, 9, 14, 5, 30, tzinfo=UTC)
    assert (event.sequence, event.comment) == (0, "")


def test_a_counter_of_outlook_names_the_time_that_is_proposed() -> None:
    [event] = read(SAMPLES["outlook_counter"]).calendars[0].events
    assert event.starts_at == datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
    assert event.comment == "Could we start at half past two?"


def test_a_text_is_shown_without_the_secret_of_the_answer_link() -> None:
    text = read(SAMPLES["words_in_reply"]).text
    assert "হ্যাঁ, আমি আসব" in text
    assert "http://127.0.0.1:8000/answer/…" in text


def test_of_html_only_the_words_are_read() -> None:
    assert read(SAMPLES["html_only"]).text == "I accept."


def test_what_is_enclosed_as_a_mail_is_not_looked_into() -> None:
    mail = read(SAMPLES["nested"])
    assert (mail.calendars, mail.text) == ((), "See what was forwarded.")


def test_line_breaks_in_a_comment_are_nothing_but_text() -> None:
    [event] = read(SAMPLES["comment_injection"]).calendars[0].events
    assert len(event.attendees) == 1
    assert event.comment.splitlines()[-1] == "<script>alert(1)</script>"


def test_a_comment_is_cut() -> None:
    long = "ক" * 5000
    object_ = f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:x\nCOMMENT:{long}\nEND:VEVENT\nEND:VCALENDAR"
    assert calendar_part(object_, header_method="").events[0].comment == "ক" * LONGEST_COMMENT


def test_the_report_of_a_bounce_is_read() -> None:
    bounce = read(SAMPLES["dsn_exchange"]).bounce
    assert bounce is not None
    assert (bounce.message_ids, bounce.action, bounce.code) == (("<sample.0@court.example>",), "failed", "5.2.2")
    assert bounce.words.startswith("smtp;554 5.2.2 mailbox full")


@pytest.mark.parametrize(
    ("said", "is_forged"),
    [
        ("mx.court.example; dmarc=fail header.from=dhaka.example", True),
        ("MX.COURT.EXAMPLE 1; spf=fail smtp.mailfrom=x; dkim=none", True),
        ("mx.court.example; dkim=fail (bad signature) header.d=dhaka.example", True),
        ("mx.court.example; dkim=fail header.d=list.example; dkim=pass header.d=dhaka.example", False),
        ("mx.court.example; dmarc=pass header.from=dhaka.example; spf=fail", False),
        ("mx.court.example; spf=softfail; dkim=neutral", False),
        ("mx.court.example; none", False),
        ("mx.court.example.evil.example; dmarc=fail", False),
        ("", False),
    ],
)
@pytest.mark.abuse(77)
@pytest.mark.threat("T23")
def test_only_the_trusted_server_is_believed_about_the_sender(said: str, is_forged: bool) -> None:
    assert read(f"Authentication-Results: {said}\nFrom: a@b.example\n\n.".encode()).is_forged is is_forged


@pytest.mark.parametrize(
    "header",
    [
        '"nasrin.alam@dhaka.example" <mallory@elsewhere.example>',
        "Nasrin (nasrin.alam@dhaka.example) <mallory@elsewhere.example>",
        "=?utf-8?q?nasrin.alam=40dhaka.example?= <mallory@elsewhere.example>",
    ],
)
def test_a_name_that_looks_like_an_address_is_none(header: str) -> None:
    assert read(f"From: {header}\n\n.".encode()).sender == "mallory@elsewhere.example"


@pytest.mark.parametrize(
    "headers",
    [
        "From: nasrin.alam@dhaka.example <mallory@elsewhere.example>",
        "From: nasrin.alam@dhaka.example, mallory@elsewhere.example",
        "From: nasrin.alam@dhaka.example\nFrom: mallory@elsewhere.example",
        "Sender: nasrin.alam@dhaka.example",
        "From: " + "(" * 1900 + "a@b.example",
    ],
)
def test_a_mail_with_no_or_more_than_one_sender_has_none(headers: str) -> None:
    assert read(f"{headers}\n\n.".encode()).sender == ""


def nest(levels: int, line: bytes = b"") -> bytes:
    """Parts within parts; each level opens one boundary more."""
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (level, level) for level in range(levels)
    )
    return b"From: a@b.example\nMIME-Version: 1.0\n" + opened + b"\n" + line * ((LARGEST - len(opened) - 100) // 2)


HEAVY = {
    "levels": nest(5000),
    "few levels, many lines": nest(50, b"a\n"),
    "mails within mails": b"Content-Type: message/rfc822\n\n" * 20_000,
    "many parts": nest(1) + b"--0\n\nx\n" * 200_000,
    "many headers": b"X: y\n" * 400_000,
    "one long header": b"From: " + b"<" * (LARGEST - 10),
    "one long folded header": b"Subject: " + b"=?\n " * 500_000,
    "words that begin": b"Subject: " + b"=?utf-8?q?" * 200_000,
    "one long line": b"\n" + b"x" * (LARGEST - 1),
    "lone returns": b"\n" + b"\r" * (LARGEST - 1),
    "tags": b"Content-Type: text/html\n\n" + b"<a " * 600_000,
    "comments": b"Content-Type: text/html\n\n" + b"<!--" * 500_000,
    "entities": b"Content-Type: text/html\n\n" + b"&#1;&" * 400_000,
    "events": b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 80_000,
    "components": b"Content-Type: text/calendar\n\n" + b"BEGIN:VCALENDAR\n" * 120_000,
    "folds": b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n" + b" \n" * 900_000,
    "quotes": b'Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE;CN="' + b'"' * 1_900_000,
    "parameters": b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE" + b";A=B" * 400_000,
    "a slow character set": b"Content-Type: text/plain; charset=punycode\n\n" + b"\xff" + b"a-" * 900_000,
    "identifiers": b"References: " + b"<a@b> " * 300_000,
    "results": b"Authentication-Results: mx.court.example; " + b"(" * 1_900_000,
    "base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"<" * 1_400_000),
    "uuencode": b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"M" + b"#" * 1_900_000,
}


AT_MOST = 10
"""Seconds of the processor; each needs a part of one, and without limits minutes."""


@pytest.mark.parametrize("name", HEAVY)
@pytest.mark.abuse(82)
@pytest.mark.threat("T25")
def test_a_mail_made_to_be_slow_is_done_with_soon(name: str) -> None:
    content = HEAVY[name][:LARGEST]
    began = process_time()
    understood(read(content))
    assert process_time() - began < AT_MOST


def test_parts_within_parts_without_end_are_said_to_be_unreadable() -> None:
    assert understood(read(nest(5000))).reason is Reason.UNREADABLE
    assert understood(read(nest(30))).reason is Reason.UNREADABLE
    assert understood(read(nest(5))).reason is None


MUTATED = st.builds(
    lambda name, cuts: _mutated(SAMPLES[name], cuts),
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 200), st.binary(max_size=20)), min_size=1, max_size=6),
)


def _mutated(content: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, put in cuts:
        content = content[:at] + put + content[at + length :]
    return content


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MUTATED | st.binary(max_size=2000))
def test_no_bytes_raise_or_take_long(content: bytes) -> None:
    began = process_time()
    mail = read(content)
    understood(mail)
    assert len(mail.text) <= 20_001
    assert process_time() - began < AT_MOST


@given(st.text(alphabet="<>/!-abp &;#1", max_size=300))
def test_no_tag_is_left_of_a_page(page: str) -> None:
    assert "<script" not in text_of_html(f"<p>{page}<script>")
