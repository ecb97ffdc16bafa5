"""What must be left out is found in every script and spacing, and little else is."""

import pytest

from vctestimony.domain.record.masking import Hidden, Left, Masks

NAME = Hidden(Left.NAME, "Rahima Khatun")
HIDDEN = (
    NAME,
    Hidden(Left.FAMILY, "Abdul Karim, father"),
    Hidden(Left.ADDRESS, "Village Sonadanga, Khulna, Bangladesh"),
    Hidden(Left.CONTACT, "+880 1712 345678"),
    Hidden(Left.NUMBER, "BX 0123456"),
    Hidden(Left.OTHER, "the blue factory"),
)


def masked(text: str, *hidden: Hidden, numbers: bool = False, public: tuple[str, ...] = ()) -> str:
    masks = Masks(hidden or HIDDEN, public=public)
    return masks.apply(text, mark=lambda what: f"[{what}]", numbers=numbers)[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I am Rahima Khatun.", "I am [name]."),
        ("RAHIMA   KHATUN's", "[name]'s"),
        ("RahimaKhatun.mp4", "[name].mp4"),
        ("rahima_khatun-2", "[name]-2"),
        ("R a h i m a  K h a t u n", "[name]"),
        ("Khatun, Rahima", "[name], [name]"),
        ("Rahīmā came", "[name] came"),
        ("আমার নাম রহিমা খাতুন।", "আমার নাম [name]।"),
        ("রহিমাকে ডাকা হলো", "[name] ডাকা হলো"),
        ("मेरा नाम रहीमा ख़ातून है", "मेरा नाम [name] है"),
        ("my father Abdul Karim", "my father [family]"),
        ("আব্দুল করিমের বাড়ি", "[family] বাড়ি"),
        ("I lived in Khulna, in Sona-danga", "I lived in [address], in [address]"),
        ("আমি খুলনায় থাকতাম।", "আমি [address] থাকতাম।"),
        ("call 01712-345678 now", "call [contact] now"),
        ("call ০১৭১২ ৩৪৫৬৭৮ now", "call [contact] now"),
        ("passport bx0123456", "passport [number]"),
        ("The Blue-Factory gate", "[other] gate"),
    ],
)
def test_it_is_found(text: str, left: str) -> None:
    assert masked(text).replace("[family] [family]", "[family]") == left


@pytest.mark.parametrize(
    "text",
    [
        "There was a locked house in the village.",
        "Her father came.",
        "PW-7 was calm.",
        "Bangladesh",
        "নাম জানি না।",
        "",
        "রাত",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert masked(text) == text


def test_what_everybody_may_read_stays() -> None:
    hidden = Hidden(Left.ADDRESS, "Road 5, Dhaka")
    assert masked("Dhaka, Road 5", hidden, public=("Dhaka",)) == "Dhaka, [address]"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to rina@example.org.", "write to [contact]."),
        ("number 0171 234 5678 there", "number [number] there"),
        ("on 2026-09-14 and 14.09.2026", "on 2026-09-14 and 14.09.2026"),
        ("412/2024 and Exh. 12", "412/2024 and Exh. 12"),
        ("ab" * 32, "ab" * 32),
    ],
)
def test_long_numbers_and_mail_addresses_are_left_out_where_asked(text: str, left: str) -> None:
    assert masked(text, NAME, numbers=True) == left


def test_the_last_look_finds_a_value_however_it_is_parted() -> None:
    masks = Masks(HIDDEN)
    assert masks.still_in("ra-HIMA.kha tun")
    assert not masks.still_in("Rahima came; nothing else")


def test_eight_letters_in_a_row_are_not_the_same_by_chance_and_seven_may_be() -> None:
    assert Masks((Hidden(Left.NAME, "Mina Khan"),)).still_in("he mi nakh an said")
    assert not Masks((Hidden(Left.NAME, "Mina Kha"),)).still_in("he mi nakh a said")
