"""Who is written to because somebody else comes, goes or has another address, where participants see each other."""

from dataclasses import replace

from tests.adapters.letter_examples import BOOKED, FIRST, INTERPRETER, JUDGE, OFFICIAL, planned
from vctestimony.domain.invited import Invited
from vctestimony.domain.itip import PartStat
from vctestimony.domain.letters import Change, Invitee, Kind, Other


def seeing(*invitees: Invitee) -> Invited:
    """Everybody sees everybody else."""
    others = {one.participant: Other(one.name, one.address, one.duty) for one in invitees}
    return replace(
        BOOKED,
        invitees=tuple(
            replace(one, others=tuple(other for who, other in others.items() if who != one.participant))
            for one in invitees
        ),
    )


def test_who_sees_the_others_is_told_that_somebody_joins_and_not_asked_again() -> None:
    accepted = replace(JUDGE, part_stat=PartStat.ACCEPTED)
    letters = planned(seeing(accepted, INTERPRETER), seeing(accepted, INTERPRETER, OFFICIAL), last=FIRST)
    assert {letter.to.participant: (letter.kind, letter.changes) for letter in letters} == {
        "p-judge": (Kind.UPDATE, (Change.OTHERS_SHOWN,)),
        "p-interpreter": (Kind.UPDATE, (Change.OTHERS_SHOWN,)),
        "p-remote": (Kind.INVITATION, ()),
    }
    assert {letter.sequence for letter in letters} == {1}
    assert not next(letter for letter in letters if letter.to.participant == "p-judge").asks_for_answer


def test_a_court_that_begins_or_ceases_to_show_them_writes_to_nobody() -> None:
    assert planned(BOOKED, seeing(*BOOKED.invitees), last=FIRST) == ()
    assert planned(seeing(*BOOKED.invitees), BOOKED, last=FIRST) == ()


def test_a_corrected_name_of_somebody_else_is_no_reason_to_write_and_another_address_is() -> None:
    people = (JUDGE, INTERPRETER)
    assert planned(seeing(*people), seeing(JUDGE, replace(INTERPRETER, name="A. Sen")), last=FIRST) == ()
    letters = planned(seeing(*people), seeing(JUDGE, replace(INTERPRETER, address="a.sen@x.example")), last=FIRST)
    assert [(letter.to.participant, letter.kind) for letter in letters] == [
        ("p-interpreter", Kind.CANCELLATION),
        ("p-judge", Kind.UPDATE),
        ("p-interpreter", Kind.INVITATION),
    ]


def test_a_mailbox_that_passes_to_a_successor_is_asked_anew_and_not_cancelled() -> None:
    successor = replace(INTERPRETER, participant="p-successor", name="Deputy", address=OFFICIAL.address.upper())
    letters = planned(replace(BOOKED, invitees=(OFFICIAL,)), replace(BOOKED, invitees=(successor,)), last=FIRST)
    assert [(letter.to.participant, letter.kind) for letter in letters] == [("p-successor", Kind.INVITATION)]
