"""The one place for what each duty is advised to bring, and which duties need to know the case. Advice, not law."""

from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_

_IDENTITY = N_("An identity document that your office or the Government has issued.")
_THIS = N_("This sheet, and nothing else that concerns the hearing.")

BRING: dict[Duty, tuple[str, ...]] = {
    Duty.JUDGE: (N_("The record of the case, with the order that allows the video link."),),
    Duty.PROSECUTION: (
        N_("The originals of all documents that will be shown, and a list of them."),
        N_("The copy of the witness's identity document for the other side."),
    ),
    Duty.DEFENCE: (N_("Every document that you will ask leave to put to the witness, with copies."),),
    Duty.COURT_COORDINATOR: (
        N_("The list of everybody at both ends, with the telephone numbers."),
        N_("The checklist of this hearing, and the sheet for the log."),
    ),
    Duty.REMOTE_COORDINATOR: (
        _IDENTITY,
        N_("The letter that names you as coordinator."),
        N_("The documents that the court has sent, still sealed."),
        N_("The list of everybody who may be in the room."),
    ),
    Duty.MAGISTRATE: (_IDENTITY, N_("The order or request under which you attend.")),
    Duty.INTERPRETER: (_IDENTITY, N_("Paper and pen for your notes; leave the notes in the room afterwards.")),
    Duty.SUPPORT_PERSON: (
        _IDENTITY,
        N_("Water, medicine and whatever else the person you accompany may need for some hours."),
        _THIS,
    ),
    Duty.LEGAL_STAFF: (_IDENTITY, N_("Your authority to act, if you represent the witness.")),
    Duty.INVESTIGATOR: (_IDENTITY, N_("The case diary, if the court has asked for it.")),
    Duty.TECHNICIAN: (_IDENTITY, N_("Spare cables, a second microphone, and what is needed for the spare power.")),
    Duty.PRISON: (N_("The order to produce, and the list of the escort."),),
}

KNOW_THE_CASE = frozenset(
    {
        Duty.JUDGE,
        Duty.PROSECUTION,
        Duty.DEFENCE,
        Duty.COURT_COORDINATOR,
        Duty.REMOTE_COORDINATOR,
        Duty.MAGISTRATE,
        Duty.LEGAL_STAFF,
        Duty.INVESTIGATOR,
        Duty.PRISON,
    }
)
"""Whose sheet names the case and the witness's pseudonym; for the others the hearing's reference is enough."""


def brings(duty: Duty) -> tuple[str, ...]:
    """What this duty is advised to bring, as texts to translate."""
    return BRING.get(duty, (_IDENTITY,))
