"""Sample certificates, covers and receipts in three languages, with long names and what is missing."""

from collections.abc import Callable
from dataclasses import replace

from tests.adapters.paper_samples import TEXTS, clocks, field_groups, record, signatures
from tests.adapters.samples_cards import LONG_NAMES, midnight, statement
from vctestimony.domain.documents import closing, order_sheet
from vctestimony.domain.documents.record import FieldGroup
from vctestimony.domain.paper import Sheet

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_WITHIN = {"en": "preferably within three days", "hi": "यथासंभव तीन दिन में", "bn": "সম্ভব হলে তিন দিনের মধ্যে"}
_ADDRESS = {
    "en": "House 2, Road 142, Gulshan Avenue\nBeside the park, second floor\nDhaka 1212",
    "hi": "मकान 2, मार्ग 142, गुलशन एवेन्यू\nउद्यान के पास, दूसरी मंज़िल\nढाका 1212",
    "bn": "বাড়ি ২, সড়ক ১৪২, গুলশান অ্যাভিনিউ\nউদ্যানের পাশে, দ্বিতীয় তলা\nঢাকা ১২১২",
}


def of_coordinators(lang: str) -> closing.CoordinatorsCertificate:
    return closing.CoordinatorsCertificate(
        heading=midnight(lang),
        certified=replace(
            field_groups(lang)[1], rows=tuple(row for group in field_groups(lang)[:4] for row in group.rows)[:12]
        ),
        signatures=signatures(lang)[:2],
    )


def for_electronic_record(lang: str) -> closing.ElectronicRecordCertificate:
    two = tuple(
        closing.Recording(
            file_id=f"REC-2026-0042-{part}", sha256=_SHA256, duration="01:12:40", custodian=LONG_NAMES[lang]
        )
        for part in (1, 2)
    )
    return closing.ElectronicRecordCertificate(
        heading=midnight(lang),
        tendering=statement(0, lang, long=True),
        recordings=two,
        translated=lang != "en",
        part_a=_in_charge(lang),
    )


def _in_charge(lang: str) -> closing.CertifiedPart:
    """What the person in charge stated; the expert's part is left to the pen."""
    return closing.CertifiedPart(
        name=LONG_NAMES[lang],
        residence=TEXTS[lang]["courts"][0],
        source="server",
        make="Vendor DVS-4400, rack 2",
        serial="VX-4400-0009187",
        identifier="00:1B:44:11:3A:B7",
        produced=TEXTS[lang]["events"][3],
        control="managed",
        agrees=True,
    )


def of_order(lang: str) -> order_sheet.OrderSheet:
    """Half of it stated, the rest ruled."""
    whole, many = record(lang), TEXTS[lang]["events"]
    rows = tuple(row for group in whole.groups for row in group.rows)[:11]
    said = tuple(
        replace(row, number=place, value="\n".join(many[:2]) if place % 3 else "") for place, row in enumerate(rows, 1)
    )
    title = whole.groups[1].title
    return order_sheet.OrderSheet(
        heading=midnight(lang),
        groups=(
            FieldGroup(title=title, rows=said[:5]),
            FieldGroup(title=title, rows=said[5:8]),
            FieldGroup(title=title, rows=said[8:]),
        ),
        interruptions=whole.interruptions,
        documents=whole.documents,
        signature=replace(whole.signatures[0], name=LONG_NAMES[lang]),
    )


def _addresses(lang: str) -> tuple[closing.Address, closing.Address]:
    court, _room, mission = TEXTS[lang]["courts"]
    return (
        closing.Address(post=mission, lines=_ADDRESS[lang], person=LONG_NAMES[lang], phone="+880 00 5550 0100"),
        closing.Address(post=court, lines="", person="", phone=""),
    )


def _enclosed(lang: str) -> tuple[closing.Enclosed, ...]:
    return (
        closing.Enclosed(statement(1, lang, long=True), _WITHIN[lang]),
        closing.Enclosed(statement(0, lang, long=True)),
        closing.Enclosed(statement(4, lang)),
    )


def cover(lang: str) -> closing.DispatchCover:
    sender, receiver = _addresses(lang)
    return closing.DispatchCover(
        heading=midnight(lang),
        sender=sender,
        receiver=receiver,
        enclosed=_enclosed(lang),
        due=clocks(765 + 3 * 1440, lang=lang, remote_first=True),
        recorded="",
        rests_on=statement(1, lang),
    )


def receipt(lang: str) -> closing.DispatchReceipt:
    sender, receiver = _addresses(lang)
    return closing.DispatchReceipt(
        heading=midnight(lang),
        sender=sender,
        receiver=receiver,
        enclosed=_enclosed(lang),
        recorded=TEXTS[lang]["events"][3],
        rests_on=statement(2, lang),
    )


SAMPLES: dict[str, Callable[[str], Sheet]] = {
    "certificate-coordinator": of_coordinators,
    "certificate-63-4": for_electronic_record,
    "dispatch-cover": cover,
    "receipt": receipt,
    "order-sheet": of_order,
}
