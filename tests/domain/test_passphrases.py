"""Which passwords are good enough: long ones in any script that are not made of what is tried first."""

import pytest

from vctestimony.domain.passphrases import PasswordGuessable, PasswordTooShort, check, exact


def nowhere(_password: str) -> bool:
    return False


ASHA = ("Asha Rao", "asha.rao@mumbai-court.example")


@pytest.mark.asvs("6.2.5")
@pytest.mark.parametrize(
    "password",
    [
        "velvet cactus nine rivers",
        "চার নদী নীল আকাশে ওড়ে পাখি",
        "पीपल की छाँव में ठंडी हवा",
        "xK3$vR9!mT2@qW8",
        "x" * 3 + "kqzvwjpyg bnmoru",
        "  blanks count  too, qxz ",
        "7K3F9-QW2XM-ABCDE-F0123",
    ],
)
def test_a_long_password_of_any_kind_of_characters_is_good(password: str) -> None:
    check(password, near=ASHA, breached=nowhere)


@pytest.mark.asvs("6.2.1", "6.2.9")
@pytest.mark.parametrize(("length", "good"), [(14, False), (15, True), (16, True), (64, True), (200, True)])
def test_fifteen_characters_are_the_least(length: int, good: bool) -> None:
    password = ("kqzvwjpygbnmorux" * 13)[:length]
    if good:
        check(password, near=(), breached=nowhere)
    else:
        with pytest.raises(PasswordTooShort) as refusal:
            check(password, near=(), breached=nowhere, field="wanted")
        assert (refusal.value.facts["length"], refusal.value.field) == (14, "wanted")


@pytest.mark.asvs("6.2.4", "6.2.11")
@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword1",
        "Password-2026-Password",
        "P@ssw0rdP@ssw0rd99",
        "Testimony Mumbai 2026!",
        "court witness hearing judge",
        "aaaaaaaaaaaaaaaaaaaa",
        "1234567890123456",
        "abcdefghijklmnopqrst",
        "qwertyuiopasdfgh",
        "zyxwvutsrqponmlk",
        "correct horse battery staple",
        "asha rao asha rao",
        "AshaRaoMumbaiCourt!!",
        "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
        "abababababababababab",
    ],
)
def test_words_names_and_rows_of_keys_are_not_good_however_long(password: str) -> None:
    with pytest.raises(PasswordGuessable):
        check(password, near=ASHA, breached=nowhere)


def test_words_about_another_person_do_not_matter() -> None:
    check("asha rao drew it", near=("Meera Iyer",), breached=nowhere)
    with pytest.raises(PasswordGuessable):
        check("asha rao drew it", near=ASHA, breached=nowhere)


@pytest.mark.asvs("6.2.8")
def test_a_letter_typed_in_two_ways_is_one_password() -> None:
    assert exact("\u09c7\u09be") == exact("\u09cb")
