"""The use-cases of entering how a hearing's conference is joined, and of taking it back: everybody invited is told."""

from dataclasses import dataclass

from sqlalchemy.orm.attributes import flag_modified

from vctestimony.domain.access import Action, Actor
from vctestimony.domain.errors import Stale
from vctestimony.domain.joining import Joining, checked
from vctestimony.services import invitations, joining, journal
from vctestimony.services.access import hearing_for
from vctestimony.services.unit import Unit
from vctestimony.store.models import HearingRow


@dataclass(frozen=True, slots=True)
class JoiningForm:
    """The form in which the address is entered. What is entered already does not stand in it."""

    reference: str
    case_number: str
    pseudonym: str
    court: str
    is_entered: bool
    to_be_changed: bool
    in_mails: bool
    passcode_in_mails: bool
    version: int


def open_form(unit: Unit, reference: str, *, by: Actor) -> JoiningForm:
    """The empty form, for somebody who may enter the address."""
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    joining.check_open(hearing)
    return JoiningForm(
        reference=reference,
        case_number=hearing.case.number,
        pseudonym=hearing.witness.pseudonym,
        court=hearing.court.code,
        is_entered=not joining.is_missing(hearing),
        to_be_changed=hearing.joining is not None and hearing.joining.rotate_since is not None,
        in_mails=hearing.court.mails_tell_joining,
        passcode_in_mails=hearing.court.mails_tell_passcode,
        version=hearing.version,
    )


def enter(unit: Unit, reference: str, wanted: Joining, *, version: int, by: Actor) -> int:
    """Keep how the conference is joined; gives how many mails were written. The same again changes nothing."""
    hearing = _for_change(unit, reference, version=version, by=by)
    checked(wanted.address, hosts=hearing.court.joining_hosts.split())
    if joining.opened(unit, hearing) == wanted:
        return 0
    joining.seal(unit, hearing, wanted)
    return _changed(unit, hearing, "joining.entered", by=by)


def withdraw(unit: Unit, reference: str, *, version: int, by: Actor) -> int:
    """Take the address back, so that it is missing again; gives how many mails were written."""
    hearing = _for_change(unit, reference, version=version, by=by)
    if joining.is_missing(hearing):
        return 0
    hearing.joining = None
    return _changed(unit, hearing, "joining.withdrawn", by=by)


def _for_change(unit: Unit, reference: str, *, version: int, by: Actor) -> HearingRow:
    hearing = hearing_for(unit, reference, by=by, action=Action.PLAN)
    if hearing.version != version:
        raise Stale()
    joining.check_open(hearing)
    return hearing


def _changed(unit: Unit, hearing: HearingRow, what: str, *, by: Actor) -> int:
    flag_modified(hearing, "state")  # whether there is an address is part of what a form of this hearing shows
    unit.session.flush()
    journal.write(unit, what, subject=hearing.reference, by=by)
    return invitations.announce(unit, hearing, by=by)
