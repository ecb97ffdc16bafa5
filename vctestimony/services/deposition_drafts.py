"""The use-cases of what is typed and not yet added: keep it every few seconds, give it back, tell who else types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from vctestimony.domain import entered
from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.retention import Held
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks
from vctestimony.services.deposition_fixing import OPEN_FOR, check_open, said
from vctestimony.services.pseudonymity import check_speech
from vctestimony.services.unit import Unit
from vctestimony.services.unsealed import held
from vctestimony.store import depositions as store
from vctestimony.store import records
from vctestimony.store.models import DepositionDraftRow, HearingRow

ADDING, IMPORTING = "add", "import"
OWN_WINDOW_FOR = timedelta(minutes=1)
LONGEST = 700_000
"""More than a whole deposition holds."""
_SECONDS = "%H:%M:%S"
_BESIDE = "beside-"
_PLACE = re.compile(f"(?:{_BESIDE})?([1-9][0-9]{{0,8}})")
"""An ordinal written in the one way that makes one draft of one line, and one of what is put beside it."""


class TooMuchTyped(Invalid):
    """More than a deposition holds is no draft of one."""

    text = N_("This is too long to be kept while you type ({length} characters; at most {limit}). Add it in parts.")


class OtherWindow(Conflict):
    """The same person types at the same place in two windows; neither may overwrite the other."""

    text = N_(
        "You are typing here in another window too. What you type in this one is not kept on the server; "
        "go on in one of them."
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, and when it was kept."""

    fields: Mapping[str, str]
    line_version: int
    kept: BothClocks
    said: str


def beside(ordinal: int) -> str:
    """The place of what is to stand before or behind the line with that lasting name."""
    return f"{_BESIDE}{ordinal}"


def keep(
    unit: Unit, reference: str, place: str, fields: Mapping[str, str], *, line_version: int, window: str, by: Actor
) -> str:
    """Keep what this person has typed so far; when, on both clocks to the second. The real name is not kept."""
    hearing = held(unit, reference, by=by, action=Action.TRANSCRIBE)
    check_open(unit, hearing, by=by)
    _check_place(unit, hearing, place)
    fields = _checked(unit, hearing, fields)
    store.drop_drafts(unit.session, until=unit.now - unit.ports.lasts(Held.DRAFTS))
    row = _row(unit, hearing, place, by=by)
    if row is None:
        row = DepositionDraftRow(hearing_id=hearing.id, account_id=by.account_id, place=place, kept_at=unit.now)
        unit.session.add(row)
    elif row.window not in ("", window) and row.kept_at > unit.now - OWN_WINDOW_FOR:
        raise OtherWindow()
    row.fields, row.line_version, row.window = dict(fields), line_version, window
    row.kept_at, row.by = unit.now, by.name
    unit.session.flush()
    return said(unit, hearing, unit.now, language=by.language, form=_SECONDS)


def mine(unit: Unit, hearing: HearingRow, place: str, *, by: Actor) -> Kept | None:
    """What this person typed at this place and has not added yet."""
    row = _row(unit, hearing, place, by=by)
    if row is None:
        return None
    return Kept(
        fields=dict(row.fields),
        line_version=row.line_version,
        kept=hearing_clocks.both(hearing, row.kept_at),
        said=said(unit, hearing, row.kept_at, language=by.language, form=_SECONDS),
    )


def discard(unit: Unit, reference: str, place: str, *, by: Actor) -> None:
    """Forget what this person typed at this place."""
    drop(unit, held(unit, reference, by=by, action=Action.TRANSCRIBE), place, by=by)


def drop(unit: Unit, hearing: HearingRow, place: str, *, by: Actor) -> None:
    """The same within a use-case that has taken over what was typed."""
    row = _row(unit, hearing, place, by=by)
    if row is not None:
        unit.session.delete(row)
        unit.session.flush()


def others(unit: Unit, hearing: HearingRow, *, by: Actor) -> tuple[str, ...]:
    """A sentence for everybody else who types just now, and where."""
    numbers = {str(row.ordinal): row.number for row in records.deposition(unit.session, hearing.id)}
    rows = store.drafts(unit.session, hearing.id, since=unit.now - OPEN_FOR)
    told = (_sentence(unit, hearing, row, numbers, by=by) for row in rows if row.account_id != by.account_id)
    return tuple(sentence for sentence in told if sentence)


def _sentence(
    unit: Unit, hearing: HearingRow, row: DepositionDraftRow, numbers: Mapping[str, int], *, by: Actor
) -> str:
    when = said(unit, hearing, row.kept_at, language=by.language, form=_SECONDS)
    number = numbers.get(row.place)
    if row.place == ADDING or row.place.startswith(_BESIDE):
        text = N_("{who} is typing new lines (last kept {when}).")
    elif number is not None:
        text = N_("{who} is changing line {number} (last kept {when}).")
    else:
        return ""
    return unit.ports.words.gettext(by.language, text).format(who=row.by, number=number, when=when)


def _check_place(unit: Unit, hearing: HearingRow, place: str) -> None:
    if place in (ADDING, IMPORTING):
        return
    found = _PLACE.fullmatch(place)
    if found is None or records.line_named(unit.session, hearing_id=hearing.id, ordinal=int(found[1])) is None:
        raise Absent()


def _checked(unit: Unit, hearing: HearingRow, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields as they are kept: spelt in one way, so that the name is found however it was typed."""
    length = sum(len(name) + len(value) for name, value in fields.items())
    if length > LONGEST:
        raise TooMuchTyped(length=length, limit=LONGEST)
    spelt = {entered.line(name): entered.paragraphs(value, limit=LONGEST) for name, value in fields.items()}
    check_speech(unit, hearing, *spelt, *spelt.values(), field="text")
    return spelt


def _row(unit: Unit, hearing: HearingRow, place: str, *, by: Actor) -> DepositionDraftRow | None:
    if by.account_id is None:
        return None
    return store.draft(unit.session, hearing_id=hearing.id, account_id=by.account_id, place=place)
