"""The one place that tells the record what the way of the transcript gives: read over, signed, sent, received.

A statement is given only when all of it was done; what is half done is missing. After the seal nothing of it changes:
what is entered later is told by an addendum, not by the record.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from vctestimony.domain.record.cycle import PATH_LABELS, READING, Rung, Standing, ended_by_seal
from vctestimony.domain.record.cycle_words import RUNGS, details
from vctestimony.domain.wording import N_
from vctestimony.services import cycle_standing
from vctestimony.services.record_basis import Basis
from vctestimony.services.unit import Unit
from vctestimony.store import cycle as store
from vctestimony.store import records
from vctestimony.store.models import HearingRow

_SIGNING = frozenset(RUNGS) - {*READING, Rung.HOST_SIGNED, Rung.DISPATCHED, Rung.COPY_RECEIVED}


SIGNED_FIELDS = frozenset({"read_over", "transcript", "host_signature", "dispatch"})
_NOTHING = frozenset(
    (
        "",
        "none",
        "nil",
        "na",
        "n/a",
        "no",
        "nothing",
        "not applicable",
        "कोई नहीं",
        "कुछ नहीं",
        "शून्य",
        "নেই",
        "নাই",
        "কিছু নেই",
        "কিছুই নেই",
    )
)


def going_on(unit: Unit, hearing: HearingRow) -> bool:
    """Whether the signing was begun, and is neither finished nor ended by the seal."""
    made = cycle_standing.moves(unit, hearing)
    begun = bool(made) and cycle_standing.stands(hearing, made).next is not None
    return begun and not records.is_sealed(unit.session, hearing.id)


def ends_with_seal(unit: Unit, hearing: HearingRow) -> bool:
    """Whether a seal now would end the signing before the transcript is back."""
    made = cycle_standing.moves(unit, hearing)
    return ended_by_seal(cycle_standing.stands(hearing, made), sealed=True)


def says_nothing(value: str) -> bool:
    """Whether this is “none” in one of our languages, or no word at all.

    >>> says_nothing(" None. "), says_nothing("Not signed because the witness fell ill.")
    (True, False)
    """
    return value.casefold().strip(" \t\r\n.,;:-–—_।“”\"'") in _NOTHING


def said(basis: Basis) -> dict[str, str]:
    """The statements by key, in the words of the basis; none that is not complete."""
    stands = _stands(basis)
    found = {key: value(basis, stands) for key, value in _VALUES.items()}
    return {key: value for key, value in found.items() if value}


def _stands(basis: Basis) -> Standing:
    """Where the transcript stands, or stood when the record was sealed."""
    rows = store.moves(basis.unit.session, basis.hearing.id)
    seal = records.sealed(basis.unit.session, basis.hearing.id) if rows else None
    rows = [row for row in rows if seal is None or row.written_at <= seal.sealed_at]
    return cycle_standing.stands(basis.hearing, cycle_standing.made_of(rows))


def _read_over(basis: Basis, stands: Standing) -> str:
    if not all(rung in stands.done for rung in READING):
        return ""
    return "\n".join(_line(basis, stands, rung) for rung in READING)


def _certificate(basis: Basis, stands: Standing) -> str:
    """On paper, where the judge signed and initialled; an electronic signature is told with the signing itself."""
    judge = stands.done.get(Rung.JUDGE_SIGNED)
    return _line(basis, stands, Rung.JUDGE_SIGNED) if judge and judge.facts["initialled"] == "yes" else ""


def _transcript(basis: Basis, stands: Standing) -> str:
    """The whole way there and back, a line for each step."""
    if Rung.RECEIVED not in stands.done:
        return ""
    lines = [_line(basis, stands, rung) for rung in stands.ladder if rung in _SIGNING]
    return "\n".join((f"{basis.word(PATH_LABELS[stands.path])}.", *lines))


def _host_signature(basis: Basis, stands: Standing) -> str:
    return _line(basis, stands, Rung.HOST_SIGNED) if Rung.HOST_SIGNED in stands.done else ""


def _dispatch(basis: Basis, stands: Standing) -> str:
    """Carrier, number and day; the receipt when it is known."""
    done = [rung for rung in (Rung.DISPATCHED, Rung.COPY_RECEIVED) if rung in stands.done]
    return "\n".join(_line(basis, stands, rung) for rung in done)


def _line(basis: Basis, stands: Standing, rung: Rung) -> str:
    """A step with both clocks and what was answered about it."""
    made = stands.done[rung]
    when, began = basis.day(made.happened_at), made.facts.get("began")
    if began:
        start = basis.day(datetime.fromisoformat(began))
        when = basis.word(N_("From {start} to {end}")).format(start=start, end=when)
    answers = "; ".join(f"{label}: {value}" for label, value in details(rung, made.facts, translate=basis.word))
    shown = made.facts.get("sha256", "")
    parts = (basis.word(RUNGS[rung].label), answers, f"SHA-256 {shown}" if shown else "", made.facts.get("code", ""))
    return f"{when}: {'. '.join(part for part in parts if part)}"


_VALUES: Mapping[str, Callable[[Basis, Standing], str]] = {
    "read_over": _read_over,
    "certificate": _certificate,
    "transcript": _transcript,
    "host_signature": _host_signature,
    "dispatch": _dispatch,
}
