"""The hearings of the demonstration that have been opened: one sealed, one adjourned, one in session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from vctestimony.demo import bilingual, casework, recordings
from vctestimony.demo.said import CHIEF, CROSS, NOTHING, STATEMENTS
from vctestimony.demo.stage import Stage, Story
from vctestimony.demo.stories import KOLKATA, MUMBAI, USUAL, court_seats, registered
from vctestimony.demo.transcript_steps import Transcript
from vctestimony.domain.facts import Facts
from vctestimony.domain.people import Duty
from vctestimony.domain.record.cycle import Rung
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.record.speech import Stage as Examination
from vctestimony.services import conduct, depositions, planning, records, seals
from vctestimony.services.conduct import Adjournment
from vctestimony.services.facts import facts_of
from vctestimony.store import hearings as hearing_rows

_REMOTE, _COURT = "remote", "court"


@dataclass(frozen=True, slots=True)
class _Said:
    """One entry of the log: so many minutes after the examination was to begin, by whom, its answers, on which fact."""

    minute: int
    end: str
    kind: Kind
    answers: Mapping[str, str]
    when: str = ""


def _ready() -> tuple[_Said, ...]:
    """What makes the hearing ready, before the court opens it."""
    return (
        _Said(-32, _REMOTE, Kind.READY_REMOTE, {}),
        _Said(-29, _COURT, Kind.LINK_TESTED, {"result": "good", "by_whom": "Both coordinators"}),
        _Said(-14, _REMOTE, Kind.ROOM_SWEPT, _ROOM),
        _Said(-13, _COURT, Kind.LOBBY_LOCKED, {}, when="in_camera"),
    )


def _opening(*, languages: str = "", accused: str = "present") -> tuple[_Said, ...]:
    interpreter = {"name": "The court's interpreter", "languages": languages, "independent": "yes"}
    return (
        _Said(-9, _REMOTE, Kind.LINK_CONNECTED, {}),
        _Said(-7, _COURT, Kind.SEEN_AND_HEARD, {}),
        _Said(-6, _COURT, Kind.PHONES_OFF, {}),
        _Said(-5, _COURT, Kind.PRESENCE_COURT, {"persons": "Those named for the Court Point", "accused": accused}),
        _Said(-5, _COURT, Kind.ACCUSED, _COUNSEL | {"accused": accused}, when="custody_accused"),
        _Said(-5, _REMOTE, Kind.PRESENCE_REMOTE, {"persons": "The witness and the Remote Point Coordinator"}),
        _Said(-4, _REMOTE, Kind.IDENTITY_SEEN, _IDENTITY),
        _Said(-3, _REMOTE, Kind.COERCION_CHECKED, _FREE),
        *((_Said(-2, _COURT, Kind.INTERPRETER_SWORN, interpreter),) if languages else ()),
        _Said(-1, _COURT, Kind.OATH, _OATH),
        _Said(0, _COURT, Kind.STAGE_BEGAN, {"stage": "chief"}),
    )


_IDENTITY = {
    "document": "Passport, Government of Bangladesh",
    "ending": "4417",
    "compared_by": "The Remote Point Coordinator",
    "copy_given": "yes",
}
_COUNSEL = {"counsel": "A line of their own to the place of custody, before, during and after"}
_ROOM = {"persons": "The witness and the Remote Point Coordinator", "devices": "none", "notes": "none"}
_FREE = {
    "asked_by": "The judge",
    "question": "Does anybody force you, or tell you what to say?",
    "answer": "Nobody. I want to speak.",
    "free": "yes",
}
_OATH = {"form": "affirmation", "administered_by": "The presiding officer", "language": "Bengali"}
_SHOWN = {
    "what": "Print of the witness's statement",
    "original": "With the court",
    "mark": "Exh. P-7",
    "manner": "Document visualiser",
    "leave": "given",
}
_RESTORED = {"cause": "Power cut at the Remote Point; the generator took over", "undisturbed": "yes", "repeated": "yes"}
_INTERRUPTED = (
    _Said(21, _COURT, Kind.LINK_LOST, {"cause": "No sound from the Remote Point"}),
    _Said(25, _REMOTE, Kind.LINK_RESTORED, _RESTORED),
)
_CLOSING = (
    _Said(38, _COURT, Kind.STAGE_BEGAN, {"stage": "cross"}),
    _Said(58, _COURT, Kind.DEMEANOUR, {"remark": "Calm; answered after short thought."}),
    _Said(62, _COURT, Kind.READ_OVER, {"manner": "read", "corrections": "None"}),
    _Said(68, _COURT, Kind.ADMITTED_CORRECT, {}),
    _Said(69, _COURT, Kind.QUALITY_ASKED, {"answers": "Nobody complained."}),
    _Said(69, _COURT, Kind.QUALITY_SATISFIED, {}),
    _Said(70, _REMOTE, Kind.REMOTE_CLOSING, {}),
)


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A booked hearing with its two ends, and when its examination begins."""

    stage: Stage
    court: str
    consul: str
    hearing: str
    begins_at: datetime

    @property
    def coordinator(self) -> str:
        """Who keeps the log at the Court Point."""
        return f"{self.court}/coordinator"

    def open(self) -> Story:
        """Close the gates, confirm and open the hearing."""
        yield self.begins_at - timedelta(days=2)
        self.stage.settle(self.hearing, "confirm", by=self.coordinator, note="Seen and on file")
        self.stage.confirm(self.hearing, by=f"{self.court}/judge")
        yield from self.log(*_ready())
        yield self.begins_at - timedelta(minutes=12)
        self.stage.settle(self.hearing, "start", by=self.coordinator, note="Checked on the day")
        yield self.begins_at - timedelta(minutes=10)
        with self.stage.units.writing() as unit:
            version = self._version()
            conduct.start(unit, self.hearing, version=version, by=self.stage.actor(self.coordinator))

    def log(self, *script: _Said) -> Story:
        """Write each entry in its minute."""
        facts = self._facts()
        for said in script:
            if said.when and not facts[said.when]:
                continue
            yield self.begins_at + timedelta(minutes=said.minute)
            who = self.coordinator if said.end == _COURT else self.consul
            with self.stage.units.writing() as unit:
                conduct.log(unit, self.hearing, said.kind, by=self.stage.actor(who), answers=said.answers)

    def take_down(self, examination: Examination, text: str) -> None:
        """Paste what was typed elsewhere."""
        with self.stage.units.writing() as unit:
            by = self.stage.actor(self.coordinator)
            depositions.paste(unit, self.hearing, stage=examination, text=text, by=by)

    def complete(self) -> None:
        """Close the hearing."""
        version = self._version()
        with self.stage.units.writing() as unit:
            conduct.complete(unit, self.hearing, version=version, by=self.stage.actor(self.coordinator))

    def adjourn(self, reason: str) -> None:
        """Close it part-heard, and set up its continuation."""
        version, by = self._version(), self.stage.actor(self.coordinator)
        with self.stage.units.writing() as unit:
            conduct.adjourn(unit, self.hearing, Adjournment(reason), version=version, by=by)
        with self.stage.units.writing() as unit:
            planning.continue_part_heard(unit, self.hearing, by=by)

    def seal(self) -> None:
        """State what is missing, settle the last steps and seal the record."""
        by = self.stage.actor(self.coordinator)
        with self.stage.units.writing() as unit:
            for statement in records.page(unit, self.hearing, language="en", by=by).missing:
                value = STATEMENTS.get(statement.key, NOTHING)
                records.fill(unit, self.hearing, statement.key, value=value, version=statement.version, by=by)
        self.stage.settle(self.hearing, "seal", by=self.coordinator, note="Done")
        seals.seal(self.stage.units, self.hearing, language="en", by=self.stage.actor(f"{self.court}/judge"))

    def _facts(self) -> Facts:
        with self.stage.units.reading() as unit:
            row = hearing_rows.by_reference(unit.session, self.hearing)
            if row is None:
                raise LookupError(self.hearing)
            return facts_of(row)

    def _version(self) -> int:
        with self.stage.units.reading() as unit:
            row = hearing_rows.by_reference(unit.session, self.hearing)
            if row is None:
                raise LookupError(self.hearing)
            return row.version


