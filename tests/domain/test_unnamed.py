"""What names a witness is found in whatever script and spelling; other people's names and common words are not hers."""

import pytest

from vctestimony.domain.record.unnamed import Telling, is_of_name

RAHIMA = Telling(
    {
        "name": "Rahima Khatun",
        "parentage": "Abdul Karim",
        "address": "Canary Lane 77, Khulna",
        "contact": "+880 1712-345678 or +91 98765 43210",
        "identity_number": "BX 0123456",
    },
    public=("Shirin Khatun", "Khulna"),
)
RAHIMA_ALONE = Telling({"name": "Rahima Khatun", "contact": "+880 1712-345678"})
RAHIMA_IN_BENGALI = Telling({"name": "রহিমা খাতুন", "parentage": "আব্দুল করিম"})
SITA = Telling({"name": "सीता देवी"})
CAROLINE = Telling({"name": "Caroline Victor"})


@pytest.mark.threat("T1")
@pytest.mark.parametrize(
    ("her", "text"),
    [
        (RAHIMA, "to compare Rahima Khatun with the passport"),
        (RAHIMA, "KHATUN, Rahima"),
        (RAHIMA, "Raheema Khatoon came late"),
        (RAHIMA, "Rohima Khatun"),
        (RAHIMA, "Rahi\u200bma Kha\u00adtun"),
        (RAHIMA, "সাক্ষী রহিমা খাতুন আসেননি।"),
        (RAHIMA, "রহিমা খাতুনের পাসপোর্ট"),
        (RAHIMA, "गवाह रहीमा खातून नहीं आई"),
        (RAHIMA_IN_BENGALI, "Rahima Khatun"),
        (RAHIMA_IN_BENGALI, "Roheema Khatoon is ill"),
        (RAHIMA_IN_BENGALI, "रहीमा ख़ातून"),
        (SITA, "Seeta Debi"),
        (SITA, "সীতা দেবী"),
        (CAROLINE, "ক্যারোলিন ভিক্টর"),
    ],
)
def test_the_whole_name_is_found_even_in_speech(her: Telling, text: str) -> None:
    assert her.names_her(text)
    assert her.hints_at_her(text)


@pytest.mark.parametrize(
    ("her", "text"),
    [
        (RAHIMA, "Rahima is ill"),
        (RAHIMA, "Raheema's train is late"),
        (RAHIMA, "রহিমার ট্রেন দেরি"),
        (RAHIMA, "रहीमा बीमार है"),
        (RAHIMA_IN_BENGALI, "Rahima is ill"),
        (CAROLINE, "for Caroline"),
        (RAHIMA_IN_BENGALI, "her father Abdul Karim"),
        (RAHIMA, "son of আব্দুল করিম"),
        (RAHIMA, "ring 01712 345678"),
        (RAHIMA, "ring ০১৭১২-৩৪৫৬৭৮"),
        (RAHIMA, "ring 9876543210"),
        (RAHIMA, "passport bx-0123456"),
        (RAHIMA, "she lives at canary lane 77, Khulna"),
    ],
)
def test_a_part_of_the_name_or_anything_sealed_is_found_in_a_reason_and_may_be_said(her: Telling, text: str) -> None:
    assert her.hints_at_her(text)
    assert not her.names_her(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PW-7 is ill; Shirin Khatun asks for another day",
        "Mrs Khatun of the High Commission",
        "প্রশ্নটি কঠিন ছিল",
        "Abdul from the registry brought the papers",
        "The bench sits at Khulna on 2026-09-14 at 10:30",
        "Case 501/2025 was called first",
        "The room in Mumbai was taken",
    ],
)
def test_what_is_not_hers_may_be_written(text: str) -> None:
    assert not RAHIMA.hints_at_her(text)
    assert not RAHIMA.names_her(text)


@pytest.mark.threat("T1")
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rahima Khatun, that is রহিমা খাতুন, रहीमा ख़ातून", "W-7, that is W-7, W-7"),
        ("the passport of Khatun", "the passport of W-7"),
        ("ring +8801712345678", "ring +W-7"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_in_a_reason_for_a_look_everything_of_hers_is_replaced(text: str, kept: str) -> None:
    assert RAHIMA_ALONE.replaced(text, pseudonym="W-7") == kept


def test_two_short_words_that_sound_alike_in_one_script_are_not_a_name() -> None:
    assert not Telling({"name": "Mina Das"}).names_her("what money does")
    assert Telling({"name": "Mina Das"}).names_her("মিনা দাস")


def test_nothing_sealed_finds_nothing() -> None:
    assert not Telling({}).hints_at_her("Rahima Khatun")


@pytest.mark.parametrize(("pseudonym", "found"), [("RK-begum", True), ("রহিমা-১", True), ("PW-7", False)])
def test_a_pseudonym_may_not_be_made_of_the_name(pseudonym: str, found: bool) -> None:
    assert is_of_name(pseudonym, "Rahima K. Begum") is found
