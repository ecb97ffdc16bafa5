"""The one place that says what each High Court's video rules say, as far as forms and letters rest on it.

Only texts that were read stand here under a court's own name. A court whose text was not read has the Model Rules as
it adopted them, and the reader is told to check the number there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from vctestimony.domain.paper import FORCE_LABELS, Force
from vctestimony.domain.wording import N_

Translate = Callable[[str], str]


class Topic(StrEnum):
    """What a form or letter rests on; `says` holds the number of the rule and, for duties, what it asks."""

    REQUEST = "request"
    COORDINATOR = "coordinator"
    FACILITIES = "facilities"
    ROUTING = "routing"
    BEFORE = "before"
    SUMMONS = "summons"
    PROOF = "proof"
    COPIES = "copies"
    READY = "ready"
    CLOSED = "closed"
    NO_RECORDING = "no_recording"
    NO_PROMPTING = "no_prompting"
    ONLY_NEEDED = "only_needed"
    STRANGERS = "strangers"
    IDENTITY = "identity"
    DOCUMENTS = "documents"
    SIGNED_DIGITALLY = "signed_digitally"
    SIGNED_ON_PAPER = "signed_on_paper"
    ORIGINAL = "original"
    DECLARE = "declare"


@dataclass(frozen=True, slots=True)
class Rule:
    """One provision. Without a number the duty is good practice, or its text was not read: `force` says which.

    A rule that says "preferably" is suggested, and is marked with that word.
    """

    number: str
    text: str = ""
    force: Force = Force.REQUIRED

    @property
    def mark(self) -> str:
        """What the paper calls its force."""
        return PREFERABLY if self.force is Force.SUGGESTED else FORCE_LABELS[self.force]


@dataclass(frozen=True, slots=True)
class LocalRules:
    """The rules of one High Court. `pattern` cites one, as adopted; `ready_minutes` is None where no figure is said.

    `without_proof` is what serves where a witness has no recognised proof of identity.
    """

    pattern: str
    says: Mapping[Topic, Rule]
    was_read: bool
    without_proof: str
    ready_minutes: int | None = 30


PREFERABLY = N_("Preferably")
CHECK_NUMBER = N_("check its number there")
_MODEL = N_("Model Rules, as adopted by {high_court}, r. {rule}")
_KERALA = N_("Electronic Video Linkage Rules for Courts (Kerala) 2021, r. {rule}")
_GUJARAT = N_(
    "Gujarat District Courts rules on electronic communication and audio-video electronic means, 2025, r. {rule}"
)
_SUJOY = N_("Sujoy Mitra v State of West Bengal (2015), later directions (confirm locally)")

_READY = N_("Have everybody who is to appear ready at the Remote Point at least 30 minutes before the start.")
_CLOSED = N_("Let nobody enter the room without authority while the hearing goes on.")
_NO_RECORDING = N_("See that no recording device is used without authority.")
_NO_PROMPTING = N_(
    "See that nobody prompts, coaches, persuades or presses the witness, and that the witness uses no paper, script or "
    "device without the leave of the court."
)
_STRANGERS = N_("Tell the court at the start who else is there and why; they stay only if the court so orders.")
_IDENTITY = N_("Help the court to confirm who the witness is, before the evidence is recorded.")
_DOCUMENTS = N_("Keep the documents that the court sends closed until it gives leave to use them.")
_SIGNED_DIGITALLY = N_(
    "Print the transcript that the judge has signed electronically, have the witness sign it, sign the scan "
    "electronically and send it back by official e-mail."
)
_SIGNED_ON_PAPER = N_(
    "Print the signed transcript, have the witness sign it, countersign it, and send the scan back by official e-mail."
)
_ORIGINAL = N_(
    "Send the signed original to the court by recognised courier or registered speed post, preferably within three "
    "days."
)
_DECLARE = N_(
    "Stay with the witness throughout, and state to the court at the start and at the end that nobody else was there."
)
_AFFIDAVIT = N_(
    "Bring also the affidavit that you are the person who is to give evidence; it serves where the document is not "
    "accepted."
)
_COURT_MAY_ALLOW = N_("If you have none that is accepted, tell the court beforehand: it may hear you without one.")
_ROUTE_UNKNOWN = N_("Ask the registry of the High Court by which office this request goes to the mission.")

_MODEL_SAYS: Mapping[Topic, Rule] = MappingProxyType(
    {
        Topic.REQUEST: Rule("6.1, Schedule II"),
        Topic.BEFORE: Rule("6.2"),
        Topic.COORDINATOR: Rule("5.3.1"),
        Topic.FACILITIES: Rule("4"),
        Topic.ROUTING: Rule("", _ROUTE_UNKNOWN, Force.CONFIRM),
        Topic.SUMMONS: Rule("7"),
        Topic.PROOF: Rule("8.1"),
        Topic.COPIES: Rule("8.5"),
        Topic.READY: Rule("5.6.1", _READY),
        Topic.CLOSED: Rule("5.6.3", _CLOSED),
        Topic.NO_RECORDING: Rule("5.6.2", _NO_RECORDING),
        Topic.NO_PROMPTING: Rule("5.6.4", _NO_PROMPTING),
        Topic.ONLY_NEEDED: Rule(
            "8.11", N_("Let only the witness and those whom the hearing needs for its running be in the room.")
        ),
        Topic.STRANGERS: Rule("16.2", _STRANGERS),
        Topic.IDENTITY: Rule("12.3", _IDENTITY),
        Topic.DOCUMENTS: Rule("5.8", _DOCUMENTS),
        Topic.SIGNED_DIGITALLY: Rule("8.8.1", _SIGNED_DIGITALLY),
        Topic.SIGNED_ON_PAPER: Rule("8.8.2", _SIGNED_ON_PAPER),
        Topic.ORIGINAL: Rule("8.8.1–8.8.2", _ORIGINAL, Force.SUGGESTED),
        Topic.DECLARE: Rule("", _DECLARE, Force.CONFIRM),
    }
)
_KERALA_SAYS: Mapping[Topic, Rule] = MappingProxyType(
    {
        **_MODEL_SAYS,
        Topic.REQUEST: Rule("6(1), Schedule II"),
        Topic.BEFORE: Rule("6(3)"),
        Topic.COORDINATOR: Rule("5(4)(i)"),
        Topic.ROUTING: Rule(
            "6(7)", N_("The presiding officer sends the details of this request through the High Court.")
        ),
        Topic.SUMMONS: Rule("7(1)"),
        Topic.PROOF: Rule("8(5)"),
        Topic.COPIES: Rule("8(11)"),
        Topic.READY: Rule("5(6)(i)", _READY),
        Topic.CLOSED: Rule("5(6)(iii)", _CLOSED),
        Topic.NO_RECORDING: Rule(
            "5(6)(ii)", N_("See that no other recording device is used in the room; a mobile phone is one.")
        ),
        Topic.NO_PROMPTING: Rule("5(6)(iv)", _NO_PROMPTING),
        Topic.ONLY_NEEDED: Rule(
            "8(20)", N_("Let only those whom the court permitted be in the room with the witness.")
        ),
        Topic.STRANGERS: Rule(
            "15(3)", N_("Tell the court, before the start, of anybody there whom it did not permit, and why they came.")
        ),
        Topic.IDENTITY: Rule(
            "8(6)",
            N_("Send the court a scan of the proof of identity before the start, and help it to confirm it."),
        ),
        Topic.DOCUMENTS: Rule("5(8)", _DOCUMENTS),
        Topic.SIGNED_DIGITALLY: Rule(
            "8(16)(i)",
            N_(
                "Print the transcript that the judge has signed electronically, have the witness sign it, sign it too, "
                "and send the scan back by official e-mail."
            ),
        ),
        Topic.SIGNED_ON_PAPER: Rule("8(16)(ii)", _SIGNED_ON_PAPER),
        Topic.ORIGINAL: Rule("8(16)", _ORIGINAL, Force.SUGGESTED),
    }
)
_GUJARAT_SAYS: Mapping[Topic, Rule] = MappingProxyType(
    {
        **_MODEL_SAYS,
        Topic.REQUEST: Rule("11(1), Schedule II"),
        Topic.BEFORE: Rule("11(1)"),
        Topic.COORDINATOR: Rule("9(4).1"),
        Topic.FACILITIES: Rule("7"),
        Topic.ROUTING: Rule(
            "9(5)",
            N_(
                "For a witness abroad in a criminal case, BNSS s. 110 and Chapter VIII and the guidelines of the "
                "Ministry of Home Affairs are followed."
            ),
        ),
        Topic.SUMMONS: Rule("12"),
        Topic.PROOF: Rule("6"),
        Topic.COPIES: Rule("12"),
        Topic.READY: Rule(
            "10(1)(a)", N_("Have everybody who is to appear ready at the Remote Point well before the start.")
        ),
        Topic.CLOSED: Rule("10(1)(c)", _CLOSED),
        Topic.NO_RECORDING: Rule("10(1)(b)", _NO_RECORDING),
        Topic.NO_PROMPTING: Rule("10(1)(d)", _NO_PROMPTING),
        Topic.ONLY_NEEDED: Rule("13(5)", _MODEL_SAYS[Topic.ONLY_NEEDED].text),
        Topic.STRANGERS: Rule("21(2)", _STRANGERS),
        Topic.IDENTITY: Rule("", _IDENTITY, Force.RECOMMENDED),
        Topic.DOCUMENTS: Rule("10(3)", _DOCUMENTS),
        Topic.SIGNED_DIGITALLY: Rule("13(3)(a)", _SIGNED_DIGITALLY),
        Topic.SIGNED_ON_PAPER: Rule("13(3)(b)", _SIGNED_ON_PAPER),
        Topic.ORIGINAL: Rule("", _ORIGINAL, Force.RECOMMENDED),
    }
)
_UNREAD = LocalRules(_MODEL, _MODEL_SAYS, was_read=False, without_proof=_AFFIDAVIT)

LOCAL_RULES: Mapping[str, LocalRules] = MappingProxyType(
    {
        "bombay": _UNREAD,
        "calcutta": _UNREAD,
        "delhi": _UNREAD,
        "gujarat": LocalRules(
            _GUJARAT, _GUJARAT_SAYS, was_read=True, without_proof=_COURT_MAY_ALLOW, ready_minutes=None
        ),
        "karnataka": _UNREAD,
        "kerala": LocalRules(_KERALA, _KERALA_SAYS, was_read=True, without_proof=_AFFIDAVIT),
        "model": _UNREAD,
        "punjab-haryana": LocalRules(_MODEL, _MODEL_SAYS, was_read=True, without_proof=_AFFIDAVIT),
    }
)

_FACILITIES = (
    N_("Computer or mobile device with internet, and a printer"),
    N_("Uninterrupted power supply"),
    N_("Camera"),
    N_("Microphones and speakers"),
    N_("Display"),
    N_("Document visualiser"),
    N_("Firewall"),
    N_("Seating that ensures privacy"),
    N_("Good lighting"),
    N_("A quiet and secure room"),
)
_GUJARAT_FACILITIES = (
    N_("Desktop or laptop computer"),
    N_("Internet of at least 50 Mbps, over its own LAN or Wi-Fi"),
    N_("A second internet connection in reserve"),
    N_("Full HD or 4K camera that can be turned"),
    N_("Noise-cancelling microphones and good speakers, echo cancellation"),
    N_("Large display"),
    N_("Approved software with end-to-end encryption"),
    N_("Firewall and VPN, sign-in with several factors"),
    N_("Technicians in the house, and regular maintenance"),
    N_("Uninterrupted power supply and a generator"),
)


def facilities(court: str) -> tuple[str, ...]:
    """What the court's rule recommends for both points; the Model Rules and Kerala name no figure."""
    return _GUJARAT_FACILITIES if court == "gujarat" else _FACILITIES


def cited(court: str, topic: Topic, *, high_court: str, translate: Translate) -> str:
    """The provision as that court has it; empty where none is claimed.

    >>> cited("kerala", Topic.SUMMONS, high_court="", translate=str)
    'Electronic Video Linkage Rules for Courts (Kerala) 2021, r. 7(1)'
    >>> cited("delhi", Topic.SUMMONS, high_court="the High Court of Delhi", translate=str)
    'Model Rules, as adopted by the High Court of Delhi, r. 7 (check its number there)'
    """
    rules, rule = LOCAL_RULES[court], LOCAL_RULES[court].says[topic]
    if not rule.number:
        return translate(_SUJOY) if topic is Topic.DECLARE else ""
    line = translate(rules.pattern).format(high_court=high_court, rule=rule.number)
    return line if rules.was_read else f"{line} ({translate(CHECK_NUMBER)})"
