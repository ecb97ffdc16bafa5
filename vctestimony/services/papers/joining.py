"""The one place that makes the documents of the family `domain/documents/joining.py`: the sheet of one participant.

The sheet for the witness is `survivor`. What others may know of whom is decided where mails are written
(services/invited.py).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from vctestimony.domain.casework import HIGH_COURTS
from vctestimony.domain.documents.bringing import KNOW_THE_CASE, brings
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.joining import Call, JoiningSheet, RuleLine, Stage
from vctestimony.domain.hearing import PART_LABELS, End, Part
from vctestimony.domain.letters import IDENTITY, NothingToAttend, instructions_for
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import DUTY_LABELS, SCREENED, Duty
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, invited
from vctestimony.services.checklist_paper import packs_of
from vctestimony.services.checklist_views import StepView
from vctestimony.services.papers import coming, survivor
from vctestimony.services.papers.coming import Translate
from vctestimony.services.papers.making import Asked, Check, Made, Maker
from vctestimony.services.part_rooms import part_room
from vctestimony.services.unit import Unit
from vctestimony.services.whereabouts import is_confidential
from vctestimony.store import feeds, hearings
from vctestimony.store.models import HearingRow, ParticipantRow, PostRow

_OPENS_THE_LINK = frozenset({Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR, Duty.TECHNICIAN, Duty.PRISON})
_AT_THE_OWN_POST = frozenset({Duty.PRISON})
"""Who joins from where they work: the accused in custody and the officer beside them are a third point of the link."""
_KEEPS_THE_LOG = frozenset({Duty.JUDGE, Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR})
_KEEPS_THE_DOOR = frozenset({Duty.COURT_COORDINATOR, Duty.REMOTE_COORDINATOR})
_CONDUCT = ("B16", "B17", "B06", "D33")
_REPORT, _STOP = "D28", "D27"
_SHOWN = N_(
    "The address and the passcode of the conference are shown after signing in, on the page of hearing {reference} "
    "under “Joining the conference”. Each look is written down. They stand on no paper: do not copy them onto this "
    "sheet, and pass them on to nobody."
)
_ASK = N_(
    "You have no account here. The coordinator of the court tells you how to join, at the number on this sheet, if you "
    "need to join yourself. Write it on no paper, and pass it on to nobody."
)
_OPENED = N_("You sit in the room named above. The coordinator there opens the link; you need not join yourself.")
_MAILED = N_("The court also tells it in its invitation mails.")
_BREAK = N_("Break")
_NO_ROOM = N_("no room is taken")
_CPC = N_("Court Point Coordinator")
_RPC = N_("Remote Point Coordinator")
_AT_COURT = N_("Court, telephone of the office")
_AT_REMOTE = N_("Remote Point, telephone of the office")


def joining_sheet(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """For one participant, with what that duty needs and no more."""
    person, word = asked.named, coming.translator(unit, asked.language)
    post, knows = _seat(hearing, person), person.duty in KNOW_THE_CASE
    stages = _stages(hearing, person, word)
    last = max(stages, key=lambda stage: stage.ends.own.reading.at)
    ready = hearing_clocks.both(hearing, coming.ready_at(hearing, person), own=person.end)
    steps = coming.steps_by_id(unit, hearing, language=asked.language)
    rule = steps.get(coming.READY_RULE) if person.end is End.REMOTE else None
    sheet = JoiningSheet(
        heading=PlainHeading(
            issuer=f"{hearing.court.name} · {word(HIGH_COURTS[hearing.case.rule_pack])}",
            about=f"{hearing.case.number} · {hearing.reference}" if knows else hearing.reference,
            packs=packs_of(unit, hearing, language=asked.language),
        ),
        name=person.official.name,
        duty=word(DUTY_LABELS[person.duty]),
        reference=hearing.reference,
        case=hearing.case.number if knows else "",
        witness=hearing.witness.pseudonym if knows else "",
        place=post.name,
        address=", ".join(part for part in (post.address, word(post.city)) if part),
        starts=stages[0].starts,
        ends=last.ends,
        ready=ready,
        ready_rule=coming.rule_line(rule) if rule else None,
        joining=_joining(unit, hearing, person, word),
        dials_in=hearing.court.mails_tell_joining,
        stages=stages,
        prepare=_before_the_day(person.duty, ready, word),
        bring=tuple(word(text) for text in brings(person.duty)),
        calls=_calls(hearing, person, word),
        in_room=tuple(_in_room(hearing, person.end, word)) if person.duty in _KEEPS_THE_DOOR else (),
        others=_others(hearing, person, word),
        broken=_lines(steps, (_REPORT, _STOP) if person.duty in _KEEPS_THE_LOG else (_REPORT,)),
        conduct=_lines(steps, _CONDUCT),
    )
    return Made(sheet)


def _seat(hearing: HearingRow, person: ParticipantRow) -> PostRow:
    """Where this person is to be."""
    return person.official.post if person.duty in _AT_THE_OWN_POST else coming.post_at(hearing, person.end)


def _before_the_day(duty: Duty, ready: BothClocks, word: Translate) -> tuple[str, ...]:
    """What the mails ask of this duty; but what to bring stands elsewhere on the sheet."""
    asked = (text for text in instructions_for(duty) if text != IDENTITY)
    return tuple(word(text).format(ready=f"{ready.own.reading.wall:%H:%M}") for text in asked)


def _stages(hearing: HearingRow, person: ParticipantRow, word: Translate) -> tuple[Stage, ...]:
    """The parts this person attends, and the breaks that the order asks for within the examination, by time."""
    wanted = invited.attends(person)
    times = invited.part_times(hearing, coming.start_to_come(hearing))
    found = [_part(hearing, person, part, word) for part in times if part in wanted]
    if not found:
        raise NothingToAttend(name=person.official.name)
    pauses = hearing_clocks.breaks(hearing) if Part.MAIN in wanted else ()
    found += [_stage(hearing, person, word(_BREAK), *(clock.own.reading.at for clock in pause)) for pause in pauses]
    return tuple(sorted(found, key=lambda stage: stage.starts.own.reading.at))


def _part(hearing: HearingRow, person: ParticipantRow, part: Part, word: Translate) -> Stage:
    times = invited.part_times(hearing, coming.start_to_come(hearing))
    if person.duty in _AT_THE_OWN_POST:
        return _stage(hearing, person, word(PART_LABELS[part]), *times[part])
    room = part_room(hearing, person.end, part)
    return replace(
        _stage(hearing, person, word(PART_LABELS[part]), *times[part]), room=room.name if room else word(_NO_ROOM)
    )


def _stage(hearing: HearingRow, person: ParticipantRow, title: str, begins: datetime, ends: datetime) -> Stage:
    starts, until = (hearing_clocks.both(hearing, at, own=person.end) for at in (begins, ends))
    return Stage(title=title, starts=starts, ends=until)


def _joining(unit: Unit, hearing: HearingRow, person: ParticipantRow, word: Translate) -> tuple[str, ...]:
    """How this person comes onto the link: who opens it needs the address, the others sit where it is open."""
    shown = _SHOWN if feeds.signs_in(unit.session, person.official_id) else _ASK
    said = [word(shown).format(reference=hearing.reference)]
    if person.duty not in _OPENS_THE_LINK:
        said.insert(0, word(_OPENED))
    if hearing.court.mails_tell_joining:
        said.append(word(_MAILED))
    return tuple(said)


def _calls(hearing: HearingRow, person: ParticipantRow, word: Translate) -> tuple[Call, ...]:
    """Whom to telephone; who is kept apart from somebody calls the court alone, for it knows what may be said.

    So does whoever sits at court where the other place is confidential.
    """
    court, remote = hearing.court, hearing.remote
    of_court = (
        coming.call_of(hearing, Duty.COURT_COORDINATOR, word(_CPC)),
        Call(who=word(_AT_COURT), name="", phone=court.phone),
    )
    if person.end is End.COURT and (hearings.kept_apart(hearing, person) or is_confidential(remote)):
        return of_court
    return (
        *of_court,
        coming.call_of(hearing, Duty.REMOTE_COORDINATOR, word(_RPC)),
        Call(who=word(_AT_REMOTE), name="", phone=remote.phone),
    )


def _others(hearing: HearingRow, person: ParticipantRow, word: Translate) -> tuple[tuple[str, str], ...]:
    """Who else takes part, as the mails of the court tell it; never whom everybody screens, and no address."""
    return tuple((word(DUTY_LABELS[one.duty]), one.name) for one in invited.others_shown(hearing, person) or ())


def _in_room(hearing: HearingRow, end: End, word: Translate) -> Iterator[tuple[str, str]]:
    """Whom the coordinator of that end lets in, by duty: the witness by pseudonym, and no name of whom all screen."""
    if end is End.REMOTE:
        yield word(DUTY_LABELS[Duty.WITNESS]), hearing.witness.pseudonym
    here = coming.post_at(hearing, end)
    for one in coming.present(hearing):
        if one.end is end and (one.duty not in _AT_THE_OWN_POST or one.official.post_id == here.id):
            yield word(DUTY_LABELS[one.duty]), "" if one.duty in SCREENED else one.official.name


def _lines(steps: dict[str, StepView], wanted: tuple[str, ...]) -> tuple[RuleLine, ...]:
    """Those of the steps that this hearing's checklist has."""
    return tuple(coming.rule_line(steps[number]) for number in wanted if number in steps)


def _attends(unit: Unit, hearing: HearingRow, asked: Asked) -> None:
    _stages(hearing, asked.named, coming.translator(unit, asked.language))


CHECKS: dict[str, Check] = {"joining-sheet": _attends}
MAKERS: dict[str, Maker] = {"joining-sheet": joining_sheet, **survivor.MAKERS}
