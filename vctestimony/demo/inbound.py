"""Mails that came in to the demonstration: two for a coordinator to read, a note of absence, and one for nobody."""

from collections.abc import Iterator

from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import MUMBAI
from vctestimony.domain.inbound import Arrived
from vctestimony.domain.people import Duty
from vctestimony.services import inbox
from vctestimony.store import hearings, outbox
from vctestimony.store.models import HearingRow, ParticipantRow


def read(stage: Stage) -> Story:
    """What people write back about the next hearing of Mumbai, and somebody who writes to the wrong office."""
    yield stage.day(-1, 15)
    for mail in tuple(_mails(stage)):
        content = "\n".join(mail).encode()
        inbox.take_in(stage.units, Arrived(content, len(content)))


def _mails(stage: Stage) -> Iterator[tuple[str, ...]]:
    with stage.units.reading() as unit:
        coming = hearings.with_future_time(unit.session, now=stage.today_at)
        hearing = next((row for row in coming if row.court.code == MUMBAI), None)
        if hearing is not None:
            sent = {number: row.message_id for number, row in outbox.latest_of(unit.session, hearing.id).items()}
            by_duty = {one.duty: one for one in hearing.participants if one.removed_at is None and one.id in sent}
            yield from _about(hearing, by_duty, sent)
    yield (
        "From: Registry <registry@elsewhere.example>",
        "Subject: Cause list for Thursday",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Please find the cause list on the usual board. Is this the right office?",
    )


def _about(hearing: HearingRow, people: dict[Duty, ParticipantRow], sent: dict[int, str]) -> Iterator[tuple[str, ...]]:
    if one := people.get(Duty.REMOTE_COORDINATOR):
        yield (
            *_headers(one, sent, subject=f"Re: {hearing.reference}"),
            "Content-Type: text/plain; charset=utf-8",
            "",
            "Yes, we will be there, and the conference room is kept free from ten o'clock.",
            "Please send the list of documents by courier as well.",
        )
    if one := people.get(Duty.PROSECUTION):
        yield (
            *_headers(one, sent, subject=f"Accepted: {hearing.reference}"),
            "Content-Type: text/calendar; charset=utf-8; method=REPLY",
            "",
            "BEGIN:VCALENDAR",
            "METHOD:REPLY",
            "BEGIN:VEVENT",
            f"UID:{hearing.uid}",
            f"DTSTAMP:{one.sent_dtstamp_at:%Y%m%dT%H%M%SZ}",
            f"SEQUENCE:{one.sent_sequence}",
            f'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:secretary@prosecution.example":mailto:{one.official.email}',
            "COMMENT:Entered by the secretary",
            "END:VEVENT",
            "END:VCALENDAR",
        )
    if one := people.get(Duty.JUDGE):
        yield (
            *_headers(one, sent, subject="Automatic reply"),
            "Auto-Submitted: auto-replied",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "In court until four o'clock.",
        )


def _headers(person: ParticipantRow, sent: dict[int, str], *, subject: str) -> tuple[str, ...]:
    return (
        f"From: <{person.official.email}>",
        f"Subject: {subject}",
        f"In-Reply-To: {sent[person.id]}",
    )
