"""The one place for what signing means: which field is whose, what a signature was found to be, and what refuses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vctestimony.domain.people import Duty
from vctestimony.domain.wording import N_


class Purpose(StrEnum):
    """What kind of file is signed."""

    TRANSCRIPT = "transcript"
    SCAN = "scan"
    RECORD = "record"
    ADDENDUM = "addendum"


HERS = frozenset({Purpose.SCAN})
"""Files that show who the witness is: sealed with her own key. Every other knows her by her pseudonym."""


class Method(StrEnum):
    """How a signature was made."""

    FIELDS = "fields"
    FILE = "file"
    TOKEN = "token"  # noqa: S105  # a way to sign, not a secret
    UPLOAD = "upload"
    DIGEST = "digest"


PURPOSE_LABELS: dict[Purpose, str] = {
    Purpose.TRANSCRIPT: N_("Deposition"),
    Purpose.SCAN: N_("Scan of the signed paper"),
    Purpose.RECORD: N_("Sealed record"),
    Purpose.ADDENDUM: N_("Addendum"),
}
METHOD_LABELS: dict[Method, str] = {
    Method.FIELDS: N_("Fields for signatures added"),
    Method.FILE: N_("with a certificate file"),
    Method.TOKEN: N_("with the token of this service"),
    Method.UPLOAD: N_("on the officer’s own machine, as a signed file"),
    Method.DIGEST: N_("on the officer’s own machine, as a detached signature"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A field for one signature: which duties sign there, of which one must be held at the hearing, and in what."""

    field: str
    label: str
    duties: tuple[Duty, ...]
    purposes: frozenset[Purpose] = frozenset(Purpose)

    def duties_in(self, purpose: Purpose) -> tuple[Duty, ...]:
        """The duties that sign there in a file of this kind."""
        return self.duties if purpose in self.purposes else ()


COORDINATOR_FIELD, MISSION_FIELD = "sig_coordinator", "sig_mission"
# The order is that of the fields in the file. The witness signs on paper: her certificate would put her name into a
# file that knows her by her pseudonym, so nobody signs in her field through this service. The interpreter signs for the
# words of the deposition only, and is given neither the whole record nor a scan of the witness's own hand.
PLACES: tuple[Place, ...] = (
    Place(COORDINATOR_FIELD, N_("Coordinator"), (Duty.REMOTE_COORDINATOR, Duty.COURT_COORDINATOR)),
    Place("sig_witness", N_("Witness"), ()),
    Place("sig_magistrate", N_("Host magistrate"), (Duty.MAGISTRATE,)),
    Place(MISSION_FIELD, N_("Mission official"), (Duty.REMOTE_COORDINATOR,)),
    Place("sig_judge", N_("Presiding officer"), (Duty.JUDGE,)),
    Place("sig_interpreter", N_("Interpreter"), (Duty.INTERPRETER,), frozenset({Purpose.TRANSCRIPT})),
)
_ASKED_FOR = N_("The step of the transcript asks for the signature in this field.")
_MEANT: Mapping[tuple[str, bool], str] = {
    (COORDINATOR_FIELD, True): _ASKED_FOR,
    (COORDINATOR_FIELD, False): N_("For the coordinator of the court, or of a Remote Point that is no mission."),
    (MISSION_FIELD, True): N_(
        "Only where the order or the host's law asks for the mission's own signature besides; the step of the "
        "transcript does not."
    ),
    (MISSION_FIELD, False): N_("For the official of the mission at whose Remote Point the witness was heard."),
}


def meant(field: str, purpose: Purpose) -> str:
    """For whom a field is in such a file, where one person may sign in more than one; marked with N_, or empty.

    The scan comes back with the coordinator's signature (Model Rules 8.8.1, as adopted); in any other file the
    coordinator of the court has that field, and the mission its own.
    """
    return _MEANT.get((field, purpose is Purpose.SCAN), "")


def first_choice(fields: Sequence[str], purpose: Purpose) -> str:
    """Which of the fields that are one person's is the one that they are asked for; empty where there is none.

    >>> first_choice(["sig_coordinator", "sig_mission"], Purpose.SCAN)
    'sig_coordinator'
    >>> first_choice(["sig_coordinator", "sig_mission"], Purpose.RECORD)
    'sig_mission'
    """
    own = MISSION_FIELD if purpose is not Purpose.SCAN else COORDINATOR_FIELD
    return own if own in fields else next(iter(fields), "")


FIELDS: tuple[str, ...] = tuple(place.field for place in PLACES)
BY_FIELD: dict[str, Place] = {place.field: place for place in PLACES}


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field of a copy: whose it is, and by whom, when and how it was signed, if it is."""

    name: str
    duty: str
    signed_by: str = ""
    signed_at: datetime | None = None
    method: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed here."""
        return self.signed_at is not None


@dataclass(frozen=True, slots=True)
class SigningCopy:
    """A file that is signed, as it is now; the bytes of `original_sha256` are its beginning."""

    code: str
    purpose: Purpose
    original_sha256: str
    latest: bytes
    fields: tuple[FieldState, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whose certificate signed, as it says itself; `sha256` is its fingerprint."""

    name: str
    issuer: str
    sha256: str
    begins_at: datetime
    ends_at: datetime


class Verdict(StrEnum):
    """What a signature in a file was found to be."""

    TRUSTED = "trusted"
    UNKNOWN_ISSUER = "unknown_issuer"
    OUT_OF_TIME = "out_of_time"
    NOT_FOR_SIGNING = "not_for_signing"
    CHANGED = "changed"
    BROKEN = "broken"


class Covers(StrEnum):
    """How far a signature reaches into the file as it is now."""

    WHOLE = "whole"
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time stamp on a signature; `trusted` when its issuer is among those this court trusts."""

    at: datetime
    by: str
    trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSignature:
    """One signature in a file. `claimed_at` is what the signer's machine said."""

    field: str
    verdict: Verdict
    covers: Covers
    certificate: Certificate | None = None
    claimed_at: datetime | None = None
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Every signature of a file, in the order of signing, and the empty fields; `knows_issuers` when roots are set."""

    signatures: tuple[FoundSignature, ...]
    empty: tuple[str, ...] = ()
    knows_issuers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be signed: the field, and what the signature says of itself. The first signature of a file certifies:
    after it, nothing but the other fields may be signed."""

    field: str
    certifies: bool
    at: datetime
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A certificate with its key (PKCS#12), for one act; neither is kept."""

    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenPin:
    """The PIN of the token that the service reaches (PKCS#11), for one act."""

    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """The file with one more signature, and whose."""

    content: bytes = field(repr=False)
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file with a gap for a signature; `digest` is the SHA-256 of everything but the gap."""

    content: bytes = field(repr=False)
    digest: str
    gap_start: int
    gap_end: int

    @property
    def to_sign(self) -> bytes:
        """The bytes that are signed."""
        return self.content[: self.gap_start] + self.content[self.gap_end :]
