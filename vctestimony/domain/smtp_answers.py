"""The one place that knows what a mail server's refusal means: whether to try again, and how to say it to a clerk.

RFC 5321 4.2.1 tells 4yz (try again) from 5yz (do not). Three things make the rule finer. A refusal is final only when
it is about this recipient or this mail: a server that does not let us in refuses everybody until its settings or ours
are mended. The enhanced code (RFC 3463, RFC 2034) is believed rather than the basic one, for servers answer 550 to a
full mailbox and to an unknown one. And where the two disagree the mail is tried again: trying ends by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vctestimony.domain.wording import N_

_ENHANCED = re.compile(r"\s*([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")
_KEPT = re.compile(r"(?:([2-5][0-9]{2})\b)?\s*(?:([245]\.[0-9]{1,3}\.[0-9]{1,3})\b)?")

# 552 alone is a mailbox without room, and by RFC 5321 4.5.3.1.10 to be read as 452; 500 to 504 and 555 are quarrels
# about commands, 530 to 538 about who we are (RFC 4954): none is about the recipient.
_BASIC_PASSING = frozenset({500, 502, 503, 504, 530, 534, 535, 538, 552, 555})
# Full mailbox, full or resting system, failed directory, crowded network: RFC 3463 3.3 to 3.5 let each of them pass.
_PASSING = frozenset({"2.2", "3.1", "3.2", "4.3", "4.5", "5.3", "7.3", "7.8", "7.9", "7.11"})


class Trouble(StrEnum):
    """Why a mail did not arrive, as far as a clerk can do something about it."""

    NO_MAILBOX = "no_mailbox"
    NO_DOMAIN = "no_domain"
    CLOSED = "closed"
    FULL = "full"
    TOO_BIG = "too_big"
    UNWANTED = "unwanted"
    OURS = "ours"
    NOT_IN_TIME = "not_in_time"
    REFUSED = "refused"


TROUBLE_TEXTS: Mapping[Trouble, str] = {
    Trouble.NO_MAILBOX: N_("There is no such mailbox. Ask for the right address."),
    Trouble.NO_DOMAIN: N_("What stands behind the @ takes no mail. Ask for the right address."),
    Trouble.CLOSED: N_("The mailbox is closed. Ask for another address."),
    Trouble.FULL: N_("The mailbox is full. Telephone, and send the mail again when it has room."),
    Trouble.TOO_BIG: N_("The mail is too big for this mailbox. Telephone, and tell the administrator."),
    Trouble.UNWANTED: N_("The other side refused the mail as unwanted. Telephone, and tell the administrator."),
    Trouble.OURS: N_("Our own mail server could not be used. Tell the administrator, then send the mail again."),
    Trouble.NOT_IN_TIME: N_("The other side did not take the mail in time. Telephone, or send it again."),
    Trouble.REFUSED: N_("The other side refused the mail. Telephone."),
}

_BY_SUBJECT: Mapping[str, Trouble] = {
    "1.2": Trouble.NO_DOMAIN,
    "1.6": Trouble.CLOSED,
    "1.10": Trouble.NO_DOMAIN,
    "2.1": Trouble.CLOSED,
    "2.2": Trouble.FULL,
    "2.3": Trouble.TOO_BIG,
    "3.1": Trouble.FULL,
    "3.4": Trouble.TOO_BIG,
    "4.1": Trouble.NO_MAILBOX,  # so do large hosts call an unknown recipient
    "4.4": Trouble.NO_DOMAIN,
    "4.7": Trouble.NOT_IN_TIME,
    "5.3": Trouble.OURS,
    "7.3": Trouble.OURS,
    "7.8": Trouble.OURS,
    "7.9": Trouble.OURS,
    "7.11": Trouble.OURS,
}
_BY_FAMILY: Mapping[str, Trouble] = {"1": Trouble.NO_MAILBOX, "7": Trouble.UNWANTED}
_WHILE_WAITING = frozenset({Trouble.FULL, Trouble.OURS})
_BY_BASIC: Mapping[int, Trouble] = {
    0: Trouble.OURS,
    521: Trouble.NO_DOMAIN,
    530: Trouble.OURS,
    534: Trouble.OURS,
    535: Trouble.OURS,
    538: Trouble.OURS,
    550: Trouble.NO_MAILBOX,
    551: Trouble.NO_MAILBOX,
    552: Trouble.FULL,
    553: Trouble.NO_MAILBOX,
    554: Trouble.UNWANTED,
    556: Trouble.NO_DOMAIN,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: the basic code, 0 where there was none, and the enhanced one, empty where there was none."""

    basic: int
    enhanced: str = ""

    @property
    def code(self) -> str:
        """Both codes as they are kept.

        >>> Answer(550, "5.1.1").code, Answer(421).code, Answer(0).code
        ('550 5.1.1', '421', '')
        """
        return " ".join(part for part in (str(self.basic) if self.basic else "", self.enhanced) if part)

    @property
    def is_passing(self) -> bool:
        """Whether the same mail may be taken later."""
        if not 500 <= self.basic < 600 or self.enhanced.startswith("4"):
            return True
        if self.enhanced:
            return self._subject in _PASSING
        return self.basic in _BASIC_PASSING

    @property
    def trouble(self) -> Trouble:
        """What to tell a clerk who finds the mail undelivered."""
        told = _BY_SUBJECT.get(self._subject)
        if self.enhanced.startswith("4") or 400 <= self.basic < 500:
            return told if told is not None and told in _WHILE_WAITING else Trouble.NOT_IN_TIME
        if told is not None:
            return told
        if self.enhanced:
            return _BY_FAMILY.get(self._subject.partition(".")[0], Trouble.REFUSED)
        return _BY_BASIC.get(self.basic, Trouble.REFUSED)

    @property
    def _subject(self) -> str:
        return self.enhanced.partition(".")[2]


def answer_of(basic: int | None, words: str) -> Answer:
    """The codes of an answer; the enhanced one stands first in its text (RFC 2034 4).

    >>> answer_of(552, "5.2.2 mailbox full")
    Answer(basic=552, enhanced='5.2.2')
    >>> answer_of(550, "see 192.0.2.1")
    Answer(basic=550, enhanced='')
    """
    found = _ENHANCED.match(words)
    return Answer(basic or 0, ".".join(found.groups()) if found else "")


def kept(code: str) -> Answer:
    """The answer whose codes were kept.

    >>> kept("550 5.1.1"), kept("5.2.2"), kept("")
    (Answer(basic=550, enhanced='5.1.1'), Answer(basic=0, enhanced='5.2.2'), Answer(basic=0, enhanced=''))
    """
    found = _KEPT.match(code.strip())
    basic, enhanced = found.groups() if found else (None, None)
    return Answer(int(basic) if basic else 0, enhanced or "")
