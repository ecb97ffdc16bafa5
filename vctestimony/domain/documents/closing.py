"""The one place for certificates, dispatch and receipt: their kinds and their sheets."""

from dataclasses import dataclass

from vctestimony.domain.documents.citing import Statement
from vctestimony.domain.documents.kinds import Family, Kind
from vctestimony.domain.documents.record import FieldGroup, SignatureBox
from vctestimony.domain.paper import BothClocks, Heading
from vctestimony.domain.wording import N_

KINDS: tuple[Kind, ...] = (
    Kind(
        "certificate-coordinator",
        Family.CLOSING,
        N_("Certificate of the coordinators"),
        N_("What both coordinators certify of the link, at the end of the hearing; what is missing is ruled."),
    ),
    Kind(
        "certificate-63-4",
        Family.CLOSING,
        N_("Certificate for an electronic record, section 63(4)"),
        N_("Only when a recording is tendered in evidence, and each time it is. Part A: party; Part B: expert."),
    ),
    Kind(
        "dispatch-cover",
        Family.CLOSING,
        N_("Cover for the signed papers"),
        N_("Goes from the Remote Point to the court with the hard copy, by courier or registered speed post."),
    ),
    Kind(
        "receipt",
        Family.CLOSING,
        N_("Receipt for the signed papers"),
        N_("Filled in at the Court Point when the hard copy has come."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorsCertificate:
    """What both coordinators certify: the statements of the record, drawn from what was logged."""

    heading: Heading
    certified: FieldGroup
    signatures: tuple[SignatureBox, ...]

    @property
    def missing(self) -> int:
        """How many statements nobody has given."""
        return sum(row.missing for row in self.certified.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording of the court as its record names it; the service itself records nothing."""

    file_id: str
    sha256: str
    duration: str
    custodian: str
    algorithm: str = "SHA256"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedPart:
    """What one of the two who certify has stated beforehand; empty where it is written in by hand.

    `source`, `control` name the boxes to be ticked. `agrees`: the hash was computed again from the file.
    """

    name: str = ""
    parent: str = ""
    residence: str = ""
    source: str = ""
    other: str = ""
    make: str = ""
    colour: str = ""
    serial: str = ""
    identifier: str = ""
    produced: str = ""
    control: str = ""
    fault: str = ""
    designation: str = ""
    agrees: bool = False

    @property
    def signer(self) -> str:
        """Name and designation, as they stand beneath the signature."""
        return ", ".join(part for part in (self.name, self.designation) if part)


BLANK = CertifiedPart()


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicRecordCertificate:
    """The form of the Schedule to the Bharatiya Sakshya Adhiniyam 2023; `translated` where its words are ours.

    Its English words in the template are those of public copies of the Act (nyayx.com, Bharatiya Sakshya Adhiniyam
    2023, SCH-1; nyaya.cloud, the same Act, section 170 with the Schedule), with blanks as ruled lines.
    """

    heading: Heading
    tendering: Statement
    recordings: tuple[Recording, ...]
    translated: bool
    part_a: CertifiedPart = BLANK
    part_b: CertifiedPart = BLANK


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One paper in the cover; `within` says in how many days the law wants it sent, where it says so."""

    paper: Statement
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a cover goes to or comes from, and who is named there."""

    post: str
    lines: str
    person: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchCover:
    """The cover of the hard copy. `due` is three days after the examination, on both clocks."""

    heading: Heading
    sender: Address
    receiver: Address
    enclosed: tuple[Enclosed, ...]
    due: BothClocks
    recorded: str
    rests_on: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchReceipt:
    """What the Court Point says of a cover that came."""

    heading: Heading
    sender: Address
    receiver: Address
    enclosed: tuple[Enclosed, ...]
    recorded: str
    rests_on: Statement
