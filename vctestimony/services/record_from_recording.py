"""The one place that says what the record states of the court's recordings: never a file's own name, never its key."""

from collections.abc import Mapping

from vctestimony.domain.recordings.description import ALGORITHM_LABELS, Algorithm, length_of
from vctestimony.domain.wording import N_
from vctestimony.services.recordings import title_of
from vctestimony.services.unit import Unit
from vctestimony.store import recordings as store
from vctestimony.store import records
from vctestimony.store.models import RecordingRow
from vctestimony.services.record_values import Basis

_ONE = N_(
    "{title}: from {began} to {ended}; length {length}; {size} bytes; {algorithm} {digest}. Custodian: {custodian}. "
    "Encryption: {encryption}. Where the key is kept: {key_place}. Copies: {copies}."
)
