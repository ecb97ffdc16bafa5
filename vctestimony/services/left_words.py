"""The use-cases of the words that the court leaves out of the redacted copy, beyond what is known.

A word is sealed, for it may name somebody; what is taken back is kept with who did it, when and why. A copy tells how
many words were in force when it was made, and a digest that says which: of their numbers, never of the words, which
could be guessed from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.documents.record import Besides
from vctestimony.domain.errors import Absent, Conflict, Invalid
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.people import Role
from vctestimony.domain.record.cycle_rules import check_reason
from vctestimony.domain.record.masking import LEFT_LABELS, Hidden, Left, Masks
from vctestimony.domain.sealing import SealedForGood
from vctestimony.domain.wording import N_
from vctestimony.services import hearing_clocks, journal, witness_keys
from vctestimony.services.access import hearing_for
from vctestimony.services.pseudonymity import check_unnamed
from vctestimony.services.references import new_reference
from vctestimony.services.unit import Unit
from vctestimony.store import addenda as store
from vctestimony.store.models import HearingRow, LeftOutRow

SHORTEST_WORD, MOST_WORDS = 3, 200


class WordTooShort(Invalid):
    """A word of one or two letters stands in every other word."""

    text = N_("Write at least {least} letters or digits.")


class TooManyWords(Conflict):
    """Each word is looked for in the whole record."""

    text = N_("As many words as can be left out of one record are entered already.")


class ReasonTellsWord(Invalid):
    """The reason is kept in clear, beside what is sealed."""

    text = N_(
        "The reason holds a word that is left out of the redacted copy. Say why without the word itself. "
        "Nothing was saved."
    )


class NotYoursToTakeBack(Conflict):
    """Somebody else had a reason to leave it out."""

    text = N_("Only {who}, who entered it, or the presiding officer can take this back.")


class TakenBackAlready(Conflict):
    """There is nothing to take back."""

    text = N_("{who} took this back already. Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftWord:
    """A word that the court leaves out; it is sealed, so the page tells only what it is and who added it.

    `is_yours`: the reader may take it back. `taken_back` is None while it is in force.
    """

    public_id: str
    label: str
    by: str
    added: BothClocks
    is_yours: bool
    taken_back: BothClocks | None
    taken_back_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackView:
    """The form with which one word is taken back."""

    reference: str
    case_number: str
    pseudonym: str
    public_id: str
    label: str
    by: str


def words(unit: Unit, hearing: HearingRow, *, by: Actor) -> tuple[LeftWord, ...]:
    """What the court leaves out beyond what is known, and what it took back; labels are marked with N_."""
    return tuple(
        LeftWord(
            public_id=row.public_id,
            label=LEFT_LABELS[Left(row.what)],
            by=row.by,
            added=hearing_clocks.both(hearing, row.added_at),
            is_yours=_may_take_back(row, by=by),
            taken_back=hearing_clocks.both(hearing, row.taken_back_at) if row.taken_back_at else None,
            taken_back_by=row.taken_back_by,
            reason=row.reason,
        )
        for row in store.left_out(unit.session, hearing.id)
    )


def hidden(unit: Unit, hearing: HearingRow) -> tuple[Hidden, ...]:
    """The words in force, opened to be looked for."""
    return tuple(
        Hidden(
            Left(row.what),
            witness_keys.opened(
                unit, hearing.witness, row.sealed, key_id=row.key_id, bound_to=sealed_place(row.public_id)
            ),
        )
        for row in _in_force(unit, hearing)
    )


def besides(unit: Unit, hearing: HearingRow) -> Besides:
    """How many words are in force now, and the digest of their numbers."""
    numbers = sorted(row.public_id for row in _in_force(unit, hearing))
    return Besides(numbers=tuple(numbers), sha256=sha256("\n".join(numbers).encode()).hexdigest())


def leave_out(unit: Unit, reference: str, word: str, *, what: Left, by: Actor) -> None:
    """Leave a word out of the redacted copies that are printed from now on. It is sealed: it may name somebody."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEAL)
    if sum(letter.isalnum() for letter in word) < SHORTEST_WORD:
        raise WordTooShort(field="word", least=SHORTEST_WORD)
    if len(_in_force(unit, hearing)) >= MOST_WORDS:
        raise TooManyWords()
    public_id = new_reference(unit, "L")
    key_id, sealed = witness_keys.seal(unit, hearing.witness, word, bound_to=sealed_place(public_id))
    row = LeftOutRow(public_id=public_id, hearing_id=hearing.id, what=what.value, key_id=key_id, sealed=sealed)
    row.by, row.account_id, row.added_at = by.name, by.account_id, unit.now
    unit.session.add(row)
    unit.session.flush()
    journal.write(unit, "redaction.added", subject=reference, by=by, word=public_id, what=what.value)


def asked_back(unit: Unit, reference: str, public_id: str, *, by: Actor) -> TakeBackView:
    """The form, for whoever may send it; the same refusals as when it is sent."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEAL)
    row = _to_take_back(unit, hearing, public_id, by=by)
    return TakeBackView(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        public_id=public_id,
        label=LEFT_LABELS[Left(row.what)],
        by=row.by,
    )


def take_back(unit: Unit, reference: str, public_id: str, *, reason: str, by: Actor) -> None:
    """Let the word stand again in what is printed from now on; who, when and why is kept with it.

    The reason names neither the witness nor a word that is left out.
    """
    hearing = hearing_for(unit, reference, by=by, action=Action.SEAL)
    row = _to_take_back(unit, hearing, public_id, by=by)
    check_reason(reason)
    check_unnamed(unit, hearing, reason, field="reason")
    _check_untold(unit, hearing, reason)
    row.taken_back_at, row.taken_back_by, row.reason = unit.now, by.name, reason
    unit.session.flush()
    journal.write(unit, "redaction.taken_back", subject=reference, by=by, word=public_id)


def _check_untold(unit: Unit, hearing: HearingRow, reason: str) -> None:
    """Refuse a reason that tells a word in force, this one among them; sealed for good, nobody knows them."""
    try:
        masks = Masks(hidden(unit, hearing))
    except SealedForGood:
        return
    if masks.apply(reason, mark=str)[1] or masks.still_in(reason):
        raise ReasonTellsWord(field="reason")


def _to_take_back(unit: Unit, hearing: HearingRow, public_id: str, *, by: Actor) -> LeftOutRow:
    row = store.left_word(unit.session, hearing.id, public_id)
    if row is None:
        raise Absent()
    if row.taken_back_at is not None:
        raise TakenBackAlready(who=row.taken_back_by)
    if not _may_take_back(row, by=by):
        raise NotYoursToTakeBack(who=row.by)
    return row


def _in_force(unit: Unit, hearing: HearingRow) -> Sequence[LeftOutRow]:
    return [row for row in store.left_out(unit.session, hearing.id) if row.taken_back_at is None]


def _may_take_back(row: LeftOutRow, *, by: Actor) -> bool:
    is_author = row.account_id is not None and row.account_id == by.account_id
    return is_author or by.role is Role.PRESIDING_OFFICER


def sealed_place(public_id: str) -> str:
    """What a sealed word is bound to."""
    return f"left_out|{public_id}|word"
