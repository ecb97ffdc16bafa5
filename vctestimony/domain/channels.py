"""The one place for the ways by which an answer reaches the court."""

from enum import StrEnum

from vctestimony.domain.wording import N_


class Channel(StrEnum):
    """How an answer, or a proposal, came."""

    LINK = "link"
    MAIL = "mail"
    PAGE = "page"
    HAND = "mail, by hand"
    TELEPHONE = "telephone"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.LINK: N_("by the link in a mail"),
    Channel.MAIL: N_("by a mail from a calendar program"),
    Channel.PAGE: N_("on the page, signed in"),
    Channel.HAND: N_("from a mail that was read by hand"),
    Channel.TELEPHONE: N_("by telephone, written down by the court"),
}


def channel_label(text: str) -> str:
    """The marked words for a stored channel; nothing for one that nobody knows.

    >>> channel_label("page")
    'on the page, signed in'
    """
    return next((label for channel, label in CHANNEL_LABELS.items() if channel.value == text), "")
