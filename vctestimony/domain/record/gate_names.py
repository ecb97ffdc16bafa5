"""The one place for the names of the gates of the day, in their order; what each rests on is in `gates`."""

from enum import StrEnum

from vctestimony.domain.wording import N_


class GateKey(StrEnum):
    """A gate of the day, as the log keeps it."""

    READINESS = "readiness"
    TRIAL = "trial"
    ROOM = "room"
    IN_CAMERA = "in_camera"
    LINK = "link"
    SEEN_AND_HEARD = "seen_and_heard"
    PHONES = "phones"
    PRESENCE_COURT = "presence_court"
    PRESENCE_REMOTE = "presence_remote"
    ACCUSED = "accused"
    COUNSEL = "counsel"
    IDENTITY = "identity"
    INTERPRETER = "interpreter"
    OATH = "oath"
    COERCION = "coercion"
    EXAMINATION = "examination"
    IDENTIFIED = "identified"
    READ_OVER = "read_over"
    ADMITTED = "admitted"
    QUALITY_ASKED = "quality_asked"
    QUALITY = "quality"
    REMOTE_CLOSING = "remote_closing"
    RECORDING = "recording"


GATE_LABELS: dict[str, str] = {
    GateKey.READINESS: N_("Everybody ready at the Remote Point"),
    GateKey.TRIAL: N_("Trial of the link"),
    GateKey.ROOM: N_("Room of the witness looked through"),
    GateKey.IN_CAMERA: N_("In camera: the public shut out"),
    GateKey.LINK: N_("Link on order of the court"),
    GateKey.SEEN_AND_HEARD: N_("Everybody sees and hears everybody, both ways"),
    GateKey.PHONES: N_("Telephones off at both points"),
    GateKey.PRESENCE_COURT: N_("Presence at the Court Point"),
    GateKey.PRESENCE_REMOTE: N_("Presence at the Remote Point"),
    GateKey.ACCUSED: N_("The accused present, or by advocate"),
    GateKey.COUNSEL: N_("Private line of the accused to counsel"),
    GateKey.IDENTITY: N_("Identity of the witness"),
    GateKey.INTERPRETER: N_("Interpreter sworn first"),
    GateKey.OATH: N_("Oath or affirmation of the witness"),
    GateKey.COERCION: N_("Nobody forces or prompts the witness"),
    GateKey.EXAMINATION: N_("Examination of the witness"),
    GateKey.IDENTIFIED: N_("Identification of the accused"),
    GateKey.READ_OVER: N_("Deposition read over"),
    GateKey.ADMITTED: N_("Deposition admitted correct"),
    GateKey.QUALITY_ASKED: N_("Everybody asked about the quality of the link"),
    GateKey.QUALITY: N_("Satisfaction of the court with the link"),
    GateKey.REMOTE_CLOSING: N_("Declaration of the Remote Point at the end"),
    GateKey.RECORDING: N_("Recording stopped and sealed"),
}