def _booked(stage: Stage, court: str, remote: str, hearing: str, *, start_wall: datetime) -> _Sitting:
    begins_at = stage.book(court, hearing, start_wall)
    stage.settle_past(court, f"{remote}/consular", hearing)
    return _Sitting(stage, court, f"{remote}/consular", hearing, begins_at)


def sealed(stage: Stage) -> Story:
    """Kolkata and Dhaka: heard, signed at both points, sealed some days later; then the hard copy came."""
    yield stage.day(-64, 11)
    known = registered(stage, KOLKATA, casework.KOLKATA_DHAKA, days=-66)
    seats = court_seats(KOLKATA) | {"hci-dhaka/consular": Duty.REMOTE_COORDINATOR}
    hearing = stage.plan(KOLKATA, "hci-dhaka", known, seats, lengths=USUAL)
    yield stage.day(-60, 15)
    start_wall = stage.offered(KOLKATA, hearing, first=-57, last=-9)[-1]
    sitting = _booked(stage, KOLKATA, "hci-dhaka", hearing, start_wall=start_wall)
    yield stage.day(-59, 12)
    stage.answer(hearing, Duty.REMOTE_COORDINATOR)
    yield from sitting.open()
    yield from sitting.log(*_opening(), _Said(16, _COURT, Kind.DOCUMENT_SHOWN, _SHOWN), *_INTERRUPTED)
    sitting.take_down(Examination.CHIEF, CHIEF)
    yield from sitting.log(*_CLOSING, _Said(71, _COURT, Kind.RECORDING_STOPPED, recordings.STOPPED))
    sitting.take_down(Examination.CROSS, CROSS)
    yield sitting.begins_at + timedelta(minutes=72)
    sitting.complete()
    ends_at = sitting.begins_at + timedelta(minutes=71)
    recordings.described(stage, hearing, by=sitting.coordinator, began_at=sitting.begins_at, ended_at=ends_at)
    transcript = Transcript(stage, KOLKATA, "hci-dhaka", hearing)
    yield from transcript.signed_and_sent()
    yield sitting.begins_at + timedelta(days=3)
    sitting.seal()
    yield sitting.begins_at + timedelta(days=5)
    recordings.given(stage, hearing, by=sitting.coordinator, at=sitting.begins_at + timedelta(days=5))
    yield sitting.begins_at + timedelta(days=6)
    yield from transcript.go(Rung.COPY_RECEIVED)


