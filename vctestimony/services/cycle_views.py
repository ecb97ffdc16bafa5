"""What the page of a transcript's way shows: the ladder, who has it since when, what is next, what was ever done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.hearing import END_LABELS, End
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS, Duty, Role
from vctestimony.domain.record import course
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.cycle import HARD_COPY, PATH_LABELS, READING, Move, Path, Rung, Standing, ended_by_seal
from vctestimony.domain.record.cycle_rules import is_before_the_last, needs_court
from vctestimony.domain.record.cycle_words import NONE, RUNGS, details
from vctestimony.domain.record.dispatch import WATCH_LABELS, watched
from vctestimony.domain.record.kinds import Kind
from vctestimony.domain.signing import BY_FIELD
from vctestimony.domain.wording import N_
from vctestimony.services import cycle_authority, cycle_standing, hearing_clocks, logbook, witness_keys
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.cycle_shown import CycleView, DueView, GroupView, MoveView, NextView, RungView, ScanView
from vctestimony.services.cycle_steps import Place, turned
from vctestimony.services.papers.citing import name_of
from vctestimony.services.signing_cycle import CODE, SCAN, signed_as
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import HELD, is_court
from vctestimony.store import cycle as store
from vctestimony.store import records
from vctestimony.store.models import CycleFileRow, HearingRow

_GROUPS: tuple[tuple[str, frozenset[Rung]], ...] = (
    (N_("Read over and admitted"), frozenset(READING)),
    (N_("Signatures at both points"), frozenset(Rung) - frozenset(READING) - frozenset(HARD_COPY)),
    (N_("Hard copy"), frozenset(HARD_COPY)),
)
_PREFILLED: Mapping[Rung, tuple[Duty, ...]] = {
    Rung.READ_OVER: (Duty.JUDGE, Duty.INTERPRETER),
    Rung.ADMITTED: (Duty.JUDGE,),
    Rung.JUDGE_SIGNED: (Duty.JUDGE,),
    Rung.PARTIES_SIGNED: (Duty.PROSECUTION, Duty.DEFENCE),
    Rung.WITNESS_SIGNED: (Duty.REMOTE_COORDINATOR,),
    Rung.COUNTERSIGNED: (Duty.REMOTE_COORDINATOR,),
    Rung.RECEIVED: (Duty.COURT_COORDINATOR,),
    Rung.COPY_RECEIVED: (Duty.COURT_COORDINATOR,),
}
_LOGGED = {Rung.READ_OVER: Kind.READ_OVER, Rung.CORRECTED: Kind.READ_OVER, Rung.ADMITTED: Kind.ADMITTED_CORRECT}
_OWN_ENTRY = frozenset({Rung.READ_OVER, Rung.ADMITTED})
"""Steps that the log has an entry of its own for; what was corrected it says with the reading over."""
_NO_CORRECTIONS = frozenset({"none", "कुछ नहीं", "कोई नहीं", "নেই", "কিছু নেই"})
"""What the run sheet asks to write where there was nothing to correct, in every language of it."""
_MOVES = {Move.DONE: "", Move.BACK: N_("To be done again"), Move.CHANGE: N_("Path changed")}


def page(unit: Unit, reference: str, *, language: str, by: Actor) -> CycleView:
    """The way of the transcript, for a person who may print the record."""
    hearing = hearing_for(unit, reference, by=by, action=Action.READ_RECORD)
    place = turned(unit, hearing, by=by)
    stands, sealed = place.stands, records.is_sealed(unit.session, hearing.id)
    ended = ended_by_seal(stands, sealed=sealed)
    shown = _Shown(unit, place, by, partial(unit.ports.words.gettext, language), ended)
    text = cycle_standing.fixed_text(unit, hearing)
    works = hearing.state in HELD and not sealed and may_do(hearing, Action.KEEP_CYCLE, by=by)
    return CycleView(
        reference=hearing.reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        number=len(place.made),
        opened=hearing.state in HELD,
        fixed=bool(text),
        changed=stands.admitted_text not in ("", text) and Rung.RECEIVED not in stands.done,
        sealed=sealed,
        ended=ended,
        can_add=sealed and may_do(hearing, Action.SEAL, by=by),
        path=stands.path,
        path_label=PATH_LABELS[stands.path],
        groups=shown.groups(language),
        next=shown.next() if hearing.state in HELD and not ended else None,
        due=None if ended else shown.due(),
        back_to=shown.back_to() if works else (),
        other_path=shown.other_path() if works and by.role is Role.PRESIDING_OFFICER else None,
        moves=shown.moves(),
        zones=hearing_clocks.zones_of(hearing),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """The way of one transcript in the words of one reader."""

    unit: Unit
    place: Place
    by: Actor
    word: Callable[[str], str]
    ended: bool

    @property
    def hearing(self) -> HearingRow:
        return self.place.hearing

    @property
    def stands(self) -> Standing:
        return self.place.stands

    def both(self, at: datetime) -> BothClocks:
        return hearing_clocks.both(self.hearing, at)

    def groups(self, language: str) -> tuple[GroupView, ...]:
        files = store.files(self.unit.session, self.hearing.id)
        lines = cycle_authority.authorities(self.unit, self.hearing, path=self.stands.path, language=language)
        return tuple(
            GroupView(title, line, tuple(self._rung(rung, files) for rung in self.stands.ladder if rung in those))
            for (title, those), line in zip(_GROUPS, lines, strict=True)
        )

    def _rung(self, rung: Rung, files: Mapping[str, CycleFileRow]) -> RungView:
        words, made = RUNGS[rung], self.stands.done.get(rung)
        state = "done" if made else "next" if rung is self.stands.next and not self.ended else "ahead"
        who, end = DUTY_LABELS[words.duty], END_LABELS[words.end]
        if made is None:
            return RungView(rung=rung, state=state, label=words.to_do, who=who, end=end)
        began = made.facts.get("began")
        return RungView(
            rung=rung,
            state=state,
            label=words.label,
            who=who,
            end=end,
            by=made.by,
            began=self.both(datetime.fromisoformat(began)) if began else None,
            happened=self.both(made.happened_at),
            details=details(rung, made.facts, translate=self.word),
            scan=self._scan(files.get(made.facts.get(SCAN, ""))),
            code=made.facts.get(CODE, ""),
        )

    def _scan(self, row: CycleFileRow | None) -> ScanView | None:
        if row is None:
            return None
        gone = witness_keys.is_gone(self.unit, self.hearing.witness, row.key_id)
        return ScanView(row.public_id, row.sha256, row.pages, row.size, row.kind, gone)

    def next(self) -> NextView | None:
        rung = self.stands.next
        if rung is None:
            return None
        words, latest = RUNGS[rung], self.stands.latest
        code, signed_at, _ = signed_as(self.unit, self.place, rung) if words.field else ("", None, "")
        named, entry = name_of(self.hearing, words.duty), self._entry(rung)
        is_shown = rung in _OWN_ENTRY or entry is not None
        return NextView(
            rung=rung,
            to_do=words.to_do,
            duty=DUTY_LABELS[words.duty],
            end=END_LABELS[words.end],
            name=named,
            since=self.both(latest.happened_at) if latest else None,
            asks=words.asks,
            filled=self._named(rung) | (self._told(rung, entry) if entry else {}),
            scan=words.scan,
            timed=words.timed,
            mails=words.mails,
            code=code,
            field=words.field,
            field_label=BY_FIELD[words.field].label if words.field else "",
            signed=signed_at is not None,
            can_do=self._can_do(rung),
            log_kind=_LOGGED[rung].value if rung in _LOGGED and is_shown else "",
            logged=entry is not None,
            for_other=words.end is End.REMOTE and is_court(self.hearing, self.by),
            own_city=self._own_city(),
        )

    def _can_do(self, rung: Rung) -> bool:
        sealed = records.is_sealed(self.unit.session, self.hearing.id)
        at_court = is_court(self.hearing, self.by)
        may = may_do(self.hearing, Action.KEEP_CYCLE, by=self.by) and (not sealed or rung in HARD_COPY)
        return may and (at_court or RUNGS[rung].end is End.REMOTE)

    def _own_city(self) -> str:
        court = logbook.own_end(self.hearing, self.by) is End.COURT
        return self.hearing.court.city if court else self.hearing.remote.city

    def _named(self, rung: Rung) -> dict[str, str]:
        """Who is named for it; to be changed where it was otherwise."""
        names = [name_of(self.hearing, duty) for duty in _PREFILLED.get(rung, ())]
        return {"who": "; ".join(name for name in names if name)} if any(names) else {}

    def _entry(self, rung: Rung) -> Logged | None:
        """What the log of the day says of it already, the last that counts."""
        kind = _LOGGED.get(rung)
        log = course.counting(logbook.entries(self.unit, self.hearing)) if kind else ()
        return next((one for one in reversed(log) if one.kind is kind), None)

    def _told(self, rung: Rung, entry: Logged) -> dict[str, str]:
        """When it was done by the log, on the reader's own clock, and how; no time that the step would refuse."""
        own = logbook.own_end(self.hearing, self.by)
        wall = hearing_clocks.at_end(self.hearing, entry.happened_at, own).wall
        time = {"done_on": f"{wall:%Y-%m-%d}", "done_time": f"{wall:%H:%M}"}
        if is_before_the_last(self.stands, entry.happened_at):
            time = {}
        if rung is not Rung.CORRECTED:
            return time | ({"manner": entry.facts["manner"]} if "manner" in entry.facts else {})
        said = entry.facts.get("corrections", "")
        is_nothing = said.strip(" .।").casefold() in _NO_CORRECTIONS
        return time | ({"outcome": NONE} if is_nothing else {"text": said})

    def due(self) -> DueView | None:
        due = cycle_standing.due_of(self.hearing)
        if due is None or self.hearing.state not in HELD:
            return None
        sent = self.stands.done.get(Rung.DISPATCHED)
        how = watched(
            due,
            dispatched_at=sent.happened_at if sent else None,
            now=self.unit.now,
            is_its_turn=self.stands.next is Rung.DISPATCHED,
        )
        return DueView(self.both(due.at), due.is_preferred, how, WATCH_LABELS[how])

    def back_to(self) -> tuple[tuple[str, str], ...]:
        """What this person may have done again, the last first."""
        at_court = is_court(self.hearing, self.by)
        done = [rung for rung in self.stands.ladder if rung in self.stands.done]
        return tuple(
            (rung.value, self.word(RUNGS[rung].label)) for rung in reversed(done) if at_court or not needs_court(rung)
        )

    def other_path(self) -> tuple[str, str] | None:
        """The other way to sign, where it can still be taken."""
        other = Path.PAPER if self.stands.path is Path.DIGITAL else Path.DIGITAL
        if Rung.RECEIVED in self.stands.done or (other is Path.DIGITAL and not self.place.both_digital):
            return None
        return other.value, PATH_LABELS[other]

    def moves(self) -> tuple[MoveView, ...]:
        """Every move, the newest first."""
        return tuple(
            MoveView(
                number=made.number,
                what=_MOVES[made.move],
                label=PATH_LABELS[made.path] if made.move is Move.CHANGE else RUNGS[made.rung].label,
                happened=self.both(made.happened_at),
                by=made.by,
                reason=made.reason,
            )
            for made in reversed(self.place.made)
        )
