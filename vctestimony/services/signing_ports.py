"""The one place for what the services ask of whatever signs PDFs and judges the signatures in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from vctestimony.domain.signing import Inspection, KeyFile, Order, Prepared, Signed, TokenPin


class Signatures(Protocol):
    """Signs PDFs and judges their signatures; what cannot be used is a SigningRefused, in bounded time."""

    @property
    def token(self) -> str:
        """The name of the token that the service reaches; empty where there is none."""

    @property
    def stamps(self) -> bool:
        """Whether signatures get a time stamp."""

    def with_fields(self, content: bytes, fields: Sequence[str]) -> bytes:
        """The file with an empty field of each name: itself where it has them, else extended."""

    def sign(self, content: bytes, order: Order, means: KeyFile | TokenPin) -> Signed:
        """The file with one more signature."""

    def prepare(self, content: bytes, order: Order) -> Prepared:
        """The file with a gap for a signature that is made elsewhere."""

    def complete(self, prepared: Prepared, made: bytes, *, at: datetime) -> Signed:
        """The file with what was made (CMS) in its gap."""

    def inspect(self, content: bytes, *, now: datetime, moments: Mapping[str, datetime]) -> Inspection:
        """Every signature of the file; certificates are judged as of `moments` by field, or as of now."""
