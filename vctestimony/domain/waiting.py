"""The one place for what can wait for somebody about a hearing: the causes, how pressing each is, and its words."""

from collections.abc import Mapping
from enum import StrEnum

from vctestimony.domain.wording import N_


class Cause(StrEnum):
    """Why a hearing waits for somebody; the value stands in addresses of the list of hearings."""

    MAIL = "mail"
    DECLINED = "declined"
    RULES = "rules"
    ADDRESS = "address"
    RAN_OUT = "ran_out"
    ANSWERED = "answered"
    PROPOSED = "proposed"
    NO_TIME = "no_time"
    HELD = "held"
    ASKED = "asked"
    STEPS = "steps"
    READY = "ready"
    OWN_ANSWER = "own_answer"


OF_THE_COURT = tuple(cause for cause in Cause if cause is not Cause.OWN_ANSWER)
"""What waits for whoever books for the court; the own answer is asked of everybody who is named."""

LABELS: dict[Cause, str] = {
    Cause.MAIL: N_("A mail could not be delivered"),
    Cause.DECLINED: N_("Somebody needed cannot come"),
    Cause.RULES: N_("The official time has changed"),
    Cause.ADDRESS: N_("A new joining address is needed"),
    Cause.RAN_OUT: N_("The held time ran out"),
    Cause.ANSWERED: N_("Everybody answered about the options"),
    Cause.PROPOSED: N_("Somebody proposes something"),
    Cause.NO_TIME: N_("No time yet"),
    Cause.HELD: N_("A time is held"),
    Cause.ASKED: N_("People are asked about the options"),
    Cause.STEPS: N_("Steps still stand before confirming"),
    Cause.READY: N_("Booked, with no step open"),
    Cause.OWN_ANSWER: N_("Your answer is missing"),
}
"""What a list calls them."""

TASKS: Mapping[Cause, tuple[str, str]] = {
    Cause.MAIL: ("bad", N_("A mail could not be delivered. Telephone.")),
    Cause.DECLINED: ("bad", N_("{declined} cannot come. Find another time or another person.")),
    Cause.RULES: (
        "bad",
        N_(
            "The official time has changed since this hour was agreed. Telephone both ends; the administrator can move "
            "all such hearings at once."
        ),
    ),
    Cause.ADDRESS: (
        "bad",
        N_("Enter a new joining address: somebody knows it who should not any more, or the time is another."),
    ),
    Cause.RAN_OUT: ("bad", N_("The held time ran out. Choose again.")),
    Cause.ANSWERED: ("bad", N_("Everybody has answered about the options. Book one.")),
    Cause.PROPOSED: ("bad", N_("Proposals that wait for you: {proposals}. Accept or decline.")),
    Cause.NO_TIME: ("warn", N_("No time yet. Find one that suits both sides.")),
    Cause.HELD: ("warn", N_("A time is held. Book it or give it back.")),
    Cause.ASKED: ("warn", N_("People are asked about the options. Look who can come, and book one.")),
    Cause.STEPS: ("warn", N_("Steps still standing before confirming: {steps}.")),
    Cause.READY: ("ok", N_("Nothing stands in the way: confirm it.")),
}
"""How pressing each is for the court, and what is to be done."""
