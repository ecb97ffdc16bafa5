"""The one place for what the request form of each High Court asks, item by item, in that court's order.

The forms of the Model Rules (which Punjab and Haryana has word for word) and of Kerala were read. Gujarat's rules name
a form that was not read; of the other courts nothing was read. These print the form of the Model Rules and say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain.wording import N_


class Item(StrEnum):
    """What an item asks, whatever it is called and wherever it stands."""

    CASE = "case"
    COURT = "court"
    CAUSE = "cause"
    DATE = "date"
    COURT_POINT = "court_point"
    REMOTE_POINT = "remote_point"
    PEOPLE = "people"
    PEOPLE_WITH_ADDRESS = "people_with_address"
    REASONS = "reasons"
    NATURE = "nature"
    STAGE = "stage"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForm:
    """A court's form. `before` is what its rules ask before filing; `caution` warns where the form was not read."""

    title: str
    items: tuple[tuple[Item, str], ...]
    undertaking: str
    signer: str
    before: str = ""
    is_served: bool = False
    caution: str = ""


_MODEL = RequestForm(
    title=N_("Request form for video conference"),
    items=(
        (Item.CASE, N_("Case number / CNR number (if any)")),
        (Item.CAUSE, N_("Cause title")),
        (Item.DATE, N_("Proposed date of conference")),
        (Item.COURT_POINT, N_("Location of the Court Point(s)")),
        (Item.REMOTE_POINT, N_("Location of the Remote Point(s)")),
        (Item.PEOPLE, N_("Names and designation of the participants at the Remote Point")),
        (Item.REASONS, N_("Reasons for video conferencing")),
        (Item.NATURE, N_("Nature of proceedings")),
    ),
    undertaking=N_(
        "I have read and understood the rules for video conferencing for courts. I undertake to be bound by them as "
        "far as they apply to me. I agree to pay the charges of the video conference if the court so directs."
    ),
    signer=N_("Signature of the applicant or authorised signatory"),
    before=N_("Before filing, talk to the other side about the request, unless that is not possible or not fitting."),
)
_KERALA = RequestForm(
    title=N_("Request form for video linkage"),
    items=(
        (Item.CASE, N_("Number of the case with year")),
        (Item.COURT, N_("Name of the court")),
        (Item.CAUSE, N_("Cause title / names of the parties to the proceedings")),
        (Item.DATE, N_("Proposed date of conference")),
        (Item.COURT_POINT, N_("Location of the Court Point(s)")),
        (Item.REMOTE_POINT, N_("Location of the Remote Point(s)")),
        (Item.PEOPLE_WITH_ADDRESS, N_("Name, designation and address of the participants at the Remote Point")),
        (Item.STAGE, N_("Stage of the case")),
        (Item.REASONS, N_("Reasons for the electronic video linkage")),
        (Item.OTHER, N_("Any other matter to be stated")),
    ),
    undertaking=N_(
        "I have read and understood the Electronic Video Linkage Rules for Courts (Kerala) 2021. I undertake to be "
        "bound by them as far as they apply to me. I agree to pay the costs mentioned in rule 12 or as the court "
        "directs."
    ),
    signer=N_("Name and signature of the applicant"),
    before=N_("The form is served on the opposite party or parties, unless valid reasons make that impossible."),
    is_served=True,
)
_UNREAD = replace(
    _MODEL,
    caution=N_(
        "The text of this High Court's own rules was not read. This is the form of the Model Rules: check the court's "
        "own form before filing."
    ),
)
_GUJARAT = replace(
    _MODEL,
    before=N_("No request is needed where the court itself or the public prosecutor starts the matter."),
    caution=N_(
        "The rules of 2025 name a form in their Schedule II, but its text was not read. This is the form of the Model "
        "Rules: check the court's own form before filing."
    ),
)

REQUEST_FORMS: Mapping[str, RequestForm] = MappingProxyType(
    {
        "bombay": _UNREAD,
        "calcutta": _UNREAD,
        "delhi": _UNREAD,
        "gujarat": _GUJARAT,
        "karnataka": _UNREAD,
        "kerala": _KERALA,
        "model": _UNREAD,
        "punjab-haryana": _MODEL,
    }
)
