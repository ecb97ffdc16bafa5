"""What the witness of the demonstration says in Bengali, with its true translation beside it; one line corrected."""

from dataclasses import replace

from vctestimony.demo.stage import Stage
from vctestimony.domain.record.speech import Stage as Examination
from vctestimony.domain.record.speech import Tongue
from vctestimony.services import depositions
from vctestimony.services.deposition_lines import Details

SPOKEN = """Q. How did you leave the house in the end?
Translation: শেষ পর্যন্ত আপনি বাড়িটি থেকে কীভাবে বেরিয়ে এলেন?
A. পাশের বাড়ির এক মহিলা আমার কান্না শুনে পুলিশে খবর দেন। র‍্যাব আর পুলিশ ভোরের আগে এসে দরজা ভাঙে।
Translation: A woman next door heard me crying and told the police. RAB and police came before dawn and broke the door.

Q. Do you recognise this bundle of clothes?
Translation: এই কাপড়ের পুঁটলিটি কি আপনি চেনেন?
A. হ্যাঁ, এগুলো আমার। সবুজ ওড়নাটা আমার মায়ের দেওয়া।
Translation: Yes, these are mine. The green scarf was given by my mother.
Exhibits: M.O. 2"""
CORRECTED = "Yes, these are mine. The green scarf was given to me by my mother."


def take_down(stage: Stage, hearing: str, *, by: str) -> None:
    """Paste it as the coordinator typed it."""
    details = Details(
        question_language=Tongue.ENGLISH,
        answer_language=Tongue.BENGALI,
        translated_by="The court's interpreter, sworn",
        translation_language=Tongue.ENGLISH,
    )
    with stage.units.writing() as unit:
        depositions.paste(unit, hearing, stage=Examination.CHIEF, text=SPOKEN, by=stage.actor(by), details=details)


def mend(stage: Stage, hearing: str, *, by: str) -> None:
    """Correct the last translation as the interpreter asked."""
    actor = stage.actor(by)
    with stage.units.writing() as unit:
        total = depositions.page(unit, hearing, by=actor).total
        last = depositions.line(unit, hearing, total, by=actor)
        depositions.revise(
            unit,
            hearing,
            total,
            stage=last.stage,
            question=last.question,
            answer=last.answer,
            version=last.version,
            details=replace(last.details, answer_translation=CORRECTED),
            by=actor,
        )
