"""The one place for what stands on the printed record of a hearing, and on its deposition printed alone."""

from dataclasses import dataclass

from vctestimony.domain.hearing import End
from vctestimony.domain.paper import BothClocks, Heading


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One statement the record must hold. Without a value it prints ruled lines and who can supply it."""

    number: int
    label: str
    authority: str
    value: str = ""
    supplied_by: str = ""
    lang: str = ""

    @property
    def missing(self) -> bool:
        """Nobody has given the value; an entered "none" is a value."""
        return not self.value.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGroup:
    """Fields that are read together."""

    title: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One entry of the running log."""

    number: int
    happened: BothClocks
    what: str
    by: str
    corrects: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositionLine:
    """A numbered question and answer with who spoke; without a question, a passage in the witness's own words.

    `lang` is the language of both as spoken, where one of its own does not say otherwise. Translations stand beneath.
    """

    number: int
    answer: str
    answered_by: str
    question: str = ""
    asked_by: str = ""
    note: str = ""
    lang: str = ""
    question_lang: str = ""
    answer_lang: str = ""
    question_translation: str = ""
    question_translation_lang: str = ""
    answer_translation: str = ""
    answer_translation_lang: str = ""

    @property
    def asked_in(self) -> str:
        """The language of the question."""
        return self.question_lang or self.lang

    @property
    def answered_in(self) -> str:
        """The language of the answer or passage."""
        return self.answer_lang or self.lang


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositionPart:
    """Examination in chief, cross-examination, re-examination, or questions by the court."""

    title: str
    lines: tuple[DepositionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """A break or loss of the link: from, to, why, what was done, and whether evidence was repeated."""

    began: BothClocks
    ended: BothClocks | None
    cause: str
    done: str
    repeated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument:
    """A document or object shown to the witness."""

    mark: str
    description: str
    original: str
    manner: str
    shown: BothClocks | None
    leave: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """A ruled box for ink. `name` is what may be printed of the signer: for the witness the pseudonym."""

    key: str
    title: str
    name: str
    end: End
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What makes a change evident: the hash of the canonical record, where to compare it, and the journal before it.

    `journal_head` is the hash of the hearing's last journal entry before the seal, which covers all entries before.
    """

    sha256: str
    code: str
    verify_url: str
    sealed: BothClocks
    journal_number: int = 0
    journal_head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """The hearing record. Without a seal it is a draft and says so on every page.

    `continues` says of a part-heard hearing's continuation which hearing it goes on with, and where its record is.
    """

    heading: Heading
    groups: tuple[FieldGroup, ...]
    log: tuple[LogLine, ...]
    deposition: tuple[DepositionPart, ...]
    interruptions: tuple[Interruption, ...]
    documents: tuple[ShownDocument, ...]
    signatures: tuple[SignatureBox, ...]
    certificate: str = ""
    continues: str = ""
    seal: Seal | None = None

    @property
    def missing(self) -> tuple[FieldRow, ...]:
        """The fields nobody has given yet."""
        return tuple(row for group in self.groups for row in group.rows if row.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A kind of thing that was left out, and in how many places."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """Which words the court had entered when a copy was made: their numbers, and the SHA-256 of these, one a line."""

    numbers: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedSheet:
    """The copy of a sealed record that others may read: `source` is the seal of the whole one.

    `authority` says by which rule or order things are left out, `left` what and how often, `besides` with which words
    of the court. No box is signed on it.
    """

    heading: Heading
    source: Seal
    authority: str
    left: tuple[LeftOut, ...]
    besides: Besides
    groups: tuple[FieldGroup, ...]
    log: tuple[LogLine, ...]
    deposition: tuple[DepositionPart, ...]
    interruptions: tuple[Interruption, ...]
    documents: tuple[ShownDocument, ...]
    certificate: str = ""
    continues: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A question of an addendum and its answer."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddendumSheet:
    """What was added to a sealed record. `record` is that one's seal; `before` names the addendum before it, if any."""

    heading: Heading
    number: int
    title: str
    authority: str
    stated: tuple[Stated, ...]
    record: Seal
    before: str
    by: str
    signatures: tuple[SignatureBox, ...]
    seal: Seal


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptSheet:
    """The deposition alone, in numbered lines. While the record is not sealed it is a draft and says so."""

    heading: Heading
    deposition: tuple[DepositionPart, ...]
    signatures: tuple[SignatureBox, ...]
    certificate: str = ""
    is_sealed: bool = False
