"""The one place that makes a sealed record's paper from its data alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vctestimony.domain.documents.record import AddendumSheet, RecordSheet
from vctestimony.domain.errors import Invalid
from vctestimony.domain.record.content import FORMAT, digest
from vctestimony.domain.record.sheet_data import NotASheet, as_data, from_data
from vctestimony.domain.wording import N_

RECORD_JSON = "record.json"


class NotARecord(Invalid):
    """The file is not the data of a sealed record, or of one that does not hold its paper yet."""

    text = N_(
        "This is not the data of a sealed record (record.json) from which it can be printed. Records sealed before "
        "their paper stood in it as data cannot be printed again from it."
    )


@dataclass(frozen=True, slots=True)
class FixedPaper:
    """A sealed record ready for the press, its own data among the files that travel inside."""

    code: str
    language: str
    edition: str
    sheet: RecordSheet
    attachments: Mapping[str, bytes]


def data_of(paper: RecordSheet | AddendumSheet, enclosures: Mapping[str, bytes], *, edition: str) -> dict[str, object]:
    """What the data of a record holds of its paper, beside everything else."""
    return {
        "edition": edition,
        "enclosures": {name: file.decode() for name, file in enclosures.items()},
        "paper": as_data(paper),
    }


def paper_of(content: str) -> FixedPaper:
    """The paper that the data holds; NotARecord when it holds none. The hash on it is that of the data itself."""
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise NotARecord(field="file")
        paper = from_data(RecordSheet, data["paper"])
        enclosures = {name: text.encode() for name, text in data["enclosures"].items()}
        seal = replace(paper.seal, sha256=digest(content.encode())) if paper.seal else None
        whole = replace(paper, seal=seal)
        attachments = {**enclosures, RECORD_JSON: content.encode()}
        return FixedPaper(data["code"], data["language"], data["edition"], whole, attachments)
    except (AttributeError, KeyError, TypeError, ValueError, NotASheet) as problem:
        raise NotARecord(field="file") from problem
