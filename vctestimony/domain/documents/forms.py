"""The one place for requests, letters and notices: their kinds and their sheets.

What each High Court's rules say is in `local_rules`, what its request form asks in `request_forms`.
"""

from dataclasses import dataclass
from datetime import date

from vctestimony.domain.documents.kinds import About, Family, Kind
from vctestimony.domain.paper import BothClocks, Force, Heading, Imprint, PackLine
from vctestimony.domain.wording import N_

SCHEDULE_II, MISSION, HOST, ROUTE_B = "schedule-ii", "mission-request", "host-letter", "route-b-annexes"
SUMMONS, SEALED_SUMMONS = "summons", "summons-sealed"

KINDS: tuple[Kind, ...] = (
    Kind(
        SCHEDULE_II,
        Family.FORMS,
        N_("Request form (Schedule II)"),
        N_("To ask the court for a hearing by video link, in the form of its High Court. Needs no time yet."),
    ),
    Kind(
        MISSION,
        Family.FORMS,
        N_("Request to the Indian mission"),
        N_("To nominate the Remote Point Coordinator and give a room, where the witness is abroad (route A)."),
    ),
    Kind(
        HOST,
        Family.FORMS,
        N_("Letter to the host authority"),
        N_("To ask for the host country's consent, where the witness is abroad (route A)."),
    ),
    Kind(
        ROUTE_B,
        Family.FORMS,
        N_("Annexes to the request to Bangladesh"),
        N_("For mutual legal assistance (route B): annexes in English under a cover in Bangla."),
    ),
    Kind(
        SUMMONS,
        Family.FORMS,
        N_("Summons to the witness"),
        N_("Names the Remote Point, the day and both times; the witness stands in it by pseudonym."),
    ),
    Kind(
        SEALED_SUMMONS,
        Family.FORMS,
        N_("Summons for the sealed cover"),
        N_("The same with the full name. Printing it is a look into the vault and asks for a reason."),
        About.SEALED,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when, on both clocks."""

    starts: BothClocks
    ends: BothClocks


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHeading:
    """What stands at the head of a paper that may be needed before there is a time.

    `times` holds the booked time, or those held meanwhile as proposals, or nothing.
    """

    hearing_reference: str
    case_number: str
    witness: str
    court: str
    court_point: str
    remote_point: str
    times: tuple[Span, ...]
    is_booked: bool
    packs: tuple[PackLine, ...] = ()
    imprint: Imprint | None = None

    @property
    def issuer(self) -> str:
        """The court."""
        return self.court

    @property
    def about(self) -> str:
        """Case and hearing, as the head of each page names them."""
        return f"{self.case_number} · {self.hearing_reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that is to be done, with how strongly it binds, `mark` in words, and by what authority."""

    text: str
    force: Force
    mark: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody at one end: the part in the hearing, name and designation, and where they can be reached officially."""

    duty: str
    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A box that may be ticked."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One item of a request form: what is known of it, and `lines` ruled for what is not, led by `hint`."""

    number: int
    label: str
    values: tuple[str, ...] = ()
    times: tuple[Span, ...] = ()
    people: tuple[Attendee, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSheet:
    """The request form of one High Court. `held` is when the hearing took place, for the block of the registry."""

    heading: FormHeading
    title: str
    authority: str
    caution: str
    before: str
    before_authority: str
    is_served: bool
    rows: tuple[RequestRow, ...]
    undertaking: str
    signer: str
    applicant: str
    held: Span | None = None
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The court's order that allows the hearing by video link."""

    reference: str
    made_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionSheet:
    """The request to the Indian mission. `mission` is empty where the Remote Point is somewhere else abroad."""

    heading: FormHeading
    mission: tuple[str, ...]
    court_contact: tuple[str, ...]
    order: Order
    authority: str
    routing: Demand
    ready_minutes: int | None
    facilities: tuple[str, ...]
    facilities_authority: str
    duties: tuple[Demand, ...]
    languages: str
    judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSheet:
    """The letter to the authority of the host country."""

    heading: FormHeading
    country: str
    court_contact: tuple[str, ...]
    order: Order
    at_mission: bool
    consent: str
    judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteBSheet:
    """The request to Bangladesh. Its words are English; `court_bn` is the court on the cover, which is in Bangla."""

    heading: FormHeading
    court_bn: str
    cnr: str
    cause_title: str
    sections: str
    stage: str
    trial: str
    code: str
    order: Order
    languages: str
    nationality: str
    identity_document: str
    documents: tuple[str, ...]
    not_before: date | None
    not_after: date | None
    court_people: tuple[Attendee, ...]
    remote_people: tuple[Attendee, ...]
    judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsSheet:
    """The summons. `name` and what follows it are filled only for the sealed cover, from the vault.

    `by_order_of_bangladesh` where route B leads there: only of that country was the law read.
    """

    heading: Heading
    authority: str
    proof_authority: str
    copies_authority: str
    ready: BothClocks
    documents: tuple[str, ...]
    languages: str
    has_interpreter: bool
    has_support: bool
    is_overseas: bool
    is_route_b: bool
    by_order_of_bangladesh: bool
    without_proof: str
    seal_authority: str
    court_contact: tuple[str, ...]
    remote_contact: tuple[str, ...]
    judge: str
    name: str = ""
    parentage: str = ""
    home: str = ""
