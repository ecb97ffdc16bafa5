"""What an entry of the log rests on before it: a link that holds, somebody who had come, something that was raised."""

import pytest

from tests.domain.test_record_gates import entry
from vctestimony.domain.errors import Refusal
from vctestimony.domain.record import fitting
from vctestimony.domain.record.course import Logged
from vctestimony.domain.record.kinds import Kind

LOSS = (entry(1, Kind.LINK_LOST, 10), entry(2, Kind.LINK_RESTORED, 15))


@pytest.mark.parametrize(
    ("log", "minute", "is_held"),
    [
        *((LOSS[:1], minute, minute >= 10) for minute in (9, 10, 11)),
        *((LOSS, minute, minute < 15) for minute in (14, 15, 16)),
    ],
)
def test_nothing_is_done_with_the_witness_while_the_link_is_lost(
    log: tuple[Logged, ...], minute: int, is_held: bool
) -> None:
    fitting.check(log, entry(3, Kind.NOTE, minute))
    fitting.check(log, entry(3, Kind.REMOTE_CLOSING, minute))
    for kind in (
        Kind.STAGE_BEGAN,
        Kind.OATH,
        Kind.INTERPRETER_SWORN,
        Kind.DOCUMENT_SHOWN,
        Kind.IDENTIFIED,
        Kind.READ_OVER,
        Kind.ADMITTED_CORRECT,
    ):
        if not is_held:
            fitting.check(log, entry(3, kind, minute))
            continue
        with pytest.raises(fitting.WithoutLink):
            fitting.check(log, entry(3, kind, minute))


def person(number: int, kind: Kind, minute: float, who: str, point: str = "remote") -> Logged:
    return entry(number, kind, minute, who=who, point=point)


PRESENT = entry(1, Kind.PRESENCE_REMOTE, 1, persons="PW-7\nRina Das, consular officer")


@pytest.mark.parametrize(
    ("log", "new", "refusal"),
    [
        ((), person(2, Kind.PERSON_LEFT, 2, "Rina Das"), fitting.NotThere),
        ((PRESENT,), person(2, Kind.PERSON_LEFT, 2, "rina  DAS"), None),
        ((PRESENT,), person(2, Kind.PERSON_LEFT, 2, "Rina Das", "court"), fitting.NotThere),
        ((PRESENT,), person(2, Kind.PERSON_LEFT, 0, "Rina Das"), fitting.NotThere),
        ((PRESENT, person(2, Kind.PERSON_LEFT, 2, "Rina Das")), person(3, Kind.PERSON_LEFT, 3, "Rina Das"), True),
        ((person(1, Kind.PERSON_ENTERED, 1, "Guard"),), person(2, Kind.PERSON_ENTERED, 2, "guard"), True),
        ((person(1, Kind.PERSON_ENTERED, 1, "Guard"),), person(2, Kind.PERSON_LEFT, 1, "Guard"), None),
        ((), entry(1, Kind.GRIEVANCE_DECIDED, 1, of="1"), fitting.NothingRaised),
        ((entry(1, Kind.GRIEVANCE, 2),), entry(2, Kind.GRIEVANCE_DECIDED, 1, of="1"), fitting.NothingRaised),
        ((entry(1, Kind.GRIEVANCE, 2),), entry(2, Kind.GRIEVANCE_DECIDED, 2, of="1"), None),
        ((entry(1, Kind.GRIEVANCE, 2),), entry(2, Kind.GRIEVANCE_DECIDED, 2, of="2"), fitting.NotWaiting),
        ((entry(1, Kind.OBJECTION, 2, ruling="reserved"),), entry(2, Kind.RULING, 2, of="1"), None),
        ((entry(1, Kind.OBJECTION, 2, ruling="reserved"),), entry(2, Kind.RULING, 1, of="1"), fitting.NotWaiting),
        ((entry(1, Kind.OBJECTION, 2, ruling="allowed"),), entry(2, Kind.RULING, 2, of="1"), fitting.NotWaiting),
    ],
)
def test_who_leaves_had_come_and_what_is_decided_was_raised(
    log: tuple[Logged, ...], new: Logged, refusal: type[Refusal] | bool | None
) -> None:
    if refusal is None:
        fitting.check(log, new)
        return
    with pytest.raises(Refusal if refusal is True else refusal):  # type: ignore[arg-type]  # either is a class
        fitting.check(log, new)
