"""The use-cases of a transcript's way to its signatures and back: do the next step, go back, change the path.

Two at the same step: one does it, the other is told who did. Everything is written down; nothing is taken out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.entered import Missing
from vctestimony.domain.errors import Conflict, Invalid, NotAllowed
from vctestimony.domain.evidence import FileMissing
from vctestimony.domain.instants import resolve, wall_of
from vctestimony.domain.record import cycle_rules as rules
from vctestimony.domain.record.cycle import Made, Move, Path, Rung
from vctestimony.domain.record.cycle_words import RUNGS, answered
from vctestimony.domain.signing import Purpose
from vctestimony.domain.wording import N_
from vctestimony.services import checklists, cycle_files, cycle_letters, cycle_ticks, logbook, signing
from vctestimony.services.access import may_do
from vctestimony.services.cycle_files import Scan
from vctestimony.services.cycle_steps import Place, check_seen, check_text, place_for, turned, write
from vctestimony.services.pseudonymity import check_speech, check_unnamed
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import check_court, held
from vctestimony.store import signing as signatures

CODE, SCAN = "code", "scan"
_SIGNED_IN = {Rung.JUDGE_E_SIGNED: Rung.OFFERED, Rung.COORDINATOR_E_SIGNED: Rung.SCANNED_AT_REMOTE}
"""In which step the file was made ready that the electronic signature is looked for in."""


class NotSignedYet(Conflict):
    """The step is done when the signature is there."""

    text = N_("File {code} is not signed there yet. Sign it on its own page, then come back here.")


class OnlyThePresidingOfficer(NotAllowed):
    """How a transcript is signed is the court's to say."""

    text = N_("Only the presiding officer can change how the transcript is signed.")


