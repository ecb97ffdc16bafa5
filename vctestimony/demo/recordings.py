"""The recording of the demonstration: made by the court in Kolkata, kept there, and given once on an order."""

from datetime import datetime, timedelta
from hashlib import sha256

from vctestimony.demo.stage import Stage
from vctestimony.domain.instants import wall_of
from vctestimony.domain.recordings.description import Algorithm, seconds_of
from vctestimony.domain.recordings.entries import EntryKind
from vctestimony.services import recording_entries, recordings
from vctestimony.store import hearings

CONTENT = b"The demonstration has no recording; these words stand for its file.\n"
"""What the file would hold: whoever tries the check of files puts these very bytes into one."""


SHA256 = sha256(CONTENT).hexdigest()
STOPPED = {
    "file_id": "court-1-channel-2.mkv",
    "sha256": SHA256,
    "duration": "01:11:00",
    "custodian": "Record keeper of the City Sessions Court",
}
"""What the log says when the recorder is stopped."""


def described(stage: Stage, hearing: str, *, by: str, began_at: datetime, ended_at: datetime) -> None:
    """Take over what the log says of the file, and say where it lies."""
    with stage.units.writing() as unit:
        row = hearings.by_reference(unit.session, hearing)
        if row is None:
            raise LookupError(hearing)
        typed = recordings.Typed(
            name=STOPPED["file_id"],
            began_wall=wall_of(began_at, row.court.zone),
            ended_wall=wall_of(ended_at, row.court.zone),
            seconds=seconds_of(STOPPED["duration"]),
            size=len(CONTENT),
            algorithm=Algorithm.SHA256,
            digest=SHA256,
            custodian=STOPPED["custodian"],
            encryption="AES-256, whole file",
            key_place="Sealed envelope 7, safe of the presiding officer",
            copies="One, on the court's second server",
        )
        stopped = recordings.logged(unit, row)[-1].number
        recordings.describe(unit, hearing, typed, log_number=stopped, by=stage.actor(by))


def given(stage: Stage, hearing: str, *, by: str, at: datetime) -> None:
    """A court of revision asked for a copy, and had it on an order."""
    with stage.units.writing() as unit:
        row = hearings.by_reference(unit.session, hearing)
        if row is None:
            raise LookupError(hearing)
        wall = wall_of(at, row.court.zone)
        day = wall.date().isoformat()
        answers = {
            "recording": "1",
            "asked_by": "Registrar of the High Court",
            "asked_on": (wall - timedelta(days=1)).date().isoformat(),
            "decision": "granted",
            "order_number": "Order 12 in Crl. Rev. 81",
            "order_on": day,
            "ordered_by": "The presiding officer",
            "all_heard": "yes",
            "recipient": "appeal",
            "person": "Record section of the High Court",
            "manner": "copy",
            "happened_on": day,
            "happened_time": f"{wall:%H:%M}",
        }
        recording_entries.enter(unit, hearing, EntryKind.ACCESS, answers=answers, by=stage.actor(by))
