"""The one place that words what only some courts let their mails tell: who else comes, and how it is joined."""

from collections.abc import Callable
from dataclasses import dataclass

from vctestimony.adapters.ical import one_line
from vctestimony.domain.joining import Joining
from vctestimony.domain.letters import Kind, Letter
from vctestimony.domain.people import DUTY_LABELS


@dataclass(frozen=True, slots=True)
class OtherTexts:
    """Somebody else who comes, as the reader may know of them: name and part, and the address that calendars want."""

    name: str
    duty: str
    address: str


def others_of(letter: Letter, translate: Callable[[str], str]) -> tuple[OtherTexts, ...]:
    """Whom the reader may see; nobody in a cancellation."""
    if letter.kind is Kind.CANCELLATION:
        return ()
    return tuple(
        OtherTexts(one_line(one.name), translate(DUTY_LABELS[one.duty]), one.address) for one in letter.to.others or ()
    )


def joining_of(letter: Letter) -> Joining | None:
    """How it is joined, without anything that could leave its line."""
    if letter.joining is None:
        return None
    return Joining(letter.joining.address, one_line(letter.joining.passcode))
