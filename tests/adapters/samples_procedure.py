"""Sample checklists and records of every kind in three languages: long names, missing facts, many rule packs."""

from collections.abc import Callable
from dataclasses import replace

from tests.adapters import paper_samples as samples
from vctestimony.domain.documents.checklist import ChecklistSheet
from vctestimony.domain.documents.record import AddendumSheet, Besides, LeftOut, RedactedSheet, Stated, TranscriptSheet
from vctestimony.domain.paper import PackLine, Sheet

STEPS_ON_ONE_PAGE = 6
LONG_NAMES = {
    "en": "Dr Venkatanarasimharajuvaripeta Lakshmi Narasimha Subrahmanya Sastry, Deputy Registrar (Judicial)",
    "hi": "डॉ॰ वेंकटनरसिंहराजुवारिपेट लक्ष्मीनारायण सुब्रह्मण्य शास्त्री, उप पंजीयक (न्यायिक)",
    "bn": "ডঃ আবু জাফর মোহাম্মদ শামসুজ্জামান চট্টোপাধ্যায় ব্রহ্মচারী, উপ-নিবন্ধক (বিচার বিভাগীয়)",
}


def of_role(lang: str, *, steps: int = STEPS_ON_ONE_PAGE) -> ChecklistSheet:
    """For the coordinator at the Remote Point, whose clock stands first."""
    return replace(samples.checklist(lang, steps=steps), duty=samples.TEXTS[lang]["people"][1], name=LONG_NAMES[lang])


def many_packs(lang: str) -> tuple[PackLine, ...]:
    """Seven packs of three versions, one of them reviewed."""
    adopted, draft = samples.TEXTS[lang]["adopted"], samples.TEXTS[lang]["draft"]
    drafts = [
        PackLine(title=f"{adopted} ({n})", version=f"2026-0{8 + n % 2}-01", status=f"{n}. {draft}", stage=draft)
        for n in range(6)
    ]
    return (*drafts, PackLine(title=adopted, version="2026-07-01", status=LONG_NAMES[lang], stage="Reviewed"))


def form(lang: str) -> ChecklistSheet:
    """The whole, on more than one page, from many packs."""
    sheet = samples.checklist(lang)
    return replace(sheet, heading=replace(sheet.heading, packs=many_packs(lang)), fillable=True)


def long_role_form(lang: str) -> ChecklistSheet:
    """More steps of one person than a page holds."""
    return replace(of_role(lang, steps=18), fillable=True)


def transcript(lang: str, *, questions: int = 40) -> TranscriptSheet:
    """Several pages; the longest names ask, words of two other scripts stand among the answers, one has lines."""
    first, second = samples.deposition(lang, questions=questions)
    strange = " ".join((*LONG_NAMES.values(), "D-7QK4MZ (Exh. P-3), 09:41"))
    said = replace(first.lines[4], answer=f"{strange}\n{first.lines[4].answer}", asked_by=LONG_NAMES[lang])
    alone = replace(first.lines[5], question="", asked_by="", lang="bn" if lang == "en" else "en", answer=strange)
    translated = replace(
        first.lines[3],
        answer_lang="bn",
        answer=samples.TEXTS["bn"]["questions"][0][1],
        answer_translation=f"{samples.TEXTS['en']['questions'][0][1]} {strange}",
        answer_translation_lang="en",
        note="M.O. 2",
    )
    return TranscriptSheet(
        heading=replace(samples.heading(lang, number="VCT-2026-0042-T1"), packs=()),
        deposition=(replace(first, lines=(*first.lines[:3], translated, said, alone, *first.lines[6:])), second),
        signatures=tuple(box for box in samples.signatures(lang) if box.key in {"judge", "witness", "interpreter"}),
        certificate=samples.TEXTS[lang]["certificate"],
    )


def redacted(lang: str) -> RedactedSheet:
    """A copy with marks in it, and everything named that may be left out."""
    whole = samples.record(lang)
    assert whole.seal
    mark = "[" + samples.TEXTS[lang]["break"][1] + "]"
    lines = tuple(replace(line, answer=f"{mark} {line.answer}") for line in whole.deposition[0].lines)
    return RedactedSheet(
        besides=Besides(numbers=("L-7KQ2M4XZ",), sha256="5d" * 32),
        heading=samples.heading(lang, number="VCT-2026-0042-D7"),
        source=whole.seal,
        authority=samples.TEXTS[lang]["adopted"],
        left=(LeftOut(label=samples.TEXTS[lang]["events"][0], count=3), LeftOut(label=LONG_NAMES[lang], count=12)),
        groups=whole.groups,
        log=whole.log,
        deposition=(replace(whole.deposition[0], lines=lines), *whole.deposition[1:]),
        interruptions=whole.interruptions,
        documents=whole.documents,
        certificate=whole.certificate,
    )


def addendum(lang: str) -> AddendumSheet:
    """The second to a record, with long answers and a box for each who signs."""
    whole = samples.record(lang)
    assert whole.seal
    events, head = samples.TEXTS[lang]["events"], samples.heading(lang, number="A-7K3F9QW2")
    assert head.imprint
    seal = replace(whole.seal, code="A-7K3F9QW2", verify_url="https://testimony.example.org/verify/A-7K3F9QW2")
    head = replace(head, packs=(), imprint=replace(head.imprint, verify_url=seal.verify_url))
    said = "\n".join(events * 3)
    return AddendumSheet(
        heading=head,
        number=2,
        title=samples.TEXTS[lang]["exhibit"][1],
        authority=samples.TEXTS[lang]["adopted"],
        stated=(
            Stated(label=samples.TEXTS[lang]["exhibit"][2], value=LONG_NAMES[lang]),
            *(Stated(label=event, value=said) for event in events),
        ),
        record=whole.seal,
        before=f"{samples.TEXTS[lang]['exhibit'][3]} {whole.seal.sha256}",
        by=LONG_NAMES[lang],
        signatures=tuple(box for box in samples.signatures(lang) if box.key in {"judge", "interpreter"}),
        seal=replace(seal, journal_number=412, journal_head=seal.sha256),
    )


SAMPLES: dict[str, Callable[[str], Sheet]] = {
    "checklist": samples.checklist,
    "checklist-role": of_role,
    "checklist-form": form,
    "checklist-role-form": long_role_form,
    "record": lambda lang: samples.record(lang, sealed=False),
    "record-redacted": redacted,
    "addendum": addendum,
    "transcript": transcript,
}
