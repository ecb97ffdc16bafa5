"""The one place that says which editions of the packs belong together, and when two are not the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from vctestimony.domain.errors import Absent, Conflict
from vctestimony.domain.sop.values import Edition, Pack
from vctestimony.domain.wording import N_

SOURCES_ID = "sources"
"""The list of legal sources is kept among the packs under this name; no pack may have it."""
CHANGED_UNRAISED = N_(
    "Version {version} has been in use with another content since {since}. Raise the version and write the changelog."
)


class EditionUnknown(Absent):
    """A checklist names editions that are not kept: the database was put together from several."""

    text = N_("The editions of the rule packs from which this checklist was made are not kept here.")


class NoSuchEdition(Absent):
    """Nothing is kept of this pack, or not in this version."""

    text = N_("No edition {edition} is kept. See which there are with: flask --app wsgi packs list")


class SeveralContents(Conflict):
    """One version was used with different contents, so that its number does not say which is meant."""

    text = N_("{edition} was used with {count} different contents. Name one by its digest: {digests}")


@dataclass(frozen=True, slots=True)
class Collection:
    """All packs at one time: the digest of the whole, and of each file in it by the pack's id."""

    digest: str
    members: Mapping[str, str]


def collection_of(packs: Sequence[Pack]) -> Collection:
    """What the packs are together; of packs that were read from no file, nothing."""
    editions = editions_of(packs)
    members = {name: edition.digest for name, edition in sorted(editions.items())}
    digest = sha256(dumps(members).encode()).hexdigest() if members else ""
    return Collection(digest=digest, members=members)


def editions_of(packs: Sequence[Pack]) -> dict[str, Edition]:
    """The files of the packs and of the sources they cite, by id."""
    found = {pack.id: pack.edition for pack in packs}
    if packs:
        found[SOURCES_ID] = packs[0].cited_from
    return {name: edition for name, edition in found.items() if edition.digest}
