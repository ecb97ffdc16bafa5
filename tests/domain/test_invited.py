"""Who is written to when invitations change, with which SEQUENCE (RFC 5546 2.1.4, 3.2.2, 3.2.5)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.adapters.letter_examples import (
    BOOKED,
    CONTACT,
    FIRST,
    INTERPRETER,
    JUDGE,
    NOW,
    OFFICIAL,
    UID,
    moved,
    planned,
    stretches,
    with_invitees,
)
from vctestimony.domain.hearing import End
from vctestimony.domain.invited import Invited
from vctestimony.domain.itip import HearingMixedUp, InvitedTwice, OrganizerInvited, PartStat, Revision
from vctestimony.domain.letters import (
    Change,
    Invitee,
    Kind,
    Letter,
    Mailbox,
    NothingToAttend,
    Point,
    Stretch,
    StretchEmpty,
)
from vctestimony.domain.people import Duty

LATER = NOW + timedelta(hours=1)


def told(letters: tuple[Letter, ...]) -> list[tuple[str, Kind, int]]:
    return [(letter.to.participant, letter.kind, letter.sequence) for letter in letters]


def changed(official: Invitee) -> Invited:
    """The hearing with other facts about the official at the Remote Point."""
    return with_invitees(official, JUDGE, INTERPRETER)


def answered(invited: Invited) -> Invited:
    """Everybody has accepted."""
    accepted = tuple(replace(one, part_stat=PartStat.ACCEPTED) for one in invited.invitees)
    return replace(invited, invitees=accepted)


def test_a_booked_hearing_invites_everybody_with_sequence_zero() -> None:
    letters = planned(None, BOOKED)
    assert told(letters) == [(who, Kind.INVITATION, 0) for who in ("p-remote", "p-judge", "p-interpreter")]
    assert {letter.dtstamp_at for letter in letters} == {NOW.replace(microsecond=0)}
    assert letters[0].answer_url == "https://testimony.example/answer/p-remote-0"


def test_nothing_changed_sends_nothing() -> None:
    assert planned(BOOKED, BOOKED, last=FIRST, now=LATER) == ()
    assert planned(None, None, last=FIRST, now=LATER) == ()


@pytest.mark.parametrize(
    "same",
    [
        changed(replace(OFFICIAL, name="Corrected Name")),
        changed(replace(OFFICIAL, language="bn")),
        changed(replace(OFFICIAL, part_stat=PartStat.ACCEPTED)),
        replace(BOOKED, contact=replace(CONTACT, telephone="+91 22 5550 0199")),
    ],
)
def test_a_corrected_name_language_or_telephone_sends_nothing(same: Invited) -> None:
    assert planned(BOOKED, same, last=FIRST, now=LATER) == ()


def test_a_move_is_one_request_to_everybody_with_the_old_times_and_the_same_uid() -> None:
    letters = planned(answered(BOOKED), moved(BOOKED, by=timedelta(minutes=1)), last=FIRST, now=LATER)
    assert told(letters) == [(who, Kind.UPDATE, 1) for who in ("p-remote", "p-judge", "p-interpreter")]
    assert {letter.uid for letter in letters} == {UID}
    assert [letter.changes for letter in letters] == [(Change.TIMES,)] * 3
    assert [letter.previous for letter in letters] == [one.stretches for one in BOOKED.invitees]
    assert letters[0].answer_url == "https://testimony.example/answer/p-remote-1"


def test_after_a_move_every_answer_is_wanted_again() -> None:
    letters = planned(answered(BOOKED), moved(BOOKED, by=timedelta(minutes=1)), last=FIRST, now=LATER)
    assert {(letter.to.part_stat, letter.asks_for_answer, letter.voids_answers) for letter in letters} == {
        (PartStat.NEEDS_ACTION, True, True)
    }


def test_a_part_moved_for_one_person_is_told_to_that_person_alone() -> None:
    letters = planned(BOOKED, changed(replace(OFFICIAL, stretches=stretches()[:2])), last=FIRST, now=LATER)
    assert told(letters) == [("p-remote", Kind.UPDATE, 1)]


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (changed(replace(OFFICIAL, details="room 9, link 1")), Change.SHOWN_AFTER_SIGNING_IN),
        (changed(replace(OFFICIAL, duty=Duty.MAGISTRATE)), Change.DUTY),
        (changed(replace(OFFICIAL, end=End.COURT)), Change.PLACE),
    ],
)
def test_a_change_of_room_link_duty_or_end_is_told(after: Invited, change: Change) -> None:
    letters = planned(BOOKED, after, last=FIRST, now=LATER)
    assert told(letters) == [("p-remote", Kind.UPDATE, 1)]
    assert letters[0].changes == (change,)
    assert letters[0].previous == ()


def test_another_city_is_told_to_everybody() -> None:
    letters = planned(BOOKED, replace(BOOKED, remote=Point(city="Sylhet", zone="Asia/Dhaka")), last=FIRST, now=LATER)
    assert [letter.changes for letter in letters] == [(Change.PLACE,)] * 3


def test_another_room_leaves_the_answer_as_it_is() -> None:
    before = answered(BOOKED)
    letter = planned(before, changed(replace(OFFICIAL, details="room 9, link 1")), last=FIRST, now=LATER)[0]
    assert letter.to.part_stat is PartStat.ACCEPTED
    assert not letter.asks_for_answer
    assert not letter.voids_answers


def test_a_removed_person_is_cancelled_alone_and_the_others_get_the_same_sequence() -> None:
    letters = planned(answered(BOOKED), with_invitees(JUDGE, INTERPRETER), last=FIRST, now=LATER)
    assert told(letters) == [
        ("p-remote", Kind.CANCELLATION, 1),
        ("p-judge", Kind.UPDATE, 1),
        ("p-interpreter", Kind.UPDATE, 1),
    ]
    assert not letters[0].whole_hearing_cancelled
    assert [(letter.changes, letter.to.part_stat) for letter in letters[1:]] == [
        ((Change.OTHERS,), PartStat.ACCEPTED)
    ] * 2
    assert not any(letter.voids_answers for letter in letters)


def test_an_added_person_is_invited_and_nobody_else_is_troubled() -> None:
    before = with_invitees(JUDGE, INTERPRETER)
    letters = planned(before, BOOKED, last=Revision(4, NOW), now=LATER)
    assert told(letters) == [("p-remote", Kind.INVITATION, 5)]


def test_who_is_invited_again_after_being_removed_gets_a_higher_sequence() -> None:
    without = with_invitees(JUDGE, INTERPRETER)
    away = planned(BOOKED, without, last=FIRST, now=LATER)[0]
    back = planned(without, BOOKED, last=Revision(away.sequence, away.dtstamp_at), now=LATER)[0]
    assert (away.kind, back.kind) == (Kind.CANCELLATION, Kind.INVITATION)
    assert (away.sequence, back.sequence) == (1, 2)
    assert back.dtstamp_at > away.dtstamp_at


def test_a_new_address_cancels_the_old_one_and_invites_the_new_one_and_nobody_else() -> None:
    letters = planned(
        BOOKED, changed(replace(OFFICIAL, address="first.secretary@mission.example")), last=FIRST, now=LATER
    )
    assert [(letter.kind, letter.to.address) for letter in letters] == [
        (Kind.CANCELLATION, "second.secretary@mission.example"),
        (Kind.INVITATION, "first.secretary@mission.example"),
    ]


def test_another_letter_case_is_the_same_address() -> None:
    assert (
        planned(BOOKED, changed(replace(OFFICIAL, address="Second.Secretary@MISSION.example")), last=FIRST, now=LATER)
        == ()
    )


def test_a_move_with_people_coming_and_going_has_one_sequence() -> None:
    after = moved(with_invitees(JUDGE, INTERPRETER), by=timedelta(hours=1))
    letters = planned(with_invitees(OFFICIAL, JUDGE), after, last=Revision(6, NOW), now=LATER)
    assert told(letters) == [
        ("p-remote", Kind.CANCELLATION, 7),
        ("p-judge", Kind.UPDATE, 7),
        ("p-interpreter", Kind.INVITATION, 7),
    ]
    assert letters[1].changes == (Change.TIMES,)


def test_a_cancelled_hearing_is_cancelled_for_everybody_invited() -> None:
    letters = planned(BOOKED, None, last=FIRST, now=LATER)
    assert told(letters) == [(who, Kind.CANCELLATION, 1) for who in ("p-remote", "p-judge", "p-interpreter")]
    assert all(letter.whole_hearing_cancelled and not letter.instructions for letter in letters)
    assert {letter.answer_url for letter in letters} == {""}


def test_a_revived_hearing_is_a_request_with_a_higher_sequence() -> None:
    cancelled = planned(BOOKED, None, last=FIRST, now=LATER)[0]
    revived = planned(None, BOOKED, last=Revision(cancelled.sequence, cancelled.dtstamp_at), now=LATER)
    assert told(revived) == [(who, Kind.INVITATION, 2) for who in ("p-remote", "p-judge", "p-interpreter")]


def test_the_organizer_stays_for_the_life_of_the_hearing() -> None:
    after = replace(moved(BOOKED, by=timedelta(hours=1)), organizer=Mailbox("New name", "new@testimony.example"))
    assert {letter.organizer for letter in planned(BOOKED, after, last=FIRST, now=LATER)} == {BOOKED.organizer}


@pytest.mark.parametrize(
    "other", [replace(BOOKED, uid="another-uid@x.example"), replace(BOOKED, reference="H-22222222")]
)
def test_two_hearings_are_never_compared(other: Invited) -> None:
    with pytest.raises(HearingMixedUp):
        planned(BOOKED, other, last=FIRST, now=LATER)


def test_an_address_stands_once_in_a_hearing() -> None:
    with pytest.raises(InvitedTwice):
        with_invitees(JUDGE, replace(OFFICIAL, address="JUDGE@court.example"))


def test_the_service_does_not_invite_itself() -> None:
    with pytest.raises(OrganizerInvited):
        with_invitees(replace(JUDGE, address="Hearings@Testimony.example"))


def test_nobody_is_invited_to_nothing() -> None:
    with pytest.raises(NothingToAttend, match="Deshpande"):
        replace(JUDGE, stretches=())


@pytest.mark.parametrize("minutes", [-1, 0])
def test_a_part_ends_after_it_starts(minutes: int) -> None:
    one = JUDGE.stretches[0]
    with pytest.raises(StretchEmpty):
        replace(one, end_at=one.start_at + timedelta(minutes=minutes))


def test_a_part_of_one_minute_is_enough() -> None:
    one = JUDGE.stretches[0]
    short = Stretch(part=one.part, start_at=one.start_at, end_at=one.start_at + timedelta(minutes=1))
    assert replace(JUDGE, stretches=(short,)).end_at - JUDGE.start_at == timedelta(minutes=1)


def test_naive_times_are_refused() -> None:
    one = JUDGE.stretches[0]
    with pytest.raises(ValueError, match="aware UTC"):
        replace(one, start_at=one.start_at.replace(tzinfo=None))


def test_an_invitee_is_there_from_his_first_part_to_his_last() -> None:
    assert (JUDGE.start_at, JUDGE.end_at) == (stretches()[1].start_at, stretches()[2].end_at)


def by_clocks(invited: Invited, **clocks: int) -> Invited:
    """Everybody was told the times by these clocks: minutes ahead of UTC in London, Mumbai and Dhaka."""
    zones = {"london": "Europe/London", "mumbai": "Asia/Kolkata", "dhaka": "Asia/Dhaka"}
    by = tuple((zones[city], ahead) for city, ahead in clocks.items())
    return replace(invited, invitees=tuple(replace(one, clocks=by) for one in invited.invitees))


def test_a_clock_whose_rules_stand_is_no_reason_to_write() -> None:
    assert planned(by_clocks(BOOKED, london=0, mumbai=330, dhaka=360), BOOKED, last=FIRST) == ()


def test_a_clock_whose_rules_changed_is_told_at_its_place_and_asked_again_and_elsewhere_only_told() -> None:
    letters = planned(by_clocks(BOOKED, london=0, mumbai=330, dhaka=420), BOOKED, last=FIRST)
    assert {letter.to.participant: letter.changes for letter in letters} == {
        "p-remote": (Change.CLOCK,),
        "p-judge": (Change.CLOCK_ELSEWHERE,),
        "p-interpreter": (Change.CLOCK_ELSEWHERE,),
    }
    assert {letter.to.participant: letter.asks_for_answer for letter in letters}["p-remote"]
    assert {letter.told for letter in letters} == {(("Asia/Dhaka", 420),)}
    assert [bool(letter.previous) for letter in letters] == [True, False, False]


def test_somebody_whose_clock_was_not_kept_is_not_written_to() -> None:
    assert planned(by_clocks(BOOKED), BOOKED, last=FIRST) == ()


def test_the_clocks_change_of_every_autumn_is_no_change_of_the_rules() -> None:
    summer = moved(BOOKED, by=-timedelta(days=90))
    letters = planned(by_clocks(summer, london=60, mumbai=330, dhaka=360), BOOKED, last=FIRST)
    assert {letter.changes for letter in letters} == {(Change.TIMES,)}
