"""Which refusals of a mail server pass and which last, and what a clerk is told; each line with its source."""

import pytest

from vctestimony.domain.smtp_answers import TROUBLE_TEXTS, Trouble, answer_of, kept

PASSES, LASTS = True, False


@pytest.mark.bad_day("R5")
@pytest.mark.parametrize(
    ("basic", "words", "passes", "trouble"),
    [
        # RFC 5321 4.2.1: 4yz asks to try again.
        (421, "closing", PASSES, Trouble.NOT_IN_TIME),
        (450, "4.2.1 mailbox busy", PASSES, Trouble.NOT_IN_TIME),
        (451, "4.7.1 greylisted, try again in 5 minutes", PASSES, Trouble.NOT_IN_TIME),
        (452, "4.2.2 over quota", PASSES, Trouble.FULL),
        # RFC 5321 4.2.1: 5yz does not, when it is about the recipient or the mail.
        (550, "5.1.1 no such user", LASTS, Trouble.NO_MAILBOX),
        (550, "no such user", LASTS, Trouble.NO_MAILBOX),
        (551, "user not local", LASTS, Trouble.NO_MAILBOX),
        (553, "5.1.3 bad address", LASTS, Trouble.NO_MAILBOX),
        (550, "5.1.2 no such host", LASTS, Trouble.NO_DOMAIN),
        (550, "5.1.10 null MX", LASTS, Trouble.NO_DOMAIN),  # RFC 7505 4.2
        (556, "domain takes no mail", LASTS, Trouble.NO_DOMAIN),  # RFC 7504
        (550, "5.1.6 has moved", LASTS, Trouble.CLOSED),
        (550, "5.2.1 disabled", LASTS, Trouble.CLOSED),
        (550, "5.4.1 recipient address rejected: access denied", LASTS, Trouble.NO_MAILBOX),  # as Exchange says it
        # RFC 3463 3.3: a full mailbox has room again one day, whatever the first digit; RFC 5321 4.5.3.1.10.
        (552, "5.2.2 mailbox full", PASSES, Trouble.FULL),
        (550, "5.2.2 over quota", PASSES, Trouble.FULL),
        (552, "exceeded storage allocation", PASSES, Trouble.FULL),
        (552, "5.3.4 message too big", LASTS, Trouble.TOO_BIG),
        (552, "5.2.3 message length exceeds limit", LASTS, Trouble.TOO_BIG),
        # RFC 3463 3.4, 3.5: the system rests, the directory or the network fails.
        (554, "5.3.2 not accepting mail just now", PASSES, Trouble.REFUSED),
        (550, "5.4.3 directory server failure", PASSES, Trouble.REFUSED),
        # RFC 3463 3.8: a policy will be the same in an hour.
        (554, "5.7.1 blocked as spam", LASTS, Trouble.UNWANTED),
        (554, "transaction failed", LASTS, Trouble.UNWANTED),
        (550, "5.7.26 unauthenticated mail", LASTS, Trouble.UNWANTED),
        # RFC 4954 6, RFC 5321 4.2.4: who we are, or what we say; mended here, not by the recipient.
        (530, "authentication required", PASSES, Trouble.OURS),
        (535, "5.7.8 wrong password", PASSES, Trouble.OURS),
        (503, "bad sequence", PASSES, Trouble.REFUSED),
        # RFC 2034 4 forbids them to disagree; the mail is tried again, and trying ends.
        (554, "4.3.0 try later", PASSES, Trouble.NOT_IN_TIME),
        # No answer at all: the connection to our own server.
        (None, "connection refused", PASSES, Trouble.OURS),
        (None, "5.1.3 the address cannot be used in SMTP", PASSES, Trouble.NO_MAILBOX),
    ],
)
def test_what_an_answer_means(basic: int | None, words: str, passes: bool, trouble: Trouble) -> None:
    answer = answer_of(basic, words)
    assert (answer.is_passing, answer.trouble) == (passes, trouble)
    assert kept(answer.code) == answer


@pytest.mark.parametrize("words", ["", "5.1", "15.1.1 x", "5.1.1.1 x", "see 5.1.1", "5.1.1111 x"])
def test_only_a_whole_code_at_the_beginning_counts(words: str) -> None:
    assert answer_of(550, words).enhanced == ""


def test_every_trouble_has_words_without_a_code() -> None:
    assert set(TROUBLE_TEXTS) == set(Trouble)
    assert not any(letter.isdigit() for text in TROUBLE_TEXTS.values() for letter in text)
