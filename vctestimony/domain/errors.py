"""The one place for refusals: what the service understood and will not do, said as data.

A refusal names what is wrong and what to do about it. It knows nothing of HTTP, pages or languages: the outer
layers look at its kind (`Invalid`, `Conflict`, `Absent`, `NotAllowed`) to choose an answer, and translate `text`.
"""

import re
from collections.abc import Callable
from datetime import datetime

from vctestimony.domain.wording import N_


def as_given(text: str) -> str:
    """A text where nothing translates it."""
    return text


def as_it_is(fact: object) -> object:
    """A fact as programs and operators read it."""
    return f"{fact:%Y-%m-%d %H:%M}" if isinstance(fact, datetime) else fact


class Refusal(Exception):
    """Base of every refusal. `facts` fill the braces of `text`; subclasses set `text` as a translatable sentence."""

    text: str = N_("This cannot be done.")

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__(self.sentence())

    @property
    def code(self) -> str:
        """A stable machine name.

        >>> Refusal().code
        'refusal'
        """
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def sentence(self, translate: Callable[[str], str] = as_given, say: Callable[[object], object] = as_it_is) -> str:
        """The refusal as one or more whole sentences, in the language that `translate` gives.

        `say` writes its days and times as their reader is used to.
        """
        return translate(self.text).format(**{name: say(fact) for name, fact in self.facts.items()})


class Invalid(Refusal):
    """What was entered cannot be used; `field` names the form field when there is one."""

    text = N_("This value cannot be used.")


class Conflict(Refusal):
    """What was asked clashes with the state of things now."""

    text = N_("This clashes with what is already recorded.")


class Absent(Refusal):
    """There is no such thing, or the person asking may not know that there is."""

    text = N_("There is nothing here, or it is not yours to see.")


class Gone(Refusal):
    """There was such a thing, and it is over."""

    text = N_("This is over.")


class NotAllowed(Refusal):
    """The person asking may see the thing but not do this to it."""

    text = N_("Your role does not allow this.")


class Unavailable(Refusal):
    """Something the service needs cannot be reached or used just now; nothing was changed."""

    text = N_("The service cannot do this just now. Nothing was changed; try again in a minute.")


class Stale(Conflict):
    """Somebody else changed the thing since the form was opened."""

    text = N_(
        "Somebody changed this while you were editing. Nothing of theirs was overwritten; compare and save again."
    )
