"""The one place that reads editions of the packs that were kept, each collection once."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

from vctestimony.adapters.packs import read_packs
from vctestimony.domain.sop import Pack

MOST_AT_HAND = 8
"""Collections; hearings that are still to come were made from few."""


class KeptPacks:
    """Reads collections of packs and remembers those asked for last."""

    def __init__(self) -> None:
        self._read: OrderedDict[str, tuple[Pack, ...]] = OrderedDict()
        self._turn = Lock()

    def read(self, digest: str, texts: Callable[[], Mapping[str, str]]) -> tuple[Pack, ...]:
        """The packs of the collection; `texts` gives them by id and is asked only when they are not at hand."""
        with self._turn:
            if digest in self._read:
                self._read.move_to_end(digest)
                return self._read[digest]
        packs = read_packs({f"{name}.toml": text for name, text in texts().items()})
        with self._turn:
            self._read[digest] = packs
            while len(self._read) > MOST_AT_HAND:
                self._read.popitem(last=False)
        return packs
