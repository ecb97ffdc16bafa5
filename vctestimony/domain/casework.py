"""The one place for the words of a case, its order and its witness that the procedure turns on."""

from datetime import date
from enum import StrEnum

from vctestimony.domain.errors import Invalid
from vctestimony.domain.wording import N_

# The Sanhita's commencement. The date itself is general knowledge in our facts; the saving clause was read.
BNSS_COMMENCED_ON = date(2024, 7, 1)


class Regime(StrEnum):
    """The code of criminal procedure that governs the trial."""

    BNSS = "bnss"
    CRPC = "crpc"


class Instance(StrEnum):
    """The kind of trial; magistrates' trials know a notified designated place, sessions trials do not."""

    SESSIONS = "sessions"
    MAGISTRATE = "magistrate"


class Route(StrEnum):
    """How the testimony is asked for: A through the Indian mission, B by mutual legal assistance."""

    A = "A"
    B = "B"


class IdentityDocument(StrEnum):
    """What the witness can show; a recognised one is needed or an affidavit (Model Rules 8.1)."""

    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    NATIONAL_ID = "national_id"
    BIRTH_CERTIFICATE = "birth_certificate"
    INDIAN_ID = "indian_id"
    NONE = "none"


class Signing(StrEnum):
    """How the transcript is signed (Model Rules 8.8.1 digital at both points, 8.8.2 otherwise)."""

    DIGITAL = "digital"
    PAPER = "paper"


HIGH_COURTS: dict[str, str] = {
    "bombay": N_("the High Court of Bombay"),
    "calcutta": N_("the High Court at Calcutta"),
    "delhi": N_("the High Court of Delhi"),
    "gujarat": N_("the High Court of Gujarat"),
    "karnataka": N_("the High Court of Karnataka"),
    "kerala": N_("the High Court of Kerala"),
    "punjab-haryana": N_("the High Court of Punjab and Haryana"),
    "model": N_("the High Court (own rules not in the packs)"),
}

REGIME_LABELS: dict[Regime, str] = {
    Regime.BNSS: N_("BNSS 2023"),
    Regime.CRPC: N_("CrPC 1973"),
}
INSTANCE_LABELS: dict[Instance, str] = {
    Instance.SESSIONS: N_("Sessions trial"),
    Instance.MAGISTRATE: N_("Magistrate's trial"),
}
ROUTE_LABELS: dict[Route, str] = {
    Route.A: N_("Route A: directly, through the Indian mission"),
    Route.B: N_("Route B: mutual legal assistance with the host country"),
}
IDENTITY_LABELS: dict[IdentityDocument, str] = {
    IdentityDocument.PASSPORT: N_("Passport"),
    IdentityDocument.TRAVEL_PERMIT: N_("Travel permit"),
    IdentityDocument.NATIONAL_ID: N_("National identity card of another country"),
    IdentityDocument.BIRTH_CERTIFICATE: N_("Birth certificate"),
    IdentityDocument.INDIAN_ID: N_("Identity document of an Indian authority"),
    IdentityDocument.NONE: N_("None at hand"),
}
SIGNING_LABELS: dict[Signing, str] = {
    Signing.DIGITAL: N_("Digital signatures at both points"),
    Signing.PAPER: N_("On paper: print, sign, scan, courier"),
}


class RegimeMismatch(Invalid):
    """The chosen code does not fit the date (BNSS 531(2)(a): what was pending continues under the CrPC)."""

    text = N_(
        "A case instituted on {instituted_on} was pending when the BNSS commenced on {commenced_on}, so it continues "
        "under the CrPC (BNSS s. 531(2)(a)); a later one is under the BNSS. Change the date or the code."
    )


def regime_of(instituted_on: date) -> Regime:
    """The code that governs a case begun on that day (BNSS 531(2)(a)).

    >>> regime_of(date(2024, 6, 30)), regime_of(date(2024, 7, 1))
    (<Regime.CRPC: 'crpc'>, <Regime.BNSS: 'bnss'>)
    """
    return Regime.CRPC if instituted_on < BNSS_COMMENCED_ON else Regime.BNSS


def check_regime(regime: Regime, *, instituted_on: date) -> None:
    """Refuse a code that the date of the case rules out."""
    if regime_of(instituted_on) is not regime:
        raise RegimeMismatch(field="regime", instituted_on=instituted_on, commenced_on=BNSS_COMMENCED_ON)


def recognised_identity(document: IdentityDocument) -> bool:
    """Whether the document is issued or recognised by an Indian government (Model Rules 8.1).

    Only an Indian document is plainly so; a foreign passport or travel permit ordinarily would be, but the affidavit
    is prepared as well, so abroad the answer here stays no.
    """
    return document is IdentityDocument.INDIAN_ID


ASKED_OF_CASE = (
    "trafficking",
    "sexual",
    "pocso",
    "custody_accused",
    "identification",
    "live_streaming_rules",
    "personal_data_from_bangladesh",
    "court_initiated",
)
ASKED_OF_ORDER = (
    "in_camera",
    "recorded",
    "costs_ordered",
    "off_hours",
    "extra_persons",
    "party_at_remote",
    "masking",
    "lobby",
    "no_facility",
)
ASKED_OF_WITNESS = (
    "child",
    "child_under_12",
    "child_unrepresented",
    "vulnerable",
    "protected",
    "custody_witness",
    "interpreter",
    "disability",
    "blind",
    "speech_disability",
    "infirm",
    "documents",
    "documents_remote",
    "support_person",
)
# What can only turn out on the day or later; its steps are on the checklist from the start, marked "if it arises".
MAY_ARISE = ("objection", "fault", "grievance", "recording_tendered")
