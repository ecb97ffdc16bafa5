"""The one place that seals how a hearing's conference is joined, and opens it: for a look, or for mails that may tell.

The video link as a resource says who has the line when; this is what one opens in a browser. Entering it is
`joining_changes`.
"""

from dataclasses import dataclass

from vctestimony.domain.access import SYSTEM, Action, Actor
from vctestimony.domain.errors import Absent, Gone, NotAllowed, Refusal, Unavailable
from vctestimony.domain.hearing import End, State
from vctestimony.domain.joining import SHOWN_BEFORE, Joining, is_shown, mark_of
from vctestimony.domain.paper import BothClocks
from vctestimony.domain.wording import N_
from vctestimony.services import journal, screening
from vctestimony.services.access import hearing_for, may_do
from vctestimony.services.hearing_clocks import both, ends_at
from vctestimony.services.unit import Unit
from vctestimony.store import joining as store
from vctestimony.store.models import HearingRow, JoiningRow, ParticipantRow

VOID = "void"
"""The mark of an address that opens nothing any more; that there was one is still known."""
_TO_COME = frozenset({State.REQUESTED, State.PROPOSED, State.BOOKED, State.CONFIRMED, State.IN_SESSION})


class JoiningClosed(Gone):
    """Nobody joins a conference that is over or was called off."""

    text = N_("This hearing is over or was called off. How it was joined can no longer be seen or changed.")


class NotYetShown(NotAllowed):
    """Who joins need not have the address before."""

    text = N_("The joining address is shown from sixty minutes before the hearing begins until it ends.")


class NotEntered(Absent):
    """There is nothing to join yet."""

    text = N_("No joining address is entered for this hearing yet. The coordinator of the court enters it.")


class JoiningShut(Unavailable):
    """The key is missing, or the sealed bytes are not those that were written for this hearing."""

    text = N_(
        "The joining address is sealed and cannot be opened here: its key is missing, or the entry was tampered with. "
        "Nothing was changed; tell the administrator."
    )


@dataclass(frozen=True, slots=True)
class JoiningCard:
    """What the page of a hearing says of the conference: not its address, but what this person may do about it."""

    is_entered: bool
    may_look: bool
    may_enter: bool
    is_time: bool = True
    shown_from: BothClocks | None = None
    to_be_changed: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say to this person."""
        return self.may_enter or (self.is_entered and self.may_look)


@dataclass(frozen=True, slots=True)
class JoiningPage:
    """The address opened for one look. Never stored, logged or cached."""

    reference: str
    case_number: str
    pseudonym: str
    joining: Joining


def card(unit: Unit, reference: str, *, by: Actor) -> JoiningCard:
    """What the page of the hearing offers this person."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_HEARINGS)
    is_open = hearing.state in _TO_COME
    may_enter = is_open and may_do(hearing, Action.PLAN, by=by)
    return JoiningCard(
        is_entered=not is_missing(hearing),
        may_look=is_open and may_do(hearing, Action.SEE_JOINING, by=by),
        may_enter=may_enter,
        is_time=is_time(unit, hearing),
        shown_from=shown_from(hearing, screening.screened(hearing, by=by)),
        to_be_changed=may_enter and hearing.joining is not None and hearing.joining.rotate_since is not None,
    )


def look(unit: Unit, reference: str, *, by: Actor) -> JoiningPage:
    """Open the address for this one look, and write down who looked."""
    hearing = hearing_for(unit, reference, by=by, action=Action.SEE_JOINING)
    joining = opened_now(unit, hearing)
    journal.write(unit, "joining.opened", subject=reference, by=by)
    return JoiningPage(reference, hearing.case.number, hearing.witness.pseudonym, joining)


def check_now(unit: Unit, hearing: HearingRow) -> None:
    """Refuse while nobody may look: nothing is entered, it is too early, it is over or called off."""
    check_open(hearing)
    if is_missing(hearing):
        raise NotEntered()
    if not is_time(unit, hearing):
        raise JoiningClosed() if is_over(unit, hearing) else NotYetShown()


def opened_now(unit: Unit, hearing: HearingRow) -> Joining:
    """The address, at the time at which it may be looked at. Whoever asks writes down who looked."""
    check_now(unit, hearing)
    joining = opened(unit, hearing)
    if joining is None:
        raise NotEntered()
    return joining


