"""The cases, orders and witnesses of the demonstration. Every one is invented; no real trial or person is meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vctestimony.domain.casework import (
    ASKED_OF_CASE,
    ASKED_OF_ORDER,
    ASKED_OF_WITNESS,
    IdentityDocument,
    Instance,
    Route,
    Signing,
    regime_of,
)
from vctestimony.services.cases import CaseEntry, OrderEntry
from vctestimony.services.witnesses import WitnessEntry

CONSENT = "Note verbale of the host ministry, received"
_BRINGS = "A print of the statement she gave to the police"


@dataclass(frozen=True, slots=True)
class OrderLimits:
    """What an order asks of every sitting: daylight at the witness's place, the longest day, and its breaks."""

    daylight_only: bool = False
    longest_minutes: int | None = None
    break_after_minutes: int | None = None
    break_minutes: int | None = None


NO_LIMITS = OrderLimits()


@dataclass(frozen=True, slots=True)
class Matter:
    """What one story registers; `asked` names the questions answered with yes, of case, order and witness alike."""

    number: str
    title: str
    sections: str
    pack: str
    instituted_on: date
    pseudonym: str
    identity: tuple[str, str, str]
    asked: tuple[str, ...]
    route: Route | None = Route.A
    languages: str = "Bengali"
    nationality: str = "BD"
    document: IdentityDocument = IdentityDocument.NATIONAL_ID
    stage: str = "Prosecution evidence"
    signing: Signing = Signing.PAPER
    conditions: str = ""
    limits: OrderLimits = NO_LIMITS

    def case(self) -> CaseEntry:
        """The case as it is registered."""
        return CaseEntry(
            number=self.number,
            cnr="",
            cause_title=self.title,
            sections=self.sections,
            stage=self.stage,
            instance=Instance.SESSIONS,
            regime=regime_of(self.instituted_on),
            instituted_on=self.instituted_on,
            rule_pack=self.pack,
            facts=_answers(ASKED_OF_CASE, self.asked),
        )

    def order(self, made_on: date, *, not_after_on: date | None = None) -> OrderEntry:
        """The court's order of that day."""
        return OrderEntry(
            made_on=made_on,
            reference=f"Order below Exh. {20 + made_on.day}",
            conditions=self.conditions,
            route=self.route,
            host_consent=CONSENT if self.route else "",
            signing=self.signing,
            not_before_on=None,
            not_after_on=not_after_on,
            facts=_answers(ASKED_OF_ORDER, self.asked),
            daylight_only=self.limits.daylight_only,
            longest_minutes=self.limits.longest_minutes,
            break_after_minutes=self.limits.break_after_minutes,
            break_minutes=self.limits.break_minutes,
        )

    def witness(self) -> WitnessEntry:
        """The witness; name, address and telephone go into the vault."""
        name, address, contact = self.identity
        return WitnessEntry(
            pseudonym=self.pseudonym,
            languages=self.languages,
            nationality=self.nationality,
            identity_document=self.document,
            documents_to_show=_BRINGS if "documents" in self.asked else "",
            facts=_answers(ASKED_OF_WITNESS, self.asked),
            identity={"name": name, "address": address, "contact": contact},
        )


def _answers(asked: Iterable[str], yes: tuple[str, ...]) -> dict[str, bool]:
    return {name: name in yes for name in asked}


