"""The one place for what people propose instead of a plain answer: another time, or somebody else; and how it ends."""

from enum import StrEnum

from vctestimony.domain.errors import Conflict, Invalid
from vctestimony.domain.wording import N_


class ProposalKind(StrEnum):
    """What is proposed: another time (COUNTER in RFC 5546 3.2.7), or somebody else (delegation, 3.2.2.3)."""

    TIME = "time"
    SUBSTITUTE = "substitute"


class ProposalState(StrEnum):
    """Where a proposal stands. Only an open one can change."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MOOT = "moot"


class Mooted(StrEnum):
    """What made a proposal moot before anybody decided it."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    ANSWERED = "answered"
    REPLACED = "replaced"


MOOTED_TEXTS: dict[Mooted, str] = {
    Mooted.MOVED: N_("The hearing was changed before it was decided."),
    Mooted.CANCELLED: N_("The hearing was called off before it was decided."),
    Mooted.REMOVED: N_("The hearing goes on without this person."),
    Mooted.ANSWERED: N_("The same person gave another answer afterwards."),
    Mooted.REPLACED: N_("The same person made another proposal afterwards."),
}


class ProposalOutdated(Conflict):
    """It was made for an earlier state of the hearing, or before a later answer of the same person."""

    text = N_("This proposal came too late: the hearing was changed, or you answered otherwise since. Look again.")


class ProposalSettled(Conflict):
    """Somebody decided it, or it has become moot."""

    text = N_("This proposal is settled already. Nothing was changed.")


class ProposedPast(Invalid):
    """A time that has begun cannot be proposed."""

    text = N_("This time is over. Propose one that is still to come.")


class ProposedAsBooked(Invalid):
    """The proposed time is the one that is booked."""

    text = N_("The hearing is at this time already. Answer that you will be there, or propose another time.")


class SubstituteUnreachable(Invalid):
    """The address is somebody's on this hearing, or the service's own; whose it is is not told."""

    text = N_("Nobody can be asked at this address for this hearing. Enter an address of the person's own.")


class SubstituteIsSelf(Invalid):
    """The address of the person who names somebody else."""

    text = N_("This is your own address. Give the address of the person who would come instead.")
