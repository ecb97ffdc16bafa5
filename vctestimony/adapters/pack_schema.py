"""The one place for the shape of the files in `sop/`: keys allowed, keys required, kinds of value."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from vctestimony.domain.errors import Invalid
from vctestimony.domain.people import Duty
from vctestimony.domain.sop import parse_evidence, parse_offset

Filled = Annotated[str, Field(min_length=1)]
StepId = Annotated[str, Field(pattern=r"^[AOSCTBDXP]\d{2,3}$")]
PackId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


def _duty(value: str) -> str:
    if value not in set(Duty):
        raise ValueError(f"“{value}” is not a part in a hearing; use one of {', '.join(Duty)}")
    return value


def _offset(value: str) -> str:
    try:
        return parse_offset(value).written
    except Invalid as refusal:
        raise ValueError(str(refusal)) from refusal


def _evidence(value: str) -> str:
    try:
        return str(parse_evidence(value))
    except Invalid as refusal:
        raise ValueError(str(refusal)) from refusal


DutyCode = Annotated[str, AfterValidator(_duty)]
OffsetCode = Annotated[str, AfterValidator(_offset)]
EvidenceCode = Annotated[str, AfterValidator(_evidence)]
BasisWord = Literal["law", "sequence", "planning", "none"]
GateWord = Literal["none", "book", "confirm", "start", "seal"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextRow(Strict):
    en: Filled
    hi: Filled
    bn: Filled


class WhenRow(Strict):
    all: list[Filled] = []
    any: list[Filled] = []
    none: list[Filled] = []


class AuthorityRow(Strict):
    code: Filled
    rule: str = ""
    only_if: str = ""
    compare: bool = False
    mark: Literal["R", "P", "U"] | None = None


class StepRow(Strict):
    id: StepId
    text: TextRow
    roles: Annotated[list[DutyCode], Field(min_length=1)]
    offset: OffsetCode
    basis: BasisWord
    evidence: EvidenceCode
    authority: list[AuthorityRow] = []
    when: WhenRow = WhenRow()
    blocks: GateWord = "none"
    after: list[StepId] = []
    note: TextRow | None = None
    source: str = ""
    preferably: bool = False
    day_suggested: bool = False
    permitted: bool = False


class ChangeRow(Strict):
    id: StepId
    difference: TextRow | None = None
    also: list[AuthorityRow] = []
    text: TextRow | None = None
    roles: Annotated[list[DutyCode], Field(min_length=1)] | None = None
    offset: OffsetCode | None = None
    basis: BasisWord | None = None
    evidence: EvidenceCode | None = None
    authority: list[AuthorityRow] | None = None
    when: WhenRow | None = None
    blocks: GateWord | None = None
    after: list[StepId] | None = None
    note: TextRow | None = None
    source: str | None = None
    preferably: bool | None = None
    day_suggested: bool | None = None
    permitted: bool | None = None


class SelectsRow(Strict):
    always: Literal[True] | None = None
    high_court: str = ""
    when: WhenRow = WhenRow()


class LogRow(Strict):
    version: Filled
    on: date
    what: Filled


class PackRow(Strict):
    id: PackId
    title: TextRow
    version: Filled
    effective_on: date
    status: Literal["draft", "reviewed", "adopted"]
    selects: SelectsRow
    reviewed_by: str = ""
    reviewed_on: date | Literal[""] = ""
    adopted_by: str = ""
    adopted_on: date | Literal[""] = ""
    adopted_under: str = ""
    inherits: list[PackId] = []
    sources: Annotated[list[Filled], Field(min_length=1)]
    changelog: Annotated[list[LogRow], Field(min_length=1)]
    numbering: Literal["same", "own", "unread"] = "unread"
    not_read: TextRow | None = None


class PackFile(Strict):
    pack: PackRow
    step: list[StepRow] = []
    change: list[ChangeRow] = []


class SourceRow(Strict):
    code: Filled
    title: TextRow
    cites: Literal["rule", "section", "article", "paragraph", "nothing"]
    where: str = ""
    adopted: bool = False
    only_in: str = ""
    only_if: str = ""
    never: bool = False


class SourcesFile(Strict):
    source: list[SourceRow]
