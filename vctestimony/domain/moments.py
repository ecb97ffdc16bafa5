"""The one place for instants that a refusal lists, each as the clocks of several places show it."""

from dataclasses import dataclass

from vctestimony.domain.instants import Reading


@dataclass(frozen=True, slots=True)
class Moments:
    """Instants that a refusal lists, each as the clocks of several places show it."""

    each: tuple[tuple[Reading, ...], ...] = ()

    def __str__(self) -> str:
        """For programs and operators."""
        return "; ".join(" / ".join(str(one) for one in clocks) for clocks in self.each) or "–"
