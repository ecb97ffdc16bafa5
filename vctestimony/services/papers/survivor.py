"""The one place that makes the plain sheet for the witness: what is so of this hearing, in her words, on her clock."""

from collections.abc import Iterator
from datetime import datetime

from vctestimony.domain.documents import plain_words as plain
from vctestimony.domain.documents.headings import PlainHeading
from vctestimony.domain.documents.joining import PlainSheet, PlainStage
from vctestimony.domain.facts import Facts
from vctestimony.domain.hearing import End, Part
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.facts import facts_of
from vctestimony.services.invited import attends, part_times
from vctestimony.services.papers import coming
from vctestimony.services.papers.coming import Translate
from vctestimony.services.papers.making import Asked, Made, Maker, NotForThisHearing
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow, StepState

TITLE = N_("Your appointment")
_SCREEN = "B13"


class NotInCustody(NotForThisHearing):
    """The sheet speaks of coming, resting and going as one likes."""

    text = N_("This witness is in custody. The plain sheet speaks of coming and going freely, so it is not printed.")


def plain_sheet(unit: Unit, hearing: HearingRow, asked: Asked) -> Made:
    """For the witness, in the language asked for."""
    starts_at, facts = coming.start_to_come(hearing), facts_of(hearing)
    if facts["custody_witness"]:
        raise NotInCustody()
    screen = coming.steps_by_id(unit, hearing, language=asked.language).get(_SCREEN)
    is_screened = screen is not None and screen.state is not StepState.WAIVED
    word, remote = coming.translator(unit, asked.language), hearing.remote
    ends_at = max(end for _, end in part_times(hearing, starts_at).values())
    sheet = PlainSheet(
        heading=PlainHeading(issuer=word(TITLE), about=""),
        ready=_hers(hearing, coming.ready_at(hearing)),
        starts=_hers(hearing, starts_at),
        ends=_hers(hearing, ends_at),
        place=remote.name,
        address=", ".join(part for part in (remote.address, word(remote.city)) if part),
        phone=remote.phone,
        stages=tuple(_in_order(hearing, starts_at, facts, word)),
        in_room=tuple(word(text) for text in _in_room(hearing)),
        on_screen=tuple(word(text) for text in _on_screen(hearing)),
        safety=tuple(word(text) for text in _safety(facts, is_screened=is_screened)),
    )
    return Made(sheet)


def _hers(hearing: HearingRow, at: datetime) -> BothClocks:
    return hearing_clocks.both(hearing, at, own=End.REMOTE)


def _in_order(hearing: HearingRow, starts_at: datetime, facts: Facts, word: Translate) -> Iterator[PlainStage]:
    """What comes after what. A break stands with its time, so that it can be waited for."""
    times = part_times(hearing, starts_at)
    yield PlainStage(text=word(plain.COME), starts=_hers(hearing, coming.ready_at(hearing)))
    yield PlainStage(text=word(plain.CHECK_IDENTITY), starts=_hers(hearing, starts_at))
    if Part.PRE in times and any(
        person.duty is Duty.LEGAL_STAFF and Part.PRE in attends(person) for person in coming.present(hearing)
    ):
        yield PlainStage(text=word(plain.TALK_ALONE))
    yield PlainStage(text=word(plain.SCREEN_ON), starts=_hers(hearing, times[Part.MAIN][0]))
    yield PlainStage(text=word(plain.ASK_FREE))
    yield PlainStage(text=word(plain.PROMISE_OF_A_CHILD if facts["child_under_12"] else plain.PROMISE))
    yield PlainStage(text=word(plain.QUESTIONS))
    for begins, _ends in hearing_clocks.breaks(hearing):
        yield PlainStage(text=word(plain.PAUSE), starts=_hers(hearing, begins.own.reading.at))
    read_back_at = times[Part.POST][0] if Part.POST in times else None
    yield PlainStage(text=word(plain.READ_BACK), starts=_hers(hearing, read_back_at) if read_back_at else None)
    yield PlainStage(text=word(plain.SIGN))


def _in_room(hearing: HearingRow) -> list[str]:
    """Who sits with her, by what they do; the officer of the room always."""
    duties = [person.duty for person in coming.present(hearing) if person.end is End.REMOTE]
    known = plain.ON_SCREEN | plain.IN_ROOM
    said = [known.get(duty, plain.SOMEBODY_ELSE) for duty in (Duty.REMOTE_COORDINATOR, *duties)]
    return list(dict.fromkeys(said))


def _on_screen(hearing: HearingRow) -> list[str]:
    """Whom she sees on the screen, in the order of the procedure: judge and both sides, whoever is named for them."""
    at_court = {person.duty for person in coming.present(hearing) if person.end is End.COURT}
    in_room = {person.duty for person in coming.present(hearing)} - at_court
    always = {Duty.JUDGE, Duty.PROSECUTION, Duty.DEFENCE} - in_room
    return [text for duty, text in plain.ON_SCREEN.items() if duty in at_court | always]


def _safety(facts: Facts, *, is_screened: bool) -> Iterator[str]:
    """What protects her at this hearing, and who hears her; nothing that was not ordered or is not law."""
    yield plain.HEARS
    if is_screened:
        yield plain.NOT_SEEN
    if facts["masking"]:
        yield plain.MASKED
    if facts["in_camera"]:
        yield plain.CLOSED
    if facts["child"] and facts["pocso"]:
        yield plain.TRUSTED
    yield plain.RECORDED if facts["recorded"] else plain.NOT_RECORDED


MAKERS: dict[str, Maker] = {"survivor-sheet": plain_sheet}
