"""Traps of the procedure that packs and facts keep one out of: times, identity, consent, orders, old law."""

import re

import pytest

from tests.adapters.delivered_packs import CHANGES, PACKS, ROOT, VERSIONS, composed, overseas, printed, versions
from vctestimony.domain.casework import ASKED_OF_ORDER, IdentityDocument, recognised_identity
from vctestimony.domain.record.opening import OPENING
from vctestimony.domain.sop import Basis, offset_words
from vctestimony.web.headers import PERMISSIONS

FROM_THE_LAW = {"B01", "T02", "P01", "P02", "P08", "P13", "P17", "O23", "S08", "S20"}
"""Steps whose number of minutes, hours, days or weeks the law itself states; in Kerala only, of P02."""


def test_only_these_steps_have_a_number_from_the_law_and_all_others_are_suggested() -> None:
    numbered = [step for one in VERSIONS for step in versions(one.id) if re.search(r"\d", step.offset.written)]
    from_law = {step.id for step in numbered if step.basis is Basis.LAW and not step.day_suggested}
    assert from_law == FROM_THE_LAW
    for step in numbered:
        if step.id not in FROM_THE_LAW:
            assert offset_words(step) not in {"required by", "preferably"}, step.id


@pytest.mark.parametrize("document", [one for one in IdentityDocument if one is not IdentityDocument.INDIAN_ID])
def test_without_an_indian_document_a_passport_is_shown_and_the_affidavit_is_prepared_too(
    document: IdentityDocument,
) -> None:
    assert not recognised_identity(document)
    steps = overseas(route_a=True, no_recognised_id=True)
    papers, affidavit = steps["C22"].note, steps["C23"].note
    assert papers is not None
    assert affidavit is not None
    assert "passport" in papers.en
    assert "plan the affidavit too" in papers.en
    assert "consular officer" in affidavit.en
    assert (str(steps["C23"].evidence), "confirm part of this locally" in printed(steps["C23"])) == ("R/U", True)


def test_closing_the_doors_and_hiding_a_name_come_from_the_order_not_from_the_charge() -> None:
    assert {"in_camera", "masking", "recorded"} <= set(ASKED_OF_ORDER)
    charged = composed(trafficking=True, sexual=True, vulnerable=True)
    assert not {"O17", "B14"} & set(charged)
    assert {"O17", "B14"} <= set(composed(in_camera=True))


def test_the_repealed_trafficking_act_is_not_cited_and_the_ordinance_is_to_be_confirmed() -> None:
    care = next(pack for pack in PACKS if pack.id == "survivor-care")
    cited = {item.source for step in VERSIONS for item in step.authority}
    assert "PSHT26" in {source.code for source in cited}
    assert not [source.title.en for source in cited if "Trafficking Act 2012" in source.title.en]
    assert care.not_read is not None
    assert "lapses unless Parliament approved it: confirm" in care.not_read.en


def test_where_the_oath_is_written_down_it_is_asked_who_gave_it() -> None:
    oath = next(entry for kind, entry in OPENING if kind.value == "oath")
    assert "administered_by" in {asked.name for asked in oath.asks}
    sworn = next(entry for kind, entry in OPENING if kind.value == "interpreter_sworn")
    assert "Not a police officer" in {asked.name: asked.label for asked in sworn.asks}["independent"]


def test_nothing_here_can_record_picture_or_sound() -> None:
    assert {"camera=()", "microphone=()", "display-capture=()"} <= set(PERMISSIONS.split(", "))
    code = [*(ROOT / "vctestimony/web/static").glob("*.js"), *(ROOT / "templates").rglob("*.html")]
    recording = re.compile(r"MediaRecorder|getUserMedia|getDisplayMedia|<(audio|video)\b|capture=")
    assert code
    assert [path.name for path in code if recording.search(path.read_text(encoding="utf-8"))] == []


def test_no_story_of_who_did_it_first_is_told() -> None:
    told = [path for folder in ("sop", "templates", "docs") for path in (ROOT / folder).rglob("*.[thm]*")]
    claims = re.compile(r"Justice (and|&) Care|\bTISS\b|\bIJM\b")
    assert [path.name for path in told if claims.search(path.read_text(encoding="utf-8"))] == []


def test_changes_of_the_ends_abroad_say_what_was_not_found() -> None:
    said = {change.id: change.difference for change in CHANGES if change.origin.pack_id in {"nepal", "united-kingdom"}}
    assert set(said) == {"A13", "C04", "C11"}
    assert all(words and re.search(r"not (verified|checked|found)|No .* was read", words.en) for words in said.values())