def adjourned(stage: Stage) -> Story:
    """Mumbai and Satkhira: the afternoon ended before the cross-examination; the continuation has no time yet."""
    yield stage.day(-50, 11)
    known = registered(stage, MUMBAI, casework.MUMBAI_SATKHIRA, days=-52)
    seats = court_seats(MUMBAI) | {
        "ahci-khulna/consular": Duty.REMOTE_COORDINATOR,
        "satkhira-magistrates/magistrate": Duty.MAGISTRATE,
        f"{MUMBAI}/interpreter": Duty.INTERPRETER,
    }
    hearing = stage.plan(MUMBAI, "satkhira-magistrates", known, seats, lengths=USUAL, link=1)
    yield stage.day(-48, 12)
    start_wall = stage.offered(MUMBAI, hearing, first=-44, last=-6)[-1]
    sitting = _booked(stage, MUMBAI, "ahci-khulna", hearing, start_wall=start_wall)
    yield from sitting.open()
    yield from sitting.log(*_opening(languages="Bengali and Marathi"), *_INTERRUPTED)
    sitting.take_down(Examination.CHIEF, CHIEF)
    bilingual.take_down(stage, hearing, by=sitting.coordinator)
    yield sitting.begins_at + timedelta(minutes=70)
    bilingual.mend(stage, hearing, by=sitting.coordinator)
    yield sitting.begins_at + timedelta(minutes=75)
    sitting.adjourn("The link was lost for long; the cross-examination could not be finished in court hours.")


def in_session(stage: Stage) -> Story:
    """Mumbai and Khulna: opened at its time, the last possible one before now, and not closed yet."""
    yield stage.day(-22, 11)
    known = registered(stage, MUMBAI, casework.MUMBAI_KHULNA, days=-24)
    seats = court_seats(MUMBAI) | {
        "ahci-khulna/consular": Duty.REMOTE_COORDINATOR,
        f"{MUMBAI}/interpreter": Duty.INTERPRETER,
    }
    hearing = stage.plan(MUMBAI, "ahci-khulna", known, seats, lengths=USUAL, link=2)
    yield stage.day(-20, 12)
    start_wall = latest(stage, MUMBAI, hearing)
    sitting = _booked(stage, MUMBAI, "ahci-khulna", hearing, start_wall=start_wall)
    yield from sitting.open()
    yield from _until_now(stage, sitting.log(*_opening(languages="Bengali and Marathi"), *_INTERRUPTED))


def latest(stage: Stage, court: str, hearing: str) -> datetime:
    """The last offered start whose opening does not lie ahead."""
    limit_wall = stage.wall_now() - timedelta(minutes=USUAL.pre)
    found = stage.offered(court, hearing, first=-18, last=0)
    return next((wall for wall in reversed(found) if wall <= limit_wall), found[0])


def _until_now(stage: Stage, story: Story) -> Story:
    """The story as far as it has happened."""
    for at in story:
        if at > stage.today_at:
            return
        yield at


def heard(stage: Stage, court: str, remote: str, hearing: str, *, start_wall: datetime) -> Story:
    """A hearing from its booking to its close, read over and admitted; ends when it is closed."""
    sitting = _booked(stage, court, remote, hearing, start_wall=start_wall)
    yield from sitting.open()
    yield from sitting.log(*_opening())
    sitting.take_down(Examination.CHIEF, CHIEF)
    yield from sitting.log(*_CLOSING)
    sitting.take_down(Examination.CROSS, CROSS)
    yield sitting.begins_at + timedelta(minutes=72)
    sitting.complete()


def told(stage: Stage) -> Iterator[Story]:
    """Every story of an opened hearing."""
    yield from (tell(stage) for tell in (sealed, adjourned, in_session))
