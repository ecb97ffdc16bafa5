"""Makes the hearings of the tests' world ready for the day, and takes a whole day's log, deposition and record."""

from datetime import datetime, timedelta

from tests.services.planned import MONDAY_11_AT, answered, hearing_of
from tests.world import World
from vctestimony.domain.access import Actor
from vctestimony.domain.hearing import State
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.speech import Stage
from vctestimony.services import conduct, depositions, records
from vctestimony.services.conduct import Adjournment
from vctestimony.services.unit import Units
from vctestimony.store.models import HearingRow

HASH = "ab" * 32
NORMAL_DAY: tuple[tuple[Kind, dict[str, str]], ...] = (
    (Kind.READY_REMOTE, {}),
    (Kind.LINK_TESTED, {"result": "good", "by_whom": "Asha Mumbaikar and Rina Das"}),
    (Kind.ROOM_SWEPT, {"persons": "PW-7; Rina Das", "devices": "none", "notes": "none"}),
    (Kind.LINK_CONNECTED, {}),
    (Kind.SEEN_AND_HEARD, {}),
    (Kind.PHONES_OFF, {}),
    (Kind.PRESENCE_COURT, {"persons": "Meera Mumbaikar, judge", "accused": "present"}),
    (Kind.PRESENCE_REMOTE, {"persons": "PW-7; Rina Das, coordinator"}),
    (
        Kind.IDENTITY_SEEN,
        {"document": "Passport of Bangladesh", "ending": "4711", "compared_by": "Rina Das", "copy_given": "yes"},
    ),
    (
        Kind.COERCION_CHECKED,
        {
            "asked_by": "Rina Das",
            "question": "Does anybody tell you what to say?",
            "answer": "Nobody forces me.",
            "free": "yes",
        },
    ),
    (
        Kind.INTERPRETER_SWORN,
        {"name": "Nasrin Alam", "languages": "Bengali into English and back", "independent": "yes"},
    ),
    (Kind.OATH, {"form": "affirmation", "administered_by": "the presiding officer", "language": "Bengali"}),
    (Kind.STAGE_BEGAN, {"stage": "chief"}),
    (Kind.OBJECTION, {"raised_by": "Defence", "ground": "Leading question", "ruling": "allowed"}),
    (Kind.DEMEANOUR, {"remark": "Calm; answered without delay."}),
    (Kind.READ_OVER, {"manner": "interpreted", "corrections": "none"}),
    (Kind.ADMITTED_CORRECT, {}),
    (Kind.QUALITY_ASKED, {"answers": "Nobody complained."}),
    (Kind.QUALITY_SATISFIED, {}),
    (Kind.REMOTE_CLOSING, {"reported_by": "Rina Das, over the link"}),
)
ENTERED = {
    "software": "The designated software of the court",
    "interruptions": "none",
    "certificate": "Certified and initialled by the presiding officer",
    "transcript": "On paper; signed at both points on the day",
    "host_signature": "Signed by the consular officer",
    "dispatch": "Registered speed post EA123, 15 September 2026",
    "costs": "none",
}


def confirmed(units: Units, world: World) -> None:
    """Both courts' hearings are confirmed for Monday at 11 in their courts; every question is answered."""
    with units.writing() as unit:
        answered(unit.session, world)
        for court in (world.mumbai, world.pune):
            row = unit.session.get_one(HearingRow, court.hearing_id)
            row.state, row.starts_at = State.CONFIRMED, MONDAY_11_AT
            row.starts_wall = datetime(2026, 9, 14, 11, 0)


def started(units: Units, reference: str, by: Actor, *, reason: str = "") -> None:
    """The court opens the hearing."""
    version = hearing_of(units, reference).version
    with units.writing() as unit:
        conduct.start(unit, reference, version=version, reason=reason, by=by)


def completed(units: Units, reference: str, by: Actor) -> None:
    """The court closes it."""
    version = hearing_of(units, reference).version
    with units.writing() as unit:
        conduct.complete(unit, reference, version=version, by=by)


def adjourned(units: Units, reference: str, by: Actor, *, reason: str = "The witness is tired") -> None:
    """The court adjourns it."""
    version = hearing_of(units, reference).version
    with units.writing() as unit:
        conduct.adjourn(unit, reference, Adjournment(reason), version=version, by=by)


def logged(units: Units, reference: str, kind: Kind, by: Actor, **answers: str) -> int:
    """One entry, now."""
    with units.writing() as unit:
        return conduct.log(unit, reference, kind, answers=answers, by=by)


def filled(units: Units, reference: str, key: str, value: str, by: Actor) -> str:
    """One statement of the record; the key of the next missing one."""
    with units.reading() as unit:
        version = records.one(unit, reference, key, language="en", by=by).version
    with units.writing() as unit:
        return records.fill(unit, reference, key, value=value, version=version, by=by)


def whole_day(units: Units, reference: str, by: Actor) -> None:
    """The normal day from opening to closing, with one question in chief."""
    started(units, reference, by, reason="the test's clock stands early")
    with units.writing() as unit:
        for kind, answers in NORMAL_DAY:
            conduct.log(unit, reference, kind, answers=answers, by=by)
        depositions.take_down(
            unit, reference, stage=Stage.CHIEF, question="Where did you live?", answer="আমি খুলনায় থাকতাম।", by=by
        )
    completed(units, reference, by)


def ready_to_seal(units: Units, reference: str, by: Actor) -> None:
    """The normal day, and everything entered that the day did not give."""
    whole_day(units, reference, by)
    with units.writing() as unit:
        for key, value in ENTERED.items():
            records.fill(unit, reference, key, value=value, version=0, by=by)


def later(**length: float) -> datetime:
    """So long after the fixed time of the hearing: `later(minutes=30)`."""
    return MONDAY_11_AT + timedelta(**length)