class TimeOfDayMissing(Invalid):
    """A day alone is half a moment."""

    text = N_("Write the time of day as well, or leave both empty if it is done now.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells of a step: its answers, and when it began and was done by the clock of their own end.

    `number` is how many moves the page showed.
    """

    number: int
    answers: Mapping[str, str]
    on: date | None = None
    began: time | None = None
    at: time | None = None


def do(unit: Unit, reference: str, rung: Rung, told: Told, *, by: Actor, scan: Scan | None = None) -> None:
    """Do the next step. Refuses out of its turn, with all that is missing before it, and what was done meanwhile."""
    place = place_for(unit, reference, rung, by=by)
    rules.check_turn(place.stands, rung, said=place.said)
    check_seen(place, told.number)
    text = check_text(unit, place, rung)
    facts = answered(rung, told.answers)
    for name, value in facts.items():
        check_speech(unit, place.hearing, value, field=name)
    began_at, at = _times(unit, place, rung, told, by=by)
    if RUNGS[rung].field:
        at, facts = _signature(unit, place, rung)
    opened_at = logbook.session_of(place.hearing).started_at
    at = rules.happened(place.stands, at, began_at=began_at, opened_at=opened_at, now=unit.now, said=place.said)
    if began_at is not None:
        facts["began"] = began_at.isoformat()
    if RUNGS[rung].scan:
        facts |= _kept(unit, place, rung, scan, by=by)
    if RUNGS[rung].mails:
        facts |= cycle_letters.tell(unit, place.hearing, rung, sent_to=facts.get("sent_to", ""))
    new = Made(
        number=len(place.made) + 1,
        move=Move.DONE,
        rung=rung,
        path=place.stands.path,
        happened_at=at,
        by=by.name,
        facts=facts,
        text_sha256=text,
    )
    after = replace(place.stands, done={**place.stands.done, rung: new})
    cycle_ticks.tick(unit, place.hearing, after, rung, at=at, by=by)
    write(unit, place.hearing, new, "cycle.step_done", by=by)


def go_back(unit: Unit, reference: str, rung: Rung, *, number: int, reason: str, by: Actor) -> None:
    """Have a step done again, and with it all that came after: sent back for correction, a scan nobody can read."""
    place = turned(unit, held(unit, reference, by=by, action=Action.KEEP_CYCLE), by=by)
    if rules.needs_court(rung):
        check_court(place.hearing, by)
    check_seen(place, number)
    rules.check_back(place.stands, rung, reason=reason, said=place.said)
    _turn(unit, place, Move.BACK, rung, place.stands.path, reason=reason, by=by, action="cycle.gone_back")


def change_path(unit: Unit, reference: str, path: Path, *, number: int, reason: str, by: Actor) -> None:
    """Sign the transcript in the other way, from the beginning of that way: a token that fails on the day.

    By the presiding officer alone.
    """
    place = turned(unit, held(unit, reference, by=by, action=Action.KEEP_CYCLE), by=by)
    if not may_do(place.hearing, Action.REOPEN, by=by):
        raise OnlyThePresidingOfficer()
    check_seen(place, number)
    rules.check_change(place.stands, path, both_digital=place.both_digital, reason=reason, said=place.said)
    rung = place.stands.next or Rung.READ_OVER
    _turn(unit, place, Move.CHANGE, rung, path, reason=reason, by=by, action="cycle.path_changed")


def signed_as(unit: Unit, place: Place, rung: Rung) -> tuple[str, datetime | None, str]:
    """The code of the file that the step's signature is looked for in, and when and by whom it was signed."""
    code = place.stands.done[_SIGNED_IN[rung]].facts[CODE]
    rows = signatures.signatures(unit.session, signing.row_of(unit, code).id)
    words = RUNGS[rung]
    for state in signing.states(rows):
        if state.name == words.field and state.signed_at is not None and state.duty == words.duty.value:
            return code, state.signed_at, state.signed_by
    return code, None, ""


def _signature(unit: Unit, place: Place, rung: Rung) -> tuple[datetime, dict[str, str]]:
    """When the electronic signature was kept, and whose it is; NotSignedYet."""
    code, at, who = signed_as(unit, place, rung)
    if at is None:
        raise NotSignedYet(code=code)
    return at, {CODE: code, "who": who}


def _kept(unit: Unit, place: Place, rung: Rung, scan: Scan | None, *, by: Actor) -> dict[str, str]:
    """The scan kept, and made ready where it is to be signed electronically."""
    if scan is None:
        raise FileMissing(field="file")
    signs = place.stands.path is Path.DIGITAL and rung is Rung.SCANNED_AT_REMOTE
    row = cycle_files.keep(unit, place.hearing, scan, by=by, to_be_signed=signs)
    facts = {SCAN: row.public_id, "sha256": row.sha256, "pages": str(row.pages)}
    if signs:
        how = {"purpose": Purpose.SCAN, "language": by.language}
        facts[CODE] = signing.offer(unit, place.hearing, content=scan.content, by=by, **how)
    return facts


def _turn(unit: Unit, place: Place, move: Move, rung: Rung, path: Path, *, reason: str, by: Actor, action: str) -> None:
    check_unnamed(unit, place.hearing, reason, field="reason")
    new = Made(
        number=len(place.made) + 1,
        move=move,
        rung=rung,
        path=path,
        happened_at=unit.now,
        by=by.name,
        reason=reason.strip(),
    )
    write(unit, place.hearing, new, action, by=by)


def _times(unit: Unit, place: Place, rung: Rung, told: Told, *, by: Actor) -> tuple[datetime | None, datetime | None]:
    """When it began, where that is asked, and when it was done; None for now. By the clock of the person's own end."""
    if told.at is None and told.on is not None:
        raise TimeOfDayMissing(field="done_time")
    if RUNGS[rung].timed and told.began is None:
        raise Missing(field="began")
    zone = checklists.own_post(place.hearing, by).zone
    on = told.on or wall_of(unit.now, zone).date()
    began = told.began if RUNGS[rung].timed else None
    began_on = rules.begun_on(on, began, told.at or wall_of(unit.now, zone).time()) if began is not None else on

    def instant(day: date, wall: time | None, field: str) -> datetime | None:
        try:
            return None if wall is None else resolve(datetime.combine(day, wall), zone)
        except Invalid as refusal:
            refusal.field = field
            raise

    return instant(began_on, began, "began"), instant(on, told.at, "done_time")