def is_missing(hearing: HearingRow) -> bool:
    """Whether nobody has entered yet how the conference is joined, or what was entered is void."""
    return hearing.joining is None or hearing.joining.mark == VOID


def opens(unit: Unit) -> bool:
    """Whether the keys at hand open one sealed address of each key that sealed any; what it says is not looked at."""
    try:
        return all(opened(unit, hearing) is not None for hearing in store.sealed_samples(unit.session))
    except JoiningShut:
        return False


def told(unit: Unit, hearing: HearingRow) -> Joining | None:
    """What invitations to this hearing may tell of the conference, as its court has settled; else nothing is opened."""
    court = hearing.court
    may_tell = court.mails_tell_joining and hearing.state in _TO_COME and not is_missing(hearing)
    joining = opened(unit, hearing) if may_tell else None
    if joining is None or court.mails_tell_passcode:
        return joining
    return Joining(joining.address)


def seal(unit: Unit, hearing: HearingRow, joining: Joining) -> None:
    """Keep the text sealed for this hearing, under a new mark."""
    row = hearing.joining or JoiningRow()
    seal_one = unit.ports.vault.seal
    row.address_key_id, row.address = seal_one(joining.address, bound_to=sealed_place(hearing, "address"))
    row.passcode_key_id, row.passcode = unit.ports.vault.seal(
        joining.passcode, bound_to=sealed_place(hearing, "passcode")
    )
    row.mark, row.written_at, row.rotate_since = mark_of(row.address, row.passcode), unit.now, None
    hearing.joining = row


def opened(unit: Unit, hearing: HearingRow) -> Joining | None:
    """The text as it was sealed; None where none was, JoiningShut where it cannot be opened."""
    row = hearing.joining
    if row is None:
        return None
    try:
        return Joining(
            unit.ports.vault.open(row.address, key_id=row.address_key_id, bound_to=sealed_place(hearing, "address")),
            unit.ports.vault.open(row.passcode, key_id=row.passcode_key_id, bound_to=sealed_place(hearing, "passcode")),
        )
    except Refusal as refusal:
        raise JoiningShut() from refusal


def to_be_changed(unit: Unit, hearing: HearingRow, *, why: str) -> None:
    """Mark the address: somebody knows it who should not any more, or it was told for another time. The court is told
    until another one is entered."""
    row = hearing.joining
    if row is None or row.rotate_since is not None:
        return
    row.rotate_since = unit.now
    unit.session.flush()
    journal.write(unit, "joining.to_be_changed", subject=hearing.reference, by=SYSTEM, why=why)


def void(unit: Unit, hearing: HearingRow) -> None:
    """Let the address open nothing from now on, and keep nothing of it. The court is told until another is entered.

    A key that is missing keeps nobody in: then the address is only taken away.
    """
    row = hearing.joining
    if row is None or row.mark == VOID:
        return
    try:
        seal(unit, hearing, Joining(""))
        row.mark, row.rotate_since = VOID, unit.now
    except Refusal:
        hearing.joining = None
    unit.session.flush()
    journal.write(unit, "joining.voided", subject=hearing.reference, by=SYSTEM)


def shown_from(hearing: HearingRow, reader: ParticipantRow | None, *, own: End = End.COURT) -> BothClocks | None:
    """An hour before the hearing begins for this reader: who is kept apart is not told when the others begin."""
    starts_at = screening.shown_start(hearing, reader)
    return both(hearing, starts_at - SHOWN_BEFORE, own=own) if starts_at is not None else None


def is_time(unit: Unit, hearing: HearingRow) -> bool:
    """Whether the address may be looked at now; a hearing that goes on past its end is not over before it is ended."""
    if hearing.state is State.IN_SESSION:
        return True
    return is_shown(unit.now, starts_at=hearing.starts_at, ends_at=ends_at(hearing))


def is_over(unit: Unit, hearing: HearingRow) -> bool:
    """Whether its end has passed."""
    end = ends_at(hearing)
    return end is not None and unit.now > end


def check_open(hearing: HearingRow) -> None:
    """Refuse a hearing that nobody will join any more."""
    if hearing.state not in _TO_COME:
        raise JoiningClosed()


def sealed_place(hearing: HearingRow, field: str) -> str:
    """What the sealed text is bound to."""
    return f"joining|{hearing.reference}|{field}"
