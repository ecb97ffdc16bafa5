"""Samples of requests, letters and notices: the longest real names, something missing, both clocks on two dates."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.adapters.paper_samples import TEXTS, imprint
from vctestimony.domain.documents import forms
from vctestimony.domain.documents.forms import Attendee, Choice, Demand, FormHeading, Order, RequestRow, Span
from vctestimony.domain.documents.local_rules import facilities
from vctestimony.domain.hearing import End
from vctestimony.domain.instants import read
from vctestimony.domain.paper import BothClocks, ClockFace, Force, Heading, Sheet

LATE_AT = datetime(2026, 9, 18, 18, 10, tzinfo=UTC)  # 23:40 in Kolkata, 00:10 of the next day in Dhaka
NAME: Mapping[str, str] = {
    "en": "Venkatanarasimharajuvaripeta Lakshminarayanan Subrahmanya Bhattacharyya Chattopadhyay",
    "hi": "श्रीमती ज्योत्स्ना वेङ्कटनरसिंहराजुवारिपेट लक्ष्मीनारायणन् सुब्रह्मण्य भट्टाचार्य",
    "bn": "শ্রীমতী জ্যোৎস্না ভেঙ্কটনরসিংহরাজুভারিপেটা লক্ষ্মীনারায়ণ সুব্রহ্মণ্য ভট্টাচার্য্য",
}
ORDER = Order(reference="Order below Exh. 41", made_on=date(2026, 8, 20))
CONTACT = ("1 High Road, Fort, Mumbai 400001", "+91 22 0000 0000", "registry.sessions@mumbai.court.example")


def _clocks(lang: str, minutes: int) -> BothClocks:
    at = LATE_AT + timedelta(minutes=minutes)
    kolkata, dhaka = TEXTS[lang]["cities"]
    return BothClocks(
        ClockFace(End.COURT, read(at, "Asia/Kolkata", kolkata)), ClockFace(End.REMOTE, read(at, "Asia/Dhaka", dhaka))
    )


def _spans(lang: str, count: int) -> tuple[Span, ...]:
    day = 24 * 60
    return tuple(Span(starts=_clocks(lang, n * day), ends=_clocks(lang, n * day + 90)) for n in range(count))


def form_heading(lang: str = "en", *, times: int = 1, is_booked: bool = True) -> FormHeading:
    court, court_point, remote_point = TEXTS[lang]["courts"]
    return FormHeading(
        hearing_reference="VCT-2026-0042",
        case_number="ST 214/2026",
        witness=TEXTS[lang]["witness"],
        court=court,
        court_point=court_point,
        remote_point=remote_point,
        times=_spans(lang, times),
        is_booked=is_booked,
        imprint=imprint(lang, number="D-7K3F9QW0"),
    )


def schedule_ii(lang: str = "en") -> forms.RequestSheet:
    person = Attendee(duty=TEXTS[lang]["people"][1], name=NAME[lang], address="9 Example Road, Chattogram")
    return forms.RequestSheet(
        heading=form_heading(lang, times=3, is_booked=False),
        title=TEXTS[lang]["adopted"],
        authority=f"{TEXTS[lang]['adopted']}, r. 6.1, Schedule II",
        caution=TEXTS[lang]["certificate"],
        before=TEXTS[lang]["phrases"][2],
        before_authority=f"{TEXTS[lang]['adopted']}, r. 6.2",
        is_served=True,
        rows=(
            RequestRow(number=1, label="CNR", values=("ST 214/2026",), hint="CNR:", lines=1),
            RequestRow(number=2, label=TEXTS[lang]["phases"][0], times=_spans(lang, 3)),
            RequestRow(
                number=3, label=TEXTS[lang]["phases"][1], values=(TEXTS[lang]["witness"],), people=(person,) * 3
            ),
            RequestRow(number=4, label=TEXTS[lang]["groups"][0], choices=(Choice(label=NAME[lang], ticked=True),)),
            RequestRow(number=5, label=TEXTS[lang]["groups"][0], values=tuple(TEXTS[lang]["courts"][1:])),
            RequestRow(number=6, label=TEXTS[lang]["groups"][1], values=(TEXTS[lang]["steps"][0],), lines=4),
        ),
        undertaking=TEXTS[lang]["certificate"],
        signer=TEXTS[lang]["people"][2],
        applicant=NAME[lang],
        held=_spans(lang, 1)[0],
        hours="1 h 30 min",
    )


def mission(lang: str = "en") -> forms.MissionSheet:
    adopted, steps = TEXTS[lang]["adopted"], TEXTS[lang]["steps"]
    duties = tuple(
        Demand(text=steps[n % len(steps)], force=tuple(Force)[n % 4], authority=f"{adopted}, r. {n}.6")
        for n in range(11)
    )
    return forms.MissionSheet(
        heading=form_heading(lang),
        mission=(),
        court_contact=CONTACT,
        order=ORDER,
        authority=f"{adopted}, r. 5.3.1",
        routing=duties[3],
        ready_minutes=30,
        facilities=facilities("gujarat"),
        facilities_authority=f"{adopted}, r. 4",
        duties=duties,
        languages=TEXTS[lang]["cities"][1],
        judge=NAME[lang],
    )


def host(lang: str = "en") -> forms.HostSheet:
    return forms.HostSheet(
        heading=form_heading(lang, times=0, is_booked=False),
        country=TEXTS[lang]["cities"][1],
        court_contact=CONTACT,
        order=ORDER,
        at_mission=False,
        consent="",
        judge=NAME[lang],
    )


def route_b(lang: str = "en") -> forms.RouteBSheet:
    """Its own words are English in every language; only the names on it vary."""
    coordinator = Attendee(duty="Court Point Coordinator", name=NAME[lang], phone=CONTACT[1], email=CONTACT[2])
    return forms.RouteBSheet(
        heading=form_heading("en", times=2, is_booked=False),
        court_bn=TEXTS["bn"]["courts"][0],
        cnr="",
        cause_title="State of Maharashtra v. A. Doe and two others",
        sections="BNS 143(3), 144(2); ITPA 4, 5, 6",
        stage="Prosecution evidence",
        trial="Sessions trial",
        code="BNSS 2023",
        order=ORDER,
        languages="Bengali",
        nationality="Bangladesh",
        identity_document="Passport",
        documents=("Exh. 12, map of the place", "Exh. 14, photograph"),
        not_before=date(2026, 9, 1),
        not_after=date(2026, 12, 31),
        court_people=(coordinator,),
        remote_people=(),
        judge=NAME[lang],
    )


def summons(lang: str = "en") -> forms.SummonsSheet:
    court, court_point, remote_point = TEXTS[lang]["courts"]
    adopted = TEXTS[lang]["adopted"]
    span = _spans(lang, 1)[0]
    return forms.SummonsSheet(
        heading=Heading(
            hearing_reference="VCT-2026-0042",
            case_number="ST 214/2026",
            witness=TEXTS[lang]["witness"],
            court=court,
            court_point=court_point,
            remote_point=remote_point,
            starts=span.starts,
            ends=span.ends,
            imprint=imprint(lang, number="D-7K3F9QW1"),
        ),
        authority=f"{adopted}, r. 7",
        proof_authority=f"{adopted}, r. 8.1",
        copies_authority=f"{adopted}, r. 8.5",
        ready=BothClocks(_clocks(lang, -30).other, _clocks(lang, -30).own),
        documents=tuple(TEXTS[lang]["steps"][:3]),
        languages=TEXTS[lang]["cities"][1],
        has_interpreter=True,
        has_support=True,
        is_overseas=True,
        is_route_b=False,
        by_order_of_bangladesh=False,
        without_proof=TEXTS[lang]["certificate"],
        seal_authority="BNSS 2023, s. 63",
        court_contact=CONTACT,
        remote_contact=(),
        judge=NAME[lang],
    )


def sealed_summons(lang: str = "en") -> forms.SummonsSheet:
    return replace(summons(lang), name=NAME[lang], home="12 Station Road, Jashore")


SAMPLES: Mapping[str, Callable[[str], Sheet]] = {
    forms.SCHEDULE_II: schedule_ii,
    forms.MISSION: mission,
    forms.HOST: host,
    forms.ROUTE_B: route_b,
    forms.SUMMONS: summons,
    forms.SEALED_SUMMONS: sealed_summons,
}