MUMBAI_DHAKA = Matter(
    number="Sessions Case 214/2025",
    title="State of Maharashtra v. A. Doe and two others",
    sections="BNS 143(3), 144(2); ITPA 4, 5, 6",
    pack="bombay",
    instituted_on=date(2025, 2, 17),
    pseudonym="PW-4",
    identity=("শিউলি আক্তার (কল্পিত)", "উদাহরণ গ্রাম, যশোর", "+880 00 5550 0111"),
    asked=(
        "trafficking",
        "custody_accused",
        "identification",
        "in_camera",
        "vulnerable",
        "interpreter",
        "support_person",
    ),
    conditions="In camera. A social worker may sit beside the witness.",
)
MUMBAI_KHULNA = Matter(
    number="Sessions Case 88/2023",
    title="State of Maharashtra v. B. Roe",
    sections="IPC 370, 370A; ITPA 5",
    pack="bombay",
    instituted_on=date(2023, 6, 5),
    pseudonym="PW-2",
    identity=("রূপা বিশ্বাস (কল্পিত)", "উদাহরণ পাড়া, খুলনা", "+880 00 5550 0112"),
    asked=("trafficking", "interpreter", "documents", "vulnerable"),
)
MUMBAI_SATKHIRA = Matter(
    number="Sessions Case 131/2025",
    title="State of Maharashtra v. C. Poe and another",
    sections="BNS 143(4), 98, 99",
    pack="bombay",
    instituted_on=date(2025, 4, 21),
    pseudonym="PW-9",
    identity=("মৌসুমী খাতুন (কল্পিত)", "উদাহরণ বাজার, সাতক্ষীরা", "+880 00 5550 0113"),
    asked=("trafficking", "interpreter", "vulnerable", "in_camera"),
    route=Route.B,
)
KOLKATA_JASHORE = Matter(
    number="Special Case 37/2025",
    title="State of West Bengal v. D. Noe",
    sections="BNS 143(3), 64; ITPA 3, 4",
    pack="calcutta",
    instituted_on=date(2025, 1, 13),
    pseudonym="PW-3",
    identity=("ফারজানা ইয়াসমিন (কল্পিত)", "উদাহরণ সড়ক, যশোর", "+880 00 5550 0114"),
    asked=("trafficking", "sexual", "in_camera", "vulnerable", "support_person"),
    route=Route.B,
    document=IdentityDocument.PASSPORT,
)
KOLKATA_DHAKA = Matter(
    number="Special Case 12/2025",
    title="State of West Bengal v. E. Loe",
    sections="BNS 143(2), 144(1)",
    pack="calcutta",
    instituted_on=date(2024, 11, 25),
    pseudonym="PW-1",
    identity=("তানিয়া সরকার (কল্পিত)", "উদাহরণ রোড, ঢাকা", "+880 00 5550 0115"),
    asked=("trafficking", "documents", "recorded"),
    document=IdentityDocument.PASSPORT,
)
KOLKATA_TALOJA = Matter(
    number="Sessions Case 64/2025",
    title="State of West Bengal v. F. Moe",
    sections="BNS 143(2), 111",
    pack="calcutta",
    instituted_on=date(2025, 5, 12),
    pseudonym="PW-6",
    identity=("दीपक शिंदे (काल्पनिक)", "उदाहरण मार्ग, पुणे", "+91 00 5550 0116"),
    asked=("trafficking", "custody_witness", "interpreter"),
    route=None,
    languages="Hindi, Marathi",
    nationality="IN",
    document=IdentityDocument.INDIAN_ID,
)
DELHI_KATHMANDU = Matter(
    number="Sessions Case 305/2025",
    title="State (NCT of Delhi) v. G. Hoe",
    sections="BNS 143(3); ITPA 5",
    pack="delhi",
    instituted_on=date(2025, 3, 3),
    pseudonym="PW-5",
    identity=("सरिता तामाङ (काल्पनिक)", "उदाहरण टोल, काठमाडौँ", "+977 00 555 0117"),
    asked=("trafficking", "vulnerable"),
    languages="Nepali, Hindi",
    nationality="NP",
)
DELHI_LONDON = Matter(
    number="Sessions Case 290/2025",
    title="State (NCT of Delhi) v. H. Zoe",
    sections="BNS 143(2), 318(4)",
    pack="delhi",
    instituted_on=date(2025, 2, 3),
    pseudonym="PW-8",
    identity=("Rosalind Featherstone (invented)", "17 Example Mews, London", "+44 20 7946 0018"),
    asked=("trafficking",),
    languages="English",
    nationality="GB",
    document=IdentityDocument.PASSPORT,
)
ERNAKULAM_CHATTOGRAM = Matter(
    number="Sessions Case 402/2025",
    title="State of Kerala v. I. Joe",
    sections="BNS 143(4); POCSO 6",
    pack="kerala",
    instituted_on=date(2025, 6, 16),
    pseudonym="PW-1",
    identity=("নুসরাত জাহান (কল্পিত)", "উদাহরণ টিলা, চট্টগ্রাম", "+880 00 5550 0119"),
    asked=("trafficking", "sexual", "pocso", "child", "in_camera", "vulnerable", "interpreter", "support_person"),
    limits=OrderLimits(daylight_only=True, longest_minutes=60, break_after_minutes=20, break_minutes=10),
)
ERNAKULAM_SYLHET = Matter(
    number="Sessions Case 377/2025",
    title="State of Kerala v. K. Coe",
    sections="BNS 143(3)",
    pack="kerala",
    instituted_on=date(2025, 4, 7),
    pseudonym="PW-2",
    identity=("সাবিনা বেগম (কল্পিত)", "উদাহরণ হাট, সিলেট", "+880 00 5550 0120"),
    asked=("trafficking", "interpreter"),
)
MUMBAI_RAJSHAHI = Matter(
    number="Sessions Case 147/2025",
    title="State of Maharashtra v. L. Soe",
    sections="BNS 143(3), 144(2)",
    pack="bombay",
    instituted_on=date(2025, 5, 5),
    pseudonym="PW-7",
    identity=("শাহিনা পারভেজ (কল্পিত)", "উদাহরণ মহল্লা, রাজশাহী", "+880 00 5550 0121"),
    asked=("trafficking", "interpreter", "vulnerable", "in_camera"),
    conditions="In camera. The witness waits in a room of her own.",
)
MUMBAI_ABROAD = Matter(
    number="Sessions Case 152/2025",
    title="State of Maharashtra v. M. Toe",
    sections="BNS 143(2)",
    pack="bombay",
    instituted_on=date(2025, 5, 26),
    pseudonym="PW-3",
    identity=("আফরোজা খানম (কল্পিত)", "উদাহরণ ঘাট, খুলনা", "+880 00 5550 0122"),
    asked=("trafficking", "interpreter"),
    document=IdentityDocument.PASSPORT,
)
KOLKATA_SYLHET = Matter(
    number="Special Case 41/2025",
    title="State of West Bengal v. N. Voe",
    sections="BNS 143(2), 144(1)",
    pack="calcutta",
    instituted_on=date(2025, 3, 17),
    pseudonym="PW-2",
    identity=("জোহরা খাতুন (কল্পিত)", "উদাহরণ বাগান, সিলেট", "+880 00 5550 0123"),
    asked=("trafficking", "vulnerable"),
)
DELHI_LONDON_LONG = Matter(
    number="Sessions Case 318/2025",
    title="State (NCT of Delhi) v. O. Woe and another",
    sections="BNS 143(2), 111",
    pack="delhi",
    instituted_on=date(2025, 4, 14),
    pseudonym="PW-11",
    identity=("Philippa Greatorex (invented)", "23 Example Gardens, London", "+44 20 7946 0024"),
    asked=("trafficking", "off_hours", "documents"),
    languages="English",
    nationality="GB",
    document=IdentityDocument.PASSPORT,
    conditions="Leave to sit until 20:00, so that the witness need not come before the mission opens.",
    limits=OrderLimits(longest_minutes=120, break_after_minutes=50, break_minutes=10),
)
